"""What the worker does again and again, each started once by itself: nothing due, nothing done, nothing broken."""

import io

import pytest
from django.utils import timezone
from upload_corpus import docx

from members.exchange.services import ask_theme_experts
from members.library.models import Document
from members.library.services import accept_traces, add_draft, purge_documents, remind_of_reviews, share_documents
from thuisbasis.accounts.models import User
from thuisbasis.jobs.models import WorkerBeat
from thuisbasis.jobs.services import beat, sign_off
from thuisbasis.mail.services import deliver_waiting, forget_old
from thuisbasis.network.models import Membership, Practice
from thuisbasis.network.services import visitor_for
from thuisbasis.notices.models import Subscription
from thuisbasis.notices.services import inbox, notify, send_digests

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("work", [ask_theme_experts, remind_of_reviews, purge_documents, deliver_waiting, forget_old])
def test_work_that_comes_again_may_come_again_at_once(work):
    work.func()
    assert work.func() == 0


def test_digests_that_were_sent_today_are_not_sent_again_today():
    send_digests.func()
    before = Subscription.objects.filter(sent_through__isnull=False).count()
    assert send_digests.func() == 0
    assert Subscription.objects.filter(sent_through__isnull=False).count() == before


def test_a_worker_that_stops_of_its_own_will_is_forgotten():
    beat(worker_id="een", now=timezone.now())
    sign_off(worker_id="een")
    assert not WorkerBeat.objects.filter(worker_id="een").exists()


def test_whoever_looked_at_a_flagged_file_lets_it_out():
    person = User.objects.get(email="lid@example.nl")
    visitor = visitor_for(user=person, today=timezone.localdate())
    now, data = timezone.now(), io.BytesIO(docx("Zijn BSN is 111222333."))
    draft = add_draft(author=person, visitor=visitor, name="brief.docx", file=data, now=now)
    practice = Practice.objects.get(pk=Membership.objects.filter(user=person).values("practice")[:1])
    content = {"audience": "network", "working_group": None, "folder": None, "themes": [], "review_date": None}
    share_documents(
        documents=[draft], titles={}, practice=practice, content=content, actor=person, visitor=visitor, now=now
    )
    assert not Document.objects.visible_to(visitor).filter(pk=draft.pk).exists()
    notify(users=[person], kind="file_needs_a_look", source_pk=draft.versions.get().pk, now=now)
    assert inbox(user=person, visitor=visitor)
    accept_traces(version=draft.versions.get(), actor=person, visitor=visitor, now=now)
    assert Document.objects.visible_to(visitor).filter(pk=draft.pk).exists()
