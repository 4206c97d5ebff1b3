"""The status page: each part of the site, whether it is well, and what to do when it is not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from thuisbasis.accounts.models import User
from thuisbasis.config import status
from thuisbasis.config.status import parts
from thuisbasis.jobs.models import WorkerBeat
from thuisbasis.mail.models import MailState, OutgoingMail
from thuisbasis.mail.services import forget_old

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def part(name, now=NOW):
    return next(found for found in parts(now=now) if found.name == name)


def store_mail(state, age):
    moment = NOW - age
    OutgoingMail.objects.create(
        recipients=["x@example.nl"], subject="x", message_id="x", state=state, next_attempt_at=moment, created_at=moment
    )


def test_without_a_worker_somebody_should_start_one():
    WorkerBeat.objects.all().delete()
    found = part("Werk op de achtergrond")
    assert (found.is_well, found.found) == (False, "Niemand is aan het werk.")
    for number in range(2):
        WorkerBeat.objects.create(worker_id=str(number), beat_at=NOW)
    WorkerBeat.objects.create(worker_id="gone", beat_at=NOW - status.SILENT)
    found = part("Werk op de achtergrond")
    assert (found.is_well, found.found) == (True, "2 workers zijn aan het werk.")


@pytest.mark.parametrize(
    ("state", "age", "is_well"),
    [("READY", timedelta(minutes=9), True), ("READY", timedelta(minutes=11), False), ("FAILED", timedelta(), False)],
)
def test_work_that_waits_long_or_failed_today_asks_for_attention(settings, state, age, is_well):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    DBTaskResult.objects.all().delete()
    assert part("Wachtrij").is_well
    key = forget_old.enqueue().id
    DBTaskResult.objects.filter(pk=key).update(status=state, enqueued_at=NOW - age, finished_at=NOW - age)
    assert part("Wachtrij").is_well is is_well


@pytest.mark.parametrize(
    ("state", "age", "is_well"),
    [
        (MailState.WAITING, timedelta(minutes=9), True),
        (MailState.WAITING, timedelta(minutes=11), False),
        (MailState.DEAD, timedelta(), False),
        (MailState.SENT, timedelta(days=1), True),
    ],
)
def test_mail_that_does_not_leave_asks_for_attention(state, age, is_well):
    OutgoingMail.objects.all().delete()
    store_mail(state, age)
    assert part("Mail").is_well is is_well


def test_a_full_disk_and_a_backup_that_is_old_or_missing_ask_for_attention(settings, tmp_path, monkeypatch):
    assert not part("Reservekopie").is_well
    settings.BACKUPS = str(tmp_path)
    assert part("Reservekopie").found == "Er is geen reservekopie."
    folder = tmp_path / "2026-01-01T030000Z"
    folder.mkdir()
    (folder / "contents.json").write_text("{}")
    assert part("Reservekopie", timezone.now()).is_well
    assert not part("Reservekopie", timezone.now() + timedelta(hours=27)).is_well
    usage = type("Usage", (), {"free": 9 * 10**9, "total": 100 * 10**9})
    monkeypatch.setattr(status.shutil, "disk_usage", lambda _place: usage)
    found = part("Ruimte voor bestanden")
    assert (found.is_well, found.found) == (False, "Nog 9 van de 100 GB is vrij.")


def test_what_the_site_does_without_is_said(settings, tmp_path):
    assert part("Virusscanner").is_well
    settings.SERVE_UNSCANNED = False
    assert part("Virusscanner").found == "Er is geen virusscanner ingesteld."
    settings.CLAMD_URL = f"unix://{tmp_path}/nobody"
    assert part("Virusscanner").found == "De virusscanner antwoordt niet."
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert not part("Kort geheugen").is_well
    assert part("Zoeken").found == "De database zoekt."
    assert part("Bewaarde pagina's").is_well
    settings.PAGE_STORE = str(tmp_path / "closed")
    assert not part("Bewaarde pagina's").is_well


def test_administrators_read_it_and_others_do_not(client, logged_in):
    logged_in(User.objects.get(email="beheer@example.nl"))
    page = client.get("/cms/toestand/").content.decode()
    assert all(name in page for name in ("Reservekopie", "Virusscanner", "Wachtrij"))
    assert "vragen aandacht" in page
    client.logout()
    logged_in(User.objects.get(email="redactie@example.nl"))
    assert client.get("/cms/toestand/").status_code == 302
