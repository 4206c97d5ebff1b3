"""On the day: tickets, the list at the door, and the online door."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from reading_pages import words

from events.models.after import Attendance
from events.services import (
    DoorIsClosed,
    NoSeat,
    SeenAtDoor,
    check_in,
    check_in_many,
    come_in_online,
    end_registration,
    undo_check_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOM = "https://vergaderen.invalid/geheim-7731"


class TestCheckIn:
    """Coming in."""

    def test_the_second_scan_says_since_when(self, make_date, come, user, at):
        row = come(make_date(), "lid")
        who = {"occurrence": row.occurrence, "by": user("redactie")}
        first = check_in(ticket=row.ticket_code, nonce="a", at=at(2027, 3, 25, 9, 12), **who)
        second = check_in(ticket=row.ticket_code, nonce="b", at=at(2027, 3, 25, 9, 40), **who)
        assert (first.is_new, second.is_new, second.at) == (True, False, at(2027, 3, 25, 9, 12))
        written = Attendance.objects.get(registration=row)
        assert (written.registration, written.how, written.nonce, written.checked_in_by) == (
            row,
            "door",
            "a",
            user("redactie"),
        )

    def test_the_same_scan_sent_again_is_harmless(self, make_date, come, user):
        row, now = come(make_date(), "lid"), timezone.now()
        who = {"occurrence": row.occurrence, "by": user("redactie"), "ticket": str(row.key), "nonce": "a"}
        assert check_in(at=now, **who).is_new
        assert check_in(at=now + timedelta(minutes=5), **who).is_new
        assert Attendance.objects.get(registration=row).at == now

    def test_only_who_has_a_seat_on_this_date_comes_in(self, make_date, come, user):
        date = make_date(capacity=1)
        row, waiting = come(date, "lid"), come(date, "a@example.org")
        elsewhere = come(make_date(), "lid")
        for ticket in (waiting.ticket_code, elsewhere.ticket_code, str(elsewhere.key), "verzonnen", ""):
            with pytest.raises(NoSeat):
                check_in(occurrence=date, ticket=ticket, by=user("redactie"), nonce="", at=timezone.now())
        end_registration(registration=row, now=timezone.now())
        with pytest.raises(NoSeat):
            check_in(occurrence=date, ticket=row.ticket_code, by=user("redactie"), nonce="", at=timezone.now())

    def test_what_a_device_saw_without_a_line_is_sent_on_later(self, organiser, make_date, come):
        date = make_date()
        rows = [come(date, f"{name}@example.org") for name in "abc"]
        moment = timezone.now() - timedelta(minutes=20)
        seen = [{"ticket": row.ticket_code, "nonce": f"n{row.pk}", "at": moment.isoformat()} for row in rows[:2]]
        seen += [
            {"ticket": "verzonnen", "nonce": "x", "at": moment.isoformat()},
            {"ticket": "", "nonce": "", "at": "?"},
        ]
        for _twice in range(2):
            answer = organiser.post(
                f"/bijeenkomst/{date.key}/binnen/bijwerken/",
                json.dumps({"seen": seen}),
                content_type="application/json",
            ).json()
            assert answer["done"] == {f"n{rows[0].pk}": True, f"n{rows[1].pk}": True, "x": False}
            assert set(answer["present"]) == {str(row.key) for row in rows[:2]}
        assert {row.at for row in Attendance.objects.filter(registration__in=rows)} == {moment}

    @pytest.mark.parametrize("body", ["", "[]", "{}", '{"seen": 3}', "null", '{"seen": [1, "x"]}'])
    def test_what_cannot_be_read_is_refused(self, organiser, make_date, body):
        address = f"/bijeenkomst/{make_date().key}/binnen/bijwerken/"
        answer = organiser.post(address, body, content_type="application/json")
        assert answer.status_code == 400

    def test_a_clock_that_runs_ahead_lets_nobody_in_later_than_now(self, make_date, come, user):
        row, now = come(make_date(), "lid"), timezone.now()
        seen = [SeenAtDoor(ticket=row.ticket_code, nonce="n", at=now + timedelta(hours=3))]
        check_in_many(occurrence=row.occurrence, seen=seen, by=user("redactie"), now=now)
        assert Attendance.objects.get(registration=row).at == now

    def test_the_list_works_with_buttons_only(self, organiser, make_date, come):
        date = make_date()
        row = come(date, "lid")
        come(date, "ilse")
        door = f"/bijeenkomst/{date.key}/binnen/"
        assert "Ilse" not in words(organiser.get(f"{door}?q=sanne"))
        assert "0 van 2 inschrijvingen binnen" in words(organiser.get(door))
        assert "Sanne Verzonnen is binnen." in words(organiser.post(door, {"ticket": str(row.key)}, follow=True))
        assert "is al binnen, sinds" in words(organiser.post(door, {"ticket": row.ticket_code}, follow=True))
        assert "1 van 2 inschrijvingen binnen" in words(organiser.get(door))
        whole = f"https://thuisbasis.example{door}?kaartje={row.ticket_code}"
        assert "is al binnen" in words(organiser.post(door, {"ticket": whole}, follow=True))
        assert "Sanne Verzonnen" in words(organiser.get(f"{door}?kaartje={row.ticket_code}")).split("Zoek op naam")[0]
        for ticket in ("verzonnen", ""):
            assert "hoort niet bij een plek" in words(organiser.post(door, {"ticket": ticket}, follow=True))
        assert "hoort niet bij een plek" in words(organiser.get(f"{door}?kaartje=verzonnen"))
        organiser.post(f"{door}{row.key}/terug/")
        assert not Attendance.objects.filter(registration=row).exists()
        assert undo_check_in(occurrence=date, key=row.key) is False

    def test_only_the_organiser_stands_at_the_door(self, logged_in, make_date, user):
        date = make_date()
        assert logged_in(user("lid")).get(f"/bijeenkomst/{date.key}/binnen/").status_code == 404


class TestOnlineDoor:
    """The room is shown to nobody before its door opens."""

    def test_the_door_opens_a_quarter_before_and_notes_who_came(
        self, client, make_date, come, link, at, time_machine_at
    ):
        time_machine_at(at(2027, 3, 1, 12))
        date = make_date(starts_at=at(2027, 3, 25, 16), join_url=ROOM)
        row = come(date, "a@example.org")
        time_machine_at(at(2027, 3, 25, 15, 44, 59))
        assert "een kwartier voor het begin open" in words(client.get(link(row, "join")))
        assert client.get(link(row, "enter")).url == link(row, "join")
        with pytest.raises(DoorIsClosed):
            come_in_online(registration=row, now=timezone.now())
        time_machine_at(at(2027, 3, 25, 15, 45))
        assert link(row, "enter") in client.get(link(row, "join")).content.decode()
        assert not Attendance.objects.filter(registration=row).exists()
        entered = client.get(link(row, "enter"))
        assert (entered.status_code, entered.url, entered["Referrer-Policy"]) == (302, ROOM, "no-referrer")
        client.get(link(row, "enter"))
        assert [(a.registration, a.how) for a in Attendance.objects.filter(registration=row)] == [(row, "online")]
        time_machine_at(at(2027, 3, 25, 18, 30, 1))
        assert "Deze bijeenkomst is voorbij." in words(client.get(link(row, "join")))
        assert client.get(link(row, "enter")).url == link(row, "join")

    def test_only_a_seat_opens_the_door_and_cancelling_closes_it(self, client, make_date, come, link):
        date = make_date(starts_at=timezone.now() + timedelta(minutes=5), join_url=ROOM, capacity=1)
        row, waiting = come(date, "a@example.org"), come(date, "b@example.org")
        assert "Alleen wie een plek heeft" in words(client.get(link(waiting, "join")))
        assert client.get(link(waiting, "enter")).url != ROOM
        assert client.get(link(row, "enter")).url == ROOM
        end_registration(registration=row, now=timezone.now())
        assert client.get(link(row, "enter")).url != ROOM

    def test_a_date_without_a_room_has_no_door(self, client, make_date, come, link):
        row = come(make_date(starts_at=timezone.now() + timedelta(minutes=5)), "a@example.org")
        assert "Deze bijeenkomst is niet online." in words(client.get(link(row, "join")))
        with pytest.raises(NoSeat):
            come_in_online(registration=row, now=timezone.now())

    def test_the_room_stands_nowhere_before_the_door_opens(
        self, client, make_event, make_date, come, user, link, settings, mailoutbox
    ):
        from django.test import Client

        from events.services import open_feed
        from thuisbasis.search.models import SearchEntry

        date = make_date(make_event("Geheime zaal", audience="public"), join_url=ROOM)
        rows = [come(date, "lid"), come(date, "a@example.org")]
        member, stranger = Client(), Client()
        member.force_login(user("lid"))
        token = open_feed(user=user("lid"), name="x", now=timezone.now())
        shared = [
            date.event.url,
            "/agenda/",
            "/agenda/?toon=maand",
            f"/bijeenkomst/{date.key}/agenda.ics",
            "/sitemap.xml",
        ]
        shared += [f"/zoeken/?q={word}" for word in ("geheim+7731", "Geheime+zaal")] + ["/feeds/nieuw.xml"]
        own = ["/leden/", "/leden/agenda/", f"/agenda-koppeling/{token}.ics", "/leden/mijn-gegevens/"]
        pages = {path: stranger.get(path) for path in shared}
        pages |= {f"member {path}": member.get(path) for path in shared + own}
        for name in ("registration", "join", "enter", "own_calendar", "ticket", "answers"):
            pages[f"member {name}"] = member.get(link(rows[0], name))
            pages[f"stranger {name}"] = stranger.get(link(rows[1], name))
        assert sum(answer.status_code == 200 for answer in pages.values()) > 20
        for path, answer in pages.items():
            seen = b"".join(answer) + str(answer.headers).encode()
            assert b"geheim-7731" not in seen.replace(b"\r\n ", b""), path
        everything = " ".join(f"{entry.name} {entry.summary} {entry.text}" for entry in SearchEntry.objects.all())
        assert "vergaderen.invalid" not in everything
