"""Instruments and rounds in the editors' admin, for administrators."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from members.assessments.models import AssessmentRound, Instrument, InstrumentVersion, ItemTheme, VersionStatus
from members.assessments.views import instruments


class InstrumentViewSet(SnippetViewSet):
    """Instruments."""

    model = Instrument
    icon = "doc-full"
    list_display = ["code", "kind"]
    panels = [FieldPanel("code"), FieldPanel("kind")]


def _together(heading: Any, *names: str) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=heading)


class InstrumentVersionViewSet(SnippetViewSet):
    """Versions of instruments; a published one can be read, not changed."""

    model = InstrumentVersion
    icon = "list-ol"
    list_display = ["short_title", "instrument", "number", "status", "valid_from"]
    list_filter = ["status", "instrument"]
    panels = [
        _together(_("Deze versie"), "instrument", "number", "title", "short_title", "valid_from", "replaces"),
        _together(_("Wat mensen eerst lezen"), "purpose", "notice", "contact", "language", "changes"),
        FieldPanel("profile"),
        FieldPanel("sections"),
        FieldPanel("links"),
        _together(_("Schaal"), "labels", "unknown_label", "na_label", "bands"),
        _together(_("Rekenregels"), "method", "overall", "coverage_min", "min_answered_items", "na_flag_above"),
        _together(_("Wie invullen"), "unit", "min_raters", "estimated_minutes", "roles", "principles"),
        _together(
            _("Rechten"),
            "text_owner", "basis", "is_licensed", "licence_holder", "licence_reference", "visible_to_audience",
        ),
    ]  # fmt: skip


class AssessmentRoundViewSet(SnippetViewSet):
    """Rounds; at their end the comparison is computed once."""

    model = AssessmentRound
    icon = "calendar-alt"
    list_display = ["title", "version", "opens_date", "closes_date", "closed_at"]
    panels = [
        FieldPanel("title"),
        FieldPanel("version"),
        FieldPanel("opens_date"),
        FieldPanel("closes_date"),
        FieldPanel("peer_question"),
    ]


class ItemThemeViewSet(SnippetViewSet):
    """To which theme of the site a subject of questions belongs."""

    model = ItemTheme
    icon = "tag"
    list_display = ["code", "theme"]
    panels = [FieldPanel("code"), FieldPanel("theme")]


class AssessmentsGroup(SnippetViewSetGroup):
    """The menu item "Zelfevaluatie"."""

    menu_label = _("Zelfevaluatie")
    menu_icon = "list-ol"
    menu_order = 320
    items = (AssessmentRoundViewSet, InstrumentVersionViewSet, InstrumentViewSet, ItemThemeViewSet)


register_snippet(AssessmentsGroup)


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Add what an administrator does with instruments to the admin's addresses."""
    return [
        path("instrumenten/inlezen/", instruments.read_in, name="instrument_import"),
        path("instrumenten/<int:pk>/uitschrijven/", instruments.write_out, name="instrument_export"),
        path("instrumenten/<int:pk>/verschillen/", instruments.compare, name="instrument_changes"),
        path("instrumenten/<int:pk>/<slug:step>/", instruments.take_step, name="instrument_step"),
    ]


class ReadInMenuItem(MenuItem):
    """Shown to administrators, also before there is any instrument."""

    def is_shown(self, request: Any) -> bool:
        """Say whether this person may read an instrument in."""
        return bool(request.user.has_perm("assessments.change_instrumentversion"))


@hooks.register("register_admin_menu_item")
def read_in_menu_item() -> MenuItem:
    """Lead to reading in, beside the versions."""
    return ReadInMenuItem(_("Instrument inlezen"), reverse("instrument_import"), icon_name="upload", order=321)


@hooks.register("register_snippet_listing_buttons")
def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> list[Button]:
    """Offer for each version what can be done with it."""
    if not isinstance(snippet, InstrumentVersion) or not user.has_perm("assessments.change_instrumentversion"):
        return []
    url = reverse("instrument_changes", args=[snippet.pk])
    is_draft = snippet.status == VersionStatus.DRAFT
    label = _("Nakijken en publiceren") if is_draft else _("Bekijk, neem mee of maak een nieuwe versie")
    return [Button(label, url=url, priority=5, icon_name="view")]
