"""Office files: what kind they are, by what they hold, and whether they hold anything that runs by itself."""

import zipfile
from typing import Any, BinaryIO

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from .archives import open_archive, read_every_part
from .errors import FileIsRefused

CONTENT_TYPES = "[Content_Types].xml"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument."
# The type of the main part (ECMA-376, part 1, section 15.2) and the file's own.
OOXML = {
    "docx": ("wordprocessingml.document", "word/"),
    "xlsx": ("spreadsheetml.sheet", "xl/"),
    "pptx": ("presentationml.presentation", "ppt/"),
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
RUNS_BY_ITSELF = ("vbaproject", "vbadata", "activex", "oleobject", "macrosheets", "dialogsheets")
ODF_PROGRAMS = ("basic/", "scripts/", "object ")
# Relations that fetch something from elsewhere when the file is opened (template injection).
FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/externalLinkPath", "/ddeLink")
LARGEST_XML = 20 * 1024 * 1024


def inspect_office(extension: str, file: BinaryIO) -> str:
    """Return the media type of a Word, Excel, PowerPoint or OpenDocument file; raises FileIsRefused."""
    with open_archive(file) as archive:
        names = archive.namelist()
        media_type = _opendocument(extension, archive) if extension in ODF else _ooxml(extension, archive, names)
        read_every_part(archive)
    return media_type


def _ooxml(extension: str, archive: zipfile.ZipFile, names: list[str]) -> str:
    kind, folder = OOXML[extension]
    if CONTENT_TYPES not in names:
        raise FileIsRefused(_other_kind(extension))
    types = {node.get("ContentType", "") for node in _xml(archive, CONTENT_TYPES).iter()}
    lowered = [name.lower() for name in names]
    if any("macroenabled" in found.lower() for found in types) or _holds(lowered, RUNS_BY_ITSELF):
        raise FileIsRefused(
            _("In dit bestand zit een macro of een ingesloten programma. Sla het op zonder macro's, of als PDF.")
        )
    if f"{OFFICE_TYPE}{kind}.main+xml" not in types or not any(name.startswith(folder) for name in names):
        raise FileIsRefused(_other_kind(extension))
    for name in names:
        if name.endswith(".rels"):
            _look_at_relations(_xml(archive, name))
    return f"{OFFICE_TYPE}{kind}"


def _look_at_relations(relations: Any) -> None:
    for node in relations.iter():
        if node.get("TargetMode") == "External" and node.get("Type", "").endswith(FETCHED):
            raise FileIsRefused(
                _("Dit bestand haalt bij het openen iets op van een andere plek. Sla het op als PDF en deel die.")
            )


def _opendocument(extension: str, archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    said = archive.read(parts[0])[:100] if parts and parts[0].filename == "mimetype" else b""
    if said != ODF[extension].encode():
        raise FileIsRefused(_other_kind(extension))
    lowered = [part.filename.lower() for part in parts]
    if any(name.startswith(ODF_PROGRAMS) for name in lowered):
        raise FileIsRefused(_("In dit bestand zit een macro of een ingesloten object. Sla het op zonder, of als PDF."))
    if "meta-inf/manifest.xml" in lowered:
        nodes = _xml(archive, parts[lowered.index("meta-inf/manifest.xml")].filename).iter()
        if any(node.tag.endswith("encryption-data") for node in nodes):
            raise FileIsRefused(_("Dit bestand is versleuteld. Haal het wachtwoord eraf: dan kunnen we het nakijken."))
    return ODF[extension]


def _holds(names: list[str], marks: tuple[str, ...]) -> bool:
    return any(mark in name for name in names for mark in marks)


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    if archive.getinfo(name).file_size > LARGEST_XML:
        raise FileIsRefused(_("Dit bestand is van binnen anders dan het hoort. Sla het opnieuw op."))
    try:
        return ElementTree.fromstring(archive.read(name), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, RuntimeError, ValueError) as error:
        raise FileIsRefused(_("Dit bestand is beschadigd. Sla het opnieuw op en probeer het nog eens.")) from error


def _other_kind(extension: str) -> str:
    text = _("Dit is van binnen geen %(extension)s-bestand. Sla het opnieuw op in het programma waarmee je het maakte.")
    return text % {"extension": extension}
