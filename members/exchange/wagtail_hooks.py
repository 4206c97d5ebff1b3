"""Proposals of members in the editors' menu, with what was said about each."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from members.exchange.views.editors import proposals_of_members


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Add the list of proposals to the admin's addresses."""
    return [path("voorstellen/", proposals_of_members, name="proposals_of_members")]


class ProposalsMenuItem(MenuItem):
    """Shown to who writes for the site."""

    def is_shown(self, request: object) -> bool:
        """Say whether this person may change pages."""
        return bool(request.user.has_perm("network.add_person"))  # type: ignore[attr-defined] # a request of Django


@hooks.register("register_admin_menu_item")
def proposals_menu_item() -> MenuItem:
    """Add the list to the menu."""
    return ProposalsMenuItem(_("Voorstellen"), reverse("proposals_of_members"), icon_name="mail", order=270)
