# Makes dates with few seats and sessions of members for the drills: run by `manage.py shell` in the running set.
import json
from datetime import time as clock
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from events.models import EventPage, Occurrence
from events.policies import at_local
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Membership

today = timezone.localdate()
event = EventPage.objects.get(slug="netwerkdag-housing-first")
# At noon and far away, so that no reminder falls in the drill.
first = at_local(today + timedelta(days=60), clock(12))
keys = [
    str(
        Occurrence.objects.create(
            event=event,
            starts_at=first + timedelta(days=number),
            ends_at=first + timedelta(days=number, hours=2),
            capacity=CAPACITY,  # noqa: F821 (put in front by the drill)
            changed_at=timezone.now(),
        ).key
    )
    for number in range(DATES)  # noqa: F821 (put in front by the drill)
]
members = User.objects.filter(is_active=True, pk__in=Membership.objects.not_ended(today).values("user"))
cookies = {}
for user in members.order_by("pk"):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    cookies[user.email] = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
print(json.dumps({"cookies": cookies, "dates": keys}))
