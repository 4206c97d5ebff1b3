"""The three groups of the editors' admin have the rights that their work needs, and get them back."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Page, Workflow, WorkflowContentType

from thuisbasis.config.apps import _after_migrations
from thuisbasis.config.services import ADMINISTRATORS, EDITORS, MODERATORS, set_up_groups

pytestmark = pytest.mark.django_db


def rights(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_setting_up_again_gives_exactly_the_same_rights():
    before = {name: rights(name) for name in (EDITORS, MODERATORS, ADMINISTRATORS)}
    Group.objects.get(name=EDITORS).permissions.add(Permission.objects.get(codename="delete_theme"))
    Group.objects.get(name=MODERATORS).permissions.clear()
    set_up_groups()
    assert {name: rights(name) for name in before} == before
    assert "publish_practice" in before[MODERATORS]
    assert "publish_practice" not in before[EDITORS]
    assert "delete_user" not in before[ADMINISTRATORS]


def test_wagtails_own_groups_are_renamed_not_doubled():
    Group.objects.filter(name=MODERATORS).update(name="Moderators")
    set_up_groups()
    assert Group.objects.filter(name__startswith="Moderator").count() == 1


def test_editors_do_not_publish_and_administrators_do_not_write_pages():
    def on_pages(name):
        return set(Group.objects.get(name=name).page_permissions.values_list("permission__codename", flat=True))

    assert "publish_page" not in on_pages(EDITORS)
    assert "publish_page" in on_pages(MODERATORS)
    assert on_pages(ADMINISTRATORS) == set()


def test_what_is_missing_is_made(monkeypatch):
    Permission.objects.filter(codename="publish_practice").delete()
    WorkflowContentType.objects.all().delete()
    Workflow.objects.all().delete()
    set_up_groups()
    assert "publish_practice" in rights(MODERATORS)
    assert WorkflowContentType.objects.get().workflow.name == "Nakijken"


def test_a_site_without_pages_has_groups_already(monkeypatch):
    monkeypatch.setattr(Page, "get_first_root_node", classmethod(lambda cls: None))
    set_up_groups()
    assert rights(EDITORS)


def test_rights_are_set_after_migrations_went_forward_and_left_alone_otherwise():
    Group.objects.get(name=EDITORS).permissions.clear()
    _after_migrations(plan=[])
    _after_migrations(plan=[(None, True)])
    assert rights(EDITORS) == set()
    _after_migrations(plan=[(None, False)], sender=apps.get_app_config("sessions"))
    assert rights(EDITORS)
