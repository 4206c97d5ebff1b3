"""Turns a document into a draft practice article."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.models import ArticleIndexPage, ImportedSource, PracticeArticlePage
from knowledge.models.knowledge_page import SUMMARY_WORDS
from knowledge.services.addresses import free_page_slug
from knowledge.services.drafting import propose_summary, stream_of
from thuisbasis.files.reading import Outline, read_document

LONGEST_TITLE = 200


class ThereIsNoPlaceForArticles(Exception):
    """The site has no section for practice articles yet."""

    def __str__(self) -> str:
        return _("Er is nog geen overzicht van praktijkvoorbeelden. Maak dat eerst aan.")


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What became of one file: its draft, what was kept per kind, and which lines were left out."""

    file_name: str
    page: PracticeArticlePage
    is_new: bool
    kept: dict[str, int]
    dropped: list[str]
    remarks: list[str] = field(default_factory=list)

    def as_line(self) -> str:
        """Return the report in one line."""
        kept = ", ".join(f"{count} {name}" for name, count in self.kept.items() if count)
        state = _("nieuw concept") if self.is_new else _("concept bijgewerkt")
        dropped = _("weggelaten regels: %(count)d") % {"count": len(self.dropped)}
        return f"{self.file_name}: {state} “{self.page.title}” ({kept}; {dropped})"


@transaction.atomic
def import_document(*, name: str, data: bytes, user: Any = None, now: datetime) -> ImportReport:
    """Read a .txt, .html, .docx or .pdf file into a draft practice article and report on it.

    The same file name again saves a new draft revision of the same page: what is published stays
    published, and earlier revisions stay in its history. Raises FileCannotBeRead (of
    thuisbasis.files.reading) or ThereIsNoPlaceForArticles; nothing is stored then.
    """
    file_name = PurePath(name.replace("\\", "/")).name
    outline = read_document(name=file_name, data=data)
    source = ImportedSource.objects.select_related("page").filter(file_name=file_name).first()
    page = source.page.get_latest_revision_as_object() if source else _new_page()
    remarks = _fill(page, outline, file_name)
    if source is None:
        _section().add_child(instance=page)
    # A draft may lack a contact and an owner; publishing it will ask for them.
    page.save_revision(user=user, clean=False)
    report = ImportReport(
        file_name=file_name,
        page=page,
        is_new=source is None,
        kept=_counts(outline),
        dropped=outline.dropped,
        remarks=remarks,
    )
    ImportedSource.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "file_name": file_name,
            "checksum": hashlib.sha256(data).hexdigest(),
            "imported_at": now,
            "report": {"kept": report.kept, "dropped": report.dropped, "remarks": report.remarks},
        },
    )
    return report


def _section() -> ArticleIndexPage:
    section = ArticleIndexPage.originals().first()
    if section is None:
        raise ThereIsNoPlaceForArticles
    return section


def _new_page() -> PracticeArticlePage:
    return PracticeArticlePage(live=False, has_unpublished_changes=True)


def _fill(page: PracticeArticlePage, outline: Outline, file_name: str) -> list[str]:
    """Put the outline into the page and return remarks for the editor."""
    remarks = []
    title = outline.title[:LONGEST_TITLE]
    if not title:
        title = PurePath(file_name).stem[:LONGEST_TITLE]
        remarks.append(_("Geen titel gevonden; de naam van het bestand is gebruikt."))
    page.title = page.draft_title = title
    if not page.pk:
        page.slug = free_page_slug(_section(), title, "import")
    page.summary = propose_summary(outline, most_words=SUMMARY_WORDS)
    remarks.append(_("De samenvatting is een voorstel uit de eerste alinea's. Herschrijf haar in gewone taal."))
    page.body = stream_of(outline)
    return remarks


def _counts(outline: Outline) -> dict[str, int]:
    names = {
        "Heading": _("koppen"),
        "Paragraph": _("alinea's"),
        "ListOfItems": _("lijsten"),
        "Table": _("tabellen"),
    }
    kinds = [type(part).__name__ for part in outline.parts]
    counts = {label: kinds.count(kind) for kind, label in names.items()}
    links = sum(getattr(part, "html", "").count("<a ") for part in outline.parts)
    links += sum(item.count("<a ") for part in outline.parts for item in getattr(part, "items", ()))
    return {**counts, _("links"): links}
