"""The demo's agenda: events to come and past, full and nearly so, through the services that people use."""

from datetime import date, datetime, time, timedelta
from itertools import cycle, product
from pathlib import Path
from typing import Any

import yaml
from django.core.files import File
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from events.models import EventIndexPage, EventPage, EventQuestion, Material, Occurrence, ProgrammeItem, RecapPage
from events.models.after import Attendance, HowPresent
from events.policies import at_local
from events.services import Registrant, Wish, add_dates, follow_talk_show, register
from knowledge.models import TalkShowPage, TalkShowSeriesPage
from thuisbasis.accounts.models import User
from thuisbasis.config.demo.site import DemoSite
from thuisbasis.files.models import SiteDocument
from thuisbasis.mail.models import OutgoingMail
from thuisbasis.network.models import Audience, Membership, Practice, WorkingGroup
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.services import visitor_for

DATA = Path(__file__).parent / "data"
# An invented room: `.invalid` leads nowhere, by RFC 2606.
ROOM = "https://vergaderen.invalid/zaal/{number}"


class DemoAgenda:
    """Loads the agenda into a site that has its pages and people."""

    def __init__(self, site: DemoSite) -> None:
        self.site = site
        self.now = timezone.now()
        self.data = yaml.safe_load((DATA / "events.yaml").read_text(encoding="utf-8"))
        names = product(self.data["surnames"], self.data["names"])
        self.strangers = cycle((f"{first} {last}", f"{first}.{last}@example.org".lower()) for last, first in names)

    def load(self) -> None:
        """Load every event with its dates and who comes; what happened long ago mails nobody today."""
        agenda = EventIndexPage.objects.get()
        self.document = self._document(self.data["documents"][0])
        for row in self.data["events"]:
            event = self._event(agenda, row)
            self._dates(event, row)
            for occurrence in Occurrence.objects.filter(event=event).select_related("event").order_by("starts_at"):
                self._people(occurrence, row)
            if "recap" in row:
                self._recap(event, row)
        DBTaskResult.objects.filter(task_path__startswith="events.").delete()
        OutgoingMail.objects.all().delete()

    def _document(self, row: dict[str, str]) -> SiteDocument:
        with (DATA / "documents" / row["file"]).open("rb") as source:
            file = File(source, name=row["file"])
            return SiteDocument.objects.create(title=row["title"], file=file, uploaded_by_user=self.site.editor)

    def _event(self, agenda: EventIndexPage, row: dict[str, Any]) -> EventPage:
        audience = row.get("audience", Audience.PUBLIC)
        is_group = audience == Audience.WORKING_GROUP
        event: Any = EventPage(
            event_kind=row["kind"],
            whereabouts=row["where"],
            registration_for=row["for"],
            largest_group=row.get("group", 1),
            certificate_percent=row.get("certificate"),
            remind_hour=row.get("hour", False),
            audience=audience,
            practice=Practice.objects.filter(name=row.get("practice", "")).first(),
            working_group=WorkingGroup.objects.get(slug="ervaringskennis") if is_group else None,
            talk_show_series=TalkShowSeriesPage.objects.first() if row.get("series") else None,
            leave_out_of_campaign=row.get("series", False),
            **self.site.shared(row),
        )
        event.programme = [
            ProgrammeItem(time=time.fromisoformat(clock), title=title, text=text)
            for clock, title, text in row.get("programme", [])
        ]
        event.questions = [
            EventQuestion(
                kind=question["kind"],
                label=question["label"],
                options="\n".join(question.get("options", [])),
                is_required=question.get("required", False),
                kept_days=question["days"],
            )
            for question in row.get("questions", [])
        ]
        return self.site.publish(agenda, event, row)

    def _dates(self, event: EventPage, row: dict[str, Any]) -> None:
        visitor = visitor_for(user=self.site.editor, today=timezone.localdate(self.now))
        for number, each in enumerate(row["dates"], start=1):
            content = {
                "starts_at": self._moment(each, each["from"]),
                "ends_at": self._moment(each, each["to"]),
                "place": each["place"],
                "capacity": each.get("capacity"),
                "practice_limit": each.get("limit"),
                "join_url": ROOM.format(number=number) if each.get("join") else "",
            }
            [added] = add_dates(event=event, visitor=visitor, content=content, every="week", times=1, now=self.now)
            if each.get("materials"):
                Material.objects.create(occurrence=added, title=self.document.title, document=self.document)
        for show in TalkShowPage.objects.child_of(event.talk_show_series).live() if row.get("series") else []:
            held = follow_talk_show(show=show, now=self.now)
            if held is not None and held.ends_at < self.now:
                Occurrence.objects.filter(pk=held.pk).update(thanked_at=held.ends_at)
                Material.objects.create(occurrence=held, title=self.document.title, document=self.document)

    def _moment(self, row: dict[str, Any], clock: str) -> datetime:
        today = timezone.localdate(self.now)
        day: date = today + timedelta(days=row["in_days"])
        # Nobody trains at the weekend.
        day += timedelta(days=max(0, 7 - day.isoweekday() + 1) if day.isoweekday() > 5 else 0)
        if row.get("day") and row["day"] > today:
            day = row["day"]
        return at_local(day, time.fromisoformat(clock))

    def _people(self, occurrence: Occurrence, row: dict[str, Any]) -> None:
        before = min(self.now, occurrence.starts_at) - timedelta(days=20)
        answers = self._answers(occurrence)
        for email in row.get("members", []):
            self._member(occurrence, User.objects.get(email=email), answers, before, row)
        for number in range(row.get("strangers", 0) + row.get("waiting", 0)):
            name, email = next(self.strangers)
            registrant = Registrant(visitor=ANONYMOUS, name=name, email=email)
            moment = before + timedelta(minutes=number)
            register(occurrence=occurrence, registrant=registrant, wish=Wish(answers=answers), now=moment)

    def _member(
        self, occurrence: Occurrence, user: User, answers: dict[int, str], before: datetime, row: dict[str, Any]
    ) -> None:
        registrant = Registrant(
            visitor=visitor_for(user=user, today=timezone.localdate(self.now)),
            user=user,
            practice_id=Membership.objects.filter(user=user).values_list("practice", flat=True)[0],
        )
        found = register(occurrence=occurrence, registrant=registrant, wish=Wish(answers=answers), now=before)
        if user.email in row.get("attended", []) and occurrence.ends_at < self.now:
            Attendance.objects.create(registration=found, at=occurrence.starts_at, how=HowPresent.DOOR)

    def _answers(self, occurrence: Occurrence) -> dict[int, str]:
        return {question.pk: question.choices[0] for question in occurrence.event.questions.all() if question.choices}

    def _recap(self, event: EventPage, row: dict[str, Any]) -> None:
        occurrence = event.occurrences.get()
        data = {
            "title": f"Terugblik: {event.title}",
            "slug": "terugblik",
            "summary": row["recap"]["summary"],
            "body": row["recap"]["body"],
            "image": row["image"],
            "invented": row["invented"],
            "themes": row["themes"],
            "date": timezone.localdate(occurrence.starts_at),
        }
        Occurrence.objects.filter(pk=occurrence.pk).update(thanked_at=occurrence.ends_at)
        recap = RecapPage(held_at=occurrence.starts_at, place=occurrence.place, **self.site.shared(data))
        occurrence.recap = self.site.publish(event, recap, data)
        occurrence.save(update_fields=["recap"])
