"""What an administrator does with instruments: read in, look at the changes, publish, write out, go on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from members.assessments.forms import InstrumentFileForm
from members.assessments.models import InstrumentVersion, VersionStatus
from members.assessments.services import (
    FileIsNoInstrument,
    VersionExists,
    VersionHasMistakes,
    VersionIsNotADraft,
    changes_of,
    draft_next,
    export_instrument,
    import_instrument,
    publish_version,
    retire_version,
)
from members.assessments.versions import Change

may_manage = permission_required("assessments.change_instrumentversion")


def _version(pk: int) -> InstrumentVersion:
    rows = InstrumentVersion.objects.select_related("instrument", "replaces__instrument")
    return get_object_or_404(rows, pk=pk)


def _look_at(version: InstrumentVersion) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("instrument_changes", args=[version.pk]))


@may_manage
def read_in(request: HttpRequest) -> HttpResponse:
    """Read an instrument in from a file, as a draft."""
    form = InstrumentFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["file"].read(2_000_000).decode("utf-8")
            return _look_at(import_instrument(text=text, visitor=_visitor(request)))
        except UnicodeDecodeError:
            form.add_error("file", _("Dit is geen tekstbestand. Kies een YAML-bestand."))
        except VersionExists:
            form.add_error("file", _("Deze versie is er al. Geef de versie in het bestand een nieuw nummer."))
        except FileIsNoInstrument as error:
            text = _("Dit bestand is geen instrument. Kijk bij: %(where)s") % {"where": error.where or "format"}
            form.add_error("file", text)
    context = {"page_title": _("Instrument inlezen"), "form": form}
    return render(request, "members/assessments/admin/import.html", context)


def _visitor(request: HttpRequest) -> Any:
    return request.visitor  # type: ignore[attr-defined] # set by VisitorMiddleware


@require_safe
@may_manage
def write_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the version as a file."""
    version = _version(pk)
    text = export_instrument(version=version, visitor=_visitor(request))
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    name = f"{version.instrument.code}-{version.number}.yaml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@may_manage
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version with what changed in each question, and the next step."""
    version = _version(pk)
    labels = {
        Change.SAME: _("hetzelfde"),
        Change.EDITORIAL: _("andere woorden"),
        Change.SUBSTANTIVE: _("andere betekenis"),
        Change.NEW: _("nieuw"),
        Change.REMOVED: _("weg"),
    }
    rows = [(row, labels[row.change]) for row in changes_of(version=version)]
    context = {
        "page_title": str(version),
        "version": version,
        "rows": rows,
        "items": version.questionnaire.items,
        "statuses": VersionStatus,
    }
    return render(request, "members/assessments/admin/version.html", context)


@require_POST
@may_manage
def take_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Publish, retire, or begin the next version."""
    version, visitor = _version(pk), _visitor(request)
    try:
        if step == "publiceren":
            publish_version(version=version, visitor=visitor, now=timezone.now())
            messages.success(request, _("Gepubliceerd. Vanaf nu verandert deze versie niet meer."))
        elif step == "stoppen":
            retire_version(version=version, visitor=visitor)
            messages.success(request, _("Deze versie is niet meer te kiezen voor nieuwe rondes."))
        elif step == "vervolg":
            version = draft_next(version=version, visitor=visitor, today=timezone.localdate())
            messages.success(request, _("Dit is het concept van de nieuwe versie."))
        else:
            raise Http404
    except VersionHasMistakes as found:
        for key, code in found.mistakes:
            messages.error(request, f"{code}: {mistake_text(key)}" if code else mistake_text(key))
    except VersionIsNotADraft:
        messages.error(request, _("Dat kan met deze versie niet meer."))
    return _look_at(version)


def mistake_text(key: str) -> str:
    """Return what to mend before a version can be published."""
    return {
        "twice": _("deze code komt twee keer voor"),
        "same_option": _("twee antwoorden hebben dezelfde code"),
        "no_value": _("de code van elk antwoord is een getal"),
        "too_few_options": _("er zijn minstens twee antwoorden nodig"),
        "unknown_question": _("de vraag waar dit van afhangt, bestaat niet"),
    }.get(key) or _("er zijn nog geen vragen")
