"""Before an episode goes out: what podcast apps would refuse is said first, and blocks publishing."""

import pytest
from django.core.exceptions import ValidationError

from knowledge.models import Chapter, EpisodePage, PodcastPage, PodcastSeason

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def podcast():
    return PodcastPage.objects.get(slug="thuis-gesproken")


@pytest.fixture
def episodes(podcast):
    return list(podcast.published_episodes())


def remarks_of(page):
    return [(remark.level, remark.field, remark.text) for remark in page.remarks({})]


def test_a_podcast_in_order_has_no_remarks(podcast, episodes):
    assert remarks_of(podcast) == []
    assert [level for page in episodes for level, *_ in remarks_of(page) if level == "error"] == []


def test_what_podcast_apps_refuse_of_a_channel_is_said_first(podcast, make_image):
    podcast.cover, podcast.owner_email = make_image(900, 800, "RGBA", "PNG"), ""
    podcast.intro, podcast.new_feed_url = "é" * 2001, "http://example.nl/feed"
    podcast.seasons = [PodcastSeason(number=1, name="a"), PodcastSeason(number=1, name="b")]
    found = remarks_of(podcast)
    assert {level for level, *_ in found} == {"error"}
    words = " ".join(text for *_, text in found)
    for part in ("900 bij 800", "doorzichtigheid", "e-mailadres van de eigenaar", "4002 bytes", "https://", "nummer"):
        assert part in words
    podcast.cover, podcast.intro = None, " "
    assert {"cover", "intro"} <= {field for _, field, _ in remarks_of(podcast)}


@pytest.mark.parametrize(
    ("size", "kind", "words"),
    [(1000, "JPEG", "1400 tot 3000"), (3200, "JPEG", "1400 tot 3000"), (1400, "WEBP", "WEBP")],
)
def test_a_cover_of_the_wrong_size_or_kind_is_refused(episodes, make_image, size, kind, words):
    page = episodes[0]
    page.cover = make_image(size, size, "RGB", kind)
    [(level, _field, said)] = [row for row in remarks_of(page) if row[1] == "cover"]
    assert level == "error"
    assert words in said
    with pytest.raises(ValidationError):
        page.save_revision().publish()


def test_what_is_missing_of_an_episode_is_said_and_blocks_publishing(episodes):
    page = episodes[0]
    page.recording = None
    page.transcripts = []
    page.chapters = [
        Chapter(start=5, title="a", url="http://example.nl"),
        Chapter(start=5, title="b"),
    ]
    found = remarks_of(page)
    words = " ".join(text for *_, text in found)
    for part in ("nog geen opname", "wie doof is", "onveilige adressen", "hetzelfde moment", "0:00"):
        assert part in words
    assert {level for level, *_ in found} == {"error", "warning"}
    with pytest.raises(ValidationError):
        page.save_revision().publish()


def test_oddities_are_warnings_that_do_not_block(episodes):
    page = EpisodePage.objects.get(title="Weten hoe het is")
    assert any("“Bewoner” gaf geen toestemming" in text for _, _, text in remarks_of(page))
    page.appearances.first().delete()
    again = EpisodePage.objects.get(pk=page.pk)
    assert any("De stem “Noor Verzonnen” hoort bij niemand" in text for _, _, text in remarks_of(again))
    page.recording.loudness = -30.0
    page.chapters = [Chapter(start=9_999, title="te laat")]
    found = remarks_of(page)
    assert ("warning", "recording") in {(level, field) for level, field, _ in found}
    assert any(level == "error" and "na het einde" in text for level, _, text in found)
    page.transcripts = [*page.transcripts.all(), *page.transcripts.all()]
    assert any("dezelfde taal" in text for _, _, text in remarks_of(page))
