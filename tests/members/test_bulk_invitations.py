"""A list of invitations: looked at line by line first, sent after."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from members.portal.models import Invitation
from members.portal.services import read_lines

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/leden/praktijk/thuis-aan-de-ijssel/uitnodigen/lijst/"


def lines(practice, text):
    return read_lines(text=text, practice=practice, today=timezone.localdate())


@pytest.mark.parametrize(
    ("text", "role", "error"),
    [
        ("a@example.nl", "member", ""),
        ("A@Example.nl;coördinator", "coordinator", ""),
        ("a@example.nl,coordinator", "coordinator", ""),
        ("a@example.nl\tLid", "member", ""),
        ('"a@example.nl";"lid"', "member", ""),
        ("a@example", "member", "geen e-mailadres"),
        ("zomaar tekst", "member", "geen e-mailadres"),
        ("a@example.nl;baas", "", "“baas”"),
        ("fatima@example.nl", "member", "hoort al bij de praktijk"),
    ],
)
def test_a_line_gives_an_address_and_a_role_or_its_own_error(practice, text, role, error):
    (line,) = lines(practice, text)
    assert line.role == role
    assert error in str(line.error)
    assert bool(line.error) is bool(error)


def test_a_heading_blank_lines_and_a_mark_of_excel_are_skipped_and_numbers_stay_those_of_the_file(practice):
    found = lines(practice, "\ufeffe-mail;rol\n\na@example.nl;lid\n;;\nb@example.nl;lid")
    assert [(line.number, line.email) for line in found] == [(3, "a@example.nl"), (5, "b@example.nl")]


def test_a_double_line_is_said_to_be_double(practice):
    found = lines(practice, "a@example.nl\nA@example.nl")
    assert [bool(line.error) for line in found] == [False, True]
    assert lines(practice, "") == []
    assert found[1].role_label == "lid"
    assert lines(practice, "a@example.nl;baas")[0].role_label == ""


def test_looking_sends_nothing_and_sending_sends_the_good_lines(logged_in, coordinator, practice):
    client = logged_in(coordinator)
    text = "een@example.nl\nfout\ntwee@example.nl;coördinator"
    page = client.post(LIST, {"text": text}).content.decode()
    assert "2 uitnodigingen gaan de deur uit" in page
    assert "Dit is geen e-mailadres." in page
    assert not Invitation.objects.exists()
    assert client.post(LIST, {"text": text, "send": "1"}).status_code == 302
    assert set(Invitation.objects.values_list("email", "role")) == {
        ("een@example.nl", "member"),
        ("twee@example.nl", "coordinator"),
    }
    again = lines(practice, text)
    assert "nieuwe mail" in str(again[0].remark)


def test_a_list_with_nothing_good_is_never_sent(logged_in, coordinator):
    page = logged_in(coordinator).post(LIST, {"text": "fout", "send": "1"}).content.decode()
    assert "0 uitnodigingen" in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_from_a_spreadsheet_is_read_in_its_own_encoding(logged_in, coordinator, encoding):
    file = SimpleUploadedFile("lijst.csv", "e-mail;rol\na@example.nl;coördinator".encode(encoding))
    page = logged_in(coordinator).post(LIST, {"file": file}).content.decode()
    assert "1 uitnodiging gaat" in page
    assert "coördinator" in page


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"text": ""}, "Plak een lijst"),
        ({"text": "a@example.nl\n" * 202}, "hooguit 200"),
        ({"file": b"PK\x03\x04\x00\x01"}, "geen tekstbestand"),
        ({"file": b"a" * 200_001}, "te groot"),
        ({"file": b"\x81\x8d"}, "geen tekstbestand"),
    ],
)
def test_a_list_that_cannot_be_read_says_so(logged_in, coordinator, data, error):
    if "file" in data:
        data = {"file": SimpleUploadedFile("lijst.csv", data["file"])}
    assert error in logged_in(coordinator).post(LIST, data).content.decode()
