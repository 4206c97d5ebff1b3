"""Dates of documents: when somebody is reminded, what ends by itself, and what is left when people go."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from upload_corpus import pdf

from members.library.models import Document, Folder
from members.library.querysets import DocumentQuerySet
from members.library.services import add_draft, drop_draft, withdraw_document
from members.library.services.care import purge_at, release_documents, remind_at
from thuisbasis.accounts.models import AuditAction
from thuisbasis.files.models import StoredFile
from thuisbasis.network.models import Practice
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.models import Notice
from thuisbasis.search.models import SearchEntry

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def alone(share):
    """Keep only this test's documents."""

    def do(**changes):
        document = share()
        Document.objects.exclude(pk=document.pk).update(review_date=None, delete_date=None)
        Document.objects.filter(pk=document.pk).update(**changes)
        return document

    return do


@pytest.mark.parametrize(
    ("changes", "reminded"),
    [
        ({"review_date": TODAY + timedelta(days=30)}, 1),
        ({"review_date": TODAY + timedelta(days=31)}, 0),
        ({"review_date": TODAY, "owner": None}, 0),
        ({"review_date": TODAY, "reminded_at": NOW}, 0),
        ({"review_date": TODAY, "shared_at": None}, 0),
        ({"review_date": TODAY - timedelta(days=400)}, 1),
    ],
)
def test_owners_are_reminded_from_thirty_days_before(alone, user, changes, reminded):
    document = alone(**changes)
    assert remind_at(now=NOW) == reminded
    notices = Notice.objects.filter(kind="review_due", source_pk=document.pk)
    assert list(notices.values_list("user__email", "created_at")) == [("lid@example.nl", NOW)] * reminded
    if reminded:
        assert Document.objects.get(pk=document.pk).reminded_at == NOW
        assert remind_at(now=NOW) == 0


def test_a_new_date_is_a_new_reminder(alone):
    document = alone(review_date=TODAY)
    remind_at(now=NOW)
    later = NOW + timedelta(days=365)
    Document.objects.filter(pk=document.pk).update(reminded_at=None)
    assert remind_at(now=later) == 1
    assert Notice.objects.get(kind="review_due", source_pk=document.pk).created_at == later


@pytest.mark.parametrize(
    ("changes", "removed"),
    [
        ({"delete_date": TODAY}, 1),
        ({"delete_date": TODAY + timedelta(days=1)}, 0),
        ({"delete_date": TODAY, "is_on_hold": True}, 0),
        ({}, 0),
    ],
)
def test_what_has_come_to_its_end_goes_on_its_day(alone, audit_log, changes, removed):
    document = alone(**changes)
    assert purge_at(now=NOW) == removed
    assert Document.objects.filter(pk=document.pk).count() == 1 - removed
    line = (NOW, None, None, document.practice_id, f"{document.key} term")
    assert audit_log(AuditAction.DOCUMENT_WITHDRAWN) == [line] * removed


def test_taking_away_is_written_down_and_leaves_nothing(alone, user, visitor, audit_log):
    document = alone()
    file = document.current.file_id
    person = user("lid")
    withdraw_document(document=document, actor=person, visitor=visitor(person), now=NOW)
    line = (NOW, person.pk, None, document.practice_id, f"{document.key} network")
    assert audit_log(AuditAction.DOCUMENT_WITHDRAWN) == [line]
    assert not StoredFile.objects.filter(pk=file).exists()
    assert not SearchEntry.objects.filter(kind="document", source_pk=document.pk).exists()


@pytest.fixture
def draft(user, visitor):
    person = user("lid")
    return add_draft(author=person, visitor=visitor(person), name="x.pdf", file=io.BytesIO(pdf("x")), now=NOW)


def test_a_draft_is_thrown_away_by_its_maker_alone_and_a_shared_document_never(draft, share, user):
    with pytest.raises(NotForYou):
        drop_draft(document=draft, actor=user("coordinator"))
    with pytest.raises(NotForYou):
        drop_draft(document=share(), actor=user("lid"))
    drop_draft(document=draft, actor=user("lid"))
    assert not Document.objects.filter(pk=draft.pk).exists()


def test_whoever_goes_leaves_the_documents_of_this_practice_and_takes_the_drafts(draft, share, user, practice):
    documents = [share(), share(file="twee.pdf")]
    Document.objects.filter(owner=user("lid")).exclude(pk__in=[row.pk for row in documents]).update(owner=None)
    elsewhere = share(file="drie.pdf")
    Document.objects.filter(pk=elsewhere.pk).update(practice=Practice.objects.get(name="Thuis in Twente"))
    assert release_documents(user=user("lid"), practice=practice) == 2
    assert not Document.objects.filter(pk=draft.pk).exists()
    assert Document.objects.get(pk=elsewhere.pk).owner == user("lid")


def test_a_list_keeps_what_was_shared_in_its_time_by_its_practices(share, practice, draft):
    document = share()
    at = document.shared_at
    rows = Document.objects.filter(pk__in=[document.pk, draft.pk])
    assert list(rows.between(at - timedelta(seconds=1), at)) == [document]
    assert list(rows.between(at, at + timedelta(days=1))) == []
    assert list(rows.of_practices([practice.pk])) == [document]
    assert list(rows.of_practices([])) == []


def test_a_folder_of_another_practice_or_group_is_not_offered(share, visitor, user, group):
    twente = Practice.objects.get(name="Thuis in Twente")
    names = {"van allen": {}, "van twente": {"practice": twente}, "van de werkgroep": {"working_group": group}}
    folders = [Folder.objects.create(name=name, **owner) for name, owner in names.items()]
    for number, folder in enumerate(folders):
        share(file=f"{number}.pdf", folder=folder)

    def offered(name):
        found = Folder.objects.usable_by(visitor(user(name))).filter(pk__in=[folder.pk for folder in folders])
        return set(found.values_list("name", flat=True))

    assert offered("pieter") == {"van allen"}
    assert offered("daan") == {"van allen", "van twente"}
    assert offered("ilse") == {"van allen", "van de werkgroep"}


def test_whatever_goes_wrong_after_storing_leaves_no_file_behind(
    user, visitor, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("members.library.services.sharing.settle_version", fail)
    monkeypatch.setattr("members.library.receivers.settle_version", lambda **kwargs: None)
    before = StoredFile.objects.count()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        add_draft(author=user("lid"), visitor=visitor(user("lid")), name="x.pdf", file=io.BytesIO(pdf()), now=NOW)
    assert StoredFile.objects.count() == before
    assert issubclass(type(Document.objects.all()), DocumentQuerySet)
