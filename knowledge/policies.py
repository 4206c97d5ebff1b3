"""The yes and no of recordings: what may be published, and which state follows which."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Both are fixed by the podcast namespace's specification of <podcast:guid>.
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
SMALLEST_COVER, LARGEST_COVER = 1400, 3000
MOST_DESCRIPTION_BYTES = 4000
MOST_SEASON_NAME = 128


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something an editor should know before publishing; an error blocks, a warning does not."""

    level: Literal["error", "warning"]
    text: str
    field: str = ""

    @property
    def is_error(self) -> bool:
        """Say whether this blocks publishing."""
        return self.level == "error"


@dataclass(frozen=True, kw_only=True)
class Artwork:
    """What a podcast app wants to know of a cover; `mode` is Pillow's name for the colours."""

    width: int
    height: int
    format: str
    mode: str


class TalkShowState(models.TextChoices):
    """Where a talk show is in its life."""

    PLANNED = "planned", gettext_lazy("gepland")
    LIVE = "live", gettext_lazy("live")
    PROCESSING = "processing", gettext_lazy("opname wordt gemaakt")
    RECORDED = "recorded", gettext_lazy("terugkijken")
    CANCELLED = "cancelled", gettext_lazy("afgelast")


LEGAL_MOVES: dict[str, frozenset[str]] = {
    TalkShowState.PLANNED: frozenset({TalkShowState.LIVE, TalkShowState.CANCELLED}),
    TalkShowState.LIVE: frozenset({TalkShowState.PROCESSING, TalkShowState.CANCELLED}),
    TalkShowState.PROCESSING: frozenset({TalkShowState.RECORDED, TalkShowState.CANCELLED}),
    TalkShowState.RECORDED: frozenset({TalkShowState.PROCESSING}),
    TalkShowState.CANCELLED: frozenset({TalkShowState.PLANNED}),
}


def state_at(
    now: datetime, *, chosen: str, starts_at: datetime, ends_at: datetime, has_recording: bool
) -> TalkShowState:
    """Return the state at a moment: what an editor chose, or else what the clock says."""
    if chosen:
        return TalkShowState(chosen)
    if now < starts_at:
        return TalkShowState.PLANNED
    if now < ends_at:
        return TalkShowState.LIVE
    return TalkShowState.RECORDED if has_recording else TalkShowState.PROCESSING


def may_move(before: str, after: str) -> bool:
    """Say whether a talk show may go from one state to another."""
    return before == after or after in LEGAL_MOVES[before]


def podcast_guid(feed_url: str) -> str:
    """Return the podcast's GUID: UUIDv5 of the feed's address without scheme and trailing slashes.

    Source: the podcast namespace, tag <podcast:guid>.
    """
    parts = urlsplit(feed_url)
    rest = feed_url.split("://", 1)[-1] if parts.scheme else feed_url
    return str(uuid.uuid5(PODCAST_NAMESPACE, rest.rstrip("/")))


def artwork_remarks(artwork: Artwork | None, field: str = "cover") -> list[Remark]:
    """Return what is wrong with a cover: podcast apps want 1400 to 3000 pixels square, JPEG or PNG, RGB."""
    if artwork is None:
        return [_error(_("Er is nog geen hoes. Kies een vierkant beeld van 1400 tot 3000 pixels."), field)]
    remarks = []
    size = {"width": artwork.width, "height": artwork.height}
    if artwork.width != artwork.height:
        text = _("De hoes is %(width)d bij %(height)d pixels. Maak hem vierkant, bijvoorbeeld 1400 bij 1400.")
        remarks.append(_error(text % size, field))
    elif not SMALLEST_COVER <= artwork.width <= LARGEST_COVER:
        text = _("De hoes is %(width)d bij %(height)d pixels. Kies een beeld van 1400 tot 3000 pixels.")
        remarks.append(_error(text % size, field))
    if artwork.format not in ("JPEG", "PNG"):
        text = _("De hoes is een %(format)s. Podcast-apps willen JPEG of PNG.") % {"format": artwork.format}
        remarks.append(_error(text, field))
    if artwork.mode != "RGB":
        text = _("De hoes heeft kleuren die niet elke app kent. Sla hem op als gewoon RGB, zonder doorzichtigheid.")
        remarks.append(_error(text, field))
    return remarks


def channel_remarks(
    *, owner_email: str, description: str, seasons: Sequence[int], addresses: Iterable[tuple[str, str]]
) -> list[Remark]:
    """Return what podcast apps would refuse of a channel; `seasons` are numbers, `addresses` (field, address)."""
    remarks = []
    if not owner_email:
        text = _("Vul het e-mailadres van de eigenaar in. Apple en Spotify sturen daar hun controle naartoe.")
        remarks.append(_error(text, "owner_email"))
    if not description.strip():
        remarks.append(_error(_("Schrijf een inleiding: die staat in elke podcast-app."), "intro"))
    remarks += description_remarks(description, "intro")
    if len(seasons) != len(set(seasons)):
        remarks.append(_error(_("Twee seizoenen hebben hetzelfde nummer.")))
    return [*remarks, *address_remarks(addresses)]


def description_remarks(description: str, field: str = "summary") -> list[Remark]:
    """Return a remark when a description is longer than the 4,000 bytes that Apple allows."""
    size = len(description.encode())
    if size <= MOST_DESCRIPTION_BYTES:
        return []
    text = _("De tekst is %(size)d bytes lang; podcast-apps tonen er hooguit 4000. Kort hem in.") % {"size": size}
    return [_error(text, field)]


def address_remarks(addresses: Iterable[tuple[str, str]]) -> list[Remark]:
    """Return a remark for each address, given as (field, address), that is not https."""
    text = _("“%(url)s” begint niet met https://. Podcast-apps weigeren onveilige adressen.")
    return [_error(text % {"url": url}, field) for field, url in addresses if url and not url.startswith("https://")]


def transcript_remarks(
    languages: Sequence[str], *, page_language: str, excuse: str | None, is_video: bool
) -> list[Remark]:
    """Return what is missing of captions; `excuse` is the written reason to do without, None if there can be none."""
    remarks = []
    if len(languages) != len(set(languages)):
        remarks.append(_error(_("Er staan twee teksten in dezelfde taal. Houd er één per taal.")))
    if page_language in languages or excuse:
        return remarks
    if is_video:
        text = _("De video heeft geen ondertiteling in de taal van deze pagina. Voeg haar toe, of schrijf waarom niet.")
    else:
        text = _("Er is geen uitgeschreven tekst. Zonder tekst kan wie doof is deze aflevering niet volgen.")
    return [*remarks, _error(text, "captions_excuse" if excuse is not None else "")]


def chapter_remarks(starts: Sequence[float], duration: float) -> list[Remark]:
    """Return what is odd about chapters: two at one moment, or one after the end (seconds)."""
    remarks = []
    if len(starts) != len(set(starts)):
        remarks.append(_error(_("Twee hoofdstukken beginnen op hetzelfde moment.")))
    if duration and any(start >= duration for start in starts):
        remarks.append(_error(_("Een hoofdstuk begint na het einde van de opname.")))
    if starts and min(starts) > 0:
        remarks.append(_warning(_("Het eerste hoofdstuk begint niet op 0:00. Sommige apps tonen het dan niet.")))
    return remarks


def consent_remarks(withheld: Iterable[str]) -> list[Remark]:
    """Return a warning for everyone on the page who did not agree to be named in this role."""
    text = _("“%(name)s” gaf geen toestemming voor deze rol. De naam blijft overal weg, ook uit de tekst.")
    return [_warning(text % {"name": name}) for name in withheld]


def voice_remarks(voices: Iterable[str], known: Iterable[str]) -> list[Remark]:
    """Return a warning for each voice in the captions that is nobody's on this page."""
    names = {name.casefold() for name in known}
    text = _("De stem “%(name)s” hoort bij niemand op deze pagina. Lezers zien “Spreker 1”.")
    unknown = [voice for voice in dict.fromkeys(voices) if voice and voice.casefold() not in names]
    return [_warning(text % {"name": voice}) for voice in unknown]


def _error(text: str, field: str = "") -> Remark:
    return Remark(level="error", text=text, field=field)


def _warning(text: str, field: str = "") -> Remark:
    return Remark(level="warning", text=text, field=field)


def warnings(texts: Iterable[str], field: str) -> list[Remark]:
    """Return each text as a warning at a field."""
    return [_warning(text, field) for text in texts]
