"""Writes RSS 2.0 with everything that podcast apps understand.

Sources: RSS 2.0; Apple's podcast requirements (itunes); the podcast namespace (podcast);
Podlove Simple Chapters (psc); RFC 4287 and RFC 5005 (links to other pages of the feed).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed

from thuisbasis.files.captions import Mark

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
    "xmlns:psc": "http://podlove.org/simple-chapters",
}


@dataclass(frozen=True, kw_only=True)
class Channel:
    """What a feed says of the podcast itself; `people` are (role, name), `pages` (relation, address)."""

    guid: str
    author: str
    owner_name: str
    owner_email: str
    category: str
    image_url: str
    is_explicit: bool
    is_serial: bool
    is_locked: bool
    license: str
    new_feed_url: str
    changed_at: datetime
    people: list[tuple[str, str]] = field(default_factory=list)
    pages: list[tuple[str, str]] = field(default_factory=list)
    live_items: list["LiveItem"] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class LiveItem:
    """A talk show that a podcast app announces; `status` is pending, live or ended."""

    status: str
    guid: str
    title: str
    description: str
    url: str
    content_url: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Episode:
    """What a feed says of one episode besides title, text, address, day and file.

    `transcripts` are (address, media type, language).
    """

    duration: int
    episode_type: str
    is_explicit: bool
    number: int | None = None
    season: int | None = None
    season_name: str = ""
    image_url: str = ""
    chapters_url: str = ""
    chapters: list[Mark] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)
    transcripts: list[tuple[str, str, str]] = field(default_factory=list)


class PodcastRss(Rss201rev2Feed):
    """A feed whose bytes depend on its content alone."""

    def rss_attributes(self) -> dict[str, str]:
        """Return the version and the namespaces."""
        return {"version": "2.0", **NAMESPACES}

    def latest_post_date(self) -> datetime:
        """Return when something in the feed last changed; never the present moment."""
        return self._channel.changed_at

    @property
    def _channel(self) -> Channel:
        return self.feed["channel"]

    def add_root_elements(self, handler: Any) -> None:
        """Add what is said of the podcast."""
        super().add_root_elements(handler)
        channel = self._channel
        for relation, url in channel.pages:
            handler.addQuickElement("atom:link", None, {"rel": relation, "href": url})
        for name, text in (
            ("itunes:author", channel.author),
            ("itunes:type", "serial" if channel.is_serial else "episodic"),
            ("itunes:explicit", _yes(channel.is_explicit)),
            ("itunes:new-feed-url", channel.new_feed_url),
            ("podcast:guid", channel.guid),
            ("podcast:license", channel.license),
            ("podcast:medium", "podcast"),
        ):
            if text:
                handler.addQuickElement(name, text)
        handler.startElement("itunes:owner", {})
        handler.addQuickElement("itunes:name", channel.owner_name)
        handler.addQuickElement("itunes:email", channel.owner_email)
        handler.endElement("itunes:owner")
        if channel.image_url:
            handler.addQuickElement("itunes:image", None, {"href": channel.image_url})
        _category(handler, channel.category)
        locked = "yes" if channel.is_locked else "no"
        handler.addQuickElement("podcast:locked", locked, {"owner": channel.owner_email})
        _people(handler, channel.people)
        for item in channel.live_items:
            _live_item(handler, item)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add one episode."""
        super().add_item_elements(handler, item)
        episode: Episode = item["episode"]
        handler.addQuickElement("itunes:duration", str(episode.duration))
        handler.addQuickElement("itunes:episodeType", episode.episode_type)
        handler.addQuickElement("itunes:explicit", _yes(episode.is_explicit))
        if episode.number is not None:
            handler.addQuickElement("itunes:episode", str(episode.number))
            handler.addQuickElement("podcast:episode", str(episode.number))
        if episode.season is not None:
            handler.addQuickElement("itunes:season", str(episode.season))
            name = {"name": episode.season_name} if episode.season_name else {}
            handler.addQuickElement("podcast:season", str(episode.season), name)
        if episode.image_url:
            handler.addQuickElement("itunes:image", None, {"href": episode.image_url})
        for url, media_type, language in episode.transcripts:
            attributes = {"url": url, "type": media_type, "language": language}
            handler.addQuickElement("podcast:transcript", None, attributes)
        _chapters(handler, episode)
        _people(handler, episode.people)


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _category(handler: Any, category: str) -> None:
    main, _separator, sub = category.partition(" > ")
    handler.startElement("itunes:category", {"text": main})
    if sub:
        handler.addQuickElement("itunes:category", None, {"text": sub})
    handler.endElement("itunes:category")


def _people(handler: Any, people: Iterable[tuple[str, str]]) -> None:
    for role, name in people:
        handler.addQuickElement("podcast:person", name, {"role": role, "group": "cast"})


def _chapters(handler: Any, episode: Episode) -> None:
    if not episode.chapters:
        return
    attributes = {"url": episode.chapters_url, "type": "application/json+chapters"}
    handler.addQuickElement("podcast:chapters", None, attributes)
    handler.startElement("psc:chapters", {"version": "1.2"})
    for mark in episode.chapters:
        extra = {key: value for key, value in (("href", mark.url), ("image", mark.image_url)) if value}
        handler.addQuickElement("psc:chapter", None, {"start": _play_time(mark.start), "title": mark.title, **extra})
    handler.endElement("psc:chapters")


def _play_time(seconds: float) -> str:
    """Return a Normal Play Time with thousandths (RFC 2326, 3.6)."""
    whole, milli = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole % 3600 // 60:02}:{whole % 60:02}.{milli:03}"


def _live_item(handler: Any, item: LiveItem) -> None:
    attributes = {"status": item.status, "start": item.starts_at.isoformat(), "end": item.ends_at.isoformat()}
    handler.startElement("podcast:liveItem", attributes)
    handler.addQuickElement("title", item.title)
    handler.addQuickElement("description", item.description)
    handler.addQuickElement("link", item.url)
    handler.addQuickElement("guid", item.guid, {"isPermaLink": "false"})
    handler.addQuickElement("podcast:contentLink", item.title, {"href": item.content_url})
    handler.endElement("podcast:liveItem")
