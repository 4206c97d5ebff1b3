"""Blocks of words: text, headings, quotes, callouts, steps and facts."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail_footnotes.blocks import RichTextBlockWithFootnotes

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul", "footnotes"]


def has_footnotes(value: Any) -> bool:
    """Say whether a block's value is a text that refers to a footnote."""
    return isinstance(value, RichText) and "<footnote" in value.source


class TextBlock(RichTextBlockWithFootnotes):
    """Paragraphs, lists, links and footnotes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": list(TEXT_FEATURES), **kwargs})

    def replace_footnote_tags(self, value: Any, html: str, context: Any = None) -> str:
        """Make links of footnotes; a text without any need not ask for those of the page."""
        return super().replace_footnote_tags(value, html, context) if has_footnotes(value) else html

    class Meta:
        icon = "pilcrow"
        label = _("Tekst")
        description = _("Gewone alinea's, opsommingen, links en voetnoten.")
        template = "blocks/text.html"
        preview_value = "<p>Eerst een huis, dan de rest. <b>Zonder voorwaarden vooraf.</b></p>"


class HeadingBlock(blocks.StructBlock):
    """A heading with an address of its own; the page title is level one."""

    text = blocks.CharBlock(label=_("Kop"), max_length=120, help_text=_("Kort: waar gaat dit deel over?"))
    level = blocks.ChoiceBlock(
        label=_("Niveau"),
        choices=[("2", _("Tussenkop")), ("3", _("Kleine tussenkop"))],
        default="2",
        help_text=_("Gebruik een kleine tussenkop alleen onder een tussenkop."),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the anchor, derived from the text."""
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "anchor": slugify(value["text"]) or "deel"}

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the heading's words, without the name of its level."""
        return [value["text"]]

    class Meta:
        icon = "title"
        label = _("Tussenkop")
        description = _("Een kop boven een deel van de tekst.")
        template = "blocks/heading.html"
        preview_value = {"text": "Wat werkte", "level": "2"}


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(
        label=_("Citaat"), help_text=_("Letterlijk wat iemand zei of schreef, zonder aanhalingstekens.")
    )
    speaker = blocks.CharBlock(
        label=_("Wie"),
        required=False,
        help_text=_("Alleen wie daar toestemming voor gaf. Verzonnen? Zeg dat erbij."),
    )
    role = blocks.CharBlock(label=_("Rol"), required=False, help_text=_("Bijvoorbeeld: woonbegeleider."))

    class Meta:
        icon = "openquote"
        label = _("Citaat")
        description = _("Woorden van iemand, groot gezet.")
        template = "blocks/quote.html"
        preview_value = {
            "text": "Ik hoefde niet eerst te bewijzen dat ik kon wonen.",
            "speaker": "Bewoner (verzonnen)",
            "role": "",
        }


class CalloutBlock(blocks.StructBlock):
    """A box that stands out: a tip, a warning or a summary."""

    tone = blocks.ChoiceBlock(
        label=_("Soort"),
        choices=[("tip", _("Tip")), ("attention", _("Let op")), ("example", _("Voorbeeld"))],
        default="tip",
        help_text=_("Dit woord staat boven het kader."),
    )
    title = blocks.CharBlock(label=_("Titel"), max_length=120, help_text=_("De boodschap in één zin."))
    text = blocks.RichTextBlock(
        label=_("Tekst"),
        features=[*INLINE_FEATURES, "ul"],
        help_text=_("Houd het kort: hooguit een paar zinnen."),
    )

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the box's words, without the name of its kind."""
        return [value["title"], *self.child_blocks["text"].get_searchable_content(value["text"])]

    class Meta:
        icon = "warning"
        label = _("Kader")
        description = _("Een opvallend kader met een tip, waarschuwing of voorbeeld.")
        template = "blocks/callout.html"
        preview_value = {
            "tone": "tip",
            "title": "Begin met koffie",
            "text": "<p>Een eerste gesprek hoeft nergens over te gaan.</p>",
        }


class StepBlock(blocks.StructBlock):
    """One step of a way of working."""

    title = blocks.CharBlock(label=_("Stap"), max_length=120, help_text=_("Begin met een werkwoord."))
    text = blocks.RichTextBlock(
        label=_("Uitleg"), features=[*INLINE_FEATURES, "ul"], help_text=_("Wat doe je, met wie en wanneer?")
    )


class StepsBlock(blocks.StructBlock):
    """Steps in order."""

    steps = blocks.ListBlock(StepBlock(), label=_("Stappen"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Stappen")
        description = _("Een werkwijze in genummerde stappen.")
        template = "blocks/steps.html"
        preview_value = {
            "steps": [
                {"title": "Luister", "text": "<p>Vraag wat iemand zelf wil.</p>"},
                {"title": "Doe", "text": "<p>Regel één ding dat vandaag helpt.</p>"},
            ]
        }


class FactBlock(blocks.StructBlock):
    """A number and what it counts."""

    number = blocks.CharBlock(label=_("Getal"), max_length=20, help_text=_("Met eenheid, bijvoorbeeld: 40%."))
    label = blocks.CharBlock(label=_("Wat het telt"), max_length=120, help_text=_("Bijvoorbeeld: praktijken."))


class FactsBlock(blocks.StructBlock):
    """Key figures beside each other, with their source."""

    facts = blocks.ListBlock(FactBlock(), label=_("Cijfers"), min_num=1, max_num=4)
    source = blocks.CharBlock(
        label=_("Bron"), help_text=_("Waar komen de cijfers vandaan? Verzonnen? Schrijf dat hier.")
    )

    class Meta:
        icon = "order"
        label = _("Cijfers")
        description = _("Een tot vier getallen die iets duidelijk maken, met bron.")
        template = "blocks/facts.html"
        preview_value = {"facts": [{"number": "33", "label": "praktijken"}], "source": "Housing First Nederland"}
