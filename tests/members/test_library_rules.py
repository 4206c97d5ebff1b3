"""What each use case of the library writes down, whom it tells, and where its borders are."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from upload_corpus import docx, pdf

from members.library.models import Comment, Document, DocumentVersion, Folder, ReviewRequest
from members.library.services import (
    accept_traces,
    add_draft,
    add_version,
    adopt_documents,
    answer_review,
    ask_review,
    change_document,
    place_comment,
    restore_version,
)
from members.library.services.downloads import downloads_of, note_download
from thuisbasis.accounts.models import AuditAction
from thuisbasis.network.models import Practice, Theme
from thuisbasis.network.refusals import NotForYou
from thuisbasis.notices.models import Notice
from thuisbasis.search.models import SearchEntry

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
TODAY = NOW.date()


def told(kind, source):
    rows = Notice.objects.filter(kind=kind, source_pk=source.pk).select_related("user")
    return sorted(row.user.email.split("@")[0] for row in rows)


@pytest.fixture
def version(user, visitor):
    """Let the owner add a version."""

    def do(document, name="lid", *, data=None, note="met nieuwe kop"):
        person = user(name)
        return add_version(
            document=document,
            actor=person,
            visitor=visitor(person),
            name="nieuw.pdf",
            file=io.BytesIO(data or pdf("Nieuwe gloeilampen")),
            note=note,
            now=NOW,
        )

    return do


def test_a_draft_is_its_makers_own_and_called_after_its_file(user, visitor, practice):
    person = user("lid")
    row = add_draft(
        author=person, visitor=visitor(person), name="de_lange_lijst.pdf", file=io.BytesIO(pdf("x")), now=NOW
    )
    draft = Document.objects.get(pk=row.pk)
    kept = (draft.title, draft.author, draft.owner, draft.practice, draft.audience, draft.created_at, draft.shared_at)
    assert kept == ("de lange lijst", person, person, practice, "own_practice", NOW, None)
    [only] = draft.versions.all()
    assert (only.number, only.created_by, only.created_at, only.note) == (1, person, NOW, "")
    with pytest.raises(NotForYou):
        add_draft(author=person, visitor=visitor(user("redactie")), name="x.pdf", file=io.BytesIO(pdf("x")), now=NOW)


def test_sharing_writes_down_everything_that_was_chosen(share, user, practice, group, audit_log):
    folder = Folder.objects.create(name="Lampen")
    themes = list(Theme.objects.filter(slug="wonen", locale__language_code="nl"))
    row = share(title="Over lampen", folder=folder, themes=themes, review_date=TODAY)
    document = Document.objects.get(pk=row.pk)
    kept = (document.title, document.practice, document.folder, document.review_date, document.audience)
    assert kept == ("Over lampen", practice, folder, TODAY, "network")
    assert list(document.themes.all()) == themes
    [(at, actor, subject, at_practice, detail)] = audit_log(AuditAction.DOCUMENT_SHARED)[-1:]
    assert (actor, subject, at_practice, detail) == (user("lid").pk, None, practice.pk, f"{document.key} network")
    assert at == document.shared_at
    assert share(title="").title == "verslag"
    assert SearchEntry.objects.filter(kind="document", source_pk=document.pk, name="Over lampen").count() == 1


def test_only_ones_own_drafts_can_be_shared_and_only_once(share, user, visitor, practice):
    from members.library.services import share_documents

    shared = share()
    person = user("coordinator")
    draft = add_draft(
        author=user("lid"), visitor=visitor(user("lid")), name="x.pdf", file=io.BytesIO(pdf("x")), now=NOW
    )
    content = {"audience": "network", "working_group": None, "folder": None, "themes": [], "review_date": None}
    for actor, document in ((user("lid"), shared), (person, draft)):
        with pytest.raises(NotForYou):
            share_documents(
                documents=[document],
                titles={},
                practice=practice,
                content=content,
                actor=actor,
                visitor=visitor(actor),
                now=NOW,
            )
    elsewhere = Practice.objects.get(name="Thuis in Twente")
    with pytest.raises(NotForYou):
        share_documents(
            documents=[draft],
            titles={},
            practice=elsewhere,
            content=content,
            actor=user("lid"),
            visitor=visitor(user("lid")),
            now=NOW,
        )


def test_a_change_of_audience_is_written_down_and_another_change_is_not(
    share, user, visitor, content, audit_log, practice
):
    document = share(audience="network")
    Document.objects.filter(pk=document.pk).update(reminded_at=NOW)

    def change(**changes):
        fresh = Document.objects.get(pk=document.pk)
        change_document(
            document=fresh,
            content=content(fresh, **changes),
            actor=user("lid"),
            visitor=visitor(user("lid")),
            is_sure=False,
            now=NOW,
        )

    change(title="Anders", delete_date=TODAY + timedelta(days=9), owner=user("fatima"), is_on_hold=True)
    changed = Document.objects.get(pk=document.pk)
    kept = (changed.title, changed.delete_date, changed.owner, changed.is_on_hold, changed.reminded_at)
    assert kept == ("Anders", TODAY + timedelta(days=9), user("fatima"), True, None)
    assert audit_log(AuditAction.AUDIENCE_CHANGED) == []
    change(audience="own_practice")
    detail = f"{document.key} network > {document.key} own_practice"
    assert audit_log(AuditAction.AUDIENCE_CHANGED) == [(NOW, user("lid").pk, None, practice.pk, detail)]


def test_versions_count_on_and_keep_their_note(share, version, user, visitor, audit_log):
    document = share()
    added = DocumentVersion.objects.get(pk=version(document).pk)
    assert (added.number, added.note, added.created_by, added.created_at) == (2, "met nieuwe kop", user("lid"), NOW)
    assert Document.objects.get(pk=document.pk).current == added
    back = restore_version(
        document=document, number=1, note="toch de oude", actor=user("lid"), visitor=visitor(user("lid")), now=NOW
    )
    back = DocumentVersion.objects.get(pk=back.pk)
    assert (back.number, back.note, back.file) == (3, "toch de oude", document.versions.get(number=1).file)
    assert Document.objects.get(pk=document.pk).current == back
    with pytest.raises(NotForYou):
        version(document, "daan")


def test_what_was_found_harmless_is_written_down_and_stays_so_when_put_back(share, version, user, visitor, audit_log):
    document = share()
    looked_at = version(document, data=pdf("Bel mevrouw op 06 12345678"))
    assert Document.objects.get(pk=document.pk).current.number == 1
    assert told("file_needs_a_look", looked_at) == ["lid"]
    accept_traces(version=looked_at, actor=user("lid"), visitor=visitor(user("lid")), now=NOW)
    detail = f"phone {document.key} 2"
    assert audit_log(AuditAction.PRIVACY_OVERRIDDEN) == [(NOW, user("lid").pk, None, document.practice_id, detail)]
    assert Document.objects.get(pk=document.pk).current == looked_at
    version(document)
    back = restore_version(
        document=document, number=2, note="", actor=user("lid"), visitor=visitor(user("lid")), now=NOW
    )
    assert DocumentVersion.objects.get(pk=back.pk).traces_accepted_at == NOW


def test_a_comment_is_kept_and_told_to_the_owner_and_who_spoke(share, user, visitor, audit_log):
    document = share()

    def say(name, overridden=()):
        return place_comment(
            document=document,
            author=user(name),
            visitor=visitor(user(name)),
            text="Mooi.",
            overridden=overridden,
            now=NOW,
        )

    first = Comment.objects.get(pk=say("daan").pk)
    assert (first.text, first.author, first.document, first.created_at) == ("Mooi.", user("daan"), document, NOW)
    assert told("comment", first) == ["lid"]
    assert told("comment", say("lotte")) == ["daan", "lid"]
    Comment.objects.filter(author=user("daan")).update(hidden_at=NOW)
    Document.objects.filter(pk=document.pk).update(owner=None)
    document.refresh_from_db()
    own = say("lid", overridden=["bsn"])
    assert told("comment", own) == ["lotte"]
    detail = f"bsn {own.get_absolute_url()}"
    assert audit_log(AuditAction.PRIVACY_OVERRIDDEN) == [(NOW, user("lid").pk, None, None, detail)]


def test_a_review_is_asked_once_answered_once_and_only_while_it_may_be_seen(share, user, visitor):
    document = share()

    def ask(due=TODAY):
        return ask_review(
            document=document,
            reviewer=user("daan"),
            due_date=due,
            actor=user("lid"),
            visitor=visitor(user("lid")),
            now=NOW,
        )

    request = ReviewRequest.objects.get(pk=ask().pk)
    kept = (request.reviewer, request.asked_by, request.due_date, request.version_number, request.created_at)
    assert kept == (user("daan"), user("lid"), TODAY, 1, NOW)
    assert ask(TODAY + timedelta(days=1)) == request
    assert told("review", request) == ["daan"]

    def respond(name="daan"):
        answer_review(
            request=ReviewRequest.objects.get(pk=request.pk),
            actor=user(name),
            visitor=visitor(user(name)),
            answer="agree",
            remark="Goed zo.",
            now=NOW,
        )

    with pytest.raises(NotForYou):
        respond("lotte")
    Document.objects.filter(pk=document.pk).update(hidden_at=NOW)
    with pytest.raises(NotForYou):
        respond()
    Document.objects.filter(pk=document.pk).update(hidden_at=None)
    assert request in ReviewRequest.objects.waiting()
    respond()
    request.refresh_from_db()
    assert (request.answer, request.remark, request.answered_at) == ("agree", "Goed zo.", NOW)
    assert told("review_answer", request) == ["lid"]
    assert request not in ReviewRequest.objects.waiting()
    with pytest.raises(NotForYou):
        respond()


def test_a_download_counts_once_in_half_an_hour_for_each_person_and_version(share, user, audit_log):
    document = share()

    def take(person, minutes=0, number=1):
        note_download(document=document, number=number, user=person, now=NOW + timedelta(minutes=minutes))

    take(user("daan"))
    take(user("daan"), 29)
    take(user("lotte"), 29)
    take(AnonymousUser(), 30)
    take(user("daan"), 30)
    take(user("daan"), 31, number=2)
    lines = audit_log(AuditAction.DOWNLOADED)
    assert [(line[0], line[1]) for line in lines] == [
        (NOW, user("daan").pk),
        (NOW + timedelta(minutes=29), user("lotte").pk),
        (NOW + timedelta(minutes=30), None),
        (NOW + timedelta(minutes=30), user("daan").pk),
        (NOW + timedelta(minutes=31), user("daan").pk),
    ]
    assert {line[3] for line in lines} == {document.practice_id}
    shown = {(row.who, row.version, row.at) for row in downloads_of(document=document)}
    assert (str(user("daan")), "2", NOW + timedelta(minutes=31)) in shown
    assert ("", "1", NOW + timedelta(minutes=30)) in shown
    assert downloads_of(document=share(file="ander.pdf")) == []


def test_documents_change_hands_only_within_who_may_change_them(share, user, visitor, coordinator):
    first, second = share(), share(file="twee.pdf")
    Document.objects.filter(pk__in=[first.pk, second.pk]).update(owner=None, reminded_at=NOW)
    rows = Document.objects.filter(pk__in=[first.pk, second.pk])
    assert rows.orphaned().count() == 2
    assert adopt_documents(documents=rows, owner=user("fatima"), visitor=visitor(coordinator)) == 2
    assert set(rows.values_list("owner__email", "reminded_at")) == {("fatima@example.nl", None)}
    with pytest.raises(NotForYou):
        adopt_documents(documents=rows, owner=user("daan"), visitor=visitor(user("daan")))


def test_only_who_may_change_a_document_says_that_it_names_nobody(share, user, visitor):
    document = share(data=docx("Zijn BSN is 111222333."), file="brief.docx")
    with pytest.raises(NotForYou):
        accept_traces(version=document.versions.get(), actor=user("daan"), visitor=visitor(user("daan")), now=NOW)
