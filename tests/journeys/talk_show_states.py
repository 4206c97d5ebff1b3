"""Adds a talk show in each state to the server's copy of the demo; run by `manage.py shell`."""

from datetime import timedelta

from django.utils import timezone

from knowledge.models import TalkShowPage

model = TalkShowPage.objects.get(slug__contains="april")
now = timezone.now()
STATES = [
    ("gepland", now + timedelta(days=20), {}),
    ("live", now - timedelta(minutes=5), {"live_url": "https://vimeo.com/123456789"}),
    ("verwerking", now - timedelta(hours=3), {}),
    ("afgelast", now + timedelta(days=9), {"chosen_state": "cancelled", "cancellation_reason": "De gast is ziek."}),
]
for slug, starts_at, changes in STATES:
    page = model.copy(update_attrs={"slug": slug, "title": f"Talkshow, {slug}", "recording": None}, keep_live=True)
    page.starts_at, page.ends_at = starts_at, starts_at + timedelta(hours=2)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
