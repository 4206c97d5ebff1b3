"""How the parts of the site are: what an administrator wants to know before members ask."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from thuisbasis.base.readiness import cache_remembers
from thuisbasis.base.texts import full_date
from thuisbasis.config.backups import newest_backup
from thuisbasis.files.services import scanner_state
from thuisbasis.files.services.examining import ScannerState
from thuisbasis.jobs.models import WorkerBeat
from thuisbasis.mail.models import MailState, OutgoingMail
from thuisbasis.page_store.services import current_generation
from thuisbasis.search.engines import engine_beside
from thuisbasis.search.services.keeping import is_behind

# After these somebody should look.
SILENT, LATE, OLD_BACKUP = timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=26)
LITTLE_ROOM = 0.1


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the site: is it well, what do we know of it, and what to do when it is not."""

    name: str
    is_well: bool
    found: str
    advice: str = ""


def parts(*, now: datetime) -> list[Part]:
    """Return every part of the site as it is at this moment."""
    return [_worker(now), _queue(now), _mail(now), _search(now), _scanner(), _cache(), _pages(), _disk(), _backup(now)]


def _worker(now: datetime) -> Part:
    alive = WorkerBeat.objects.filter(beat_at__gt=now - SILENT).count()
    found = ngettext("%(count)d worker is aan het werk.", "%(count)d workers zijn aan het werk.", alive)
    return Part(
        name=_("Werk op de achtergrond"),
        is_well=alive > 0,
        found=found % {"count": alive} if alive else _("Niemand is aan het werk."),
        advice=_("Zonder worker gaat er geen mail weg en wordt er niets gepland gepubliceerd. Start er een."),
    )


def _queue(now: datetime) -> Part:
    rows = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=Q(status=TaskResultStatus.READY)),
        oldest=Min("enqueued_at", filter=Q(status=TaskResultStatus.READY)),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED, finished_at__gt=now - timedelta(days=1))),
    )
    is_late = rows["oldest"] is not None and rows["oldest"] < now - LATE
    return Part(
        name=_("Wachtrij"),
        is_well=not is_late and not rows["failed"],
        found=_("%(waiting)d taken wachten; %(failed)d zijn vandaag mislukt.") % rows,
        advice=_("Wat mislukt, komt vier keer terug. Kijk in het logboek van de server wat eraan schort."),
    )


def _mail(now: datetime) -> Part:
    rows = OutgoingMail.objects.aggregate(
        waiting=Count("pk", filter=Q(state=MailState.WAITING)),
        oldest=Min("created_at", filter=Q(state=MailState.WAITING)),
        dead=Count("pk", filter=Q(state=MailState.DEAD)),
    )
    is_late = rows["oldest"] is not None and rows["oldest"] < now - LATE
    return Part(
        name=_("Mail"),
        is_well=not is_late and not rows["dead"],
        found=_("%(waiting)d mails wachten; %(dead)d konden niet worden bezorgd.") % rows,
        advice=_("Bij “Uitgaande post” staat waarom, en kun je ze opnieuw versturen."),
    )


def _search(now: datetime) -> Part:
    engine = engine_beside()
    late = engine is not None and is_behind(now=now)
    found = _("De database zoekt.") if engine is None else _("De zoekmachine loopt bij.")
    return Part(
        name=_("Zoeken"),
        is_well=not late,
        found=_("De zoekmachine loopt achter.") if late else found,
        advice=_("Zolang zoekt de database. Komt het niet vanzelf goed? Start de zoekmachine opnieuw."),
    )


SCANNER: dict[ScannerState, Any] = {
    ScannerState.LISTENING: gettext_lazy("De virusscanner luistert."),
    ScannerState.SILENT: gettext_lazy("De virusscanner antwoordt niet."),
    ScannerState.ABSENT_AND_REQUIRED: gettext_lazy("Er is geen virusscanner ingesteld."),
    ScannerState.ABSENT_AND_ACCEPTED: gettext_lazy("Er is geen virusscanner: dat is zo gekozen."),
}


def _scanner() -> Part:
    state = scanner_state()
    return Part(
        name=_("Virusscanner"),
        is_well=state in {ScannerState.LISTENING, ScannerState.ABSENT_AND_ACCEPTED},
        found=str(SCANNER[state]),
        advice=_("Nieuwe bestanden van leden wachten tot hij er weer is."),
    )


def _cache() -> Part:
    is_well = cache_remembers()
    return Part(
        name=_("Kort geheugen"),
        is_well=is_well,
        found=_("Het werkt.") if is_well else _("Het antwoordt niet."),
        advice=_("Zolang doet de database dit werk. Start Redis of Valkey opnieuw."),
    )


def _pages() -> Part:
    if not settings.PAGE_STORE:
        return Part(name=_("Bewaarde pagina's"), is_well=True, found=_("Elke pagina wordt steeds opnieuw gemaakt."))
    is_open = current_generation() is not None
    return Part(
        name=_("Bewaarde pagina's"),
        is_well=is_open,
        found=_("Publieke pagina's worden bewaard.") if is_open else _("Er wordt niets bewaard."),
        advice=_("De site werkt, maar langzamer. Is de schijf vol?"),
    )


def _disk() -> Part:
    place = next(
        folder for folder in (Path(settings.MEDIA_ROOT), *Path(settings.MEDIA_ROOT).parents) if folder.exists()
    )
    room = shutil.disk_usage(place)
    return Part(
        name=_("Ruimte voor bestanden"),
        is_well=room.free / room.total > LITTLE_ROOM,
        found=_("Nog %(free)d van de %(total)d GB is vrij.")
        % {"free": room.free // 10**9, "total": room.total // 10**9},
        advice=_("Maak ruimte of neem een grotere schijf: op een volle schijf kan niemand iets delen."),
    )


def _backup(now: datetime) -> Part:
    name, advice = _("Reservekopie"), _("Stel BACKUPS in, en kijk of de worker de kopie van vannacht heeft gemaakt.")
    newest = newest_backup(Path(settings.BACKUPS)) if settings.BACKUPS else None
    if newest is None:
        return Part(name=name, is_well=False, found=_("Er is geen reservekopie."), advice=advice)
    made_at = datetime.fromtimestamp(newest.stat().st_mtime, tz=now.tzinfo)
    return Part(
        name=name,
        is_well=made_at > now - OLD_BACKUP,
        found=_("De nieuwste is van %(moment)s.") % {"moment": full_date(made_at)},
        advice=advice,
    )
