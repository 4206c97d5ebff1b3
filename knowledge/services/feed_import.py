"""Takes over a podcast from elsewhere, episode by episode, with the GUIDs that apps know."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.files import File
from django.db import transaction
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from knowledge.models import EpisodePage, PodcastPage
from knowledge.models.episode import EpisodeType
from knowledge.services.addresses import free_page_slug
from thuisbasis.files.models import Recording
from thuisbasis.files.probing import RecordingCannotBeRead

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"


class FeedCannotBeRead(Exception):
    """The file is no podcast feed."""


@dataclass(kw_only=True)
class FeedReport:
    """What became of a feed: new drafts, episodes that were there already, and what an editor must know."""

    added: list[EpisodePage] = field(default_factory=list)
    known: int = 0
    remarks: list[str] = field(default_factory=list)


@transaction.atomic
def import_feed(*, podcast: PodcastPage, data: bytes, folder: Path | None = None, user: Any = None) -> FeedReport:
    """Add a draft for each episode of an RSS feed that is not there yet, oldest first.

    Episodes are recognised by their GUID, so a second run adds nothing. Files are taken from
    `folder` by the name at the end of their address; nothing is fetched from elsewhere.
    Raises FeedCannotBeRead.
    """
    report = FeedReport()
    for item in reversed(list(_items(data))):
        guid = _text(item, "guid") or _text(item, "link")
        if not guid:
            report.remarks.append(
                _("“%(title)s” heeft geen GUID en is overgeslagen.") % {"title": _text(item, "title")}
            )
        elif EpisodePage.objects.filter(guid=guid).exists():
            report.known += 1
        else:
            report.added.append(_add(podcast, item, guid, folder, user, report.remarks))
    return report


def _items(data: bytes) -> Iterator[Element]:
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise FeedCannotBeRead(
            _("Dit is geen leesbare feed. Sla de feed op als XML en probeer het opnieuw.")
        ) from error
    if root.tag != "rss" or root.find("channel") is None:
        raise FeedCannotBeRead(_("Dit is wel XML, maar geen podcastfeed (RSS)."))
    return root.iterfind("channel/item")


def _text(item: Element, tag: str) -> str:
    return " ".join((item.findtext(tag) or "").split())


def _number(item: Element, tag: str) -> int | None:
    text = _text(item, f"{ITUNES}{tag}")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else None


def _add(
    podcast: PodcastPage, item: Element, guid: str, folder: Path | None, user: Any, remarks: list[str]
) -> EpisodePage:
    title = Truncator(_text(item, "title") or guid).chars(200)
    kind = _text(item, f"{ITUNES}episodeType")
    page = EpisodePage(
        title=title,
        slug=free_page_slug(podcast, title, "aflevering"),
        summary=Truncator(strip_tags(_text(item, "description"))).words(110),
        guid=guid[:500],
        episode_number=_number(item, "episode"),
        season_number=_number(item, "season"),
        episode_type=kind if kind in EpisodeType.values else EpisodeType.FULL,
        is_explicit=_text(item, f"{ITUNES}explicit").lower() in ("true", "yes"),
        first_published_at=_moment(_text(item, "pubDate")),
        recording=_recording(item, title, folder, remarks),
        live=False,
        has_unpublished_changes=True,
    )
    podcast.add_child(instance=page)
    page.save_revision(user=user, clean=False)
    return page


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _recording(item: Element, title: str, folder: Path | None, remarks: list[str]) -> Recording | None:
    """Return the recording whose file lies in the folder, or None with a remark."""
    enclosure = item.find("enclosure")
    name = PurePath(unquote(urlsplit(enclosure.get("url", "") if enclosure is not None else "").path)).name
    source = folder / name if folder and name else None
    if source is None or not source.is_file():
        remarks.append(_("“%(title)s”: het geluid (%(name)s) staat niet in de map.") % {"title": title, "name": name})
        return None
    try:
        with source.open("rb") as data:
            recording = Recording(title=title[:160], file=File(data, name=name))
            recording.save()
    except RecordingCannotBeRead as error:
        remarks.append(f"“{title}”: {error}")
        return None
    return recording
