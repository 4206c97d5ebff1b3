"""One domain at a time: the form of a rater, of the team and of a reviewer work the same."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from members.assessments.agreement import Spread
from members.assessments.models import Assessment, EntryModel, Evidence
from members.assessments.questionnaires import NOT_APPLICABLE, UNKNOWN, AnswerIsRefused, Item, Section
from members.assessments.services import Entry, EntryIsStale, ItemIsUnknown, NoteIsMissing, TextSaysTooMuch
from thuisbasis.base.components import ProgressBar
from thuisbasis.network.refusals import NotForYou
from thuisbasis.network.views import MemberView

MOST_CHARACTERS = {"choice": 20, "reason": 500, "note": 4000}


@dataclass(kw_only=True)
class Row:
    """One item as the form shows it: what was answered or typed, what is wrong, and what stands beside it."""

    item: Item
    options: list[tuple[str, str, str]]
    choice: str = ""
    reason: str = ""
    note: str = ""
    version: int = 0
    error: Any = ""
    theirs: EntryModel | None = None
    their_label: str = ""
    spread: Spread | None = None
    spread_text: str = ""
    before: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """A section in the list of sections: how much of it is done."""

    section: Section
    url: str
    done: int
    asked: int
    is_current: bool

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left."""
        return self.done >= self.asked


def refusal_text(reason: str) -> str:
    """Return what to do about an answer that was refused."""
    texts = {
        "reason_missing": _("Schrijf in minstens tien letters waarom dit bij jullie niet van toepassing is."),
        "not_allowed": _("Bij deze vraag kan “niet van toepassing” niet. Kies een van de andere antwoorden."),
    }
    return texts.get(reason) or _("Kies een van de antwoorden die hieronder staan.")


class EntriesView(MemberView, TemplateView, ABC):
    """Answers to the items of a section, saved one by one while somebody answers, or all at once without JavaScript."""

    template_name = "members/assessments/section.html"
    has_note = False
    assessment: Assessment

    @abstractmethod
    def entries(self) -> dict[str, Any]:
        """Return what was answered so far, by code of the item."""

    @abstractmethod
    def keep(self, entry: Entry) -> EntryModel:
        """Keep one answer through the service that does so."""

    @abstractmethod
    def section_url(self, code: str) -> str:
        """Return the address of a section."""

    @abstractmethod
    def save_url(self) -> str:
        """Return where one answer is saved."""

    @abstractmethod
    def done_url(self) -> str:
        """Return where somebody goes after the last section."""

    def beside(self, row: Row) -> None:
        """Add what stands beside an item."""

    @property
    def section(self) -> Section:
        """Return the section that the address names; raises NotForYou when it asks nothing."""
        found = self.assessment.version.questionnaire.section(self.kwargs["section"])
        if found is None or not self._asked(found):
            raise NotForYou
        return found

    def _asked(self, section: Section | None = None) -> tuple[Item, ...]:
        return self.assessment.version.questionnaire.asked(self.assessment.profile, section)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the items with what is answered, and all sections with what is left."""
        entries = self.entries()
        steps = self._steps(entries)
        rows = kwargs.pop("rows", None) or [
            self._row(item, entries.get(item.code)) for item in self._asked(self.section)
        ]
        for row in rows:
            self.beside(row)
        position = next(index for index, step in enumerate(steps) if step.is_current)
        following = steps[position + 1] if position + 1 < len(steps) else None
        context = {
            "title": self.section.title,
            "section": self.section,
            "rows": rows,
            "steps": steps,
            "progress": self._progress(steps),
            "following": following,
            "has_note": self.has_note,
            "save_url": self.save_url(),
            "done_url": self.done_url(),
            "not_applicable": NOT_APPLICABLE,
        }
        # The address names the section by its code; the page shows the section itself.
        return super().get_context_data(**{**kwargs, **context})

    def _steps(self, entries: dict[str, Any]) -> list[Step]:
        answered = {code for code, entry in entries.items() if entry.choice}
        found = []
        for section in self.assessment.version.questionnaire.sections:
            items = self._asked(section)
            if items:
                done = sum(item.code in answered for item in items)
                current = section.code == self.kwargs.get("section")
                url = self.section_url(section.code)
                found.append(Step(section=section, url=url, done=done, asked=len(items), is_current=current))
        return found

    def _progress(self, steps: list[Step]) -> ProgressBar:
        done, asked = sum(step.done for step in steps), sum(step.asked for step in steps)
        text = _("%(done)d van %(asked)d vragen beantwoord") % {"done": done, "asked": asked}
        return ProgressBar(label=_("Voortgang"), percent=100 * done // asked if asked else 0, text=text)

    def _row(self, item: Item, entry: Any = None) -> Row:
        questionnaire = self.assessment.version.questionnaire
        options = [(option.code, questionnaire.label(item, option.code), option.text) for option in item.options]
        if questionnaire.is_scored:
            options.append((UNKNOWN, questionnaire.unknown_label, ""))
        if questionnaire.is_scored and item.may_be_not_applicable:
            options.append((NOT_APPLICABLE, questionnaire.na_label, ""))
        row = Row(item=item, options=options)
        if entry is not None:
            row.choice, row.reason, row.version = entry.choice, entry.reason, entry.row_version
            row.note = getattr(entry, "note", "")
        return row

    def _sent(self, code: str, suffix: str) -> Entry:
        texts = {
            name: self.request.POST.get(name + suffix, "")[:most].replace("\x00", "").replace("\r\n", "\n")
            for name, most in MOST_CHARACTERS.items()
        }
        version = self.request.POST.get(f"version{suffix}", "")
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        return Entry(item_code=code, row_version=number, **texts)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep every answer of the section; what cannot be kept comes back beside its item, with all that was typed."""
        rows = []
        for item in self._asked(self.section):
            sent = self._sent(item.code, f"-{item.code}")
            row = self._row(item)
            row.choice, row.reason, row.note, row.version = sent.choice, sent.reason, sent.note, sent.row_version
            self._try(row, sent)
            rows.append(row)
        if any(row.error or row.theirs for row in rows):
            status = 409 if any(row.theirs for row in rows) else 400
            return self.render_to_response(self.get_context_data(rows=rows), status=status)
        is_last = request.POST.get("next") == "done"
        return HttpResponseRedirect(self.done_url() if is_last else self._next_url())

    def _next_url(self) -> str:
        steps = self._steps({})
        position = next(index for index, step in enumerate(steps) if step.is_current)
        return steps[position + 1].url if position + 1 < len(steps) else self.done_url()

    def _try(self, row: Row, sent: Entry) -> None:
        try:
            row.version = self.keep(sent).row_version
        except EntryIsStale as stale:
            row.theirs, row.version = stale.theirs, stale.theirs.row_version
            row.their_label = self._said(row.item, stale.theirs)
        except AnswerIsRefused as refused:
            row.error = refusal_text(refused.reason)
        except NoteIsMissing:
            row.error = note_text()
        except TextSaysTooMuch as found:
            row.error = traces_text(found)

    def _said(self, item: Item, entry: EntryModel) -> str:
        return self.assessment.version.questionnaire.label(item, entry.choice) or _("nog geen antwoord")


def traces_text(found: TextSaysTooMuch) -> str:
    """Return what to do about a text that seems to be about one resident."""
    text = _("“%(shown)s” lijkt op %(kind)s. Haal het weg: hier gaat het over het team, nooit over één bewoner.")
    return text % {"shown": found.shown, "kind": found.label}


def note_text() -> str:
    """Return what to do when a note is missing."""
    return _("Jullie antwoorden lagen uit elkaar. Schrijf kort waarom jullie hierop uitkwamen.")


class SaveEntryMixin(EntriesView):
    """One answer, saved at once while somebody goes on; answers with JSON."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or say what is wrong: 409 with what stands there now, 400 with what to do."""
        code = request.POST.get("code", "")[:20]
        sent = self._sent(code, "")
        try:
            kept = self.keep(sent)
        except ItemIsUnknown:
            return JsonResponse(
                {"error": _("Deze vraag hoort hier niet meer bij. Laad de pagina opnieuw.")}, status=400
            )
        except EntryIsStale as stale:
            return JsonResponse(self._theirs(code, stale.theirs), status=409)
        except AnswerIsRefused as refused:
            return JsonResponse({"error": refusal_text(refused.reason), "reason": refused.reason}, status=400)
        except NoteIsMissing:
            return JsonResponse({"error": note_text(), "reason": "note_missing"}, status=400)
        except TextSaysTooMuch as found:
            return JsonResponse({"error": traces_text(found), "reason": "traces"}, status=400)
        steps = self._steps(self.entries())
        progress = self._progress(steps)
        return JsonResponse({"version": kept.row_version, "percent": progress.percent, "text": progress.text})

    def _theirs(self, code: str, theirs: EntryModel) -> dict[str, Any]:
        item = self.assessment.version.questionnaire.item(code)
        label = self._said(item, theirs) if item else ""
        note = getattr(theirs, "note", "")
        texts = {"choice": theirs.choice, "label": label, "reason": theirs.reason, "note": note}
        return {**texts, "version": theirs.row_version}
