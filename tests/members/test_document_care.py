"""What happens around documents: remarks, reviews, owners who leave, dates, folders and an end."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from upload_corpus import pdf

from members.library.models import Document, Folder, ReviewRequest
from members.library.services import (
    DocumentIsOnHold,
    add_draft,
    adopt_documents,
    answer_review,
    ask_review,
    change_document,
    place_comment,
    withdraw_document,
)
from members.library.services.care import purge_at, remind_at
from thuisbasis.files.models import StoredFile
from thuisbasis.network.models import Membership
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.services import end_membership
from thuisbasis.notices.services import inbox
from thuisbasis.search.services import search

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = timezone.now()
TODAY = timezone.localdate()


def test_comments_reach_the_owner_and_whoever_spoke_and_may_still_see_it(content, client, share, user, visitor):
    document = share()
    for name, text in (("daan", "Mooi werk"), ("lotte", "Ook hier gebruikt")):
        client.force_login(user(name))
        answer = client.post(document.get_absolute_url(), {"text": text})
        assert answer.status_code == 302
    told = lambda name: [str(row.text) for row in inbox(user=user(name), visitor=visitor(user(name)))]  # noqa: E731
    assert "Daan Verzonnen zei iets over “Verslag”" in told("lid")
    assert "Lotte Verzonnen zei iets over “Verslag”" in told("daan")
    person = user("lid")
    own = content(document, audience="own_practice")
    change_document(document=document, content=own, actor=person, visitor=visitor(person), is_sure=True, now=NOW)
    assert not any("Verslag" in text for text in told("daan"))
    with pytest.raises(NotForYou):
        place_comment(
            document=document, author=user("daan"), visitor=visitor(user("daan")), text="x", overridden=[], now=NOW
        )


def test_somebody_is_asked_to_look_and_answers_before_a_day(client, share, user, visitor, logged_in):
    document, person = share(), user("lid")
    logged_in(person)
    url = f"{document.get_absolute_url()}meekijken/"
    day = TODAY + timedelta(days=7)
    assert "al voorbij" in client.post(url, {"reviewer": user("daan").pk, "due_date": "2020-01-01"}).content.decode()
    assert client.post(url, {"reviewer": user("bruxelles").pk, "due_date": day}).status_code == 200
    assert client.post(url, {"reviewer": user("daan").pk, "due_date": day}).status_code == 302
    assert any("vraagt je mee te kijken" in message.subject for message in mail.outbox)
    client.force_login(user("daan"))
    assert "Je bent gevraagd" in client.get(document.get_absolute_url()).content.decode()
    assert "Kijk mee naar" in client.get("/leden/").content.decode()
    assert (
        client.post(f"{document.get_absolute_url()}antwoorden/", {"answer": "approved", "remark": "Top"}).status_code
        == 302
    )
    assert client.get(f"{document.get_absolute_url()}antwoorden/").status_code == 404
    request = ReviewRequest.objects.get()
    assert (request.answer, request.remark) == ("approved", "Top")
    assert any("meegekeken" in str(row.text) for row in inbox(user=person, visitor=visitor(person)))
    with pytest.raises(NotForYou):
        answer_review(
            request=request, actor=user("daan"), visitor=visitor(user("daan")), answer="remarks", remark="", now=NOW
        )
    with pytest.raises(NotForYou):
        ask_review(
            document=document, reviewer=person, due_date=day, actor=user("daan"), visitor=visitor(user("daan")), now=NOW
        )


def test_whoever_leaves_gives_documents_back_to_the_coordinators_list(
    client, share, user, visitor, coordinator, practice, logged_in
):
    document = share()
    add_draft(author=user("lid"), visitor=visitor(user("lid")), name="x.pdf", file=io.BytesIO(pdf()), now=NOW)
    ask_review(
        document=document,
        reviewer=user("fatima"),
        due_date=TODAY,
        actor=user("lid"),
        visitor=visitor(user("lid")),
        now=NOW,
    )
    for name in ("lid", "fatima"):
        end_membership(
            practice=practice, user=user(name), successor=None, actor=coordinator, visitor=visitor(coordinator), now=NOW
        )
    document.refresh_from_db()
    assert document.owner is None
    assert not Document.objects.drafts_of(user("lid")).exists()
    assert not ReviewRequest.objects.waiting().exists()
    logged_in(coordinator)
    url = f"/leden/praktijk/{practice.slug}/documenten/"
    assert "zonder eigenaar" in client.get("/leden/").content.decode()
    assert "Wie kijkt hiernaar om?" in client.get(url).content.decode()
    orphans = [row.pk for row in Document.objects.visible_to(visitor(coordinator)).orphaned()]
    assert client.post(url, {"documents": orphans, "owner": user("pieter").pk}).status_code == 302
    document.refresh_from_db()
    assert document.owner == user("pieter")
    with pytest.raises(NotForYou):
        adopt_documents(documents=[document], owner=user("daan"), visitor=visitor(user("daan")))


def test_an_owner_hears_a_month_before_that_it_must_be_looked_at_once_for_each_date(content, share, user, visitor):
    document, person = share(review_date=TODAY + timedelta(days=29)), user("lid")
    assert remind_at(now=NOW) == 1
    assert remind_at(now=NOW + timedelta(days=1)) == 0
    assert "Klopt “Verslag” nog?" in str([str(row.text) for row in inbox(user=person, visitor=visitor(person))])
    again = content(document, review_date=TODAY + timedelta(days=394))
    change_document(document=document, content=again, actor=person, visitor=visitor(person), is_sure=True, now=NOW)
    assert remind_at(now=NOW) == 0
    assert remind_at(now=NOW + timedelta(days=365)) >= 1
    assert len([row for row in mail.outbox if "Klopt “Verslag” nog?" in row.subject]) == 2


def test_what_has_come_to_its_end_goes_with_every_byte_unless_it_must_be_kept(
    content, share, user, visitor, django_capture_on_commit_callbacks
):
    document, person = share(), user("lid")
    may = {"actor": person, "visitor": visitor(person), "now": NOW}
    held = content(document, delete_date=TODAY, is_on_hold=True)
    change_document(document=document, content=held, is_sure=True, **may)
    assert purge_at(now=NOW) == 0
    with pytest.raises(DocumentIsOnHold):
        withdraw_document(document=document, **may)
    change_document(document=document, content={**held, "is_on_hold": False}, is_sure=True, **may)
    stored = document.versions.get().file
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_at(now=NOW) == 1
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert not stored.file.storage.exists(stored.file.name)
    assert search(text="verslag", visitor=visitor(person), selected={"kind": frozenset({"document"})}).total == 0


def test_a_folder_orders_and_grants_nothing(client, share, user, visitor, practice):
    folder = Folder.objects.create(name="Geheime map", practice=practice)
    share(audience="own_practice", folder=folder)
    client.force_login(user("daan"))
    assert b"Geheime map" not in client.get("/leden/documenten/").content
    client.force_login(user("fatima"))
    assert b"Geheime map" in client.get("/leden/documenten/").content
    assert b"Verslag" in client.get(f"/leden/documenten/?map={folder.pk}").content
    usable = lambda name: folder in Folder.objects.usable_by(visitor(user(name)))  # noqa: E731
    assert (usable("daan"), usable("fatima")) == (False, True)


def test_the_name_of_a_folder_of_the_steering_group_is_for_the_steering_group(share, user, visitor, practice):
    Membership.objects.filter(user=user("stuurgroep")).update(practice=practice)
    folder = Folder.objects.create(name="Reorganisatie")
    share("stuurgroep", audience="steering_group", folder=folder)
    usable = lambda name: folder in Folder.objects.usable_by(visitor(user(name)))  # noqa: E731
    assert (usable("stuurgroep"), usable("coordinator"), usable("daan")) == (True, False, False)


def test_its_owner_takes_a_document_away_for_good(client, share, user, visitor):
    document = share()
    client.force_login(user("lid"))
    url = f"{document.get_absolute_url()}weghalen/"
    assert "niet terug te draaien" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert client.get(document.get_absolute_url()).status_code == 404
    assert search(text="verslag", visitor=visitor(user("lid")), selected={"kind": frozenset({"document"})}).total == 0
