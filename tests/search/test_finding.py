"""What helps somebody to find: suggestions, spelling, recommendations, kept searches, and editors who listen."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from narrowing import hide
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from knowledge.models import EpisodePage
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience
from thuisbasis.network.policies import ANONYMOUS, Visitor
from thuisbasis.search import engines
from thuisbasis.search.engines import EngineFailed
from thuisbasis.search.models import EntryCue, KnownWord, SearchEntry, SearchMiss, SynonymSet
from thuisbasis.search.services import (
    did_you_mean,
    forget_old_misses,
    frequent_misses,
    index,
    keys_found,
    note_miss,
    read_words,
    recommended,
    resembling,
    search,
    suggestions,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def words_are_known(db):
    read_words.func()


class TestSpelling:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("housng frist", "housing first"), ("eenzamheid", "eenzaamheid"), ("huurachterstnad", "huurachterstand")],
    )
    def test_a_slip_of_the_finger_is_recognised(self, typed, meant):
        assert did_you_mean(text=typed, visitor=ANONYMOUS) == meant

    @pytest.mark.parametrize("typed", ["zondag", "xyzzyqwv", "", "de het", "hnd"])
    def test_what_is_right_or_nothing_at_all_is_left_alone(self, typed):
        assert did_you_mean(text=typed, visitor=ANONYMOUS) == ""

    def test_nothing_is_proposed_that_this_visitor_would_not_find(self, article):
        article.title = "Neushoornvogels"
        hide(article, Audience.STEERING_GROUP)
        assert read_words.func() > 100
        assert KnownWord.objects.filter(word="neushoornvogels").exists()
        assert did_you_mean(text="neushoornvogles", visitor=ANONYMOUS) == ""
        assert suggestions(text="neushoornvogles", visitor=ANONYMOUS) == []
        steering = Visitor(is_steering_group=True)
        assert did_you_mean(text="neushoornvogles", visitor=steering) == "neushoornvogels"
        assert "Neushoornvogels" in suggestions(text="neushoorn", visitor=steering)

    def test_the_results_page_asks_whether_that_was_meant(self, client):
        page = client.get("/zoeken/", {"q": "eenzamheid"}).content.decode()
        assert 'href="?q=eenzaamheid"' in page

    def test_each_language_has_words_of_its_own(self):
        assert set(KnownWord.objects.values_list("language", flat=True)) <= {"nl", "en", "fr"}
        assert not KnownWord.objects.filter(word="waarom", language="nl").exists()


class TestSuggestions:
    def test_names_that_begin_with_what_was_typed(self):
        assert "De lange zondag" in suggestions(text="lange zon", visitor=ANONYMOUS)

    def test_misspelt_beginnings_are_understood(self):
        assert suggestions(text="housng frist", visitor=ANONYMOUS)[0] == "housing first"

    @pytest.mark.parametrize("typed", ["", "z", "  ", "'\";--", "xyzzyqwv", "\x00"])
    def test_too_little_or_nonsense_gives_nothing_and_breaks_nothing(self, typed):
        assert suggestions(text=typed, visitor=ANONYMOUS) == []

    def test_the_address_answers_with_json_that_is_nobody_elses(self, client):
        answer = client.get("/zoeken/suggesties/", {"q": "lange"})
        assert answer.json() == {"suggestions": ["De lange zondag"]}
        assert "private" in answer["Cache-Control"]


class TestRecommendations:
    @pytest.fixture
    def pick(self, article):
        query = Query.get("Alleen zijn")
        return SearchPromotion.objects.create(query=query, page=article.page_ptr, description="Begin hier.")

    def test_what_editors_recommend_stands_above_what_is_found(self, pick, client):
        ((entry, why),) = recommended(text="alleen  ZIJN", visitor=ANONYMOUS)
        assert (entry.name, why) == ("De lange zondag", "Begin hier.")
        page = client.get("/zoeken/", {"q": "alleen zijn"}).content.decode()
        assert page.index("Aanbevolen door de redactie") < page.index("De lange zondag")
        assert recommended(text="iets anders", visitor=ANONYMOUS) == []

    def test_what_is_not_for_a_visitor_is_not_recommended_to_her(self, pick, article):
        hide(article, Audience.OWN_PRACTICE)
        assert recommended(text="alleen zijn", visitor=ANONYMOUS) == []


class TestMisses:
    def test_what_is_looked_for_in_vain_is_counted_by_month_without_who_it_was(self, client):
        for _time in range(3):
            assert client.post("/zoeken/niets-gevonden/", {"q": "Neushoornvogel"}).status_code == 204
        row = SearchMiss.objects.get()
        assert (row.text, row.language, row.count, row.month_date.day) == ("neushoornvogel", "nl", 3, 1)
        fields = {field.name for field in SearchMiss._meta.get_fields()}
        assert fields == {"id", "text", "language", "month_date", "count"}

    @pytest.mark.parametrize(
        "text", ["zondag", "", "jan@example.nl", "111222333", "06-12345678", "geboren 3-4-1980", "de het"]
    )
    def test_what_does_find_something_or_says_who_somebody_is_is_not_counted(self, text):
        if text == "de het":
            assert note_miss(text=text, today=TODAY)
        else:
            assert not note_miss(text=text, today=TODAY)

    def test_nobody_fills_the_report(self, monkeypatch):
        monkeypatch.setattr("thuisbasis.search.services.misses.MOST_A_MONTH", 2)
        assert [note_miss(text=f"xyzzy{letter}", today=TODAY) for letter in "abc"] == [True, True, False]
        assert note_miss(text="xyzzya", today=TODAY)

    def test_the_report_shows_what_was_looked_for_more_than_once(self):
        for text in ("xyzzy", "xyzzy", "qwertz"):
            note_miss(text=text, today=TODAY)
        note_miss(text="xyzzy", today=TODAY - timedelta(days=40))
        assert frequent_misses() == [{"text": "xyzzy", "language": "nl", "times": 3}]

    def test_after_a_year_it_is_forgotten(self):
        note_miss(text="xyzzy", today=timezone.localdate() - timedelta(days=400))
        note_miss(text="qwertz", today=timezone.localdate())
        assert forget_old_misses.func() == 1
        assert SearchMiss.objects.get().text == "qwertz"

    def test_an_editor_makes_a_synonym_or_a_recommendation_of_it(self, client):
        for _time in range(2):
            note_miss(text="zondagsrust", today=TODAY)
        client.force_login(User.objects.get(email="redactie@example.nl"))
        client.session.save()
        page = client.get("/cms/niet-gevonden/").content.decode()
        assert "zondagsrust" in page
        form = client.get("/cms/snippets/search/synonymset/add/", {"terms": "zondagsrust"}).content.decode()
        assert "zondagsrust</textarea>" in form
        answer = client.post("/cms/niet-gevonden/", {"text": "zondagsrust"})
        assert answer.url == reverse(
            "wagtailsearchpromotions:edit", args=[Query.objects.get(query_string="zondagsrust").pk]
        )

    def test_without_misses_the_report_says_so(self, client):
        client.force_login(User.objects.get(email="redactie@example.nl"))
        assert "Er is niets waar lezers" in client.get("/cms/niet-gevonden/").content.decode()


def test_a_synonym_works_from_the_next_search():
    assert search(text="zondagsrust", visitor=ANONYMOUS).total == 0
    SynonymSet.objects.create(terms="zondagsrust\nlange zondag\n\n  \nde")
    found = search(text="zondagsrust", visitor=ANONYMOUS)
    assert not found.is_relaxed
    assert [hit.entry.name for hit in found.hits][:1] == ["De lange zondag"]
    assert str(SynonymSet.objects.get(terms__startswith="zondagsrust")) == "zondagsrust, lange zondag, de"


def test_what_resembles_a_text_needs_no_word_in_particular():
    found = resembling(text="Wat doe je als de zondag zo lang duurt?", visitor=ANONYMOUS, kind="article")
    assert "De lange zondag" in [hit.entry.name for hit in found]
    assert resembling(text="de het een", visitor=ANONYMOUS) == []
    assert resembling(text="?!", visitor=ANONYMOUS) == []


def test_a_text_without_any_word_narrows_a_list_to_nothing():
    assert keys_found(text="?!", visitor=ANONYMOUS, kind="article") == []
    assert keys_found(text="zondag", visitor=ANONYMOUS, kind="article")


def test_a_moment_in_a_recording_is_found_with_who_speaks_and_leads_to_its_second(client):
    found = search(text="hond", visitor=ANONYMOUS, selected={"kind": frozenset({"episode"})})
    moments = next(hit.moments for hit in found.hits if hit.entry.name == "Kennismaken met de buren")
    assert 1 <= len(moments) <= 3
    assert [moment.start for moment in moments] == sorted(moment.start for moment in moments)
    assert all(any(piece.is_match for piece in moment.pieces) for moment in moments)
    page = client.get("/zoeken/", {"q": "hond"}).content.decode()
    assert f'href="{moments[0].url}"' in page
    assert moments[0].url.endswith(f"?t={int(moments[0].start)}")


def test_a_moment_that_was_lost_comes_back():
    episode = EpisodePage.objects.get(title="Kennismaken met de buren")
    EntryCue.objects.filter(entry__name=episode.title).first().delete()
    before = EntryCue.objects.count()
    index(instance=episode)
    assert EntryCue.objects.count() == before + 1
    EntryCue.objects.filter(entry__name=episode.title).delete()
    index(instance=episode)
    assert EntryCue.objects.count() == before + 1


def test_a_facet_in_which_nothing_is_chosen_is_no_limit():
    assert SearchEntry.objects.with_facets({"theme": frozenset()}).count() == SearchEntry.objects.count()


@pytest.mark.once
def test_suggestions_come_from_the_engine_and_from_the_database_when_it_fails(elastic, monkeypatch):
    assert "De lange zondag" in suggestions(text="lange zon", visitor=ANONYMOUS)

    def fail(*args, **kwargs):
        raise EngineFailed

    monkeypatch.setattr(type(elastic), "complete", fail)
    assert "De lange zondag" in suggestions(text="lange zon", visitor=ANONYMOUS)
    assert engines.breaker.is_open


def test_what_did_not_change_is_not_written_again(article):
    index(instance=article)
    before = SearchEntry.objects.get(name=article.title).appeared_at
    index(instance=article)
    assert SearchEntry.objects.get(name=article.title).appeared_at == before


class TestNarrowing:
    def page(self, client, **query):
        return client.get("/zoeken/", {"q": "wonen", **query}).content.decode()

    def test_choices_are_a_form_with_counts_that_keeps_the_rest(self, client):
        page = self.page(client, thema=["wonen", "geld"], soort="article", volgorde="nieuwste")
        assert '<input type="hidden" name="soort" value="article">' in page
        assert 'name="thema" value="wonen" checked' in page
        assert 'name="volgorde" value="nieuwste" checked' in page

    @pytest.mark.parametrize(
        "query", [{"jaar": "abc"}, {"thema": "bestaat-niet"}, {"volgorde": "x"}, {"taal": "xx"}, {"thema": ["a"] * 500}]
    )
    def test_nonsense_in_the_address_changes_nothing(self, client, query):
        assert client.get("/zoeken/", {"q": "wonen", **query}).status_code == 200
        assert search(text="wonen", visitor=ANONYMOUS, selected={"year": frozenset({"abc"})}).total > 5

    def test_a_choice_that_leaves_nothing_offers_everything(self, client):
        page = self.page(client, thema="wonen", taal="fr")
        assert "Niets gevonden" in page
        assert "Zoek in alles" in page
        assert "data-missed" not in page
