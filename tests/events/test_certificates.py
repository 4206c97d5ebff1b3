"""Certificates for those who were there often enough."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pypdf import PdfReader
from reading_pages import words

from events.models import Certificate, Occurrence
from events.services import (
    NotEntitled,
    check_in,
    entitlement_of,
    issue_certificate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestCertificates:
    """For those who were there often enough."""

    @pytest.fixture
    def training(self, make_event, make_date, come, user):
        event = make_event("Training", certificate_percent=75)
        now = timezone.now()
        dates = [make_date(event, starts_at=now + timedelta(days=number), hours=3) for number in range(1, 5)]
        rows = [come(date, "lid") for date in dates]
        after = now + timedelta(days=10)

        def attend(count):
            for row in rows[:count]:
                check_in(occurrence=row.occurrence, ticket=row.ticket_code, by=user("redactie"), nonce="", at=now)

        return rows, attend, after

    def test_three_of_four_dates_are_enough_and_two_are_not(self, training):
        rows, attend, after = training
        attend(2)
        found = entitlement_of(registration=rows[3], now=after)
        assert (found.attended, found.held, found.is_enough) == (2, 4, False)
        with pytest.raises(NotEntitled):
            issue_certificate(registration=rows[0], name="Sanne", now=after)
        attend(3)
        found = entitlement_of(registration=rows[3], now=after)
        assert (found.attended, found.hours, found.is_enough) == (3, Decimal("9.00"), True)
        assert list(found.dates) == [timezone.localdate(row.occurrence.starts_at).isoformat() for row in rows[:3]]

    def test_cancelled_dates_do_not_count(self, training):
        rows, attend, after = training
        attend(2)
        Occurrence.objects.filter(pk__in=[row.occurrence_id for row in rows[2:]]).update(cancelled_at=after)
        assert entitlement_of(registration=rows[0], now=after).is_enough

    def test_a_new_certificate_voids_the_one_before(self, training, client):
        rows, attend, after = training
        attend(4)
        first = issue_certificate(registration=rows[0], name="Sanne Verzonen", now=after)
        second = issue_certificate(registration=rows[1], name="Sanne Verzonnen", now=after)
        first.refresh_from_db()
        assert (first.voided_at, second.voided_at) == (after, None)
        assert first.serial != second.serial
        assert (second.hours, second.name, second.event, second.issued_at) == (
            12,
            "Sanne Verzonnen",
            rows[0].occurrence.event,
            after,
        )
        good, bad = (words(client.get(f"/bewijs/{row.code}/")) for row in (second, first))
        assert "Dit bewijs is echt" in good
        assert second.serial in good
        assert "Dit bewijs geldt niet meer" in bad
        unknown = client.get("/bewijs/verzonnen/")
        assert (unknown.status_code, "hoort niet bij een bewijs" in words(unknown)) == (404, True)

    def test_the_file_is_readable_for_everybody(self, training, logged_in, user, link, time_machine_at):
        rows, attend, after = training
        attend(3)
        time_machine_at(after)
        client = logged_in(user("lid"))
        assert "Je was er op 3 van de 4 data" in words(client.get(link(rows[0])))
        assert client.get(link(rows[0], "certificate")).status_code == 404
        assert "Je bewijs van deelname staat klaar." in words(client.post(link(rows[0], "certificate"), follow=True))
        answer = client.get(link(rows[0], "certificate"))
        assert answer["Content-Type"] == "application/pdf"
        pdf = PdfReader(io.BytesIO(answer.content))
        certificate = Certificate.objects.get()
        text = " ".join(page.extract_text() for page in pdf.pages)
        assert "Sanne Verzonnen" in text
        assert certificate.serial in text
        assert (
            pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] is True
            or str(pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]) == "True"
        )
        assert pdf.trailer["/Root"]["/Lang"] == "nl"
        assert b"pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_data()
        assert certificate.code in words(client.get("/leden/agenda/")) or certificate.serial in words(
            client.get("/leden/agenda/")
        )

    def test_whoever_was_not_there_hears_why_there_is_none(self, training, logged_in, user, link, time_machine_at):
        rows, attend, after = training
        attend(1)
        time_machine_at(after)
        client = logged_in(user("lid"))
        assert "Voor een bewijs is 75 procent nodig." in words(client.get(link(rows[0])))
        assert "niet vaak genoeg" in words(client.post(link(rows[0], "certificate"), follow=True))

    def test_a_machine_without_the_library_says_so(self, training, logged_in, user, link, monkeypatch):
        import builtins

        rows, attend, after = training
        attend(4)
        issue_certificate(registration=rows[0], name="Sanne", now=after)
        real = builtins.__import__

        def without(name, *args, **kwargs):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango'")
            return real(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", without)
        answer = logged_in(user("lid")).get(link(rows[0], "certificate"), follow=True)
        assert "kan nu niet gemaakt worden" in words(answer)
