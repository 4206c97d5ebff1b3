"""Searches that members keep: told once of what is new, and never of what they may not see."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from narrowing import hide

from thuisbasis.accounts.models import User
from thuisbasis.network.models import Audience
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.services import visitor_for
from thuisbasis.notices.registry import DigestAsk
from thuisbasis.search import panels
from thuisbasis.search.models import SavedSearch, SearchEntry
from thuisbasis.search.services import (
    NothingToSave,
    TooManySaved,
    forget_search,
    new_since,
    save_search,
)
from thuisbasis.search.services.saving import MOST_SAVED

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 12)
pytestmark = pytest.mark.django_db


class TestKeptSearches:
    def test_a_search_is_kept_once_with_what_was_chosen(self, member):
        chosen = {"theme": frozenset({"wonen"}), "nonsense": frozenset({"x"}), "year": frozenset()}
        first = save_search(user=member, text="  schulden ", selected=chosen)
        assert save_search(user=member, text="schulden", selected=chosen) == first
        assert (first.text, first.selected) == ("schulden", {"theme": ["wonen"]})
        assert save_search(user=member, text="schulden", selected={}) != first

    def test_nothing_and_too_many_are_refused(self, member):
        with pytest.raises(NothingToSave):
            save_search(user=member, text=" ", selected={})
        for number in range(MOST_SAVED):
            save_search(user=member, text=f"woord {number}", selected={})
        with pytest.raises(TooManySaved):
            save_search(user=member, text="een te veel", selected={})

    def test_a_kept_search_without_a_word_finds_nothing(self, member):
        SavedSearch.objects.create(user=member, text="!!!")
        everything = {"since": timezone.now() - timedelta(days=999), "until": timezone.now()}
        assert new_since(user=member, visitor=ANONYMOUS, **everything) == []

    def test_only_its_owner_takes_it_away(self, member):
        saved = save_search(user=member, text="schulden", selected={})
        forget_search(user=User.objects.get(email="daan@example.nl"), pk=saved.pk)
        assert SavedSearch.objects.filter(pk=saved.pk).exists()
        forget_search(user=member, pk=saved.pk)
        assert not SavedSearch.objects.filter(pk=saved.pk).exists()

    def digest(self, member, since):
        visitor = visitor_for(user=member, today=timezone.localdate())
        ask = DigestAsk(user=member, visitor=visitor, since=since, until=timezone.now() + timedelta(seconds=1))
        return [(item.title, str(item.remark)) for item in panels._new(ask)]

    def test_what_appeared_since_is_told_once_and_what_changed_is_not(self, member, article):
        save_search(user=member, text="zondag", selected={})
        save_search(user=member, text="lange zondag", selected={"kind": frozenset({"article"})})
        save_search(user=member, text="de", selected={})
        SearchEntry.objects.update(appeared_at=timezone.now() - timedelta(days=9))
        since = timezone.now() - timedelta(days=1)
        article.title = "De lange, lange zondag"
        article.save_revision().publish()
        assert self.digest(member, since) == []
        article.unpublish()
        article.save_revision().publish()
        assert self.digest(member, since) == [("De lange, lange zondag", "bij “lange zondag”")]

    def test_what_is_shown_to_more_people_is_new_to_them_and_the_rest_hears_nothing(self, member, article):
        save_search(user=member, text="zondag", selected={})
        hide(article, Audience.STEERING_GROUP)
        SearchEntry.objects.update(appeared_at=timezone.now() - timedelta(days=9))
        since = timezone.now() - timedelta(days=1)
        hide(article, Audience.OWN_PRACTICE)
        assert self.digest(member, since) == []
        hide(article, Audience.NETWORK)
        assert [title for title, _remark in self.digest(member, since)] == ["De lange zondag"]
        assert new_since(user=member, visitor=ANONYMOUS, since=since, until=timezone.now()) == []

    def test_by_hand_from_the_results_to_the_list_and_away(self, member, client):
        client.force_login(member)
        results = client.get("/zoeken/", {"q": "zondag", "soort": "article"}).content.decode()
        assert "Bewaar deze zoekopdracht" in results
        page = client.post("/zoeken/bewaard/", {"q": "zondag", "soort": "article"}, follow=True).content.decode()
        assert "Bewaard. Je krijgt bericht" in page
        assert "/zoeken/?q=zondag&amp;soort=article" in page
        assert "Praktijkvoorbeelden" in page
        saved = SavedSearch.objects.get(user=member)
        gone = client.post(reverse("forget_search", args=[saved.pk]), follow=True).content.decode()
        assert "Je hebt nog niets bewaard" in gone

    def test_mistakes_are_said(self, member, client):
        client.force_login(member)
        assert "Typ eerst" in client.post("/zoeken/bewaard/", {"q": " "}, follow=True).content.decode()
        for number in range(MOST_SAVED):
            save_search(user=member, text=f"woord {number}", selected={})
        assert "Haal er eerst een weg" in client.post("/zoeken/bewaard/", {"q": "nog"}, follow=True).content.decode()
