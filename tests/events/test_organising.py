"""What an organiser sees and does."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from reading_pages import words

from events.models import EventIndexPage, Mailing, Occurrence
from events.policies import Status, may_organise
from events.services import (
    CapacityBelowConfirmed,
    add_dates,
    cancel_occurrence,
    change_occurrence,
    consequences_of,
    export_participants,
    mail_participants,
)
from thuisbasis.accounts.models import AuditAction
from thuisbasis.network.models import Practice
from thuisbasis.network.refusals import NotForYou

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOMENT = "%Y-%m-%dT%H:%M"


def form_of(date, **changes):
    local = {name: timezone.localtime(getattr(date, name)) for name in ("starts_at", "ends_at")}
    values = {name: f"{moment:{MOMENT}}" for name, moment in local.items()}
    values |= {"place": date.place, "capacity": date.capacity or "", "practice_limit": date.practice_limit or ""}
    return {**values, "join_url": date.join_url, **changes}


def test_editors_owners_and_coordinators_of_its_practice_run_an_event(make_event, user, visitor):
    practice = Practice.objects.get(slug="thuis-aan-de-ijssel")
    event = make_event(practice=practice, content_owner=user("ilse"))
    allowed = [name for name in ("redactie", "schrijver", "coordinator", "ilse", "lid", "lotte", "beheer") if may_organise(visitor(name), event)]  # fmt: skip
    assert allowed == ["redactie", "schrijver", "coordinator", "ilse", "beheer"]


def test_whoever_does_not_run_it_changes_nothing(make_date, visitor, user):
    date, now, stranger = make_date(), timezone.now(), visitor("lid")
    with pytest.raises(NotForYou):
        change_occurrence(occurrence=date, content={"place": "x"}, visitor=stranger, now=now)
    with pytest.raises(NotForYou):
        cancel_occurrence(occurrence=date, reason="x", visitor=stranger, now=now)
    with pytest.raises(NotForYou):
        add_dates(event=date.event, visitor=stranger, content={}, every="week", times=1, now=now)
    with pytest.raises(NotForYou):
        export_participants(occurrence=date, rows=[], form="csv", actor=user("lid"), visitor=stranger, now=now)
    with pytest.raises(NotForYou):
        mail_participants(occurrence=date, author=user("lid"), visitor=stranger, content={}, key="k", now=now)


def test_seats_are_a_picture_with_the_same_numbers_in_a_table(organiser, make_date, come):
    date = make_date(capacity=3)
    for name in "abcde":
        come(date, f"{name}@example.org")
    come_off = date.registrations.first()
    organiser.post(f"/bijeenkomst/{date.key}/beheer/{come_off.key}/afmelden/")
    soup = BeautifulSoup(organiser.get(date.organise_url).content, "html.parser")
    numbers = [cell.get_text(strip=True) for cell in soup.select(".seats__table td")]
    assert numbers == ["2", "1", "0", "1", "3"]
    widths = {part["class"][0]: float(part["width"]) for part in soup.select(".seats__bar rect")}
    assert widths == {"seats__confirmed": 50.0, "seats__offered": 25.0, "seats__waiting": 25.0}


def test_fewer_seats_than_are_taken_are_refused_with_the_number(organiser, make_date, come):
    date = make_date(capacity=5)
    for name in "abc":
        come(date, f"{name}@example.org")
    with pytest.raises(CapacityBelowConfirmed) as refused:
        consequences_of(occurrence=date, content={"capacity": 2})
    assert refused.value.held == 3
    answer = organiser.post(f"{date.organise_url}wijzigen/", form_of(date, capacity=2))
    assert "Er zijn al 3 plekken vergeven." in words(answer)
    assert date.registrations.confirmed().count() == 3
    assert Occurrence.objects.get(pk=date.pk).capacity == 5


def test_what_a_change_means_is_shown_before_it_is_saved(organiser, make_date, come, letters):
    date = make_date(capacity=2, place="Utrecht")
    for name in "abcd":
        come(date, f"{name}@example.org")
    before = len(letters())
    changed = form_of(date, capacity=3, place="Zwolle")
    preview = organiser.post(f"{date.organise_url}wijzigen/", changed)
    text = words(preview)
    assert "4 mensen krijgen een mail en een gewijzigde afspraak." in text
    assert "4 inschrijvingen blijven staan." in text
    assert "Wie vooraan staat op de wachtlijst krijgt een plek aangeboden." in text
    assert Occurrence.objects.get(pk=date.pk).place == "Utrecht"
    assert len(letters()) == before
    organiser.post(f"{date.organise_url}wijzigen/", {**changed, "sure": "1"})
    after = Occurrence.objects.get(pk=date.pk)
    assert (after.place, after.capacity, after.sequence) == ("Zwolle", 3, 1)
    subjects = [message["Subject"].strip() for message in letters(since=before)]
    assert sum(subject.startswith("Gewijzigd") for subject in subjects) == 4
    assert sum(subject.startswith("Er is een plek") for subject in subjects) == 1


def test_what_nobody_notices_is_saved_at_once(organiser, make_date, come):
    date = make_date(capacity=5)
    come(date, "a@example.org")
    organiser.post(f"{date.organise_url}wijzigen/", form_of(date, capacity=4, join_url="https://zaal.invalid/x"))
    after = Occurrence.objects.get(pk=date.pk)
    assert (after.capacity, after.join_url, after.sequence) == (4, "https://zaal.invalid/x", 0)


def test_a_wider_limit_or_no_limit_at_all_is_foreseen(make_date, come):
    date = make_date(capacity=2)
    for name in "abcde":
        come(date, f"{name}@example.org")
    assert consequences_of(occurrence=date, content={"capacity": None}).could_get_offer == 3
    assert consequences_of(occurrence=date, content={"capacity": 4}).could_get_offer == 2
    assert consequences_of(occurrence=date, content={"capacity": 2}).are_none


def test_dates_that_make_no_sense_are_said_beside_the_field(organiser, make_date):
    date = make_date()
    wrong = form_of(date, ends_at=form_of(date)["starts_at"], closes_at="2099-01-01T10:00")
    soup = BeautifulSoup(organiser.post(f"{date.organise_url}wijzigen/", wrong).content, "html.parser")
    assert len(soup.select(".form-field__errors")) == 2
    for gap in ("2027-03-28T02:30", "2026-10-25T02:30"):
        answer = organiser.post(
            f"{date.organise_url}wijzigen/", form_of(date, starts_at=gap, ends_at="2027-04-01T10:00")
        )
        assert BeautifulSoup(answer.content, "html.parser").select(".form-field__errors"), gap


def test_an_organiser_adds_a_series(organiser, make_event):
    event = make_event("Reeks")
    data = {
        "starts_at": "2027-01-05T16:00",
        "ends_at": "2027-01-05T17:00",
        "every": "week",
        "times": "3",
        "capacity": "8",
    }
    answer = organiser.post(f"/leden/agenda/data/{event.pk}/", data, follow=True)
    assert "Er zijn 3 data bij." in words(answer)
    assert [timezone.localdate(date.starts_at).day for date in event.occurrences.all()] == [5, 12, 19]
    assert {date.capacity for date in event.occurrences.all()} == {8}
    gap = {**data, "starts_at": "2027-03-21T02:30", "ends_at": "2027-03-21T02:45"}
    assert "de klok verspringt" in words(organiser.post(f"/leden/agenda/data/{event.pk}/", gap))


def test_a_date_is_cancelled_after_a_look_at_who_hears_of_it(organiser, make_date, come, letters):
    date = make_date()
    come(date, "a@example.org")
    assert "1 mens krijgt een mail." in words(organiser.get(f"{date.organise_url}afgelasten/"))
    organiser.post(f"{date.organise_url}afgelasten/", {"reason": "Te weinig mensen."})
    page = words(organiser.get(date.event.url))
    assert "Gaat niet door" in page
    assert "Te weinig mensen." in page
    assert letters("a@example.org")[-1]["Subject"].strip().endswith("gaat niet door")


def test_the_queue_changes_by_hand_and_a_seat_is_given_at_the_door(organiser, make_date, come):
    date = make_date(capacity=1, starts_at=timezone.now() + timedelta(hours=1))
    rows = [come(date, f"{name}@example.org") for name in "abc"]
    queue = f"{date.organise_url}{rows[2].key}/wachtlijst/"
    assert "C staat nu op plaats 2." in words(organiser.get(queue))
    organiser.post(queue, {"to_place": "1", "reason": "Zij spreekt."})
    assert [row.pk for row in date.registrations.in_queue()] == [rows[2].pk, rows[1].pk]
    refused = organiser.post(f"{date.organise_url}{rows[2].key}/plek/", follow=True)
    assert "Er is geen plek vrij." in words(refused)
    organiser.post(f"{date.organise_url}{rows[0].key}/afmelden/")
    organiser.post(f"{date.organise_url}{rows[2].key}/plek/")
    rows[2].refresh_from_db()
    assert rows[2].status == Status.CONFIRMED
    assert organiser.post(f"{date.organise_url}{date.key}/plek/").status_code == 404


def test_a_mail_is_shown_as_it_arrives_and_goes_once(organiser, make_date, come, letters, audit_log, user):
    date = make_date(capacity=2)
    for name in "abc":
        come(date, f"{name}@example.org")
    before = len(letters())
    soup = BeautifulSoup(organiser.get(f"{date.organise_url}mail/").content, "html.parser")
    key = soup.find("input", {"name": "key"})["value"]
    data = {"group": "confirmed", "subject": "Neem een trui mee", "text": "De zaal is koud.\n\nTot dan!", "key": key}
    preview = words(organiser.post(f"{date.organise_url}mail/", data))
    assert "Zo komt je mail aan bij 2 mensen" in preview
    assert "De zaal is koud." in preview
    assert len(letters()) == before
    for _twice in range(2):
        organiser.post(f"{date.organise_url}mail/", {**data, "send": "1"})
    sent = letters(since=before)
    assert sorted(message["To"] for message in sent) == ["a@example.org", "b@example.org"]
    assert {message["Subject"].strip() for message in sent} == {"Neem een trui mee"}
    [mailing] = Mailing.objects.filter(occurrence=date)
    assert (mailing.author, mailing.count, mailing.group) == (user("redactie"), 2, "confirmed")
    assert [line[4] for line in audit_log(AuditAction.PARTICIPANTS_MAILED)] == [f"{date.key} 2"]
    assert "Neem een trui mee" in words(organiser.get(f"{date.organise_url}mail/"))


def test_a_mail_with_a_residents_number_stops_once(organiser, make_date):
    date = make_date()
    data = {"group": "all", "subject": "Over een bewoner", "text": "Bel 06 12345678.", "key": "k", "send": "1"}
    answer = organiser.post(f"{date.organise_url}mail/", data)
    assert "lijkt op een telefoonnummer" in words(answer)
    assert not Mailing.objects.filter(occurrence=date).exists()


def test_an_event_with_dates_is_not_thrown_away(organiser, make_date):
    date = make_date()
    answer = organiser.post(f"/cms/pages/{date.event.pk}/delete/", follow=True)
    assert Occurrence.objects.filter(pk=date.pk).exists()
    assert "Haal haar van de site" in answer.content.decode()


def test_an_editor_begins_an_event_on_the_first_page(organiser):
    page = organiser.get("/cms/").content.decode()
    agenda = EventIndexPage.objects.get()
    assert "Nieuwe bijeenkomst" in page
    assert f"/cms/pages/{agenda.pk}/add_subpage/" in page


def test_the_editors_form_leads_to_the_dates(organiser, make_date):
    date = make_date()
    page = organiser.get(f"/cms/pages/{date.event.pk}/edit/").content.decode()
    assert f"/leden/agenda/data/{date.event.pk}/" in page
    assert date.organise_url in page
