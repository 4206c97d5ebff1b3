"""The borders of what workers do: when a task is handed on, tried again or given up; what a file becomes."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from upload_corpus import pdf
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Workflow, WorkflowContentType

from thuisbasis.accounts.models import User
from thuisbasis.config.services import ADMINISTRATORS, EDITORS, MODERATORS, set_up_groups
from thuisbasis.files.models import PartialUpload, StoredFile
from thuisbasis.files.services import StorageIsFull, remove_file, store_file
from thuisbasis.files.services.examining import examine, examine_waiting
from thuisbasis.files.services.receiving import (
    OffsetIsWrong,
    UploadIsTooLarge,
    forget_old_uploads,
    open_upload,
    receive_part,
    start_upload,
    stop_upload,
)
from thuisbasis.files.signals import file_examined
from thuisbasis.jobs.models import RecurringJob, WorkerBeat
from thuisbasis.jobs.services import beat, hand_on_lost_tasks, retry_failed_tasks, sign_off, start_recurring_work
from thuisbasis.network.models import Practice

pytestmark = pytest.mark.django_db
LEASE = timedelta(minutes=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def task(settings):
    """Store a task as a worker left it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    from thuisbasis.mail.services import forget_old

    def store(status, *, workers=("a",), **moments):
        key = forget_old.enqueue().id
        DBTaskResult.objects.filter(pk=key).update(status=status, worker_ids=list(workers), **moments)
        return DBTaskResult.objects.get(pk=key)

    return store


def status_of(row):
    return DBTaskResult.objects.get(pk=row.pk).status


def test_a_worker_beats_as_itself_and_signs_off_alone(now):
    beat(worker_id="a", now=now)
    beat(worker_id="b", now=now)
    beat(worker_id="a", now=now + LEASE)
    assert dict(WorkerBeat.objects.values_list("worker_id", "beat_at")) == {"a": now + LEASE, "b": now}
    sign_off(worker_id="a")
    assert list(WorkerBeat.objects.values_list("worker_id", flat=True)) == ["b"]


def test_work_is_handed_on_when_its_last_worker_was_silent_for_the_lease(task, now):
    old = now - 2 * LEASE
    beat(worker_id="alive", now=now)
    beat(worker_id="silent", now=now - LEASE)
    beat(worker_id="gone", now=now - 10 * LEASE)
    lost = task("RUNNING", workers=["alive", "silent"], started_at=old)
    busy = task("RUNNING", workers=["silent", "alive"], started_at=old)
    fresh = task("RUNNING", workers=["silent"], started_at=now - LEASE)
    given_up = task("RUNNING", workers=["silent"] * 5, started_at=old)
    almost = task("RUNNING", workers=["silent"] * 4, started_at=old)
    assert hand_on_lost_tasks(now=now, lease=LEASE) == 3
    found = [status_of(row) for row in (lost, busy, fresh, given_up, almost)]
    assert found == ["READY", "RUNNING", "RUNNING", "FAILED", "READY"]
    over = DBTaskResult.objects.get(pk=given_up.pk)
    assert (over.finished_at, over.exception_class_path) == (now, "thuisbasis.jobs.WorkerWasLost")
    assert set(WorkerBeat.objects.values_list("worker_id", flat=True)) == {"alive", "silent"}


def test_what_a_worker_could_not_finish_because_the_database_went_away_it_hands_on_itself(task, now):
    beat(worker_id="a", now=now)
    beat(worker_id="b", now=now)
    mine, of_another = (task("RUNNING", workers=[worker], started_at=now) for worker in "ab")
    unclaimed = task("RUNNING", workers=[], started_at=now)
    assert hand_on_lost_tasks(now=now, lease=LEASE) == 0
    assert hand_on_lost_tasks(now=now, lease=LEASE, idle_worker="a") == 1
    assert [status_of(row) for row in (mine, of_another, unclaimed)] == ["READY", "RUNNING", "RUNNING"]


@pytest.mark.parametrize(
    ("attempts", "minutes", "again"),
    [
        (1, 2, True),
        (1, 1.99, False),
        (3, 8, True),
        (3, 7.99, False),
        (4, 16, True),
        (5, 60, False),
        (1, 119, True),
        (1, 120, False),
    ],
)
def test_what_failed_is_tried_again_after_2_4_8_and_16_minutes(task, now, attempts, minutes, again):
    row = task("FAILED", workers=["a"] * attempts, finished_at=now - timedelta(minutes=minutes))
    assert retry_failed_tasks(now=now) == int(again)
    assert status_of(row) == ("READY" if again else "FAILED")


def test_recurring_work_notes_when_it_ran_and_when_it_runs_next(task, now):
    RecurringJob.objects.all().delete()
    started = start_recurring_work(now=now)
    assert started
    for job in RecurringJob.objects.all():
        assert (job.last_run_at, job.next_run_at > now) == (now, True)
    assert start_recurring_work(now=now) == []
    name = started[0]
    RecurringJob.objects.filter(name=name).update(next_run_at=now + LEASE)
    assert start_recurring_work(now=now + LEASE)[:1] == [name]


@pytest.fixture
def upload(now):
    return start_upload(user=User.objects.get(email="lid@example.nl"), name="x" * 400, size=10, now=now)


def test_parts_are_added_where_the_last_one_ended_and_never_past_the_size(upload, now):
    kept = PartialUpload.objects.get(pk=upload.pk)
    assert (kept.size, kept.received, kept.changed_at, len(kept.name)) == (10, 0, now, 300)
    receive_part(upload=upload, offset=0, chunks=[b"abc", b"de"], now=now + LEASE)
    kept.refresh_from_db()
    assert (kept.received, kept.changed_at) == (5, now + LEASE)
    for offset in (0, 4, 6):
        with pytest.raises(OffsetIsWrong):
            receive_part(upload=upload, offset=offset, chunks=[b"x"], now=now)
    with pytest.raises(UploadIsTooLarge):
        receive_part(upload=upload, offset=5, chunks=[b"fghij", b"k"], now=now)
    with open_upload(upload=upload) as file:
        assert file.read() == b"abcdefghij"
    stop_upload(upload=upload)
    assert not PartialUpload.objects.filter(pk=kept.pk).exists()
    with pytest.raises(StorageIsFull):
        open_upload(upload=kept)


def test_an_upload_of_exactly_the_most_begins_and_one_byte_more_does_not(now):
    from thuisbasis.files.inspection import LARGEST_FILE

    person = User.objects.get(email="lid@example.nl")
    stop_upload(upload=start_upload(user=person, name="x", size=LARGEST_FILE, now=now))
    with pytest.raises(UploadIsTooLarge):
        start_upload(user=person, name="x", size=LARGEST_FILE + 1, now=now)


def test_only_what_rested_a_day_is_forgotten(upload, now):
    PartialUpload.objects.filter(pk=upload.pk).update(changed_at=now - timedelta(hours=23))
    assert forget_old_uploads.func() == 0
    PartialUpload.objects.filter(pk=upload.pk).update(changed_at=now - timedelta(hours=25))
    assert forget_old_uploads.func() == 1


def test_a_file_is_kept_whole_and_known_by_its_checksum(now):
    import hashlib

    data = pdf("Een woord")
    stored = StoredFile.objects.get(pk=store_file(name="woord.pdf", file=io.BytesIO(data), now=now).pk)
    assert (stored.name, stored.extension, stored.media_type) == ("woord.pdf", "pdf", "application/pdf")
    assert (stored.size, stored.checksum, stored.created_at) == (len(data), hashlib.sha256(data).hexdigest(), now)
    with stored.file.open("rb") as file:
        assert file.read() == data
    assert (stored.state, stored.text_state, stored.is_scanned, stored.reason) == ("clean", "read", False, "")
    assert "Een woord" in stored.text


def test_examining_tells_what_it_found_once(now):
    stored = store_file(name="woord.pdf", file=io.BytesIO(pdf("Bel 06 12345678")), now=now)
    heard = []
    file_examined.connect(lambda sender, **values: heard.append(values["stored_file"].pk), weak=False)
    StoredFile.objects.filter(pk=stored.pk).update(
        state="waiting", text="", traces=[], examined_at=None, leased_until=now + LEASE
    )
    assert not examine(file_id=stored.pk, now=now)
    assert examine_waiting.func() == 0
    assert examine(file_id=stored.pk, now=now + LEASE)
    row = StoredFile.objects.get(pk=stored.pk)
    assert (row.state, row.traces, row.examined_at, row.leased_until) == ("clean", ["phone"], now + LEASE, None)
    assert heard == [stored.pk]
    assert not examine(file_id=stored.pk, now=now + LEASE)


def test_a_removed_file_takes_its_bytes_when_that_is_certain(now, django_capture_on_commit_callbacks):
    stored = store_file(name="woord.pdf", file=io.BytesIO(pdf("x")), now=now)
    storage, name = stored.file.storage, stored.file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(stored=StoredFile.objects.get(pk=stored.pk))
        assert storage.exists(name)
    assert not storage.exists(name)


def rights(name):
    return set(Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename"))


def test_each_group_gets_back_exactly_its_rights():
    pages = {
        name: set(GroupPagePermission.objects.filter(group__name=name).values_list("permission__codename", flat=True))
        for name in (EDITORS, MODERATORS, ADMINISTRATORS)
    }
    assert pages == {
        EDITORS: {"add_page", "change_page"},
        MODERATORS: {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
        ADMINISTRATORS: set(),
    }
    files = {
        name: set(
            GroupCollectionPermission.objects.filter(group__name=name).values_list("permission__codename", flat=True)
        )
        for name in (EDITORS, MODERATORS)
    }
    ours = {f"{verb}_{model}" for verb in ("add", "change", "choose") for model in ("image", "document")}
    assert files == {EDITORS: ours, MODERATORS: ours}
    before = {name: rights(name) for name in (EDITORS, MODERATORS, ADMINISTRATORS)}
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.set(Permission.objects.filter(codename="delete_user"))
    GroupPagePermission.objects.filter(group=editors).delete()
    GroupPagePermission.objects.create(
        group=editors, page_id=1, permission=Permission.objects.get(codename="publish_page")
    )
    GroupCollectionPermission.objects.filter(group=editors).delete()
    WorkflowContentType.objects.filter(content_type__model="practice").delete()
    set_up_groups()
    assert {name: rights(name) for name in before} == before
    for name, codenames in pages.items():
        found = GroupPagePermission.objects.filter(group__name=name, page_id=1)
        assert set(found.values_list("permission__codename", flat=True)) == codenames
    given = GroupCollectionPermission.objects.filter(group=editors).values_list("permission__codename", flat=True)
    assert set(given) == ours
    assert Practice.objects.first().get_workflow() == Workflow.objects.filter(active=True).first()
