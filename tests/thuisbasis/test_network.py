"""Who belongs where today, and what follows from it."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from thuisbasis.network.models import CareProvider, Membership, Practice, Role, Theme, WorkingGroupMembership
from thuisbasis.network.policies import ANONYMOUS, Visitor, may_see
from thuisbasis.network.services import visitor_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
MEMBER_OF_1 = Visitor(
    practice_ids=frozenset({1}), network_practice_ids=frozenset({1}), working_group_ids=frozenset({7})
)


@pytest.fixture
def member(django_user_model):
    return django_user_model.objects.create_user("nieuw@example.nl", "x")


def join(user, start, end=None, role=Role.MEMBER, practice="Huis en Heide"):
    return Membership.objects.create(
        user=user, practice=Practice.objects.get(name=practice), role=role, start_date=start, end_date=end
    )


def test_a_stranger_belongs_to_the_public_only():
    assert visitor_for(user=AnonymousUser(), today=TODAY) == ANONYMOUS
    assert ANONYMOUS.audiences == {"public"}


@pytest.mark.parametrize(
    ("start", "end", "belongs"),
    [
        (date(2026, 3, 1), None, True),
        (date(2026, 3, 2), None, False),
        (date(2020, 1, 1), date(2026, 3, 1), True),
        (date(2020, 1, 1), date(2026, 2, 28), False),
    ],
)
def test_a_membership_holds_from_its_first_day_until_its_last(member, start, end, belongs):
    join(member, start, end)
    assert bool(visitor_for(user=member, today=TODAY).practice_ids) is belongs


def test_one_person_may_work_in_two_practices(member):
    join(member, date(2020, 1, 1))
    join(member, date(2020, 1, 1), practice="Stadshaard")
    assert len(visitor_for(user=member, today=TODAY).practice_ids) == 2


def test_the_steering_group_sees_what_is_for_it(member):
    join(member, date(2020, 1, 1), role=Role.STEERING_GROUP)
    visitor = visitor_for(user=member, today=TODAY)
    assert visitor.audiences == {"public", "network", "steering_group"}


def test_a_superuser_is_editor_and_administrator_without_being_given_a_right(member):
    assert not visitor_for(user=member, today=TODAY).is_editor
    member.is_superuser = True
    visitor = visitor_for(user=member, today=TODAY)
    assert visitor.is_editor
    assert visitor.is_administrator


def test_someone_who_was_deactivated_is_a_stranger(member):
    join(member, date(2020, 1, 1))
    member.is_active = False
    assert visitor_for(user=member, today=TODAY) == ANONYMOUS


@pytest.mark.parametrize(
    ("audience", "practice", "sees"),
    [
        ("public", None, True),
        ("network", None, True),
        ("own_practice", 1, True),
        ("own_practice", 2, False),
        ("own_practice", None, False),
        ("steering_group", None, False),
    ],
)
def test_the_policy_says_what_a_member_of_practice_1_sees(audience, practice, sees):
    assert may_see(MEMBER_OF_1, audience=audience, practice_id=practice) is sees


def test_a_working_group_sees_what_is_for_it_and_no_other_group_does():
    for group, sees in ((7, True), (8, False), (None, False)):
        assert may_see(MEMBER_OF_1, audience="working_group", practice_id=None, working_group_id=group) is sees


def test_a_befriended_practice_abroad_is_no_part_of_the_network(django_user_model):
    visitor = visitor_for(user=django_user_model.objects.get(email="bruxelles@example.nl"), today=TODAY)
    assert visitor.practice_ids
    assert visitor.audiences == {"public"}
    assert not visitor.needs_second_factor


@pytest.mark.parametrize(
    ("email", "needs"),
    [
        ("lid", False),
        ("coordinator", True),
        ("stuurgroep", True),
        ("onderzoeker", True),
        ("schrijver", True),
        ("beheer", True),
    ],
)
def test_strong_roles_need_a_second_factor(django_user_model, email, needs):
    user = django_user_model.objects.get(email=f"{email}@example.nl")
    assert visitor_for(user=user, today=TODAY).needs_second_factor is needs


def test_a_working_group_and_its_members_are_named(django_user_model):
    row = WorkingGroupMembership.objects.select_related("group").order_by("user__email").first()
    assert str(row).endswith(" Verzonnen, Ervaringskennis")
    assert str(row.group) == "Ervaringskennis"


def test_a_page_for_a_working_group_names_the_group():
    from django.core.exceptions import ValidationError

    from knowledge.models import PracticeArticlePage

    page = PracticeArticlePage.objects.first()
    page.audience = "working_group"
    with pytest.raises(ValidationError, match="Kies de werkgroep"):
        page.full_clean()


def test_a_membership_cannot_end_before_it_starts(member):
    with pytest.raises(IntegrityError):
        join(member, date(2026, 1, 2), date(2026, 1, 1))


def test_practices_are_found_by_town_region_or_name():
    def names(place):
        return set(Practice.objects.near(place).values_list("name", flat=True))

    assert names("zutphen") == {"Thuis aan de IJssel"}
    assert "Stadshaard" in names("Tilburg")
    assert names("haard") == {"Stadshaard"}
    assert len(names("")) == 34
    assert Practice.objects.in_network().count() == 33


def test_things_are_named_by_their_name(member):
    membership = join(member, date(2020, 1, 1))
    assert str(membership) == "nieuw@example.nl, Huis en Heide (lid)"
    assert str(CareProvider.objects.get(name="LIMOR")) == "LIMOR"
    assert str(Theme.objects.get(slug="buren")) == "Leven met buren"


def test_what_no_source_names_is_marked_as_invented():
    named = set(CareProvider.objects.filter(is_invented=False).values_list("name", flat=True))
    members = {"LIMOR", "Leger des Heils Den Haag", "HVO-Querido", "Bureau ZIN", "RIBW AVV"}
    assert named == members | {"SMES-B"}
    assert CareProvider.objects.filter(practices__in_network=True).distinct().count() == 23
    assert not Practice.objects.filter(is_invented=False, care_provider__is_invented=True).exists()
