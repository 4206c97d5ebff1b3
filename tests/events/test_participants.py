"""The list of participants, on the page and as a file without formulas."""

import csv
import io
import zipfile

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from reading_pages import words

from events.services import (
    export_participants,
)
from thuisbasis.accounts.models import AuditAction
from thuisbasis.base.sheets import harmless

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_list_narrows_and_the_file_holds_what_was_narrowed(organiser, make_date, come):
    date = make_date(capacity=2)
    for who in ("lid", "ilse", "a@example.org"):
        come(date, who)
    assert "2 inschrijvingen" in words(organiser.get(f"{date.organise_url}?stand=confirmed"))
    assert "Ilse" in words(organiser.get(f"{date.organise_url}?q=stadshaard"))
    assert "Sanne" not in words(organiser.get(f"{date.organise_url}?q=stadshaard"))
    answer = organiser.get(f"{date.organise_url}deelnemers.csv?q=ilse")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Naam", "Ilse Verzonnen"]
    assert rows[1][1:5] == ["ilse@example.nl", "Stadshaard", "ingeschreven", "1"]


def test_who_took_the_list_is_written_down(organiser, make_date, come, user, audit_log):
    date = make_date()
    come(date, "lid")
    answer = organiser.get(f"{date.organise_url}deelnemers.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][:2] == ["Sanne Verzonnen", "lid@example.nl"]
    assert "attachment" in answer["Content-Disposition"]
    [line] = audit_log(AuditAction.PARTICIPANTS_EXPORTED)
    assert (line[1], line[4]) == (user("redactie").pk, f"{date.key} xlsx 1")


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1",
    "=cmd|' /C calc'!A0",
    '"=1"',
    "a\n=1",
    "\x00=1",
]


def test_no_cell_becomes_a_formula(make_event, make_date, come, user, visitor):
    questions = [{"kind": "text", "label": "=HYPERLINK(1)"}]
    event = make_event("Lijst", questions=questions)
    [question] = event.questions.all()
    date = make_date(event)
    for number, text in enumerate(HOSTILE):
        row = come(date, f"n{number}@example.org", answers={question.pk: text.replace("\x00", "")})
        type(row).objects.filter(pk=row.pk).update(name=text.replace("\x00", ""))
    rows = date.registrations.for_list().order_by("pk")
    who = {"actor": user("redactie"), "visitor": visitor("redactie"), "now": timezone.now()}
    book = export_participants(occurrence=date, rows=rows, form="xlsx", **who)
    sheet = load_workbook(io.BytesIO(book.content)).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "inlineStr", "n"}
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        assert b"<f" not in parts.read("xl/worksheets/sheet1.xml")
    text = export_participants(occurrence=date, rows=rows, form="csv", **who).content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text), delimiter=";") for cell in line]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(HOSTILE))
def test_a_thousand_hostile_cells_are_harmless(text):
    safe = harmless(text)
    assert safe.lstrip(" ")[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    assert safe.removeprefix("'") == text or safe == text
