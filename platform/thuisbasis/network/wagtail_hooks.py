"""People, care providers, practices and themes in the editors' menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from thuisbasis.network.models import CareProvider, Person, Practice, TargetGroup, Theme


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
    list_display = ["name", "care_provider", "municipality", "confirmed_date", "is_invented"]
    list_filter = ["province", "care_provider", "in_network", "confirmed_date"]
    search_fields = ["name", "municipality"]


class TargetGroupViewSet(SnippetViewSet):
    """Target groups."""

    model = TargetGroup
    icon = "group"
    list_display = ["name"]


class PersonViewSet(SnippetViewSet):
    """People whom the site names."""

    model = Person
    icon = "user"
    list_display = ["name", "description", "practice"]
    search_fields = ["name", "description"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("description"), FieldPanel("email"), FieldPanel("practice")],
            heading=_("Wie"),
        ),
        FieldPanel("photo"),
        InlinePanel("consents", label=_("Toestemming"), heading=_("Waar zei deze persoon ja tegen?")),
        FieldPanel("is_invented"),
    ]


class NetworkGroup(SnippetViewSetGroup):
    """The menu item "Netwerk"."""

    menu_label = _("Netwerk")
    menu_icon = "group"
    menu_order = 300
    items = (PersonViewSet, ThemeViewSet, PracticeViewSet, CareProviderViewSet, TargetGroupViewSet)


register_snippet(NetworkGroup)
