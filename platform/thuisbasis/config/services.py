"""Gives the three groups of the editors' admin the least rights that their work needs."""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from thuisbasis.network.models import Practice

# Names are Dutch, as the administrators see them; Wagtail's own two groups are renamed, not doubled.
EDITORS, MODERATORS, ADMINISTRATORS = "Redacteuren", "Moderatoren", "Beheerders"
FORMER_NAMES = {"Editors": EDITORS, "Moderators": MODERATORS}

WRITE = ("add", "change", "view")
EVERYTHING = (*WRITE, "delete")
RIGHTS = {
    EDITORS: {
        "wagtailadmin.admin": ("access",),
        "network.person": WRITE,
        "network.practice": ("view",),
        "network.careprovider": ("view",),
        "network.theme": ("view",),
        "files.recording": WRITE,
        "wagtail_localize.translation": ("submit",),
    },
    MODERATORS: {
        "wagtailadmin.admin": ("access",),
        "network.person": EVERYTHING,
        "network.practice": (*WRITE, "publish"),
        "network.careprovider": WRITE,
        "network.theme": EVERYTHING,
        "network.targetgroup": EVERYTHING,
        "files.recording": EVERYTHING,
        "knowledge.framework": EVERYTHING,
        "knowledge.frameworkelement": EVERYTHING,
        "knowledge.elementwording": EVERYTHING,
        "wagtail_localize.translation": ("submit",),
        "wagtailredirects.redirect": EVERYTHING,
        "search.synonymset": EVERYTHING,
        "search.searchmiss": ("view",),
        "wagtailsearchpromotions.searchpromotion": EVERYTHING,
    },
    ADMINISTRATORS: {
        "wagtailadmin.admin": ("access",),
        "accounts.user": WRITE,
        "accounts.auditentry": ("view",),
        "mail.outgoingmail": ("change", "view"),
        "network.membership": WRITE,
        "network.workinggroup": EVERYTHING,
        "network.workinggroupmembership": WRITE,
        "network.practice": (*WRITE, "publish"),
        "network.careprovider": WRITE,
        "assessments.instrument": WRITE,
        "assessments.instrumentversion": WRITE,
        "assessments.assessmentround": WRITE,
        "assessments.itemtheme": EVERYTHING,
    },
}
# Wagtail asks for the rights on its own models, whichever model of ours takes their place.
FILES = ("wagtailimages.image", "wagtaildocs.document")
PAGE_RIGHTS = {
    EDITORS: ("add_page", "change_page"),
    MODERATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    ADMINISTRATORS: (),
}


@transaction.atomic
def set_up_groups() -> None:
    """Make the groups have exactly these rights; safe to run again, and after every migration it is."""
    # On a new database the permissions themselves may not be there yet, as they are made app by app.
    for label in {name.split(".")[0] for rights in (*RIGHTS.values(), FILES) for name in rights}:
        create_permissions(apps.get_app_config(label), verbosity=0)
    for former, name in FORMER_NAMES.items():
        if not Group.objects.filter(name=name).exists():
            Group.objects.filter(name=former).update(name=name)
    for name, rights in RIGHTS.items():
        group, _is_new = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(rights))
        _give_page_rights(group, PAGE_RIGHTS[name])
    for name in (EDITORS, MODERATORS):
        _give_file_rights(Group.objects.get(name=name))
    _moderate_practices(Group.objects.get(name=MODERATORS))


def _permissions(rights: Mapping[str, Iterable[str]]) -> list[Permission]:
    found = []
    for label, verbs in rights.items():
        app, model = label.split(".")
        codenames = [f"{verb}_{model}" for verb in verbs]
        known = list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))
        missing = set(codenames) - {permission.codename for permission in known}
        if missing == {"publish_practice"}:
            content_type = ContentType.objects.get_for_model(Practice)
            names = {"codename": "publish_practice", "content_type": content_type}
            known.append(Permission.objects.get_or_create(**names, defaults={"name": "Can publish praktijk"})[0])
        found += known
    return found


def _give_page_rights(group: Group, codenames: Iterable[str]) -> None:
    root = Page.get_first_root_node()
    if root is None:
        return
    GroupPagePermission.objects.filter(group=group).exclude(permission__codename__in=codenames).delete()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _give_file_rights(group: Group) -> None:
    root = Collection.get_first_root_node()
    codenames = [f"{verb}_{name.split('.')[1]}" for verb in ("add", "change", "choose") for name in FILES]
    for permission in Permission.objects.filter(codename__in=codenames):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _moderate_practices(moderators: Group) -> None:
    """Let what coordinators propose for their practice wait for a moderator."""
    workflow = Workflow.objects.filter(active=True).first()
    if workflow is None:
        task, _is_new = GroupApprovalTask.objects.get_or_create(name="Nakijken door de redactie")
        task.groups.add(moderators)
        workflow = Workflow.objects.create(name="Nakijken")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    content_type = ContentType.objects.get_for_model(Practice)
    WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
