"""The text of a page: any number of blocks, in the editor's order."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .embed import EmbedBlock
from .media import DownloadsBlock, FigureBlock
from .text import INLINE_FEATURES, CalloutBlock, FactsBlock, HeadingBlock, QuoteBlock, StepsBlock, TextBlock


class TableBlock(TypedTableBlock):
    """A table with a caption and column headers."""

    class Meta:
        icon = "table"
        label = _("Tabel")
        description = _("Gegevens in rijen en kolommen, met een bijschrift.")
        template = "blocks/table.html"
        preview_value = {
            "caption": "Voorbeeld van een tabel",
            "columns": [{"type": "text", "heading": "Gemeente"}, {"type": "text", "heading": "Sinds"}],
            "rows": [{"values": ["Zwolle", "2014"]}, {"values": ["Den Haag", "2016"]}],
        }


class PlainBodyBlock(blocks.StreamBlock):
    """The blocks of any text, the most used first; content apps add those that know their pages."""

    text = TextBlock(group=_("Tekst"))
    heading = HeadingBlock(group=_("Tekst"))
    quote = QuoteBlock(group=_("Tekst"))
    callout = CalloutBlock(group=_("Tekst"))
    steps = StepsBlock(group=_("Tekst"))
    facts = FactsBlock(group=_("Tekst"))
    table = TableBlock(
        [
            ("text", blocks.CharBlock(label=_("Tekst"), required=False)),
            ("rich_text", blocks.RichTextBlock(label=_("Opgemaakte tekst"), features=INLINE_FEATURES, required=False)),
        ],
        group=_("Tekst"),
    )
    figure = FigureBlock(group=_("Beeld en geluid"))
    embed = EmbedBlock(group=_("Beeld en geluid"))
    downloads = DownloadsBlock(group=_("Verder"))

    class Meta:
        template = "blocks/body.html"
