"""People of two practices, and what they do."""

import io

import pytest
from django.utils import timezone
from upload_corpus import pdf

from members.library.models import Document
from members.library.services import add_draft, share_documents
from thuisbasis.network.models import Membership, Practice, Role, WorkingGroup
from thuisbasis.network.services import visitor_for

IJSSEL = "/leden/praktijk/thuis-aan-de-ijssel/"


@pytest.fixture
def user(django_user_model):
    return lambda name: django_user_model.objects.get(email=f"{name}@example.nl")


@pytest.fixture
def coordinator(user):
    return user("coordinator")


@pytest.fixture
def practice():
    return Practice.objects.get(slug="thuis-aan-de-ijssel")


@pytest.fixture
def visitor():
    return lambda person: visitor_for(user=person, today=timezone.localdate())


@pytest.fixture
def second_coordinator(user, practice):
    colleague = user("fatima")
    Membership.objects.create(user=colleague, practice=practice, role=Role.COORDINATOR, start_date="2021-01-01")
    return colleague


@pytest.fixture
def share(user, visitor, practice):
    """Let somebody share a file, and return the document."""

    def do(name="lid", *, audience="network", data=None, file="verslag.pdf", title="Verslag", group=None, **content):
        person = user(name)
        draft = add_draft(
            author=person,
            visitor=visitor(person),
            name=file,
            file=io.BytesIO(data or pdf("Gloeilampen")),
            now=timezone.now(),
        )
        values = {"audience": audience, "working_group": group, "folder": None, "themes": [], "review_date": None}
        share_documents(
            documents=[draft],
            titles={draft.pk: title},
            practice=practice,
            content={**values, **content},
            actor=person,
            visitor=visitor(person),
            now=timezone.now(),
        )
        return Document.objects.get(pk=draft.pk)

    return do


@pytest.fixture
def group():
    return WorkingGroup.objects.get(slug="ervaringskennis")


@pytest.fixture
def content():
    """What a form says of a document, with some changes."""

    def values(document, **changes):
        same = ("title", "description", "audience", "working_group", "folder", "review_date")
        return {**{name: getattr(document, name) for name in same}, "themes": [], **changes}

    return values
