"""Which pages a list keeps and in which order; who decides for translations; what imports write down."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from knowledge.models import (
    ArticleIndexPage,
    CampaignPage,
    EpisodePage,
    Framework,
    FrameworkElement,
    ImportedSource,
    KnowledgePage,
    PodcastPage,
    PracticeArticlePage,
    TalkShowPage,
)
from knowledge.querysets import page_number
from knowledge.services import import_document
from knowledge.services.addresses import free_page_slug
from knowledge.services.audiences import follow_source, share_audience, source_of
from knowledge.services.feed_import import import_feed
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience, Practice, WorkingGroup
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.search.models import SearchEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


@pytest.fixture
def article():
    return PracticeArticlePage.objects.get(slug="de-lange-zondag")


def test_what_was_never_published_comes_last(article):
    PracticeArticlePage.objects.filter(pk=article.pk).update(first_published_at=None)
    rows = list(PracticeArticlePage.objects.live().newest_first())
    assert rows[-1] == article
    moments = [row.first_published_at for row in rows[:-1]]
    assert moments == sorted(moments, reverse=True)


def test_evidence_counts_at_its_level_until_its_last_day(article):
    level = "effective"
    PracticeArticlePage.objects.all().update(evidence_level="", evidence_expires_date=None)
    rows = PracticeArticlePage.objects.filter(pk=article.pk)
    today = NOW.date()

    def counts(chosen=level):
        return article in PracticeArticlePage.objects.with_evidence(chosen, today)

    assert not counts()
    for expires, holds in ((None, True), (today, True), (today - timedelta(days=1), False)):
        rows.update(evidence_level=level, evidence_expires_date=expires)
        assert counts() is holds
        assert not counts("well_described")


@pytest.mark.parametrize(
    ("moment", "belongs"),
    [
        (datetime(2021, 1, 31, 22, 59, tzinfo=UTC), False),
        (datetime(2021, 1, 31, 23, 0, tzinfo=UTC), True),
        (datetime(2021, 2, 28, 22, 59, tzinfo=UTC), True),
        (datetime(2021, 2, 28, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_period_begins_and_ends_at_midnight_in_our_own_time(article, moment, belongs):
    PracticeArticlePage.objects.filter(pk=article.pk).update(first_published_at=moment, go_live_at=None)
    rows = KnowledgePage.objects.in_period(date(2021, 2, 1), date(2021, 2, 28))
    assert rows.filter(pk=article.pk).exists() is belongs


def test_a_place_given_by_hand_counts_from_the_first_month_to_the_last_day(article):
    rows = KnowledgePage.objects.filter(pk=article.pk)
    for month, belongs in (
        (date(2021, 1, 31), False),
        (date(2021, 2, 1), True),
        (date(2021, 3, 15), True),
        (date(2021, 3, 16), False),
    ):
        rows.update(campaign_month=month)
        assert rows.in_period(date(2021, 2, 15), date(2021, 3, 15)).exists() is belongs, month
    rows.update(campaign_month=None, leave_out_of_campaign=True, first_published_at=datetime(2021, 3, 1, tzinfo=UTC))
    assert not rows.in_period(date(2021, 2, 15), date(2021, 3, 15)).exists()


def test_talk_shows_are_announced_until_they_end_and_spoken_of_for_a_month():
    first, second = TalkShowPage.objects.order_by("pk")[:2]
    rows = TalkShowPage.objects.filter(pk__in=[first.pk, second.pk])
    rows.update(starts_at=NOW, ends_at=NOW + timedelta(hours=1), chosen_state="", recording=None, recording_url="")
    TalkShowPage.objects.filter(pk=second.pk).update(starts_at=NOW - timedelta(hours=1))
    assert list(rows.announced(NOW)) == [second, first]
    assert list(rows.newest_first()) == [first, second]
    assert list(rows.announced(NOW + timedelta(hours=1))) == []
    month = NOW + timedelta(hours=1, days=30)
    assert list(rows.spoken_of_in_feeds(month - timedelta(seconds=1))) == [second, first]
    assert list(rows.spoken_of_in_feeds(month)) == []
    TalkShowPage.objects.filter(pk=second.pk).update(chosen_state="cancelled")
    assert list(rows.announced(NOW)) == list(rows.spoken_of_in_feeds(NOW)) == [first]
    TalkShowPage.objects.filter(pk=first.pk).update(recording_url="https://example.org/x")
    assert list(rows.spoken_of_in_feeds(NOW)) == []


def test_a_feed_holds_public_episodes_with_sound_newest_first():
    rows = list(EpisodePage.objects.for_everyone())
    assert len(rows) == EpisodePage.objects.live().count()
    silent, hidden = rows[:2]
    EpisodePage.objects.filter(pk=silent.pk).update(recording=None)
    EpisodePage.objects.filter(pk=hidden.pk).update(audience="network")
    assert list(EpisodePage.objects.for_everyone()) == rows[2:]


def test_the_campaign_that_runs_goes_before_one_that_began_later():
    old = CampaignPage.objects.get(slug="beweging-in-kwetsbaarheid")
    later = old.copy(update_attrs={"slug": "later", "start_date": date(2021, 5, 1), "end_date": date(2021, 5, 2)})
    rows = CampaignPage.objects.all()
    assert rows.running_or_latest(old.start_date).first().pk == old.pk
    assert rows.running_or_latest(old.end_date).first().pk == old.pk
    assert rows.running_or_latest(old.end_date + timedelta(days=1)).first().pk == later.pk
    assert rows.running_or_latest(date(2021, 5, 2)).first().is_running


def test_the_matrix_counts_what_is_published_and_each_page_once(article):
    framework = Framework.objects.first()
    elements = FrameworkElement.objects.filter(framework=framework)
    condition = elements.filter(kind="condition").first()
    action = elements.filter(parent=condition, kind="action").first()
    article.elements.set([condition, action, elements.filter(parent=condition, kind="action").last()])
    article.save()
    cells = elements.coverage(ANONYMOUS, Locale.get_default())
    with_it = cells[condition.pk, "action"]
    PracticeArticlePage.objects.filter(pk=article.pk).update(live=False)
    assert elements.coverage(ANONYMOUS, Locale.get_default()).get((condition.pk, "action"), 0) == with_it - 1
    assert list(elements.in_order().values_list("sort_order", flat=True)) == sorted(
        elements.values_list("sort_order", flat=True)
    )


@pytest.mark.parametrize(
    ("raw", "page"),
    [(None, 1), ("", 1), ("0", 1), ("1", 1), ("2", 2), ("99999", 99999), ("100000", 1), ("-3", 1), ("²", 1), ("x", 1)],
)
def test_a_page_number_is_a_small_number(raw, page):
    assert page_number(raw) == page


def test_a_translation_follows_its_dutch_original_and_an_alias_what_it_shows():
    article = PracticeArticlePage.objects.get(slug="koffie-op-de-stoep")
    english = article.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    french = article.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    alias = article.create_alias(parent=ArticleIndexPage.objects.order_by("pk").first(), update_slug="ook")
    other = PracticeArticlePage.objects.exclude(translation_key=article.translation_key).first()
    assert source_of(article) is None
    assert {source_of(page).pk for page in (english, french, alias)} == {article.pk}
    of_alias = english.create_alias(update_slug="also")
    practice, group = Practice.objects.first(), WorkingGroup.objects.first()
    shared = {"audience": Audience.WORKING_GROUP, "practice": practice, "working_group": group}
    before = (other.audience, other.practice_id)
    PracticeArticlePage.objects.filter(pk=article.pk).update(**shared)
    SearchEntry.objects.filter(source_pk=alias.pk, kind="article").update(audience="public")
    article.refresh_from_db()
    share_audience(page=article)
    for page in (english, french, alias, of_alias):
        row = KnowledgePage.objects.get(pk=page.pk)
        assert (row.audience, row.practice, row.working_group) == ("working_group", practice, group), page
    assert set(SearchEntry.objects.filter(source_pk=alias.pk, kind="article").values_list("audience", flat=True)) == {
        "working_group"
    }
    other = KnowledgePage.objects.get(pk=other.pk)
    assert (other.audience, other.practice_id) == before
    english.audience = Audience.PUBLIC
    follow_source(page=english)
    assert english.audience == Audience.WORKING_GROUP
    article.audience = Audience.PUBLIC
    follow_source(page=article)
    assert article.audience == Audience.PUBLIC


def test_a_save_that_writes_something_else_changes_for_nobody_who_may_read_it():
    article = PracticeArticlePage.objects.get(slug="koffie-op-de-stoep")
    english = article.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    article.audience = Audience.NETWORK
    article.save(update_fields=["title"])
    assert KnowledgePage.objects.get(pk=english.pk).audience == Audience.PUBLIC
    article.save(update_fields=["audience"])
    assert KnowledgePage.objects.get(pk=english.pk).audience == Audience.NETWORK


def test_what_a_page_points_at_is_asked_of_the_form_and_the_database_and_not_of_the_page(django_assert_num_queries):
    article = PracticeArticlePage.objects.get(slug="koffie-op-de-stoep")
    with django_assert_num_queries(0):
        article.clean_fields()
    article.contact_name = ""
    with pytest.raises(ValidationError, match="contact_name"):
        article.clean_fields()


def test_a_free_address_looks_at_its_own_section_alone(article):
    section = article.get_parent()
    assert free_page_slug(section, "De lange zondag", "x") == "de-lange-zondag-2"
    assert free_page_slug(section, "Geheel nieuw", "x") == "geheel-nieuw"
    assert free_page_slug(PodcastPage.objects.first(), "De lange zondag", "x") == "de-lange-zondag"
    assert free_page_slug(section, "!!!", "naamloos") == "naamloos"


FEED = """<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<item><title>Later</title><guid>g-2</guid><pubDate>Tue, 02 Mar 2021 10:00:00 +0100</pubDate></item>
<item><title>Eerst  dit</title><guid>g-1</guid><description>&lt;b&gt;Vet&lt;/b&gt; verhaal</description>
<pubDate>Mon, 01 Mar 2021 10:00:00 +0100</pubDate><itunes:explicit>Yes</itunes:explicit><itunes:episode>12</itunes:episode>
<itunes:season>2</itunes:season><itunes:episodeType>bonus</itunes:episodeType></item>
<item><title>Zonder guid</title><link>https://example.org/3</link><itunes:episode>12345</itunes:episode>
<itunes:episodeType>vreemd</itunes:episodeType><pubDate>ooit</pubDate></item></channel></rss>"""


def test_an_episode_from_elsewhere_keeps_what_its_feed_says():
    writer = User.objects.get(email="redactie@example.nl")
    report = import_feed(podcast=PodcastPage.objects.get(slug="thuis-gesproken"), data=FEED.encode(), user=writer)
    assert [page.guid for page in report.added] == ["https://example.org/3", "g-1", "g-2"]
    page = EpisodePage.objects.get(guid="g-1")
    kept = (page.title, page.slug, page.summary, page.episode_number, page.season_number, page.episode_type)
    assert kept == ("Eerst dit", "eerst-dit", "Vet verhaal", 12, 2, "bonus")
    assert (page.is_explicit, page.live, page.has_unpublished_changes) == (True, False, True)
    assert page.first_published_at == datetime(2021, 3, 1, 9, tzinfo=UTC)
    assert page.latest_revision.user == writer
    odd = EpisodePage.objects.get(guid="https://example.org/3")
    assert (odd.episode_number, odd.episode_type, odd.is_explicit, odd.first_published_at) == (
        None,
        "full",
        False,
        None,
    )
    again = import_feed(podcast=PodcastPage.objects.get(slug="thuis-gesproken"), data=FEED.encode(), user=writer)
    assert (again.added, again.known) == ([], 3)


def test_an_import_again_keeps_the_address_and_says_who_did_it():
    writer = User.objects.get(email="redactie@example.nl")
    text = b"Een titel\n\nEen alinea. Nog een zin.\n"
    first = import_document(name="map\\stuk.txt", data=text, user=writer, now=NOW)
    page = PracticeArticlePage.objects.get(pk=first.page.pk)
    assert (first.is_new, first.file_name, page.slug, page.live, page.has_unpublished_changes) == (
        True,
        "stuk.txt",
        "een-titel",
        False,
        True,
    )
    assert page.latest_revision.user == writer
    source = ImportedSource.objects.get(page=page)
    assert (source.imported_at, source.file_name) == (NOW, "stuk.txt")
    second = import_document(name="stuk.txt", data=b"Andere titel\n\nEen alinea.\n", user=writer, now=NOW)
    assert (second.is_new, second.page.pk) == (False, page.pk)
    assert second.page.slug == "een-titel"
    assert import_document(name="stuk2.txt", data=text, user=writer, now=NOW).page.slug == "een-titel-2"
