"""Members find each other by searching, as long as they are here, and nobody else does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.portal.models import Profile
from members.portal.services import erase_me, find_who_is_here
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.services import end_membership, visitor_for
from thuisbasis.search.models import SearchEntry
from thuisbasis.search.services import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def pieter():
    person = User.objects.get(email="pieter@example.nl")
    person.profile.ask_me_about = "Kanariehuisvesting"
    person.profile.save()
    return person


def found(text, user=None):
    visitor = visitor_for(user=user, today=timezone.localdate()) if user else ANONYMOUS
    return [hit.entry.name for hit in search(text=text, visitor=visitor).hits if hit.entry.kind == "person"]


@pytest.mark.parametrize("text", ["pieter", "Pieter Verzonnen", "kanariehuisvesting"])
def test_a_colleague_is_found_by_name_and_by_what_he_knows(pieter, user, text):
    assert found(text, user("lid")) == [str(pieter)]


def test_he_is_found_by_the_practice_where_he_works(pieter, user):
    practice = Membership.objects.valid_on(timezone.localdate()).get(user=pieter).practice
    assert str(pieter) in found(practice.name, user("lid"))


def test_the_public_and_partners_find_nobody(pieter, user):
    assert found("pieter") == []
    assert found("pieter", user("bruxelles")) == []


def test_who_leaves_is_found_no_more_at_once(pieter, user):
    row = Membership.objects.valid_on(timezone.localdate()).get(user=pieter)
    boss = User.objects.filter(
        memberships__practice=row.practice, memberships__role="coordinator", memberships__ended_at=None
    ).first()
    visitor = visitor_for(user=boss, today=timezone.localdate())
    now = timezone.now()
    if boss == pieter:
        Membership.objects.filter(pk=row.pk).update(ended_at=now)
        row.refresh_from_db()
        row.save()
    else:
        end_membership(practice=row.practice, user=pieter, successor=None, actor=boss, visitor=visitor, now=now)
    assert found("pieter", user("lid")) == []


def test_who_is_erased_or_cannot_log_in_is_found_no_more(pieter, user):
    pieter.is_active = False
    pieter.save()
    assert found("kanariehuisvesting", user("lid")) == []
    pieter.is_active = True
    pieter.save()
    assert found("kanariehuisvesting", user("lid")) == [str(pieter)]
    lid = User.objects.get(email="lid@example.nl")
    key = lid.profile.pk
    erase_me(user=lid, now=timezone.now())
    assert not SearchEntry.objects.filter(kind="person", source_pk=key).exists()


def test_whose_work_ended_yesterday_is_forgotten_in_the_night(pieter, user):
    rows = Membership.objects.filter(user=pieter)
    rows.update(
        start_date=timezone.localdate() - timedelta(days=400), end_date=timezone.localdate() - timedelta(days=1)
    )
    find_who_is_here.func()
    assert found("pieter", user("lid")) == []


def test_a_new_name_is_found_and_logging_in_changes_nothing(pieter, user, django_assert_num_queries):
    pieter.last_name = "Zeldzaam"
    pieter.save()
    assert found("zeldzaam", user("lid")) == ["Pieter Zeldzaam"]
    pieter.last_login = timezone.now()
    with django_assert_num_queries(1):
        pieter.save(update_fields=["last_login"])


def test_a_profile_that_is_removed_is_forgotten(pieter, user):
    Profile.objects.filter(user=pieter).get().delete()
    assert found("pieter", user("lid")) == []
    pieter.refresh_from_db()
    pieter.last_name = "Zeldzaam"
    pieter.save()
    assert found("zeldzaam", user("lid")) == [], "who has no page cannot be found, and can still be renamed"
