"""Declares what of the library is found by searching."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from members.library.models import Document
from thuisbasis.network.models import Audience
from thuisbasis.search.registry import Declaration, Findable, declare_searchable


def declare() -> None:
    """Tell search about documents and the words in them."""
    declare_searchable(
        Declaration(model=Document, rows=_documents, describe=describe_document),
        kinds={"document": _("Documenten van leden")},
    )


def describe_document(document: Document) -> Findable | None:
    """Return what is findable of a document, with the words of its newest clean version; None until it is available."""
    if document.shared_at is None or document.hidden_at or document.current is None:
        return None
    text = document.current.file.text
    return Findable(
        kind="document",
        language="nl",
        name=document.title,
        summary=document.description or Truncator(" ".join(text[:1000].split())).chars(200),
        text=text,
        # Whoever has no account cannot see the document's page; the file itself is public then.
        url=document.file_url if document.audience == Audience.PUBLIC else document.get_absolute_url(),
        audience=document.audience,
        practice_id=document.practice_id,
        working_group_id=document.working_group_id,
        published_at=document.shared_at,
        facets=tuple(("theme", slug) for slug in document.themes.all().shared_slugs()),
    )


def _documents() -> Iterable[Document]:
    return Document.objects.available().select_related("current__file").iterator()
