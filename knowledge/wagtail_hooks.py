"""What the knowledge site adds to Wagtail: menu items and views for editors."""

from typing import Any, ClassVar

from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.models import (
    ArticleIndexPage,
    CampaignPage,
    ElementWording,
    Framework,
    FrameworkElement,
    PodcastPage,
    PublicationIndexPage,
    TalkShowSeriesPage,
)
from knowledge.views import (
    campaign_plans,
    campaign_translations,
    end_consent,
    import_documents,
    translations_report,
)
from thuisbasis.network.models import Person


class FrameworkViewSet(SnippetViewSet):
    """Frameworks."""

    model = Framework
    icon = "table"
    list_display = ["title", "code", "version"]
    add_to_admin_menu = False


class FrameworkElementViewSet(SnippetViewSet):
    """Parts of frameworks: editors explain them and define the indicators."""

    model = FrameworkElement
    icon = "list-ul"
    list_display = ["label", "kind", "framework", "is_starred"]
    list_filter = ["framework", "kind", "is_starred"]
    search_fields = ["label", "description"]
    add_to_admin_menu = False


class ElementWordingViewSet(SnippetViewSet):
    """Names of these parts in other languages."""

    model = ElementWording
    icon = "globe"
    list_display = ["element", "language", "label"]
    list_filter = ["language", "element__framework"]
    add_to_admin_menu = False


register_snippet(FrameworkViewSet)
register_snippet(ElementWordingViewSet)
register_snippet(FrameworkElementViewSet)


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Add our own views to the admin's addresses."""
    return [
        path("importeren/", import_documents, name="import_documents"),
        path("campagnes/", campaign_plans, name="campaign_plans"),
        path("vertalingen/", translations_report, name="translations_report"),
        path("vertalingen/campagne/<int:pk>/", campaign_translations, name="campaign_translations"),
        path("mensen/<int:pk>/toestemming-intrekken/", end_consent, name="end_consent"),
    ]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    """Add the import to the menu."""
    return MenuItem(_("Importeren"), reverse("import_documents"), icon_name="upload", order=350)


@hooks.register("register_admin_menu_item")
def planning_menu_item() -> MenuItem:
    """Add the planning of campaigns to the menu."""
    return MenuItem(_("Campagnes plannen"), reverse("campaign_plans"), icon_name="date", order=280)


@hooks.register("register_reports_menu_item")
def translations_menu_item() -> MenuItem:
    """Put the state of translations with Wagtail's reports."""
    return MenuItem(_("Vertalingen die aandacht vragen"), reverse("translations_report"), icon_name="globe", order=890)


@hooks.register("register_page_header_buttons")
def campaign_translations_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """Offer at a campaign to translate all of it."""
    if isinstance(page.specific_deferred, CampaignPage) and page.permissions_for_user(user).can_edit():
        url = reverse("campaign_translations", args=[page.pk])
        yield Button(_("Vertalingen van de campagne"), url, icon_name="globe", priority=60)


@hooks.register("register_snippet_listing_buttons")
def withdraw_button(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    """Offer to end consent in the list of people."""
    if isinstance(snippet, Person) and user.has_perm("network.change_person"):
        yield Button(
            _("Toestemming intrekken"), reverse("end_consent", args=[snippet.pk]), icon_name="user", priority=30
        )


class StartPanel(Component):
    """Begins what editors make most, from their first page."""

    order = 40
    template_name = "knowledge/admin/start.html"
    # Whoever is above adds what is made there.
    made_below: ClassVar[list[tuple[Any, Any]]] = [
        (ArticleIndexPage, _("Nieuw praktijkvoorbeeld")),
        (PodcastPage, _("Nieuwe podcastaflevering")),
        (TalkShowSeriesPage, _("Nieuwe talkshow")),
        (PublicationIndexPage, _("Nieuwe publicatie")),
    ]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Offer what this editor may add, below the first page that can hold it."""
        user = parent_context["request"].user
        links = []
        for model, label in self.made_below:
            parent = model.originals().first()
            if parent is not None and parent.permissions_for_user(user).can_add_subpage():
                links.append((label, reverse("wagtailadmin_pages:add_subpage", args=[parent.pk])))
        return {"links": links}


@hooks.register("construct_homepage_panels")
def start_of_the_day(request: Any, panels: list[Any]) -> None:
    """Put the beginnings above what Wagtail lists."""
    panels.append(StartPanel())


@hooks.register("insert_editor_js")
def words_for_text_files() -> str:
    """Return what the button for text files says, in the editor's language."""
    return format_html(
        '<template id="text-file-words" data-choose="{}"></template>',
        gettext("Kies een bestand om de tekst in te lezen"),
    )
