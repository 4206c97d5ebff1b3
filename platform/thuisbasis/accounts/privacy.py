"""Everything about one person: gathered for a copy, or taken away."""

import io
import json
import zipfile
from datetime import UTC, datetime
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.models import ModelLogEntry

from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.registry import Erasure, PersonalData, personal_data
from thuisbasis.accounts.services import close_account, record
from thuisbasis.accounts.signals import person_erased
from thuisbasis.base.sheets import as_csv
from thuisbasis.base.storages import names_in
from thuisbasis.mail.models import OutgoingMail

# Who was erased is the name of a file outside the database: the number and when, and nothing else.
MOMENT = "%Y%m%dT%H%M%S%fZ"


def collect(*, user: User) -> bytes:
    """Return a ZIP with a JSON file, and a CSV file per kind, of everything registered about this person."""
    found = {f"{entry.model}.{entry.owner}": _rows(entry, user) for entry in personal_data() if entry.owner}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("gegevens.json", json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        for name, rows in found.items():
            if rows:
                archive.writestr(f"{name}.csv", _csv(rows))
        avatar = getattr(getattr(user, "wagtail_userprofile", None), "avatar", None)
        if avatar:
            archive.writestr(f"bestanden/{avatar.name.rsplit('/', 1)[-1]}", avatar.read())
    return buffer.getvalue()


def _rows(entry: PersonalData, user: User) -> list[dict[str, Any]]:
    model = apps.get_model(entry.model)
    rows = model._default_manager.filter(**{entry.owner: user.pk})
    return list(rows.values(*entry.fields).order_by("pk"))


def _csv(rows: list[dict[str, Any]]) -> bytes:
    lines = [["" if value is None else str(value) for value in row.values()] for row in rows]
    return as_csv([list(rows[0]), *lines])


@transaction.atomic
def erase_person(*, user: User, now: datetime) -> None:
    """Remove what makes this person known, everywhere, in one transaction.

    The account stays as an empty shell, so that articles, documents and counts of the practice
    keep standing; other apps hear of it by `person_erased`. Outside the database stays a line that says so,
    for who puts back a backup from before this moment.
    """
    addresses = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    names = str(user)
    person_erased.send(sender=User, user=user, addresses=addresses, now=now)
    close_account(user=user)
    for entry in personal_data():
        if entry.erasure is Erasure.DELETE and entry.owner:
            apps.get_model(entry.model)._default_manager.filter(**{entry.owner: user.pk}).delete()
    mails = [mail.pk for mail in OutgoingMail.objects.defer("content") if addresses & set(mail.recipients)]
    OutgoingMail.objects.filter(pk__in=mails).delete()
    User.objects.filter(pk=user.pk).update(
        email=f"weg-{user.pk}@weg.invalid", first_name="", last_name="", last_login=None, erased_at=now
    )
    user.refresh_from_db()
    own_lines = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    )
    own_lines.update(label=str(user), data={})
    ModelLogEntry.objects.filter(label__contains=names).update(label=str(user))
    record(action=AuditAction.ERASED, subject=user, now=now)
    transaction.on_commit(partial(_remember, user.pk, now), robust=True)


def _remember(key: int, now: datetime) -> None:
    name = f"{key}-{now.astimezone(UTC).strftime(MOMENT)}"
    if not storages["erased"].exists(name):
        storages["erased"].save(name, ContentFile(b""))


def erase_again() -> int:
    """Erase who was erased before and is back, because an older backup was put back; return how many."""
    count = 0
    for name in sorted(names_in(storages["erased"])):
        key, _dash, moment = name.partition("-")
        at = datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)
        # Somebody who joined since may have been given the same number.
        back = User.objects.filter(pk=key, erased_at=None, date_joined__lte=at).first()
        if back is not None:
            erase_person(user=back, now=at)
            count += 1
    return count
