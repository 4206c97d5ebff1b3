"""The report: the same numbers on the page, on paper and in the file, at any size of the network."""

import csv
import io
import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from pypdf import PdfReader

from members.assessments.models import (
    Assessment,
    AssessmentRound,
    Benchmark,
    Report,
)
from members.assessments.services import point_to_document, team_report
from members.assessments.services.figures import figures_of
from members.library.models import Document
from thuisbasis.accounts.models import User
from thuisbasis.network.models import Practice

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NUMBER = re.compile(r"\d,\d\d|(?<![\d,.])[1-4](?![\d,.])")


def page_numbers(text):
    """Return from the tables of the page, by code: what was agreed, the others' middle and the time before."""
    tree = html.fromstring(text)
    found = {}
    for row in tree.xpath("//table[contains(@class,'chart__table')]//tbody/tr[th/span[@class='chart__code']]"):
        code = row.xpath("string(th/span[@class='chart__code'])")
        found.setdefault(code, [cell.text_content().strip() for cell in row.xpath("td")])
    return found


class TestOneSetOfNumbers:
    def test_page_pdf_and_csv_agree_on_every_number(self, member, finished, report):
        page = page_numbers(member.get(finished.report_url).content.decode())
        rows = member.get(f"{finished.report_url[:-1]}.csv").content.decode("utf-8-sig")
        lines = {line["Code"]: line for line in csv.DictReader(io.StringIO(rows), delimiter=";")}
        pdf = PdfReader(io.BytesIO(member.get(f"{finished.report_url[:-1]}.pdf").content))
        paper = " ".join(" ".join(sheet.extract_text().split()) for sheet in pdf.pages)
        figures = list(figures_of(report))
        assert len(figures) == 1 + 5 + len(report.items)
        for figure in figures:
            line = lines[figure.code]
            assert line["Jullie"] == figure.value.text
            assert line["Andere praktijken"] == figure.peers_median.text
            assert line["Vorige keer"] == figure.before.text
            assert line["Praktijken als jullie"] == figure.alike_median.text
            if figure.code:
                assert page[figure.code][:2] == [figure.value.text, figure.peers_median.text]
                cells = " ".join(page[figure.code])
                assert f"{figure.title} {cells}" in paper, figure.code
        assert f"Totaal, op een schaal van 1 tot 4 {report.overall.value.text}" in paper
        tree = html.fromstring(member.get(finished.report_url).content)
        assert tree.xpath("string(//*[@data-number='overall'])") == report.overall.value.text
        assert tree.xpath("string(//*[@data-number='overall-peers'])") == report.overall.peers_median.text
        assert tree.xpath("string(//*[@data-number='overall-before'])") == report.overall.before.text
        assert tree.xpath("string(//*[@data-number='overall-alike'])") == report.overall.alike_median.text

    def test_g01_every_chart_has_a_name_a_sentence_and_a_table_with_the_numbers_that_it_shows(self, member, finished):
        tree = html.fromstring(member.get(finished.report_url).content)
        charts = tree.xpath("//figure[@class='chart']")
        assert len(charts) == 7
        for chart in charts:
            pictures = chart.xpath(".//svg[@role='img']")
            assert pictures
            cells = {cell.text_content().strip() for cell in chart.xpath(".//table//td")}
            for picture in pictures:
                named = picture.get("aria-labelledby").split()
                assert [tree.xpath(f"string(//*[@id='{name}'])").strip() != "" for name in named] == [True, True]
                drawn = {text.text for text in picture.xpath(".//text[@class='chart__value']")}
                assert drawn <= cells
            assert chart.xpath("string(.//figcaption/p)").strip()

    def test_g02_the_page_has_no_inline_style_or_script_and_nothing_from_elsewhere(self, member, finished):
        text = member.get(finished.report_url).content.decode()
        assert "style=" not in text
        assert "<style" not in text
        assert not re.search(r"<script(?![^>]*src=)", text)

    def test_g03_the_pdf_is_tagged_and_says_in_words_what_each_chart_shows(self, member, finished):
        answer = member.get(f"{finished.report_url[:-1]}.pdf")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "thuis-aan-de-ijssel" in answer.headers["Content-Disposition"]
        pdf = PdfReader(io.BytesIO(answer.content))
        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "nl"
        assert "pdfuaid" in pdf.xmp_metadata.rdf_root.toxml()
        kinds, texts = set(), []

        def walk(node):
            node = node.get_object()
            if isinstance(node, list):
                for child in node:
                    walk(child)
            elif hasattr(node, "get"):
                kinds.add(node.get("/S"))
                texts.append(node.get("/Alt"))
                if "/K" in node:
                    walk(node["/K"])

        walk(root["/StructTreeRoot"]["/K"])
        assert {"/H1", "/H2", "/Table", "/TH", "/Figure"} <= kinds
        assert any(text and "schaal van 1 tot 4" in text for text in texts)
        assert all(sheet.mediabox.width < sheet.mediabox.height for sheet in pdf.pages)

    def test_marks_differ_by_shape_and_lightness_so_that_greyscale_tells_them_apart(self, member, finished):
        text = member.get(finished.report_url).content.decode()
        shapes = {
            name: re.search(rf'<(\w+) class="chart__{name}" fill="(#\w+)"', text) for name in ("own", "peers", "before")
        }
        assert {name: (found[1], found[2]) for name, found in shapes.items()} == {
            "own": ("circle", "#1f4d43"), "peers": ("polygon", "#ffffff"), "before": ("circle", "#ffffff"),
        }  # fmt: skip
        assert 'stroke-dasharray="2 2"' in text


class TestAtAnySize:
    def test_the_report_takes_two_seconds_at_most_and_no_more_queries_with_two_hundred_practices_and_ten_rounds(
        self, member, finished
    ):
        with CaptureQueriesContext(
            connection,
        ) as few:
            assert member.get(finished.report_url).status_code == 200
        grow(finished)
        member.get(finished.report_url)
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as many:
            assert member.get(finished.report_url).status_code == 200
        assert time.perf_counter() - began <= 2
        assert len(many) <= len(few)
        assert len(many) <= 34


def grow(finished):
    """Give the network two hundred practices with ten rounds each, and this practice ten rounds before this one."""
    now = timezone.now()
    author = User.objects.get(email="coordinator@example.nl")
    practices = Practice.objects.bulk_create(
        Practice(name=f"Groei {number}", slug=f"groei-{number}", care_provider=finished.practice.care_provider)
        for number in range(200)
    )
    original = Report.objects.get(assessment=finished)
    row = Benchmark.objects.filter(round=finished.round, practice=finished.practice).first()
    for number in range(10):
        opens = finished.round.opens_date - timedelta(days=900 + 30 * number)
        current = AssessmentRound.objects.create(
            title=f"Groei {number}", version=finished.version, opens_date=opens, closes_date=opens, closed_at=now
        )
        assessments = Assessment.objects.bulk_create(
            Assessment(
                round=current,
                practice=practice,
                state="final",
                started_by=author,
                started_at=now,
                profile=finished.profile,
            )
            for practice in [*practices, finished.practice]
        )
        Report.objects.bulk_create(
            Report(
                assessment=assessment, content=original.content, engine_version="1.0", checksum="x", finalised_at=now,
                finalised_by=author, is_comparable=True,
            )
            for assessment in assessments
        )  # fmt: skip
        Benchmark.objects.bulk_create(
            Benchmark(
                round=current, practice=assessment.practice, count=200, content=row.content, policy="x", checksum="x",
                computed_at=now,
            )
            for assessment in assessments
        )  # fmt: skip


def test_points_stand_with_both_percentages_under_their_names(small, make_round, begin, finish, member):
    version = small("punten", lambda data: data["scoring"].update(method="sum"))
    kept = finish(begin(make_round(version)))
    points = team_report(report=kept).points
    assert [points.points.text, points.raw_percent.text, points.rescaled_percent.text] == ["18", "75,0%", "66,7%"]
    page = " ".join(member.get(kept.assessment.report_url).content.decode().split())
    assert "18 (75,0% van het maximum; herschaald 66,7%)" in page


def test_what_an_item_points_to_and_a_value_between_whole_numbers_are_shown(
    small, make_round, begin, finish, by, member
):
    def widen(data):
        data["domains"][0]["items"][0]["anchors"] = {0: "Nooit", 1: "Soms", 2: "Vaak", 3: "Meestal", 4: "Altijd"}

    assessment = begin(make_round(small("breed", widen)))
    paper = Document.objects.available().filter(audience="network").first()
    point_to_document(assessment=assessment, item_code="A1", document=paper, **by("lid"))
    kept = finish(assessment, "3")
    figures = team_report(report=kept)
    assert (figures.items[0].figure.value.text, figures.items[1].figure.value.text) == ("3,25", "3")
    assert [row.title for row in figures.items[0].evidence] == [paper.title]
    assert paper.title in member.get(kept.assessment.report_url).content.decode()
    assert figures.overall.quartiles is None


def test_a_reflection_has_a_figure_for_each_item_and_none_for_the_whole():
    done = Report.objects.select_related("assessment__round__version__instrument").get(
        assessment__round__version__instrument__kind="reflection"
    )
    figures = team_report(report=done)
    assert (figures.overall, len(list(figures_of(figures)))) == (None, 5 + 38)
    assert figures.low_items == []
