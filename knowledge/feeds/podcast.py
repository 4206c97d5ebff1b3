"""The feed that podcast apps subscribe to: for everyone, never with what is for members."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Max, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.feedgenerator import Enclosure
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from knowledge.feeds.rss import Channel, Episode, LiveItem, PodcastRss
from knowledge.models import Appearance, PodcastPage, TalkShowPage, Transcript
from knowledge.models.recorded import COVER_SPEC, images_with, square_cover
from knowledge.models.spoken import CHAPTER_SPEC
from knowledge.policies import TalkShowState
from knowledge.querysets import page_number
from thuisbasis.files.captions import FORMATS
from thuisbasis.network.models import Consent, Person
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.page_store.memory import remembered

PAGE_SIZE = 100
SPEAKING_ROLES = ("host", "guest")
LIVE_STATUS = {TalkShowState.PLANNED: "pending", TalkShowState.LIVE: "live", TalkShowState.PROCESSING: "ended"}
# XML knows no control characters, whatever somebody pasted.
CONTROL = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r")


@dataclass(frozen=True, kw_only=True)
class FeedPage:
    """A page of the feed, the same for everybody; `items` are what `PodcastRss.add_item` takes."""

    number: int
    count: int
    people: list[tuple[str, str]]
    items: list[dict[str, Any]]
    changed_at: datetime | None


@require_safe
def podcast_feed(request: HttpRequest, feed_name: str) -> HttpResponse:
    """Answer with a page of the feed, newest episodes first; 404 for an unknown podcast or page.

    The same content gives the same bytes and ETag. A podcast that moved answers 301, with the
    feed itself as body so that apps that do not follow redirects find `itunes:new-feed-url`.
    """
    podcast = remembered(f"podcast {feed_name}", lambda: _podcast(feed_name))
    if podcast is None:
        raise Http404
    number, today = page_number(request.GET.get("pagina")), timezone.localdate()
    page = remembered(f"page {number} of feed {podcast.pk} on {today}", lambda: _page(podcast, number, today))
    if page is None:
        raise Http404
    channel, body = _write(podcast, page)
    response = HttpResponse(body, content_type="application/rss+xml; charset=utf-8")
    response.headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response.headers["Last-Modified"] = http_date(channel.changed_at.timestamp())
    # Ask each time: whoever withdraws consent is gone from the next answer.
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    if podcast.new_feed_url:
        response.status_code = 301
        response.headers["Location"] = podcast.new_feed_url
    return response


def _podcast(feed_name: str) -> PodcastPage | None:
    podcasts = PodcastPage.objects.live().filter(feed_name=feed_name).select_related("locale")
    found: PodcastPage | None = podcasts.prefetch_related("seasons", Prefetch("cover", images_with(COVER_SPEC))).first()
    return found


def _episodes(podcast: PodcastPage) -> Any:
    """Return the episodes with everything that the feed shows, in a fixed number of queries."""
    return (
        podcast.published_episodes()
        .select_related("recording", "locale")
        .defer("body")
        .prefetch_related(
            Prefetch("cover", images_with(COVER_SPEC)),
            Prefetch("chapters__image", images_with(CHAPTER_SPEC)),
            Prefetch("transcripts", Transcript.objects.only("page_id", "language").order_by("sort_order", "pk")),
        )
    )


def _page(podcast: PodcastPage, number: int, today: date) -> FeedPage | None:
    """Return a page of the feed, newest episodes first; None when there is no such page."""
    paginator = Paginator(_episodes(podcast), PAGE_SIZE)
    if number > paginator.num_pages:
        return None
    episodes = list(paginator.page(number))
    people = _people([podcast, *episodes], today)
    names = podcast.season_names
    changes = chain.from_iterable((episode.last_published_at, episode.recording.changed_at) for episode in episodes)
    with translation.override(podcast.locale.language_code):
        items = [_item(episode, people[episode.pk], names) for episode in episodes]
    return FeedPage(
        number=number,
        count=paginator.num_pages,
        people=people[podcast.pk],
        items=items,
        changed_at=max((moment for moment in changes if moment), default=None),
    )


def _write(podcast: PodcastPage, page: FeedPage) -> tuple[Channel, bytes]:
    channel = _channel(podcast, page, timezone.now())
    feed = PodcastRss(
        title=_text(podcast.title),
        link=podcast.absolute_url,
        description=_text(podcast.intro),
        language=podcast.locale.language_code,
        feed_url=_page_url(podcast, page.number),
        channel=channel,
    )
    for item in page.items:
        feed.add_item(**item)
    body = BytesIO()
    feed.write(body, "utf-8")
    return channel, body.getvalue()


def _people(pages: list[Any], today: date) -> dict[int, list[tuple[str, str]]]:
    """Return (role, name) of everyone who agreed to be named on each page."""
    rows = Appearance.objects.filter(page__in=[page.pk for page in pages], role__in=SPEAKING_ROLES)
    people: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in rows.agreed(today).select_related("person").order_by("-role", "sort_order", "pk"):
        people[row.page_id].append((row.role, _text(row.person.name)))
    return people


def _page_url(podcast: PodcastPage, number: int) -> str:
    return podcast.feed_url if number == 1 else f"{podcast.feed_url}?pagina={number}"


def _channel(podcast: PodcastPage, page: FeedPage, now: datetime) -> Channel:
    numbers = {"first": 1, "previous": page.number - 1, "next": page.number + 1, "last": page.count}
    shown = [(relation, number) for relation, number in numbers.items() if 1 <= number <= page.count and page.count > 1]
    live_items = _live_items(podcast, now) if page.number == 1 else []
    cover = square_cover(podcast.cover)
    return Channel(
        guid=podcast.guid,
        author=_text(podcast.author),
        owner_name=_text(podcast.owner_name),
        owner_email=podcast.owner_email,
        category=podcast.category,
        image_url=settings.SITE_URL + cover.url if cover else "",
        is_explicit=podcast.is_explicit,
        is_serial=podcast.is_serial,
        is_locked=podcast.is_locked,
        license=podcast.license,
        new_feed_url=podcast.new_feed_url,
        changed_at=_changed_at(podcast, page, live_items, now),
        people=page.people,
        pages=[(relation, _page_url(podcast, number)) for relation, number in shown],
        live_items=live_items,
    )


def _changed_at(podcast: PodcastPage, page: FeedPage, live_items: list[LiveItem], now: datetime) -> datetime:
    """Return when the feed last changed: by publishing, by a new file, by consent or by a show that began."""
    today = timezone.localdate(now)
    people = remembered(f"changes of people until {today}", lambda: _changes_of_people(today))
    starts = [moment for item in live_items for moment in (item.starts_at, item.ends_at) if moment <= now]
    moments = [podcast.last_published_at, page.changed_at, *people, *starts]
    return max((moment for moment in moments if moment), default=now)


def _changes_of_people(today: date) -> list[datetime | None]:
    """Return when somebody's consent or name last changed (two queries)."""
    consents = Consent.objects.aggregate(
        given=Max("given_date", filter=Q(given_date__lte=today)),
        withdrawn=Max("withdrawn_date", filter=Q(withdrawn_date__lte=today)),
    )
    days = [timezone.make_aware(datetime.combine(day, time.min)) for day in consents.values() if day]
    return [Person.objects.aggregate(changed=Max("changed_at"))["changed"], *days]


def _live_items(podcast: PodcastPage, now: datetime) -> list[LiveItem]:
    shows = TalkShowPage.objects.visible_to(ANONYMOUS).filter(locale=podcast.locale).spoken_of_in_feeds(now)
    series = remembered(
        f"talk shows of podcast {podcast.pk}", lambda: [page.path for page in podcast.talk_show_series.live()]
    )
    return [
        LiveItem(
            status=LIVE_STATUS[show.state(now)],
            guid=str(show.calendar_uid),
            title=_text(show.title),
            description=_text(show.summary),
            url=show.absolute_url,
            content_url=show.live_url or show.absolute_url,
            starts_at=timezone.localtime(show.starts_at),
            ends_at=timezone.localtime(show.ends_at),
        )
        for show in shows
        if any(show.path.startswith(path) for path in series)
    ]


def _item(page: Any, people: list[tuple[str, str]], season_names: dict[int, str]) -> dict[str, Any]:
    """Return an episode as `PodcastRss.add_item` takes it."""
    site, recording = settings.SITE_URL, page.recording
    cover = square_cover(page.cover)
    chapters = [chapter.as_mark(site) for chapter in page.chapter_list()]
    return {
        "title": _text(page.title),
        "link": page.absolute_url,
        "description": _text(page.summary),
        "pubdate": page.first_published_at,
        "unique_id": page.guid,
        "unique_id_is_permalink": False,
        "enclosures": [Enclosure(site + recording.url, str(recording.size), recording.media_type)],
        "episode": Episode(
            duration=round(recording.duration),
            episode_type=page.episode_type,
            is_explicit=page.is_explicit,
            number=page.episode_number,
            season=page.season_number,
            season_name=season_names.get(page.season_number or 0, ""),
            image_url=site + cover.url if cover else "",
            chapters_url=site + page.chapters_url,
            chapters=chapters,
            people=people,
            transcripts=[
                (site + page.text_url(text.language, form), FORMATS[form][0], text.language)
                for text in page.texts()
                for form in FORMATS
            ],
        ),
    }


def _text(text: str) -> str:
    return text.translate(CONTROL)
