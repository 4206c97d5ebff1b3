"""The blocks with which editors build a text."""

from .body import PlainBodyBlock
from .embed import EmbedBlock
from .media import DownloadsBlock, FigureBlock
from .text import CalloutBlock, FactsBlock, HeadingBlock, QuoteBlock, StepsBlock, TextBlock, has_footnotes

__all__ = [
    "CalloutBlock",
    "DownloadsBlock",
    "EmbedBlock",
    "FactsBlock",
    "FigureBlock",
    "HeadingBlock",
    "PlainBodyBlock",
    "QuoteBlock",
    "StepsBlock",
    "TextBlock",
    "has_footnotes",
]
