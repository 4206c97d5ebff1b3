"""What an event leaves behind, and what is forgotten of it."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from reading_pages import words

from events.models import GivenAnswer, Material, Occurrence, RecapPage, Registration
from events.models.after import Attendance
from events.policies import Status
from events.services import (
    IsNotOver,
    NoRightToWrite,
    begin_recap,
    follow_talk_show,
    forget_in_time,
    forget_person,
    issue_certificate,
    thank_participants,
)
from knowledge.models import TalkShowPage
from thuisbasis.network.refusals import NotForYou

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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
