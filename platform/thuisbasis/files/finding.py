"""Finds the files that the site itself publishes: recordings, documents, pictures."""

import mimetypes

from thuisbasis.base.models import SiteRendition
from thuisbasis.files.models import Recording, SiteDocument
from thuisbasis.files.registry import FileAsk, Sendable, declare_files, is_offered


def declare() -> None:
    """Tell the serving view about them."""
    declare_files("recording", recording)
    declare_files("document", document)
    declare_files("rendition", rendition)


def recording(ask: FileAsk) -> Sendable | None:
    """Return a recording that something visible offers."""
    key, extension = ask.address["key"], ask.address["extension"]
    found = Recording.objects.filter(key=key, extension=extension).first()
    if found is None or not is_offered(found, ask.visitor):
        return None
    return Sendable(
        file=found.file,
        storage="recordings",
        name=f"{ask.address['name']}.{extension}",
        media_type=found.media_type,
        size=found.size,
        checksum=found.checksum,
        changed_at=found.changed_at,
        is_for_all=True,
        is_inline=True,
        # Podcast players on the web fetch sound from other sites.
        headers={"Access-Control-Allow-Origin": "*"},
    )


def document(ask: FileAsk) -> Sendable | None:
    """Return a document of the knowledge site that something visible offers."""
    found = SiteDocument.objects.filter(pk=ask.address["document_id"]).first()
    if found is None or found.filename != ask.address["filename"] or not is_offered(found, ask.visitor):
        return None
    return Sendable(
        file=found.file,
        storage="documents",
        name=found.filename,
        media_type=found.content_type,
        size=found.get_file_size(),
        checksum=found.file_hash,
        changed_at=found.created_at,
    )


def rendition(ask: FileAsk) -> Sendable | None:
    """Return a picture in some size, unless every page that shows it is hidden from this visitor."""
    found = SiteRendition.objects.filter(file=f"images/{ask.address['path']}").select_related("image").first()
    if found is None or not is_offered(found.image, ask.visitor):
        return None
    return Sendable(
        file=found.file,
        storage="default",
        name=ask.address["path"],
        media_type=mimetypes.guess_type(found.file.name)[0] or "application/octet-stream",
        size=found.file.size,
        checksum=f"{found.image.file_hash}{found.filter_spec}{found.pk}",
        changed_at=found.image.created_at,
        is_for_all=True,
        is_inline=True,
    )
