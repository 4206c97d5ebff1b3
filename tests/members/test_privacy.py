"""Export, erasure and the register: everything about me, and then nothing."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, models
from django.utils import timezone

from members.portal.models import DataExport
from members.portal.services import build_export, erase_me, forget_old_exports, request_export
from thuisbasis.accounts.models import User
from thuisbasis.accounts.privacy import collect
from thuisbasis.accounts.registry import personal_data
from thuisbasis.network.models import Consent, Person
from thuisbasis.network.services import LastCoordinator

pytestmark = pytest.mark.django_db
OURS = (
    "base",
    "accounts",
    "network",
    "files",
    "search",
    "mail",
    "knowledge",
    "portal",
    "jobs",
    "notices",
    "exchange",
    "library",
)
# Addresses of organisations, on pages for everyone; not of a person.
OF_ORGANISATIONS = {
    ("network.Practice", "email"),
    ("knowledge.KnowledgePage", "contact_email"),
    ("knowledge.PodcastPage", "owner_email"),
}


def declared():
    return {(entry.model, entry.owner) for entry in personal_data()}


def owner_of(field):
    """Return the table that a field stands in: a page's own tables, not those of its subclasses."""
    return field.model._meta.label


def test_every_reference_to_a_person_is_in_the_register():
    found = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.related_model is User:
                found.add((owner_of(field), field.name))
    # Wagtail's own tables of images and documents are replaced by ours and stay empty.
    found -= {("wagtailimages.Image", "uploaded_by_user"), ("wagtaildocs.Document", "uploaded_by_user")}
    assert found - declared() == set()


def test_every_address_and_every_field_of_people_is_in_the_register():
    fields = {(entry.model, name) for entry in personal_data() for name in entry.fields}
    missing = set()
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for field in model._meta.local_fields:
            if isinstance(field, models.EmailField):
                missing.add((model._meta.label, field.name))
    assert missing - fields - OF_ORGANISATIONS == set()
    secret = {"id", "password", "is_superuser", "is_staff", "is_active", "user"}
    for label in ("accounts.User", "portal.Profile"):
        names = {field.name for field in apps.get_model(label)._meta.local_fields} - secret
        assert names == {name for model, name in fields if model == label} - secret, label


def test_the_register_says_why_and_how_long_of_everything():
    for entry in personal_data():
        assert str(entry.purpose).endswith(".")
        assert str(entry.term).endswith(".")


def test_a_new_field_that_nobody_declared_is_noticed(monkeypatch):
    monkeypatch.setattr(
        "thuisbasis.accounts.registry._register", [entry for entry in personal_data() if entry.model != "accounts.User"]
    )
    with pytest.raises(AssertionError):
        test_every_address_and_every_field_of_people_is_in_the_register()


def test_a_copy_holds_everything_as_json_and_as_csv(user):
    person = user("lid")
    person.profile.about = "=HYPERLINK(1)"
    person.profile.save()
    archive = zipfile.ZipFile(io.BytesIO(collect(user=person)))
    data = json.loads(archive.read("gegevens.json"))
    assert data["accounts.User.pk"][0]["email"] == "lid@example.nl"
    assert data["network.Membership.user"][0]["practice__name"] == "Thuis aan de IJssel"
    assert "password" not in archive.read("gegevens.json").decode()
    table = list(
        csv.DictReader(io.StringIO(archive.read("portal.Profile.user.csv").decode("utf-8-sig")), delimiter=";")
    )
    assert table[0]["about"] == "'=HYPERLINK(1)"
    assert "coordinator@example.nl" not in archive.read("gegevens.json").decode()


def test_a_copy_is_asked_for_made_told_and_fetched(logged_in, user):
    client = logged_in(user("lid"))
    assert "Maak een kopie van mijn gegevens" in client.get("/leden/mijn-gegevens/").content.decode()
    assert client.get("/leden/mijn-gegevens/ophalen/").status_code == 404
    client.post("/leden/mijn-gegevens/")
    assert mail.outbox[-1].subject == "Je gegevens staan klaar"
    answer = client.get("/leden/mijn-gegevens/ophalen/")
    assert answer["Content-Type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()[0] == "gegevens.json"
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"


def test_a_copy_is_made_once_and_kept_a_week(user, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
    first = request_export(user=user("lid"), now=timezone.now())
    assert request_export(user=user("lid"), now=timezone.now()) == first
    build_export.call(first.pk)
    build_export.call(first.pk)
    assert str(DataExport.objects.get())
    assert forget_old_exports.call() == 0
    DataExport.objects.update(requested_at=timezone.now() - timedelta(days=8))
    assert forget_old_exports.call() == 1


def everything_in_the_database():
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [
                (table, str([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]))
                for row in cursor.fetchall()
            ]
    return found


@pytest.fixture
def somebody(django_user_model, practice, come_in, client):
    """A member who left traces everywhere."""
    from allauth.account.models import EmailAddress
    from wagtail.log_actions import log

    from knowledge.models import PracticeArticlePage
    from thuisbasis.network.models import Membership

    person = django_user_model.objects.create_user(
        "zonderling@example.nl", "eerst-een-thuis", first_name="Zonderling", last_name="Vindbaar"
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Membership.objects.create(user=person, practice=practice, role="member", start_date="2024-01-01")
    person.profile.about = "Ik ben Zonderling Vindbaar."
    person.profile.save()
    come_in(client, person.email)
    request_export(user=person, now=timezone.now())
    log(person, "wagtail.edit", user=person)
    page = PracticeArticlePage.objects.get(slug="outreach-in-de-ochtend")
    page.save_revision(user=person).publish(user=person, skip_permission_checks=True)
    named = Person.objects.create(name="Zonderling Vindbaar", email=person.email)
    Consent.objects.create(person=named, use="author", given_date="2024-01-01")
    return person


def test_erasing_leaves_the_work_of_the_practice_and_no_trace_of_the_person(somebody, client):
    from wagtail.models import Revision

    key = somebody.pk
    erase_me(user=somebody, now=timezone.now())
    left = [(table, row) for table, row in everything_in_the_database() if "zonderling" in row.lower()]
    assert [table for table, _row in left] == []
    assert Revision.objects.filter(user=key).exists()
    assert str(User.objects.get(pk=key)) == "Iemand die weg is"
    assert client.get("/leden/").status_code == 302
    assert not Consent.objects.filter(person__name="Iemand die weg is", withdrawn_date=None).exists()


def test_the_last_coordinator_hands_over_first(coordinator, second_coordinator):
    second_coordinator.memberships.update(ended_at=timezone.now())
    with pytest.raises(LastCoordinator):
        erase_me(user=coordinator, now=timezone.now())
    assert User.objects.get(pk=coordinator.pk).is_active


def test_somebody_erases_himself_on_the_page_after_saying_to_be_sure(logged_in, user):
    client = logged_in(user("lid"))
    assert "verplicht" in client.post("/leden/mijn-gegevens/wissen/").content.decode()
    assert "zijn gewist" in client.post("/leden/mijn-gegevens/wissen/", {"sure": "on"}).content.decode()
    assert not User.objects.filter(email="lid@example.nl").exists()


def test_the_page_tells_the_last_coordinator_to_hand_over(logged_in, coordinator):
    page = logged_in(coordinator).post("/leden/mijn-gegevens/wissen/", {"sure": "on"}).content.decode()
    assert "laatste coördinator" in page
