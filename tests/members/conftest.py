"""People of two practices, and what they do."""

import pytest
from django.utils import timezone

from thuisbasis.network.models import Membership, Practice, Role
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
