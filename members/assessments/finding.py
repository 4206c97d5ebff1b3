"""Finds the file of a piece of evidence, for the one view that sends files."""

from members.assessments.models import Evidence
from thuisbasis.files.registry import FileAsk, Sendable, declare_files


def declare() -> None:
    """Tell the serving view about evidence."""
    declare_files("evidence", evidence_file)


def evidence_file(ask: FileAsk) -> Sendable | None:
    """Return a clean file to whoever works at the practice; what may hold a resident's data goes to nobody."""
    rows = Evidence.objects.visible_to(ask.visitor).select_related("file")
    evidence = rows.filter(key=ask.address["key"], file__isnull=False).first()
    if evidence is None or evidence.file is None or not evidence.file.is_clean or evidence.file.traces:
        return None
    return Sendable.of(evidence.file, changed_at=evidence.added_at)
