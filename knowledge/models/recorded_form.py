"""The editor's form of pages with a recording: checks before publishing, and takes chapters from a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import HelpPanel

from knowledge.models.spoken import Chapter
from knowledge.models.text_file import CHAPTER_FILES
from thuisbasis.files.captions import TimedTextIsWrong, read_chapters

CHILDREN = ("transcripts", "chapters", "appearances")


class RemarksPanel(HelpPanel):
    """Shows what is wrong or odd before an editor tries to publish."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"template": "knowledge/admin/remarks.html", "heading": _("Klaar om te publiceren?"), **kwargs}
        )

    class BoundPanel(HelpPanel.BoundPanel):
        """The panel for one page."""

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the remarks, errors first; a page that was never saved has none yet."""
            remarks = self.instance.remarks({}) if self.instance.pk else []
            context = super().get_context_data(parent_context)
            return {
                **context,
                "is_new": not self.instance.pk,
                "errors": [remark.text for remark in remarks if remark.is_error],
                "warnings": [remark.text for remark in remarks if not remark.is_error],
            }


class ChaptersField(forms.CharField):
    """Chapters as JSON; its value is a list of marks."""

    def clean(self, value: Any) -> Any:
        """Return the marks, none for an empty box; raises ValidationError with each wrong line."""
        text = super().clean(value)
        try:
            return read_chapters(text) if text else []
        except TimedTextIsWrong as wrong:
            raise ValidationError(wrong.sentences()) from wrong


class CheckedPageForm(WagtailAdminPageForm):
    """Refuses to publish or submit a page with errors, with each error beside its field.

    A draft may be as unfinished as it is. The page says what is wrong with its `remarks`.
    """

    def is_valid(self) -> bool:
        """Say whether it can be saved or, when it is meant for readers, published."""
        if not super().is_valid():
            return False
        if self.is_deferred_validation:
            return True
        children = {name: self._children(name) for name in self.formsets}
        errors = [remark for remark in self.instance.remarks(children) if remark.is_error]
        for remark in errors:
            self.add_error(remark.field if remark.field in self.fields else None, remark.text)
        return not errors

    def _children(self, name: str) -> list[Any]:
        formset = self.formsets[name]
        gone = set(formset.deleted_forms)
        return [
            form.instance for form in formset.forms if form not in gone and (form.has_changed() or form.instance.pk)
        ]


class RecordedPageForm(CheckedPageForm):
    """The form of an episode or a talk show."""

    chapters_file = ChaptersField(
        label=_("Hoofdstukken uit een bestand"),
        required=False,
        widget=CHAPTER_FILES,
        help_text=_(
            "Kies een JSON-bestand met hoofdstukken, of plak het hier. Bij opslaan komen ze in plaats van de lijst."
        ),
    )

    def _children(self, name: str) -> list[Any]:
        imported = self._imported() if name == "chapters" else []
        return imported or super()._children(name)

    def _imported(self) -> list[Chapter]:
        marks = self.cleaned_data.get("chapters_file") or []
        return [Chapter(start=mark.start, title=mark.title, url=mark.url) for mark in marks]

    def save(self, commit: bool = True) -> Any:
        """Save, with the chapters of the file when there is one."""
        page = super().save(commit=False)
        if imported := self._imported():
            page.chapters = imported
        if commit:
            page.save()
            self._save_m2m()
        return page
