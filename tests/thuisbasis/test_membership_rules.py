"""What changes of people write down, who they reach, and where their borders are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission

from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.network.models import (
    Membership,
    Person,
    Practice,
    Province,
    Role,
    WorkingGroup,
    WorkingGroupMembership,
)
from thuisbasis.network.places import distance, known_as, locate
from thuisbasis.network.services import (
    LastCoordinator,
    NotYours,
    change_role,
    confirm_still_here,
    end_membership,
    join_practice,
    people_reached,
    reach,
    visitor_for,
    withdraw_consent,
)
from thuisbasis.network.services.memberships import NotAMember
from thuisbasis.network.signals import consent_changed, membership_ended

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
TODAY = NOW.date()


def user(name):
    return User.objects.get(email=f"{name}@example.nl")


@pytest.fixture
def practice():
    return Practice.objects.get(slug="thuis-aan-de-ijssel")


@pytest.fixture
def coordinator():
    return user("coordinator")


def seen_as(person):
    return visitor_for(user=person, today=TODAY)


@pytest.fixture
def acts(practice, coordinator):
    """Return what every change by the coordinator has in common."""
    return {"practice": practice, "actor": coordinator, "visitor": seen_as(coordinator), "now": NOW}


def roles(person):
    rows = Membership.objects.filter(user=person).not_ended(TODAY)
    return set(rows.values_list("practice__slug", "role"))


def test_joining_twice_is_the_same_as_once_and_takes_an_end_back(practice):
    person = user("daan")
    row = join_practice(user=person, practice=practice, role=Role.MEMBER, now=NOW)
    assert (row.start_date, row.confirmed_at) == (TODAY, NOW)
    Membership.objects.filter(pk=row.pk).update(ended_at=NOW, end_date=TODAY, confirmed_at=None)
    again = join_practice(user=person, practice=practice, role=Role.MEMBER, now=NOW)
    assert (again.pk, again.ended_at, again.end_date, again.confirmed_at) == (row.pk, None, None, NOW)


def test_a_new_role_ends_the_old_one_and_is_written_down(acts, practice, coordinator, audit_log):
    person = user("fatima")
    made = change_role(user=person, role=Role.COORDINATOR, **acts)
    assert (made.role, made.start_date) == (Role.COORDINATOR, TODAY)
    assert roles(person) == {("thuis-aan-de-ijssel", "coordinator")}
    assert Membership.objects.get(user=person, role=Role.MEMBER).ended_at == NOW
    same = change_role(user=person, role=Role.COORDINATOR, **acts)
    assert same == made
    line = (NOW, coordinator.pk, person.pk, practice.pk, "coordinator")
    assert audit_log(AuditAction.ROLE_CHANGED) == [line, line]
    change_role(user=coordinator, role=Role.MEMBER, **acts)
    assert roles(coordinator) == {("thuis-aan-de-ijssel", "member")}


def test_a_practice_keeps_a_coordinator_and_only_coordinators_change_roles(acts, coordinator):
    with pytest.raises(LastCoordinator):
        change_role(user=coordinator, role=Role.MEMBER, **acts)
    with pytest.raises(NotAMember):
        change_role(user=user("daan"), role=Role.MEMBER, **acts)
    with pytest.raises(NotYours):
        change_role(user=user("fatima"), role=Role.MEMBER, **{**acts, "visitor": seen_as(user("lid"))})


def test_a_role_that_administrators_give_is_not_changed_by_a_coordinator(acts, practice):
    person = user("fatima")
    Membership.objects.create(user=person, practice=practice, role=Role.RESEARCHER, start_date="2020-01-01")
    change_role(user=person, role=Role.COORDINATOR, **acts)
    assert roles(person) == {("thuis-aan-de-ijssel", "coordinator"), ("thuis-aan-de-ijssel", "researcher")}


def test_who_leaves_loses_this_practice_and_the_account_when_it_was_the_only_one(
    acts, practice, coordinator, audit_log
):
    person, twice = user("lid"), user("fatima")
    group = WorkingGroup.objects.get(slug="ervaringskennis")
    WorkingGroupMembership.objects.filter(user=person).delete()
    old = WorkingGroupMembership.objects.create(
        user=person, group=group, start_date="2019-01-01", ended_at=NOW - timedelta(days=300)
    )
    now = WorkingGroupMembership.objects.create(user=person, group=group, start_date="2020-01-01")
    join_practice(user=twice, practice=Practice.objects.get(name="Stadshaard"), role=Role.MEMBER, now=NOW)
    heard = []
    membership_ended.connect(lambda sender, **values: heard.append((values["user"], values["practice"])), weak=False)
    for leaver in (person, twice):
        end_membership(user=leaver, successor=None, **acts)
    assert (roles(person), roles(twice)) == (set(), {("stadshaard", "member")})
    assert heard[-2:] == [(person, practice), (twice, practice)]
    person.refresh_from_db()
    twice.refresh_from_db()
    assert (person.is_active, twice.is_active) == (False, True)
    assert twice.sessions_ended_at is not None
    old.refresh_from_db()
    now.refresh_from_db()
    assert (old.ended_at, now.ended_at) == (NOW - timedelta(days=300), NOW)
    lines = [(NOW, coordinator.pk, leaver.pk, practice.pk, "") for leaver in (person, twice)]
    assert audit_log(AuditAction.OFF_BOARDED) == lines


def test_the_last_coordinator_hands_over_to_somebody_who_is_there(acts, practice, coordinator, audit_log):
    stranger, gone, heir = user("daan"), user("pieter"), user("fatima")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()
    for nobody in (None, coordinator, stranger, gone):
        with pytest.raises(LastCoordinator):
            end_membership(user=coordinator, successor=nobody, **acts)
    end_membership(user=coordinator, successor=heir, **acts)
    assert roles(heir) == {("thuis-aan-de-ijssel", "coordinator")}
    assert audit_log(AuditAction.HANDED_OVER) == [(NOW, coordinator.pk, heir.pk, practice.pk, "")]
    with pytest.raises(NotAMember):
        end_membership(user=stranger, successor=None, **acts)


def test_a_member_leaves_without_a_successor_though_nobody_else_coordinates(acts):
    end_membership(user=user("lid"), successor=None, **acts)
    assert roles(user("lid")) == set()


def test_who_runs_the_site_keeps_the_account_after_leaving(acts, practice):
    person = user("redactie")
    join_practice(user=person, practice=practice, role=Role.MEMBER, now=NOW)
    end_membership(user=person, successor=None, **acts)
    assert User.objects.get(pk=person.pk).is_active


def test_who_still_works_here_is_noted_for_this_practice_alone(acts, practice, coordinator, audit_log):
    people = [user("lid"), user("fatima"), user("daan")]
    before = dict(Membership.objects.filter(user=user("daan")).values_list("pk", "confirmed_at"))
    assert confirm_still_here(users=people, **acts) == 2
    noted = Membership.objects.filter(practice=practice, confirmed_at=NOW)
    assert set(noted.values_list("user__email", flat=True)) == {"lid@example.nl", "fatima@example.nl"}
    assert dict(Membership.objects.filter(user=user("daan")).values_list("pk", "confirmed_at")) == before
    assert audit_log(AuditAction.STILL_HERE) == [(NOW, coordinator.pk, None, practice.pk, "2")]
    with pytest.raises(NotYours):
        confirm_still_here(users=people, **{**acts, "visitor": seen_as(user("lid"))})


def test_consent_ends_for_these_uses_alone_and_everyone_hears_it():
    person = Person.objects.filter(consents__use="guest", consents__withdrawn_date=None).first()
    uses = {"guest"}
    others = list(person.consents.exclude(use="guest").values_list("pk", "withdrawn_date"))
    heard, before = [], person.changed_at
    consent_changed.connect(lambda sender, **values: heard.append(values["person"]), weak=False)
    open_before = person.consents.filter(use="guest", withdrawn_date=None).count()
    assert withdraw_consent(person=person, uses=frozenset(uses), today=TODAY) == open_before
    assert heard[-1:] == [person]
    assert set(person.consents.filter(use="guest").values_list("withdrawn_date", flat=True)) == {TODAY}
    assert list(person.consents.exclude(use="guest").values_list("pk", "withdrawn_date")) == others
    person.refresh_from_db()
    assert person.changed_at > before
    assert withdraw_consent(person=person, uses=frozenset(uses), today=TODAY + timedelta(days=1)) == 0


def test_consent_is_never_over_before_it_began():
    person = Person.objects.filter(consents__use="guest", consents__withdrawn_date=None).first()
    person.consents.update(given_date=TODAY + timedelta(days=3))
    withdraw_consent(person=person, uses=frozenset({"guest"}), today=TODAY)
    assert person.consents.filter(use="guest").first().withdrawn_date == TODAY + timedelta(days=3)


def reached(audience, practice=None, group=None):
    found = people_reached(audience=audience, practice_id=practice, working_group_id=group, today=TODAY)
    return set(found.values_list("email", flat=True))


def test_each_audience_reaches_those_who_belong_to_it_today_and_can_log_in(practice):
    group = WorkingGroup.objects.create(name="Proef", slug="proef")
    other = WorkingGroup.objects.create(name="Ander", slug="ander")
    for name in ("lid", "bruxelles", "daan"):
        WorkingGroupMembership.objects.create(user=user(name), group=group, start_date="2020-01-01")
    WorkingGroupMembership.objects.create(user=user("lotte"), group=other, start_date="2020-01-01")
    assert reached("working_group", group=group.pk) == {"lid@example.nl", "daan@example.nl"}
    own = {f"{name}@example.nl" for name in ("lid", "coordinator", "fatima", "pieter")}
    assert reached("own_practice", practice=practice.pk) == own
    assert reached("steering_group") == {"stuurgroep@example.nl"}
    network = reached("network")
    assert {"redactie@example.nl", "beheer@example.nl", "lid@example.nl"} <= network
    assert "bruxelles@example.nl" not in network
    User.objects.filter(email="lid@example.nl").update(is_active=False)
    assert "lid@example.nl" not in reached("network") | reached("own_practice", practice=practice.pk)
    helper = User.objects.create_user("hulp@example.nl", "x")
    helper.user_permissions.add(Permission.objects.get(codename="access_admin"))
    chief = User.objects.create_user("chef@example.nl", "x", is_superuser=True)
    assert {helper.email, chief.email} <= reached("network")


def test_reach_counts_people_once_and_the_practices_they_work_at(practice):
    Membership.objects.create(user=user("lid"), practice=practice, role=Role.RESEARCHER, start_date="2020-01-01")
    found = reach(audience="own_practice", practice_id=practice.pk, working_group_id=None, today=TODAY)
    assert (found.people, found.practices, found.is_everyone) == (4, 1, False)
    assert reach(audience="public", practice_id=None, working_group_id=None, today=TODAY).is_everyone


def test_places_are_known_by_their_other_names_and_provinces_by_theirs():
    assert known_as(" den bosch ") == "'s-Hertogenbosch"
    assert known_as("’s-Hertogenbosch") == "'s-Hertogenbosch"
    assert locate("Den Bosch", "NL") == locate("'s-hertogenbosch", "NL") == (51.699, 5.304)
    assert locate("Den Bosch", "BE") is None
    assert locate("Antwerpen", "BE") == (51.22, 4.4)
    assert known_as("Antwerpen") == "Antwerpen"
    assert (Province.named("gelderland"), Province.named("Noord Holland"), Province.named("Deventer")) == (
        "GE",
        "NH",
        "",
    )
    apeldoorn, deventer = locate("Apeldoorn", "NL"), locate("Deventer", "NL")
    assert 13 < distance(apeldoorn, deventer) < 15
    assert distance(apeldoorn, apeldoorn) == 0


def test_practices_are_ordered_by_how_near_they_are_and_without_a_place_they_come_last():
    rows = Practice.objects.shown()
    near = list(rows.nearest_to(*locate("Apeldoorn", "NL")).values_list("name", flat=True))
    assert near[:2] == ["Thuis aan de IJssel", "Huis en Heide"]
    assert len(near) == rows.exclude(latitude=None).count()
    places = list(rows.by_place().values_list("municipality", flat=True))
    known = [place for place in places if place]
    assert places == [*known, *[""] * (len(places) - len(known))]
    Practice.objects.filter(name="Thuis aan de IJssel").update(live=False)
    assert "Thuis aan de IJssel" not in Practice.objects.shown().values_list("name", flat=True)


def test_who_runs_the_site_is_known_by_what_he_may_do():
    found = {
        name: seen_as(user(name)) for name in ("lid", "redactie", "beheer", "coordinator", "stuurgroep", "onderzoeker")
    }
    assert {name for name, visitor in found.items() if visitor.is_editor} == {"redactie", "beheer"}
    assert {name for name, visitor in found.items() if visitor.is_administrator} == {"beheer"}
    assert {name for name, visitor in found.items() if visitor.is_researcher} == {"onderzoeker"}
    assert {name for name, visitor in found.items() if visitor.is_steering_group} == {"stuurgroep"}
    assert {name for name, visitor in found.items() if visitor.coordinated_ids} == {"coordinator"}


def test_who_was_never_confirmed_counts_from_the_first_day():
    row = Membership.objects.create(
        user=user("daan"), practice=Practice.objects.first(), role=Role.MEMBER, start_date=date(2026, 6, 1)
    )
    rows = Membership.objects.filter(pk=row.pk)
    assert not rows.not_confirmed_since(date(2026, 6, 1)).exists()
    assert rows.not_confirmed_since(date(2026, 6, 2)).exists()
    rows.update(confirmed_at=datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert not rows.not_confirmed_since(date(2026, 7, 1)).exists()
    assert rows.not_confirmed_since(date(2026, 7, 2)).exists()
