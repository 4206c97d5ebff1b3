"""Podcasts: two real parsers read what the database says, and apps never see an episode twice."""

import io
import json
from datetime import UTC, datetime, timedelta

import feedparser
import podcastparser
import pytest
from django.core.management import call_command
from django.utils import timezone
from lxml import etree

from knowledge.models import Chapter, EpisodePage, PodcastPage, PodcastSeason, TalkShowPage
from knowledge.policies import podcast_guid
from thuisbasis.base.durations import iso_duration, spoken_duration
from thuisbasis.network.models import Audience

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FEED = "/feeds/podcast/thuis-gesproken.xml"
SITE = "http://127.0.0.1:8000"
NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}


@pytest.fixture
def podcast():
    return PodcastPage.objects.get(slug="thuis-gesproken")


@pytest.fixture
def episodes(podcast):
    return list(podcast.published_episodes())


def channel_of(client, url=FEED):
    return etree.fromstring(client.get(url).content).find("channel")


def text(element, tag):
    return element.findtext(tag, namespaces=NS)


@pytest.mark.parametrize("url", ["https://podnews.net/rss", "http://podnews.net/rss/", "podnews.net/rss"])
def test_the_guid_of_a_podcast_is_that_of_the_specification(url):
    assert podcast_guid(url) == "9b024349-ccf0-5f69-a609-6b82873eab3c"


def test_the_guid_of_a_podcast_stays_when_its_feed_moves(podcast):
    before = podcast.guid
    assert before == podcast_guid(f"{SITE}{FEED}")
    podcast.feed_name = "anders"
    podcast.save()
    assert PodcastPage.objects.get(slug="thuis-gesproken").guid == before


def test_podcastparser_reads_what_the_database_says(client, podcast, episodes):
    read = podcastparser.parse(f"{SITE}{FEED}", io.BytesIO(client.get(FEED).content))
    assert (read["title"], read["description"], read["link"]) == (podcast.title, podcast.intro, podcast.absolute_url)
    assert (read["language"], read["type"], read["explicit"]) == ("nl", "episodic", False)
    assert read["itunes_owner"] == {"name": podcast.owner_name, "email": podcast.owner_email}
    assert read["itunes_categories"] == [["Society & Culture"]]
    assert read["cover_url"].startswith(f"{SITE}/media/images/")
    assert len(read["episodes"]) == len(episodes) == 6
    for item, page in zip(read["episodes"], episodes, strict=True):
        assert (item["guid"], item["title"], item["link"]) == (page.guid, page.title, page.absolute_url)
        assert item["description"] == page.summary
        assert item["published"] == int(page.first_published_at.timestamp())
        assert item["total_time"] == round(page.recording.duration)
        assert item.get("number") == page.episode_number
        assert (item["season"], item["type"]) == (page.season_number, page.episode_type)
        [file] = item["enclosures"]
        assert file == {
            "url": SITE + page.recording.url,
            "file_size": page.recording.size,
            "mime_type": "audio/mpeg",
        }
        assert [chapter["title"] for chapter in item["chapters"]] == [row.title for row in page.chapter_list()]
        # This parser rounds down to seconds.
        assert [chapter["start"] for chapter in item["chapters"]] == [int(row.start) for row in page.chapter_list()]


def test_feedparser_reads_what_the_database_says(client, podcast, episodes):
    read = feedparser.parse(client.get(FEED).content)
    assert not read.bozo
    assert (read.feed.title, read.feed.subtitle, read.feed.language) == (podcast.title, podcast.intro, "nl")
    assert read.feed.publisher_detail == {"name": podcast.owner_name, "email": podcast.owner_email}
    for entry, page in zip(read.entries, episodes, strict=True):
        assert (entry.id, entry.guidislink, entry.title) == (page.guid, False, page.title)
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == page.first_published_at
        assert int(entry.enclosures[0].length) == page.recording.size
        assert entry.itunes_duration == str(round(page.recording.duration))
        assert entry.itunes_episodetype == page.episode_type


def test_the_names_of_the_specifications_are_exact_and_every_format_is_offered(client, episodes):
    channel = channel_of(client)
    assert channel.getparent().nsmap == {key: NS[key] for key in ("atom", "itunes", "podcast", "psc")}
    assert (text(channel, "itunes:author"), text(channel, "itunes:explicit")) == ("Housing First Nederland", "false")
    assert channel.find("podcast:locked", NS).attrib == {"owner": "redactie@example.nl"}
    assert text(channel, "podcast:locked") == "yes"
    assert (text(channel, "podcast:license"), text(channel, "podcast:medium")) == ("cc-by-4.0", "podcast")
    assert channel.find("atom:link[@rel='self']", NS).get("href") == f"{SITE}{FEED}"
    assert [(row.get("role"), row.text) for row in channel.findall("podcast:person", NS)] == [
        ("host", "Noor Verzonnen")
    ]
    item = next(item for item in channel.findall("item") if item.findtext("title") == "Weten hoe het is")
    page = EpisodePage.objects.get(title="Weten hoe het is")
    people = [(row.get("role"), row.text) for row in item.findall("podcast:person", NS)]
    assert people == [("host", "Noor Verzonnen"), ("guest", "Ruud")]
    assert item.find("podcast:season", NS).attrib == {"name": "Beweging in kwetsbaarheid"}
    found = {(row.get("type"), row.get("language")): row.get("url") for row in item.findall("podcast:transcript", NS)}
    assert set(found) == {
        (kind, "nl") for kind in ("text/vtt", "application/x-subrip", "application/json", "text/html")
    }
    for (kind, _), url in found.items():
        answer = client.get(url.removeprefix(SITE))
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    chapters = item.find("podcast:chapters", NS)
    assert chapters.get("type") == "application/json+chapters"
    listed = json.loads(client.get(chapters.get("url").removeprefix(SITE)).content)
    assert [row["title"] for row in listed["chapters"]] == [row.title for row in page.chapter_list()]
    starts = [row.get("start") for row in item.findall("psc:chapters/psc:chapter", NS)]
    assert starts[0] == "00:00:00.000"
    assert all(len(start) == 12 for start in starts)


def test_an_episode_without_chapters_has_no_element_and_no_file(client, episodes):
    page = episodes[0]
    Chapter.objects.filter(page=page).delete()
    item = channel_of(client).find("item")
    assert item.find("podcast:chapters", NS) is None
    assert item.find("psc:chapters", NS) is None
    assert client.get(page.chapters_url).status_code == 404


def test_an_unchanged_feed_is_the_same_bytes_and_answers_304(client, episodes):
    first, second = client.get(FEED), client.get(FEED)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert not first.headers["ETag"].startswith("W/")
    again = client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(FEED, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304
    episodes[0].title = "Een andere naam"
    episodes[0].save_revision().publish()
    assert client.get(FEED, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_guid_of_an_episode_stays_whatever_else_changes(client, episodes):
    page, other = episodes[0], episodes[1].recording
    before = page.guid
    page.title, page.slug, page.recording = "Nieuwe titel", "nieuwe-titel", other
    page.save_revision().publish()
    read = feedparser.parse(client.get(FEED).content).entries[0]
    assert (read.id, read.title, int(read.enclosures[0].length)) == (before, "Nieuwe titel", other.size)


def test_a_copy_of_an_episode_is_another_episode(podcast, episodes):
    copy = episodes[0].copy(update_attrs={"slug": "kopie"})
    assert copy.guid != episodes[0].guid


def test_a_planned_episode_appears_on_time(client, episodes, time_machine):
    page = episodes[0]
    page.unpublish()
    later = timezone.now() + timedelta(hours=2)
    page.go_live_at = later
    page.save_revision(approved_go_live_at=later)
    call_command("publish_scheduled")
    assert page.title not in client.get(FEED).content.decode()
    time_machine.move_to(later + timedelta(seconds=1))
    call_command("publish_scheduled")
    assert page.title in client.get(FEED).content.decode()


def test_a_long_feed_comes_in_pages(client, monkeypatch):
    monkeypatch.setattr("knowledge.feeds.podcast.PAGE_SIZE", 4)

    def links(url):
        return {row.get("rel"): row.get("href") for row in channel_of(client, url).findall("atom:link", NS)}

    second = f"{SITE}{FEED}?pagina=2"
    assert links(FEED) == {"self": f"{SITE}{FEED}", "first": f"{SITE}{FEED}", "next": second, "last": second}
    assert links(f"{FEED}?pagina=2")["previous"] == f"{SITE}{FEED}"
    titles = [row.text for url in (FEED, f"{FEED}?pagina=2") for row in channel_of(client, url).iterfind("item/title")]
    assert len(set(titles)) == 6
    assert client.get(f"{FEED}?pagina=3").status_code == 404


def test_a_podcast_that_moved_sends_apps_along(client, podcast):
    podcast.new_feed_url = "https://example.nl/nieuw.xml"
    podcast.save_revision().publish()
    answer = client.get(FEED)
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://example.nl/nieuw.xml")
    assert b"<itunes:new-feed-url>https://example.nl/nieuw.xml</itunes:new-feed-url>" in answer.content


def test_a_feed_that_is_not_there_is_not_found(client, podcast):
    assert client.get("/feeds/podcast/bestaat-niet.xml").status_code == 404
    podcast.unpublish()
    assert client.get(FEED).status_code == 404


def test_a_feed_without_episodes_is_a_feed_too(client, episodes):
    for page in episodes:
        page.unpublish()
    first = client.get(FEED)
    assert feedparser.parse(first.content).feed.title == "Thuis gesproken"
    assert client.get(FEED).content == first.content


def test_control_characters_and_covers_of_episodes_are_no_trouble(client, podcast, episodes):
    page = episodes[0]
    page.title, page.cover = "Ge\x0bluid", podcast.cover
    page.save_revision().publish()
    item = channel_of(client).find("item")
    assert item.findtext("title") == "Geluid"
    assert item.find("itunes:image", NS).get("href").startswith(f"{SITE}/media/images/")


def test_apps_hear_of_a_talk_show_before_during_and_after(client, time_machine):
    show = TalkShowPage.objects.get(slug="talkshow-juni-samen-verder")
    show.recording, show.live_url = None, "https://vimeo.com/123456789"
    show.save_revision().publish()
    seen = []
    for moment in (
        show.starts_at - timedelta(hours=1),
        show.starts_at,
        show.ends_at,
        show.ends_at + timedelta(days=31),
    ):
        time_machine.move_to(moment)
        item = channel_of(client).find("podcast:liveItem", NS)
        seen.append(item.get("status") if item is not None else None)
        if item is not None:
            assert item.find("podcast:contentLink", NS).get("href") == "https://vimeo.com/123456789"
            assert item.findtext("guid") == str(show.calendar_uid)
            assert datetime.fromisoformat(item.get("start")) == show.starts_at
    assert seen == ["pending", "live", "ended", None]


def test_seasons_are_a_choice_when_there_are_several(client, podcast):
    assert "Alle seizoenen" not in client.get(podcast.url).content.decode()
    podcast.seasons.add(PodcastSeason(number=2, name="Tweede jaar"))
    podcast.save_revision().publish()
    page = client.get(f"{podcast.url}?seizoen=2").content.decode()
    assert "Alle seizoenen" in page
    assert "Nog geen afleveringen" in page
    for season in ("1", "twee", "9" * 5_000):
        assert "Weten hoe het is" in client.get(f"{podcast.url}?seizoen={season}").content.decode()


@pytest.mark.parametrize(
    ("seconds", "said", "iso"),
    [(45, "45 sec.", "PT45S"), (754, "13 min.", "PT12M34S"), (3600, "1 uur", "PT1H"), (7500, "2 uur 5 min.", "PT2H5M")],
)
def test_durations_are_said_and_written(seconds, said, iso):
    assert (spoken_duration(seconds), iso_duration(seconds)) == (said, iso)


def test_the_schema_of_an_episode_has_what_search_engines_ask(client, read_graph):
    page = EpisodePage.objects.get(title="Weten hoe het is")
    data = read_graph(client.get(page.url))[0]
    assert data["@type"] == "PodcastEpisode"
    assert (data["name"], data["episodeNumber"]) == (page.title, 4)
    assert data["partOfSeries"] == {
        "@type": "PodcastSeries",
        "name": "Thuis gesproken",
        "url": f"{SITE}/kijk-en-luister/thuis-gesproken/",
    }
    assert data["associatedMedia"]["contentUrl"] == SITE + page.recording.url
    assert data["associatedMedia"]["contentSize"] == str(page.recording.size)
    assert data["timeRequired"] == iso_duration(page.recording.duration)
    assert [clip["name"] for clip in data["hasPart"]] == [row.title for row in page.chapter_list()]
    assert [clip["endOffset"] for clip in data["hasPart"]][-1] == page.recording.duration
    assert {person["name"] for person in data["actor"]} == {"Noor Verzonnen", "Ruud"}
    series = read_graph(client.get("/kijk-en-luister/thuis-gesproken/"))[0]
    assert (series["@type"], series["webFeed"]) == ("PodcastSeries", f"{SITE}{FEED}")


def test_members_hear_in_the_list_what_the_feed_does_not_hold(client, episodes, django_user_model):
    page = episodes[0]
    page.audience = Audience.NETWORK
    page.save_revision().publish()
    client.force_login(django_user_model.objects.get(email="lid@example.nl"))
    assert page.title in client.get("/kijk-en-luister/thuis-gesproken/").content.decode()
    assert page.title not in client.get(FEED).content.decode()
