"""Finds the file of a document, for the one view that sends files."""

from members.library.models import Document, DocumentVersion
from members.library.policies import may_change
from members.library.services import note_download
from thuisbasis.files.registry import FileAsk, Sendable, declare_files


def declare() -> None:
    """Tell the serving view about documents of members."""
    declare_files("library", library_file)


def library_file(ask: FileAsk) -> Sendable | None:
    """Return a document's newest clean version, or the version with this number; and write down who got it.

    Nothing leaves quarantine, and nothing that may hold a resident's data reaches anyone but those
    who may change the document.
    """
    document = Document.objects.open_to(ask.visitor).filter(key=ask.address["key"]).select_related("practice").first()
    if document is None:
        return None
    version = _version(document, ask.address.get("number"))
    if version is None or not version.file.is_clean:
        return None
    if not version.may_be_seen and not may_change(ask.visitor, document):
        return None
    if ask.is_download:
        note_download(document=document, number=version.number, user=ask.user, now=ask.now)
    return Sendable.of(version.file, changed_at=version.created_at)


def _version(document: Document, number: int | None) -> DocumentVersion | None:
    versions = document.versions.select_related("file")
    if number is not None:
        return versions.filter(number=number).first()
    if document.current_id is not None:
        return versions.get(pk=document.current_id)
    return versions.order_by("number").first()
