"""Recordings in the editors' menu."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from laces.components import Component
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from thuisbasis.files.captions import clock
from thuisbasis.files.forms import RecordingForm
from thuisbasis.files.models import Recording
from thuisbasis.files.services import scanner_state
from thuisbasis.files.services.examining import ScannerState


class RecordingChooserViewSet(SnippetChooserViewSet):
    """Chooses a recording, or uploads one on the spot."""

    creation_form_class = RecordingForm
    create_action_label = _("Uploaden")
    creation_tab_label = _("Nieuwe opname")


class MeasurementsPanel(HelpPanel):
    """Shows what was measured, and lets the editor listen."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel for one recording."""

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the recording to the template."""
            context = super().get_context_data(parent_context)
            return {**context, "recording": self.instance, "length": clock(self.instance.duration)}


class RecordingViewSet(SnippetViewSet):
    """Recordings."""

    model = Recording
    icon = "media"
    menu_label = _("Opnamen")
    menu_order = 290
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("length", label=_("Duur"), accessor=lambda recording: clock(recording.duration)),
        "created_at",
    ]
    search_fields = ["title"]
    chooser_viewset_class = RecordingChooserViewSet

    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("title"), FieldPanel("file")], heading=_("Opname")),
            MeasurementsPanel(template="files/measurements.html", heading=_("Wat we hebben gemeten")),
        ],
        base_form_class=RecordingForm,
    )


register_snippet(RecordingViewSet)


@hooks.register("insert_global_admin_js")
def words_for_uploads() -> str:
    """Return what the upload says while it runs, in the editor's language."""
    return format_html(
        '<template id="upload-words" data-sending="{}" data-checking="{}" data-failed="{}" data-label="{}"></template>',
        gettext("Versturen: {percent}%"),
        gettext("Verstuurd. We lezen het bestand na; dat duurt even bij een lange opname."),
        gettext("De verbinding viel weg. Je bestand staat nog klaar: probeer het opnieuw."),
        gettext("Voortgang van het versturen"),
    )


class ScannerPanel(Component):
    """Tells administrators on their first page that shared files are not scanned."""

    order = 10
    template_name = "files/scanner_notice.html"

    def __init__(self, state: ScannerState) -> None:
        self.state = state

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Say what is wrong and what becomes of the files meanwhile."""
        texts = {
            ScannerState.SILENT: _(
                "De virusscanner antwoordt niet. Nieuwe bestanden van leden wachten tot hij er weer is."
            ),
            ScannerState.ABSENT_AND_REQUIRED: _(
                "Er is geen virusscanner ingesteld. Nieuwe bestanden van leden blijven wachten en bereiken niemand."
            ),
            ScannerState.ABSENT_AND_ACCEPTED: _(
                "Er is geen virusscanner ingesteld. Bestanden van leden gaan ongescand naar anderen: dat is zo gekozen."
            ),
        }
        return {"title": _("Bestanden worden niet gescand"), "text": texts[self.state]}


@hooks.register("construct_homepage_panels")
def warn_about_the_scanner(request: Any, panels: list[Any]) -> None:
    """Put the warning on the administrators' first page, as long as it is true."""
    if request.visitor.is_administrator and (state := scanner_state()) is not ScannerState.LISTENING:
        panels.append(ScannerPanel(state))
