"""The Voorzorg framework: complete, importable again, and honest about what it covers."""

import csv
from io import StringIO
from pathlib import Path

import pytest
import yaml
from wagtail.models import Locale

from knowledge.models import ElementKind, Framework, FrameworkElement, PracticeArticlePage
from knowledge.models.coverage import coverage_matrix
from knowledge.services import FrameworkDataIsWrong, import_framework
from thuisbasis.network.policies import ANONYMOUS

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DATA = Path(__file__).resolve().parents[2] / "platform/thuisbasis/config/demo/data/voorzorg.yaml"


@pytest.fixture
def data():
    return yaml.safe_load(DATA.read_text())


@pytest.fixture
def framework():
    return Framework.objects.get(code="voorzorg")


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("condition", 4),
        ("value", 4),
        ("result", 13),
        ("action", 20),
        ("anchor_point", 13),
        ("principle", 5),
        ("statement", 17),
    ],
)
def test_the_framework_is_complete(framework, kind, count):
    assert framework.elements.filter(kind=kind).count() == count


def test_twelve_elements_have_a_star(framework):
    stars = framework.elements.filter(is_starred=True)
    assert stars.count() == 12
    assert stars.filter(kind=ElementKind.ANCHOR_POINT).count() == 10
    assert stars.filter(kind=ElementKind.ACTION).count() == 2


def test_importing_again_keeps_the_tags(framework, data):
    tagged = PracticeArticlePage.objects.filter(elements__framework=framework).distinct().count()
    before = FrameworkElement.objects.count()
    data["conditions"][0]["label"] = "Jezelf kunnen zijn"
    import_framework(data=data)
    assert FrameworkElement.objects.count() == before
    assert PracticeArticlePage.objects.filter(elements__framework=framework).distinct().count() == tagged > 20
    assert framework.elements.get(code="VZ1").label == "Jezelf kunnen zijn"


def test_a_new_version_leaves_the_old_one_in_place(framework, data):
    newer = import_framework(data=data, version=2)
    assert newer.elements.count() == framework.elements.count()
    assert str(newer) == str(framework)


def test_wrong_counts_are_refused_and_nothing_stays(data):
    before = FrameworkElement.objects.count()
    data["conditions"][0]["actions"].pop()
    with pytest.raises(FrameworkDataIsWrong, match="actions: 19 instead of 20"):
        import_framework(data=data, version=3)
    assert FrameworkElement.objects.count() == before


def test_other_data_is_refused():
    with pytest.raises(FrameworkDataIsWrong):
        import_framework(data={"format": "iets-anders/1"})


def test_two_elements_with_one_label_have_two_addresses(data):
    data["framework"]["counts"] = {}
    data["conditions"][1]["actions"][0]["label"] = data["conditions"][0]["actions"][0]["label"]
    newer = import_framework(data=data, version=4)
    slugs = list(newer.elements.values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs))


def test_stars_lead_to_the_indicators_definition(client, framework):
    element = framework.elements.get(code="VZ1.K1")
    element.indicator_definition = "Aantal mensen met wie contact is gelegd."
    element.save()
    assert "/voorzorg/outreach/#indicator" in client.get("/voorzorg/").content.decode()
    assert "Aantal mensen met wie contact is gelegd." in client.get("/voorzorg/outreach/").content.decode()


def test_a_page_lists_what_is_tagged_to_an_element(client):
    assert "Outreach in de ochtend" in client.get("/voorzorg/outreach/").content.decode()


def test_only_conditions_actions_and_anchor_points_have_a_page(client):
    assert client.get("/voorzorg/eigen-regie/").status_code == 404
    assert client.get("/voorzorg/onbekend/").status_code == 404


def test_a_page_counts_once_per_cell_however_many_tags_it_has(framework):
    page = PracticeArticlePage.objects.get(slug="de-lange-zondag")
    row = framework.elements.get(code="VZ2")
    before = framework.elements.coverage(ANONYMOUS, Locale.get_default())[row.pk, "result"]
    page.elements.add(*framework.elements.filter(parent=row, kind=ElementKind.RESULT))
    page.save()
    assert framework.elements.coverage(ANONYMOUS, Locale.get_default())[row.pk, "result"] == before


def test_the_matrix_adds_up_and_counts_its_empty_cells(framework):
    elements = list(framework.elements.in_order())
    first = elements[0]
    matrix = coverage_matrix(elements=elements, counts={(first.pk, "action"): 3})
    assert matrix.totals == [0, 0, 0, 3, 0]
    assert matrix.empty_cells == 19
    assert matrix.as_rows()[1] == ["Jezelf zijn", "0", "0", "0", "3", "0"]


def test_the_csv_opens_in_a_spreadsheet(client):
    response = client.get("/voorzorg/dekking/csv/")
    assert response.content.startswith("\ufeff".encode())
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][0] == "Voorwaarde"
    assert [row[0] for row in rows[1:]] == ["Jezelf zijn", "Erbij horen", "Meedoen", "Ertoe doen", "Samen"]


def test_an_element_is_named_with_its_kind(framework):
    assert str(framework.elements.get(code="VZ1.K1")) == "Ankerpunt: Outreach"
