"""Loads the demo's people, podcast and talk shows; everyone and everything said is invented."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.core.files import File
from django.utils import timezone
from django.utils.text import slugify

from knowledge.models import (
    Appearance,
    Chapter,
    EpisodePage,
    PodcastPage,
    PodcastSeason,
    TalkShowPage,
    TalkShowSeriesPage,
    Transcript,
)
from thuisbasis.base.models import SiteImage
from thuisbasis.config.demo.illustrations import cover
from thuisbasis.config.demo.site import DemoSite
from thuisbasis.files.captions import read_chapters
from thuisbasis.files.models import Recording
from thuisbasis.network.models import Consent, Person, Practice

DATA = Path(__file__).parent / "data"
AGREED = date(2021, 1, 11)


def load_recordings(site: DemoSite) -> None:
    """Add the podcast and the talk shows, with their sound, video, text and chapters."""
    data = yaml.safe_load((DATA / "recordings.yaml").read_text(encoding="utf-8"))
    load_talk_shows(site, data, load_podcast(site, data))


def load_podcast(site: DemoSite, data: dict[str, Any]) -> PodcastPage:
    """Add the people, then the podcast with its season and episodes."""
    _load_people(data["people"])
    about = data["podcast"]
    art = SiteImage.objects.create(
        title="Hoes van de podcast", description="", file=File(cover(), name="hoes.jpg"), uploaded_by_user=site.editor
    )
    podcast = PodcastPage(
        title=about["title"],
        slug=slugify(about["title"]),
        intro=about["intro"],
        feed_name=about["feed_name"],
        cover=art,
        author="Housing First Nederland",
        owner_name="Redactie Thuisbasis",
        owner_email="redactie@example.nl",
        license="cc-by-4.0",
    )
    podcast.seasons = [PodcastSeason(number=1, name=about["season"])]
    podcast.appearances = [Appearance(person=Person.objects.get(name="Noor Verzonnen"), role="host")]
    site.add(site.sections["kijk-en-luister"], podcast)
    for number, item in enumerate(about["episodes"], start=1):
        is_bonus = item.get("type") == "bonus"
        page = EpisodePage(
            episode_number=None if is_bonus else number,
            season_number=1,
            episode_type=item.get("type", "full"),
            **_spoken(site, item, ".mp3"),
        )
        _publish(site, podcast, page, item)
    return podcast


def load_talk_shows(site: DemoSite, data: dict[str, Any], podcast: PodcastPage) -> None:
    """Add the series with its six shows, ready to watch."""
    about = data["talk_show"]
    series = TalkShowSeriesPage(title=about["title"], slug="talkshow", intro=about["intro"], podcast=podcast)
    site.add(site.sections["kijk-en-luister"], series)
    for item in about["shows"]:
        starts_at = timezone.make_aware(datetime.fromisoformat(item["starts"]))
        page = TalkShowPage(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            location="Online",
            **_spoken(site, item, ".mp4"),
        )
        _publish(site, series, page, {**item, "date": (starts_at - timedelta(days=14)).date()})


def _load_people(people: list[dict[str, Any]]) -> None:
    for item in people:
        person = Person.objects.create(
            name=item["name"],
            description=item["description"],
            email=item.get("email", ""),
            practice=Practice.objects.filter(name=item.get("practice", "")).first(),
            is_invented=True,
        )
        for use in item["uses"]:
            Consent.objects.create(person=person, use=use, given_date=AGREED, evidence="Verzonnen")


def _spoken(site: DemoSite, item: dict[str, Any], suffix: str) -> dict[str, Any]:
    """Return the fields that every recording has."""
    with (DATA / "recordings" / f"{item['key']}{suffix}").open("rb") as source:
        recording = Recording(title=item["title"], file=File(source, name=f"{item['key']}{suffix}"))
        recording.save()
    return {
        "recording": recording,
        "practice": Practice.objects.filter(name=item.get("practice", "")).first(),
        **site.shared({**item, "invented": True}),
    }


def _publish(site: DemoSite, parent: Any, page: Any, item: dict[str, Any]) -> None:
    folder = DATA / "recordings"
    page.transcripts = [
        Transcript(language=file.name.split(".")[1], source=file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob(f"{item['key']}.*.vtt"), reverse=True)
    ]
    marks = read_chapters((folder / f"{item['key']}.chapters.json").read_text(encoding="utf-8"))
    page.chapters = [Chapter(start=mark.start, title=mark.title) for mark in marks]
    page.appearances = [
        Appearance(person=Person.objects.get(name=name), role=role, sort_order=order)
        for order, (name, role) in enumerate(item["cast"].items())
    ]
    site.publish(parent, page, item)
