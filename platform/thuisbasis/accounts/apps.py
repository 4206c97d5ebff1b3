"""App configuration of the accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who can log in."""

    name = "thuisbasis.accounts"
    label = "accounts"
    verbose_name = _("accounts")
