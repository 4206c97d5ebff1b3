"""On the day and after it: tickets, the online door, certificates, looking back, and forgetting."""

import io
import json
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader
from reading_pages import words

from events.models import Certificate, GivenAnswer, Material, Occurrence, RecapPage, Registration
from events.models.after import Attendance
from events.policies import Status
from events.services import (
    DoorIsClosed,
    IsNotOver,
    NoRightToWrite,
    NoSeat,
    NotEntitled,
    SeenAtDoor,
    begin_recap,
    check_in,
    check_in_many,
    come_in_online,
    end_registration,
    entitlement_of,
    follow_talk_show,
    forget_in_time,
    forget_person,
    issue_certificate,
    thank_participants,
    undo_check_in,
)
from knowledge.models import TalkShowPage
from thuisbasis.network.refusals import NotForYou

pytestmark = pytest.mark.django_db
ROOM = "https://vergaderen.invalid/geheim-7731"


@pytest.fixture
def organiser(logged_in, user):
    return logged_in(user("redactie"))


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


class TestCertificates:
    """For those who were there often enough."""

    @pytest.fixture
    def training(self, make_event, make_date, come, user):
        event = make_event("Training", certificate_percent=75)
        now = timezone.now()
        dates = [make_date(event, starts_at=now + timedelta(days=number), hours=3) for number in range(1, 5)]
        rows = [come(date, "lid") for date in dates]
        after = now + timedelta(days=10)

        def attend(count):
            for row in rows[:count]:
                check_in(occurrence=row.occurrence, ticket=row.ticket_code, by=user("redactie"), nonce="", at=now)

        return rows, attend, after

    def test_three_of_four_dates_are_enough_and_two_are_not(self, training):
        rows, attend, after = training
        attend(2)
        found = entitlement_of(registration=rows[3], now=after)
        assert (found.attended, found.held, found.is_enough) == (2, 4, False)
        with pytest.raises(NotEntitled):
            issue_certificate(registration=rows[0], name="Sanne", now=after)
        attend(3)
        found = entitlement_of(registration=rows[3], now=after)
        assert (found.attended, found.hours, found.is_enough) == (3, Decimal("9.00"), True)
        assert list(found.dates) == [timezone.localdate(row.occurrence.starts_at).isoformat() for row in rows[:3]]

    def test_cancelled_dates_do_not_count(self, training):
        rows, attend, after = training
        attend(2)
        Occurrence.objects.filter(pk__in=[row.occurrence_id for row in rows[2:]]).update(cancelled_at=after)
        assert entitlement_of(registration=rows[0], now=after).is_enough

    def test_a_new_certificate_voids_the_one_before(self, training, client):
        rows, attend, after = training
        attend(4)
        first = issue_certificate(registration=rows[0], name="Sanne Verzonen", now=after)
        second = issue_certificate(registration=rows[1], name="Sanne Verzonnen", now=after)
        first.refresh_from_db()
        assert (first.voided_at, second.voided_at) == (after, None)
        assert first.serial != second.serial
        assert (second.hours, second.name, second.event, second.issued_at) == (
            12,
            "Sanne Verzonnen",
            rows[0].occurrence.event,
            after,
        )
        good, bad = (words(client.get(f"/bewijs/{row.code}/")) for row in (second, first))
        assert "Dit bewijs is echt" in good
        assert second.serial in good
        assert "Dit bewijs geldt niet meer" in bad
        unknown = client.get("/bewijs/verzonnen/")
        assert (unknown.status_code, "hoort niet bij een bewijs" in words(unknown)) == (404, True)

    def test_the_file_is_readable_for_everybody(self, training, logged_in, user, link, time_machine_at):
        rows, attend, after = training
        attend(3)
        time_machine_at(after)
        client = logged_in(user("lid"))
        assert "Je was er op 3 van de 4 data" in words(client.get(link(rows[0])))
        assert client.get(link(rows[0], "certificate")).status_code == 404
        assert "Je bewijs van deelname staat klaar." in words(client.post(link(rows[0], "certificate"), follow=True))
        answer = client.get(link(rows[0], "certificate"))
        assert answer["Content-Type"] == "application/pdf"
        pdf = PdfReader(io.BytesIO(answer.content))
        certificate = Certificate.objects.get()
        text = " ".join(page.extract_text() for page in pdf.pages)
        assert "Sanne Verzonnen" in text
        assert certificate.serial in text
        assert (
            pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] is True
            or str(pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]) == "True"
        )
        assert pdf.trailer["/Root"]["/Lang"] == "nl"
        assert b"pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_data()
        assert certificate.code in words(client.get("/leden/agenda/")) or certificate.serial in words(
            client.get("/leden/agenda/")
        )

    def test_whoever_was_not_there_hears_why_there_is_none(self, training, logged_in, user, link, time_machine_at):
        rows, attend, after = training
        attend(1)
        time_machine_at(after)
        client = logged_in(user("lid"))
        assert "Voor een bewijs is 75 procent nodig." in words(client.get(link(rows[0])))
        assert "niet vaak genoeg" in words(client.post(link(rows[0], "certificate"), follow=True))

    def test_a_machine_without_the_library_says_so(self, training, logged_in, user, link, monkeypatch):
        import builtins

        rows, attend, after = training
        attend(4)
        issue_certificate(registration=rows[0], name="Sanne", now=after)
        real = builtins.__import__

        def without(name, *args, **kwargs):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango'")
            return real(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", without)
        answer = logged_in(user("lid")).get(link(rows[0], "certificate"), follow=True)
        assert "kan nu niet gemaakt worden" in words(answer)


class TestAfterwards:
    """What stays, and what goes."""

    def test_a_date_becomes_a_look_back_with_all_that_is_known(self, organiser, make_date, come, user, visitor):
        date = make_date(starts_at=timezone.now() - timedelta(days=1), place="Utrecht")
        answer = organiser.post(f"{date.organise_url}terugblik/")
        recap = RecapPage.objects.get(pk=answer.url.rstrip("/").split("/")[-2])
        assert (recap.live, recap.held_at, recap.place) == (False, date.starts_at, "Utrecht")
        assert (recap.title, recap.summary) == (f"Terugblik: {date.event.title}", date.event.summary)
        assert recap.get_parent().specific == date.event
        again = begin_recap(occurrence=date, author=user("redactie"), visitor=visitor("redactie"), now=timezone.now())
        assert again == recap

    def test_nothing_looks_back_at_what_is_to_come(self, make_date, user, visitor, organiser):
        date = make_date()
        who = {"author": user("redactie"), "visitor": visitor("redactie"), "now": timezone.now()}
        with pytest.raises(IsNotOver):
            begin_recap(occurrence=date, **who)
        assert "nog niet voorbij" in words(organiser.post(f"{date.organise_url}terugblik/", follow=True))
        with pytest.raises(NotForYou):
            begin_recap(occurrence=date, author=user("lid"), visitor=visitor("lid"), now=timezone.now())

    def test_whoever_writes_no_pages_asks_the_editors(self, make_event, make_date, user, visitor, logged_in):
        event = make_event(content_owner=user("lid"))
        date = make_date(event, starts_at=timezone.now() - timedelta(days=1))
        with pytest.raises(NoRightToWrite):
            begin_recap(occurrence=date, author=user("lid"), visitor=visitor("lid"), now=timezone.now())
        answer = logged_in(user("lid")).post(f"{date.organise_url}terugblik/", follow=True)
        assert "De redactie maakt de terugblik." in words(answer)

    def test_everybody_who_came_is_told_once_that_there_is_something(
        self, make_date, come, letters, user, visitor, client
    ):
        date = make_date(capacity=1)
        come(date, "lid")
        come(date, "a@example.org")
        moved = {"starts_at": timezone.now() - timedelta(hours=3), "ends_at": timezone.now() - timedelta(hours=1)}
        Occurrence.objects.filter(pk=date.pk).update(**moved)
        page = begin_recap(occurrence=date, author=user("redactie"), visitor=visitor("redactie"), now=timezone.now())
        before = len(letters())
        for _twice in range(2):
            page.save_revision().publish()
        assert thank_participants(page=page) is False
        sent = letters(since=before)
        assert [(m["To"], m["Subject"].strip()) for m in sent] == [
            ("lid@example.nl", f"Terugkijken: “{date.event.title}”")
        ]
        assert "Kijk terug" in words(client.get(date.event.url))
        assert client.get(page.url).status_code == 200, "without an account"

    def test_slides_belong_to_a_date_and_to_whoever_sees_it(self, organiser, make_event, make_date, user):
        from django.test import Client

        for audience, status in (("public", 200), ("network", 404)):
            date = make_date(make_event(f"Dia's {audience}", audience=audience))
            file = SimpleUploadedFile("dias.pdf", b"%PDF-1.7 dia's")
            organiser.post(f"{date.organise_url}bestanden/", {"title": "Dia's", "file": file})
            [material] = Material.objects.filter(occurrence=date)
            address = material.document.url
            assert Client().get(address).status_code == status
            member = Client()
            member.force_login(user("lid"))
            assert member.get(address).status_code == 200
            assert "Dia's (PDF" in words(member.get(date.event.url))
        organiser.post(f"{date.organise_url}bestanden/{material.pk}/weg/")
        assert not Material.objects.filter(occurrence=date).exists()

    @pytest.mark.parametrize(
        ("name", "size", "said"), [("virus.exe", 10, "exe"), ("groot.pdf", 26 * 1024 * 1024, "25 MB")]
    )
    def test_a_file_that_is_wrong_is_refused(self, organiser, make_date, name, size, said):
        date = make_date()
        file = SimpleUploadedFile(name, b"x" * size)
        answer = organiser.post(f"{date.organise_url}bestanden/", {"title": "x", "file": file})
        assert said in words(answer)
        assert not Material.objects.filter(occurrence=date).exists()

    def test_only_editors_put_files_on_the_site(self, logged_in, make_event, make_date, user):
        date = make_date(make_event(content_owner=user("lid")))
        client = logged_in(user("lid"))
        assert client.get(date.organise_url).status_code == 200
        assert client.get(f"{date.organise_url}bestanden/").status_code == 404
        assert client.post(f"{date.organise_url}bestanden/1/weg/").status_code == 404

    def test_a_moved_talk_show_moves_its_own_date_and_a_cancelled_one_is_off(self, letters, come):
        show = TalkShowPage.objects.live().order_by("starts_at").last()
        date = Occurrence.objects.get(talk_show=show)
        others = dict(Occurrence.objects.exclude(pk=date.pk).values_list("pk", "starts_at"))
        show.chosen_state = ""
        show.recording = None
        show.starts_at, show.ends_at = timezone.now() + timedelta(days=3), timezone.now() + timedelta(days=3, hours=1)
        show.save_revision().publish()
        date.refresh_from_db()
        assert (date.starts_at, date.sequence) == (show.starts_at, 1)
        assert dict(Occurrence.objects.exclude(pk=date.pk).values_list("pk", "starts_at")) == others
        show.chosen_state, show.cancellation_reason = "cancelled", "De gast is ziek."
        show.save_revision().publish()
        date.refresh_from_db()
        assert (date.cancellation_reason, date.cancelled_at is None) == ("De gast is ziek.", False)
        assert follow_talk_show(show=show, now=timezone.now()).sequence == date.sequence

    def test_a_new_talk_show_of_the_series_is_a_new_date(self):
        show = TalkShowPage.objects.live().first()
        copy = show.copy(
            update_attrs={"slug": "zevende", "title": "De zevende", "recording": None, "chosen_state": "",
                          "starts_at": timezone.now() + timedelta(days=9), "ends_at": timezone.now() + timedelta(days=9, hours=1),
                          "calendar_uid": uuid.uuid4()},
            copy_revisions=False, keep_live=False,
        )  # fmt: skip
        copy.save_revision().publish()
        assert Occurrence.objects.get(talk_show=copy).event.slug == "talkshows-beweging-in-kwetsbaarheid"

    def test_a_series_that_no_event_follows_has_no_dates(self):
        show = TalkShowPage.objects.live().first()
        Occurrence.objects.filter(talk_show=show).first().event.talk_show_series = None
        Occurrence.objects.all().update(talk_show=None)
        from events.models import EventPage

        EventPage.objects.update(talk_show_series=None)
        assert follow_talk_show(show=show, now=timezone.now()) is None


class TestForgetting:
    """Nothing is kept longer than it is of use."""

    def test_what_somebody_eats_is_forgotten_after_thirty_days(self, make_event, make_date, come):
        event = make_event("Lunch", questions=[
            {"kind": "needs", "label": "Dieet?"}, {"kind": "text", "label": "Groep?", "kept_days": 60},
        ])  # fmt: skip
        diet, group = event.questions.all()
        date = make_date(event)
        come(date, "lid", answers={diet.pk: "geen noten", group.pk: "eerste"})
        last = date.ends_at
        forget_in_time(now=last + timedelta(days=30))
        assert GivenAnswer.objects.filter(registration__occurrence=date).count() == 2
        forget_in_time(now=last + timedelta(days=31, hours=1))
        assert [answer.label for answer in GivenAnswer.objects.filter(registration__occurrence=date)] == ["Groep?"]
        forget_in_time(now=last + timedelta(days=62))
        assert not GivenAnswer.objects.filter(registration__occurrence=date).exists()

    def test_needs_are_never_kept_longer_whatever_the_editor_chose(self, make_event, make_date, come):
        event = make_event("Lunch", questions=[{"kind": "needs", "label": "Dieet?"}])
        [diet] = event.questions.all()
        type(diet).objects.filter(pk=diet.pk).update(kept_days=300)
        row = come(make_date(event), "lid", answers={diet.pk: "geen noten"})
        assert row.answers.get().kept_until == timezone.localdate(row.occurrence.ends_at) + timedelta(days=30)

    def test_strangers_are_forgotten_after_a_year_and_registrations_after_two(self, make_date, come):
        date = make_date()
        stranger, member = come(date, "a@example.org"), come(date, "lid")
        forget_in_time(now=date.ends_at + timedelta(days=364))
        stranger.refresh_from_db()
        assert stranger.email == "a@example.org"
        forget_in_time(now=date.ends_at + timedelta(days=366))
        stranger.refresh_from_db()
        assert (stranger.name, stranger.email) == ("", "")
        forget_in_time(now=date.ends_at + timedelta(days=729))
        assert Registration.objects.filter(pk=member.pk).exists()
        forget_in_time(now=date.ends_at + timedelta(days=731))
        assert not Registration.objects.filter(occurrence=date).exists()

    def test_an_erased_person_leaves_a_free_seat_and_no_name(self, make_date, make_event, come, user):
        event = make_event("Wissen", certificate_percent=1, questions=[{"kind": "text", "label": "Groep?"}])
        [question] = event.questions.all()
        date, now = make_date(event, capacity=2), timezone.now()
        member, stranger = come(date, "lid", answers={question.pk: "x"}), come(date, "oud@example.org")
        waiting = come(date, "b@example.org")
        past = make_date(event, starts_at=now - timedelta(days=2))
        was = Registration.objects.create(
            occurrence=past, user=user("lid"), status=Status.CONFIRMED, place=1, registered_at=now, confirmed_at=now
        )
        Attendance.objects.create(registration=was, at=now, how="door")
        certificate = issue_certificate(registration=was, name="Sanne", now=now)
        forget_person(user=user("lid"), addresses={"oud@example.org"}, now=now)
        for row in (member, stranger, waiting, was, certificate):
            row.refresh_from_db()
        assert (member.status, member.ending, stranger.status, stranger.email) == ("ended", "erased", "ended", "")
        assert (waiting.status, was.status, was.answers.count()) == (Status.OFFERED, Status.CONFIRMED, 0)
        assert (certificate.name, certificate.voided_at) == ("", now)
        assert not GivenAnswer.objects.filter(registration=member).exists()
