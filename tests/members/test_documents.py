"""Documents of practices: shared with exactly those who were chosen, in versions, looked after, and written down."""

import io
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from upload_corpus import docx, pdf

from members.library.models import Document
from members.library.services import (
    AudienceGetsWider,
    VersionIsUnknown,
    add_draft,
    add_version,
    change_document,
    downloads_of,
    drop_draft,
    restore_version,
    settle_version,
    share_documents,
    withdraw_document,
)
from thuisbasis.accounts.models import AuditAction, AuditEntry, User
from thuisbasis.network.models import Audience, Membership
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.services import people_reached, reach
from thuisbasis.notices.services import inbox
from thuisbasis.search.services import search

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = timezone.now()
TODAY = timezone.localdate()


def test_until_it_is_shared_only_whoever_uploaded_it_sees_it(client, user, visitor):
    draft = add_draft(author=user("lid"), visitor=visitor(user("lid")), name="a.pdf", file=io.BytesIO(pdf()), now=NOW)
    for name, status in (("lid", 200), ("coordinator", 404), ("redactie", 404)):
        client.force_login(user(name))
        assert client.get(draft.get_absolute_url()).status_code == status
        assert client.get(draft.file_url).status_code == status
    assert Document.objects.visible_to(visitor(user("lid"))).filter(pk=draft.pk).count() == 0


@pytest.mark.parametrize("audience", Audience.values)
def test_the_number_of_people_said_before_sharing_is_the_number_who_see_it(
    share, user, visitor, group, practice, audience
):
    person = "stuurgroep" if audience == "steering_group" else "lid"
    sharer_practice = practice
    if person == "stuurgroep":
        Membership.objects.filter(user=user(person)).update(practice=practice)
    document = share(person, audience=audience, group=group if audience == "working_group" else None)
    see = {
        row.pk
        for row in User.objects.filter(is_active=True)
        if Document.objects.visible_to(visitor(row)).filter(pk=document.pk).exists()
    }
    place = {
        "audience": audience,
        "practice_id": sharer_practice.pk,
        "working_group_id": document.working_group_id,
        "today": TODAY,
    }
    if audience == "public":
        assert reach(**place).is_everyone
        return
    assert set(people_reached(**place).values_list("pk", flat=True)) == see
    assert reach(**place).people == len(see) > 0


def test_nobody_shares_with_a_group_to_which_he_does_not_belong(share, group):
    for name, audience in (("pieter", "working_group"), ("lid", "steering_group")):
        with pytest.raises(NotForYou):
            share(name, audience=audience, group=group)


def test_more_readers_need_a_yes_and_a_line_in_the_log(content, client, share, user, visitor, logged_in):
    document = share(audience="own_practice")
    person = user("lid")
    wider = content(document, audience="network")
    with pytest.raises(AudienceGetsWider) as more:
        change_document(document=document, content=wider, actor=person, visitor=visitor(person), is_sure=False, now=NOW)
    assert more.value.people > 5
    logged_in(person)
    url = f"{document.get_absolute_url()}wijzigen/"
    form = {"title": "Ander verslag", "seen_by": "network", "owner": person.pk}
    answer = client.post(url, form).content.decode()
    assert f"{more.value.people} mensen meer" in answer
    assert 'value="Ander verslag"' in answer
    assert client.post(url, {**form, "wider": "on"}).status_code == 302
    document.refresh_from_db()
    assert (document.audience, document.title) == ("network", "Ander verslag")
    entry = AuditEntry.objects.filter(action=AuditAction.AUDIENCE_WIDENED).get()
    assert (entry.actor_key, str(document.key) in entry.detail) == (person.pk, True)
    narrower = content(document, audience="own_practice")
    change_document(document=document, content=narrower, actor=person, visitor=visitor(person), is_sure=False, now=NOW)
    public = content(document, audience="public")
    with pytest.raises(AudienceGetsWider):
        change_document(
            document=document, content=public, actor=person, visitor=visitor(person), is_sure=False, now=NOW
        )
    change_document(document=document, content=public, actor=person, visitor=visitor(person), is_sure=True, now=NOW)
    change_document(document=document, content=public, actor=person, visitor=visitor(person), is_sure=False, now=NOW)
    change_document(document=document, content=narrower, actor=person, visitor=visitor(person), is_sure=False, now=NOW)
    stranger = user("daan")
    with pytest.raises(NotForYou):
        change_document(
            document=document, content=wider, actor=stranger, visitor=visitor(stranger), is_sure=True, now=NOW
        )


def test_changing_the_audience_takes_effect_on_the_next_request_everywhere(content, client, share, user, visitor):
    document = share(title="Lampenlijst")
    client.force_login(user("daan"))
    pages = [document.get_absolute_url(), document.file_url]
    assert [client.get(url).status_code for url in pages] == [200, 200]
    assert (
        search(text="gloeilampen", visitor=visitor(user("daan")), selected={"kind": frozenset({"document"})}).total == 1
    )
    person = user("lid")
    own = content(document, audience="own_practice")
    change_document(document=document, content=own, actor=person, visitor=visitor(person), is_sure=True, now=NOW)
    assert [client.get(url).status_code for url in pages] == [404, 404]
    assert (
        search(text="gloeilampen", visitor=visitor(user("daan")), selected={"kind": frozenset({"document"})}).total == 0
    )
    assert b"Lampenlijst" not in client.get("/leden/documenten/").content
    assert b"Lampenlijst" not in client.get("/leden/").content


def test_the_words_of_a_document_are_found_by_those_who_may_and_by_nobody_else(share, user, visitor, client):
    share(audience="own_practice", data=pdf("Kwikstaartjes"), title="Zonder die woorden")
    assert search(text="kwikstaartjes", visitor=visitor(user("fatima"))).total == 1
    assert search(text="kwikstaartjes", visitor=visitor(user("daan"))).total == 0
    client.force_login(user("fatima"))
    assert b"Zonder die woorden" in client.get("/leden/documenten/?q=kwikstaartjes").content
    client.logout()
    assert b"Zonder die woorden" not in client.get("/zoeken/?q=kwikstaartjes").content


def test_a_new_version_keeps_the_address_and_the_old_one_can_come_back(client, share, user, visitor):
    document, person = share(), user("lid")
    may = {"actor": person, "visitor": visitor(person), "now": NOW}
    first = b"".join(_get(client, person, document.file_url).streaming_content)
    add_version(document=document, name="b.docx", file=io.BytesIO(docx("Kaarsen")), note="Met kaarsen", **may)
    second = _get(client, person, document.file_url)
    assert second.headers["Content-Disposition"] == 'attachment; filename="b.docx"'
    assert second.headers["Cache-Control"] == "private, no-store"
    assert search(text="kaarsen", visitor=visitor(person), selected={"kind": frozenset({"document"})}).total == 1
    restore_version(document=document, number=1, note="Terug", **may)
    assert b"".join(_get(client, person, document.file_url).streaming_content) == first
    assert [version.number for version in document.versions.all()] == [3, 2, 1]
    assert search(text="kaarsen", visitor=visitor(person), selected={"kind": frozenset({"document"})}).total == 0
    with pytest.raises(VersionIsUnknown):
        restore_version(document=document, number=9, note="", **may)
    other = {"actor": user("daan"), "visitor": visitor(user("daan")), "now": NOW}
    for change in (
        lambda: restore_version(document=document, number=1, note="", **other),
        lambda: add_version(document=document, name="c.pdf", file=io.BytesIO(pdf()), note="", **other),
        lambda: withdraw_document(document=document, **other),
    ):
        with pytest.raises(NotForYou):
            change()


def _get(client, person, url):
    client.force_login(person)
    answer = client.get(url)
    assert answer.status_code == 200
    return answer


def test_a_version_in_quarantine_reaches_nobody_and_the_last_clean_one_stays(client, share, user, visitor, settings):
    document, person = share(), user("lid")
    settings.SERVE_UNSCANNED = False
    may = {"actor": person, "visitor": visitor(person), "now": NOW}
    add_version(document=document, name="b.docx", file=io.BytesIO(docx()), note="", **may)
    for name in ("lid", "coordinator", "daan", "redactie"):
        client.force_login(user(name))
        assert client.get(f"{document.get_absolute_url()}versies/2/bestand/").status_code == 404
        assert client.get(document.file_url).headers["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    with pytest.raises(VersionIsUnknown):
        restore_version(document=document, number=2, note="", **may)
    client.force_login(person)
    assert "wordt nagekeken" in client.get(document.get_absolute_url()).content.decode()


def test_what_seems_to_hold_a_residents_data_waits_for_a_look(client, share, user, visitor, logged_in):
    document = share(data=docx("Zijn BSN is 111222333."), file="brief.docx", title="Brief over iemand")
    client.force_login(user("daan"))
    assert client.get(document.get_absolute_url()).status_code == 404
    assert search(text="bsn", visitor=visitor(user("lid")), selected={"kind": frozenset({"document"})}).total == 0
    person = user("lid")
    notices = [str(row.text) for row in inbox(user=person, visitor=visitor(person))]
    assert "Staat er iets van een bewoner in “Brief over iemand”?" in notices
    assert any("iets van een bewoner in “brief”" in message.subject for message in mail.outbox)
    logged_in(person)
    page = client.get(document.get_absolute_url()).content.decode()
    assert "111222333" not in page
    assert client.post(f"{document.get_absolute_url()}versies/1/geen-bewoner/").status_code == 302
    assert client.post(f"{document.get_absolute_url()}versies/1/geen-bewoner/").status_code == 404
    entry = AuditEntry.objects.filter(action=AuditAction.PRIVACY_OVERRIDDEN).latest("at")
    assert ("citizen_number" in entry.detail, "111222333" in entry.detail) == (True, False)
    client.force_login(user("daan"))
    assert client.get(document.get_absolute_url()).status_code == 200


def test_a_refused_file_tells_its_sharer_why(share, user, visitor, client):
    script = "<< /S /JavaScript /JS (x) >>"
    document = share(data=pdf(catalog="/OpenAction 6 0 R", objects=[script], compressed=True))
    person = user("lid")
    assert "geweigerd" in str([str(row.text) for row in inbox(user=person, visitor=visitor(person))])
    client.force_login(person)
    assert "een script of een ander bestand" in client.get(document.get_absolute_url()).content.decode()
    assert client.get(document.file_url).status_code == 404


def test_the_sharing_practice_sees_who_took_it_and_others_do_not(client, share, user, coordinator):
    document = share()
    client.force_login(user("daan"))
    for _time in range(3):
        client.get(document.file_url, headers={"Range": "bytes=0-9"})
    client.head(document.file_url)
    found = downloads_of(document=document)
    assert [(row.who, row.version) for row in found] == [("Daan Verzonnen", "1")]
    url = f"{document.get_absolute_url()}opgehaald/"
    assert client.get(url).status_code == 404
    client.force_login(coordinator)
    assert "Daan Verzonnen" in client.get(url).content.decode()


def test_only_its_own_maker_throws_a_draft_away(content, share, user, visitor):
    draft = add_draft(author=user("lid"), visitor=visitor(user("lid")), name="x.pdf", file=io.BytesIO(pdf()), now=NOW)
    with pytest.raises(NotForYou):
        drop_draft(document=draft, actor=user("pieter"))
    drop_draft(document=draft, actor=user("lid"))
    document = share()
    with pytest.raises(NotForYou):
        drop_draft(document=document, actor=user("lid"))
    with pytest.raises(NotForYou):
        share_documents(
            documents=[document], titles={}, practice=document.practice, content=content(document),
            actor=user("lid"), visitor=visitor(user("lid")), now=NOW,
        )  # fmt: skip
    with pytest.raises(NotForYou):
        add_draft(
            author=user("bruxelles"), visitor=visitor(user("bruxelles")), name="x.pdf", file=io.BytesIO(pdf()), now=NOW
        )


def test_queries_of_the_library_do_not_grow_with_the_documents(client, share, user):
    first = share()
    client.force_login(user("fatima"))
    pages = ["/leden/documenten/", "/leden/", first.get_absolute_url()]

    def count(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    def add(number):
        for _each in range(number):  # with the file of the first: looking at each takes half a minute
            document, version = Document.objects.get(pk=first.pk), first.versions.get()
            document.pk, document.key, document.current = None, uuid4(), None
            document.save()
            version.pk, version.document = None, document
            version.save()
            settle_version(version=version, now=timezone.now())

    add(6)
    assert max(before := [count(url) for url in pages]) <= 25
    add(25)
    assert [count(url) for url in pages] == before


def test_an_older_version_that_is_examined_later_does_not_come_back(share, user, visitor):
    document, person = share(), user("lid")
    may = {"actor": person, "visitor": visitor(person), "now": NOW}
    second = add_version(document=document, name="b.docx", file=io.BytesIO(docx()), note="", **may)
    settle_version(version=document.versions.get(number=1), now=NOW)
    document.refresh_from_db()
    assert document.current == second
