"""Care providers, practices and themes in the editors' menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from thuisbasis.network.models import CareProvider, Practice, Theme


class ThemeViewSet(SnippetViewSet):
    """Themes."""

    model = Theme
    icon = "tag"
    list_display = ["name", "description"]


class CareProviderViewSet(SnippetViewSet):
    """Care providers."""

    model = CareProvider
    icon = "group"
    list_display = ["name", "is_invented"]
    search_fields = ["name"]


class PracticeViewSet(SnippetViewSet):
    """Practices."""

    model = Practice
    icon = "home"
    list_display = ["name", "care_provider", "municipality", "is_invented"]
    list_filter = ["province", "care_provider"]
    search_fields = ["name", "municipality"]


class NetworkGroup(SnippetViewSetGroup):
    """The menu item "Netwerk"."""

    menu_label = _("Netwerk")
    menu_icon = "group"
    menu_order = 300
    items = (ThemeViewSet, PracticeViewSet, CareProviderViewSet)


register_snippet(NetworkGroup)
