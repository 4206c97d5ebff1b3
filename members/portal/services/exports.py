"""Everything about me, in a ZIP."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from members.portal.models import DataExport
from thuisbasis.accounts.models import AuditAction, User
from thuisbasis.accounts.privacy import collect
from thuisbasis.accounts.services import record
from thuisbasis.mail.services import Letter, write_letter

KEPT_FOR = timedelta(days=7)


@transaction.atomic
def request_export(*, user: User, now: datetime) -> DataExport:
    """Let the worker make a copy of everything about this person; asked twice, it is made once."""
    waiting = DataExport.objects.filter(user=user, ready_at__isnull=True).first()
    if waiting:
        return waiting
    export = DataExport.objects.create(user=user, requested_at=now)
    record(action=AuditAction.EXPORTED, actor=user, subject=user, now=now)
    build_export.enqueue(export.pk)
    return export


@task()
def build_export(export_id: int) -> None:
    """Make the ZIP and tell its owner; done again, it changes nothing."""
    export = DataExport.objects.filter(pk=export_id, ready_at__isnull=True).select_related("user").first()
    if export is None:
        return
    user = export.user
    with transaction.atomic():
        DataExport.objects.filter(pk=export_id).update(content=collect(user=user), ready_at=timezone.now())
        with translation.override(user.language):
            url = settings.SITE_URL + reverse("portal:my_data")
        letter = Letter(
            subject=_("Je gegevens staan klaar"),
            paragraphs=(
                _("Je vroeg om een kopie van alles wat Thuisbasis over jou bewaart. Die staat klaar."),
                _("Na zeven dagen halen we de kopie weg."),
            ),
            action_label=_("Haal je gegevens op"),
            action_url=url,
        )
        write_letter(letter=letter, to=user.email, language=user.language, key=f"export:{export_id}")


@task()
def forget_old_exports() -> int:
    """Remove copies after a week, and return how many."""
    return DataExport.objects.filter(requested_at__lt=timezone.now() - KEPT_FOR).delete()[0]
