"""The blocks with which editors build a text."""

from .body import BodyBlock
from .embed import EmbedBlock
from .media import DownloadsBlock, FigureBlock, RelatedBlock
from .text import CalloutBlock, FactsBlock, HeadingBlock, QuoteBlock, StepsBlock, TextBlock

__all__ = [
    "BodyBlock",
    "CalloutBlock",
    "DownloadsBlock",
    "EmbedBlock",
    "FactsBlock",
    "FigureBlock",
    "HeadingBlock",
    "QuoteBlock",
    "RelatedBlock",
    "StepsBlock",
    "TextBlock",
]
