"""Events with dates, and people who want to come."""

import email
from datetime import datetime, timedelta
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.text import slugify

from events.models import EventIndexPage, EventPage, EventQuestion, Occurrence
from events.services import Registrant, Wish, register, registration_url
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Practice
from thuisbasis.network.policies import ANONYMOUS
from thuisbasis.network.services import visitor_for

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def user(db):
    return lambda name: User.objects.get(email=f"{name}@example.nl")


@pytest.fixture
def visitor(user):
    return lambda name: visitor_for(user=user(name), today=timezone.localdate())


@pytest.fixture
def organiser(logged_in, user):
    """Return an editor who is logged in, and so runs every event."""
    return logged_in(user("redactie"))


@pytest.fixture
def make_event(db):
    """Publish an event for everybody, unless it is said otherwise."""

    def make(title="Proefdag", **fields):
        values = {"summary": "Een dag om te proberen.", "contact_name": "Redactie", "contact_email": "r@example.nl"}
        owner = User.objects.get(email="redactie@example.nl")
        values |= {"registration_for": "everyone", "largest_group": 1, "content_owner": owner, **fields}
        questions = values.pop("questions", [])
        page = EventPage(title=title, slug=slugify(title), **values)
        page.questions = [EventQuestion(**{"kept_days": 30, **question}) for question in questions]
        EventIndexPage.objects.get().add_child(instance=page)
        page.save_revision().publish()
        return EventPage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def make_date(make_event):
    """Plan a date of an event, in forty days unless it is said otherwise."""

    def make(event=None, *, starts_at=None, hours=2, **fields):
        event = event or make_event(f"Proefdag {Occurrence.objects.count()}")
        starts_at = starts_at or (timezone.now() + timedelta(days=40)).replace(second=0, microsecond=0)
        values = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=hours), "changed_at": timezone.now()}
        return Occurrence.objects.create(event=event, **{**values, **fields})

    return make


@pytest.fixture
def come(user):
    """Register somebody: a member by the first name of the address, anybody else by a whole address."""

    def do(date, who, *, seats=1, fewer=False, answers=None, now=None, practice=None):
        wish = Wish(seats=seats, accepts_fewer=fewer, answers=answers or {})
        moment = now or timezone.now()
        if "@" in who:
            registrant = Registrant(visitor=ANONYMOUS, name=who.partition("@")[0].title(), email=who)
        else:
            person = user(who)
            practice = practice or Practice.objects.filter(memberships__user=person).first()
            seen_as = visitor_for(user=person, today=timezone.localdate(moment))
            registrant = Registrant(visitor=seen_as, user=person, practice_id=practice.pk if practice else None)
        return register(occurrence=date, registrant=registrant, wish=wish, now=moment)

    return do


@pytest.fixture
def letters():
    """Return the delivered mails, parsed from their bytes, to one address or to everybody."""

    def read(to="", since=0):
        parsed = [email.message_from_bytes(message.content, policy=default) for message in mail.outbox[since:]]
        return [message for message in parsed if to in message["To"]]

    return read


def local(*parts):
    """Return a moment on the clock of Amsterdam."""
    return datetime(*parts, tzinfo=AMSTERDAM)


@pytest.fixture
def at():
    return local


@pytest.fixture
def time_machine_at():
    """Let the clock stand still at a moment until the test is over."""
    import time_machine

    travels = []

    def go(moment):
        travel = time_machine.travel(moment, tick=False)
        travel.start()
        travels.append(travel)

    yield go
    for travel in reversed(travels):
        travel.stop()


@pytest.fixture
def link():
    """Return the path of a page about a registration."""

    def do(registration, name="registration"):
        return "/" + registration_url(registration, name).split("/", 3)[3]

    return do
