"""App configuration of the files."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Documents and how they are read."""

    name = "thuisbasis.files"
    label = "files"
    verbose_name = _("bestanden")
