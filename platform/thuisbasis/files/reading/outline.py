"""What a document is once read: a title and parts in order."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 is right under the title."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as safe HTML with at most b, i and a."""

    html: str


@dataclass(frozen=True)
class ListOfItems:
    """A list; each item is safe HTML with at most b, i and a."""

    items: tuple[str, ...]
    is_ordered: bool = False


@dataclass(frozen=True)
class Table:
    """A table of plain text; the first row holds the column headings."""

    rows: tuple[tuple[str, ...], ...]


Part = Heading | Paragraph | ListOfItems | Table


@dataclass
class Outline:
    """A document: its title ("" when none was found), its parts, and the lines left out."""

    title: str = ""
    parts: list[Part] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
