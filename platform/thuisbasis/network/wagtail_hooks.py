"""People, care providers, practices and themes in the editors' menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from thuisbasis.network.models import (
    CareProvider,
    Membership,
    Person,
    Practice,
    TargetGroup,
    Theme,
    WorkingGroup,
    WorkingGroupMembership,
)


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
    list_display = ["name", "care_provider", "municipality", "confirmed_date", "live", "is_invented"]
    list_filter = ["province", "care_provider", "in_network", "confirmed_date"]
    search_fields = ["name", "municipality"]


class MembershipViewSet(SnippetViewSet):
    """Who works where; coordinators do this for their own practice, administrators for all."""

    model = Membership
    icon = "user"
    list_display = ["user", "practice", "role", "start_date", "end_date", "ended_at"]
    list_filter = ["practice", "role"]
    search_fields = ["user__email", "user__last_name"]
    menu_label = _("Lidmaatschappen")


class WorkingGroupViewSet(SnippetViewSet):
    """Working groups."""

    model = WorkingGroup
    icon = "group"
    list_display = ["name", "description"]


class WorkingGroupMembershipViewSet(SnippetViewSet):
    """Who is in which working group."""

    model = WorkingGroupMembership
    icon = "user"
    list_display = ["user", "group", "start_date", "end_date"]
    list_filter = ["group"]
    menu_label = _("Leden van werkgroepen")


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
    # The database itself: the index knows no field by its name on SQLite, and has no descriptions.
    search_backend_name = None
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
    items = (
        PersonViewSet,
        ThemeViewSet,
        PracticeViewSet,
        CareProviderViewSet,
        TargetGroupViewSet,
        MembershipViewSet,
        WorkingGroupViewSet,
        WorkingGroupMembershipViewSet,
    )


register_snippet(NetworkGroup)
