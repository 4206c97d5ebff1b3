"""Instruments as data: read in, written out, compared, and never changed once published."""

import io

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.test import Client
from django.utils import timezone

from members.assessments.models import InstrumentVersion
from members.assessments.questionnaires import (
    Item,
    Option,
    Section,
)
from members.assessments.reading import mistakes_in
from members.assessments.services import (
    FileIsNoInstrument,
    VersionExists,
    VersionHasMistakes,
    VersionIsNotADraft,
    draft_next,
    export_instrument,
    import_instrument,
    publish_version,
    retire_version,
)
from thuisbasis.accounts.models import User
from thuisbasis.network.policies import Visitor
from thuisbasis.network.refusals import NotForYou

pytestmark = pytest.mark.django_db
MEMBER = Visitor(user_id=1, practice_ids=frozenset({1}), network_practice_ids=frozenset({1}))


def renamed(text, code):
    return text.replace("code: hf-demo", f"code: {code}").replace("code: voorzorg-reflectie", f"code: {code}")


def test_z01_a_file_goes_in_and_comes_out_the_same(mirror_file, administrator):
    version = import_instrument(text=renamed(mirror_file, "proef"), visitor=administrator)
    published = publish_version(version=version, visitor=administrator, now=timezone.now())
    written = yaml.safe_load(export_instrument(version=published, visitor=administrator))
    assert written == yaml.safe_load(renamed(mirror_file, "proef"))
    assert len(published.questionnaire.items) == 34
    assert sum(len(item.options) for item in published.questionnaire.items) == 136


def test_a_file_with_everything_that_is_rare_comes_back_the_same_too(mirror_file, administrator):
    data = yaml.safe_load(renamed(mirror_file, "zeldzaam"))
    data["instrument"]["rights"] |= {
        "licensed_text": True,
        "licence_holder": "Houder",
        "licence_reference": "K-1",
        "visible_to": "steering_group",
    }
    data["version"] |= {"status": "draft"}
    data["domains"][0]["weight"] = 1.5
    data["domains"][0]["items"][0]["relevant"] = {"profile": "Q1", "in": ["verspreid", "geclusterd"]}
    data["links"] = [{"old": "A1", "new": "A2", "equivalence": "editorial"}]
    version = import_instrument(text=yaml.safe_dump(data, allow_unicode=True), visitor=administrator)
    assert yaml.safe_load(export_instrument(version=version, visitor=administrator)) == data


def test_the_reflection_of_a_framework_has_an_item_for_each_element_and_no_values(reflection_file, administrator):
    version = import_instrument(text=renamed(reflection_file, "overleg"), visitor=administrator)
    asked = version.questionnaire
    assert [len(section.items) for section in asked.sections] == [8, 8, 10, 7, 5]
    assert sum(item.is_starred for item in asked.items) == 12
    assert sum(item.is_required for item in asked.items) == 13
    assert all(option.value is None for item in asked.items for option in item.options)
    data = yaml.safe_load(export_instrument(version=version, visitor=administrator))
    data["instrument"]["code"] = "overleg-2"
    again = import_instrument(text=yaml.safe_dump(data, allow_unicode=True), visitor=administrator)
    assert again.questionnaire == asked


def test_answers_and_subjects_of_one_item_of_a_reflection_come_back_the_same(reflection_file, administrator):
    version = import_instrument(text=renamed(reflection_file, "overleg"), visitor=administrator)
    data = yaml.safe_load(export_instrument(version=version, visitor=administrator))
    data["instrument"]["code"] = "overleg-3"
    options = [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]
    data["domains"][0]["items"][0] |= {"themes": ["wonen"], "options": options}
    again = import_instrument(text=yaml.safe_dump(data, allow_unicode=True), visitor=administrator)
    assert yaml.safe_load(export_instrument(version=again, visitor=administrator)) == data


def test_an_answer_without_a_value_stays_in_a_draft_and_is_never_published(mirror_file, administrator):
    data = yaml.safe_load(renamed(mirror_file, "zonder-getal"))
    data["version"]["status"] = "draft"
    data["domains"][0]["items"][0]["anchors"] = {"nooit": "Nooit", "altijd": "Altijd"}
    draft = import_instrument(text=yaml.safe_dump(data, allow_unicode=True), visitor=administrator)
    assert yaml.safe_load(export_instrument(version=draft, visitor=administrator)) == data
    with pytest.raises(VersionHasMistakes) as refused:
        publish_version(version=draft, visitor=administrator, now=timezone.now())
    assert refused.value.mistakes == [("no_value", "A1")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: [",
        "\t:",
        "format: iets-anders",
        "format: thuisbasis-instrument/1",
        "format: thuisbasis-framework/1",
        "format: thuisbasis-framework/1\ninstrument: {item_sources: [{from: x}]}\nframework: {}",
        "x" * 1_000_001,
    ],
)
def test_a_file_that_is_no_instrument_is_refused_with_the_place(text, administrator):
    with pytest.raises(FileIsNoInstrument):
        import_instrument(text=text, visitor=administrator)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("rounding: half_up", "rounding: down", "scoring.rounding"),
        ("valid_from: 2026-01-01", "valid_from: gisteren", "valid_from"),
        ("kind: scored ", "kind: anders ", "kind"),
        ("min_raters: 3", "minst: 3", "min_raters"),
    ],
)
def test_the_place_of_a_mistake_is_named(mirror_file, administrator, old, new, where):
    with pytest.raises(FileIsNoInstrument) as refused:
        import_instrument(text=renamed(mirror_file, "fout").replace(old, new), visitor=administrator)
    assert refused.value.where == where


def test_a_version_comes_in_once_and_only_administrators_read_in_or_write_out(mirror_file, administrator, mirror):
    with pytest.raises(VersionExists), transaction.atomic():
        import_instrument(text=mirror_file, visitor=administrator)
    for refused in (
        lambda: import_instrument(text=mirror_file, visitor=MEMBER),
        lambda: export_instrument(version=mirror, visitor=MEMBER),
        lambda: publish_version(version=mirror, visitor=MEMBER, now=timezone.now()),
        lambda: retire_version(version=mirror, visitor=MEMBER),
        lambda: draft_next(version=mirror, visitor=MEMBER, today=timezone.localdate()),
    ):
        with pytest.raises(NotForYou):
            refused()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Anders"},
        {"sections": "[]"},
        {"coverage_min": "0.1"},
        {"status": "draft"},
        {"min_raters": 1},
        {"checksum": "x"},
    ],
)
def test_z02_a_published_version_is_never_changed_whichever_way_is_tried(mirror, change):
    with pytest.raises(Error), transaction.atomic():
        InstrumentVersion.objects.filter(pk=mirror.pk).update(**change)
    with pytest.raises(Error), transaction.atomic():
        for name, value in change.items():
            setattr(mirror, name, value)
        mirror.save()


def test_a_published_version_is_never_removed_and_its_form_says_why(mirror):
    with pytest.raises(Error), transaction.atomic():
        InstrumentVersion.objects.filter(pk=mirror.pk)._raw_delete("default")
    with pytest.raises(ValidationError, match="gepubliceerd"):
        mirror.clean()


def test_a_licence_names_its_holder(small):
    draft = InstrumentVersion(is_licensed=True)
    with pytest.raises(ValidationError, match="houder"):
        draft.clean()


def test_every_column_of_a_version_is_guarded_by_the_database():
    import importlib

    migration = importlib.import_module("members.assessments.migrations.0002_published_versions_and_the_log_stay")
    columns = {field.column for field in InstrumentVersion._meta.local_fields}
    assert columns - set(migration.COLUMNS) == {"id", "status"}


def test_versions_follow_each_other_and_are_taken_out_of_use(small, administrator, now):
    version = small()
    with pytest.raises(VersionIsNotADraft):
        publish_version(version=version, visitor=administrator, now=now)
    draft = draft_next(version=version, visitor=administrator, today=timezone.localdate())
    assert (draft.number, draft.status, draft.replaces) == ("1.1.0", "draft", version)
    assert draft_next(version=version, visitor=administrator, today=timezone.localdate()) == draft
    publish_version(version=draft, visitor=administrator, now=now)
    another = draft_next(version=version, visitor=administrator, today=timezone.localdate())
    assert another.number == "1.2.0"
    retire_version(version=version, visitor=administrator)
    with pytest.raises(VersionIsNotADraft):
        retire_version(version=version, visitor=administrator)
    version.refresh_from_db()
    assert version.status == "retired"


def test_a_version_with_mistakes_is_not_published_and_each_is_named(small, administrator, now):
    def spoil(data):
        first, second, third = data["domains"][0]["items"]
        second["code"] = first["code"]
        third["relevant"] = {"profile": "Q9", "contains": "x"}
        data["domains"][1]["items"][0]["anchors"] = {1: "Alleen dit"}

    with pytest.raises(VersionHasMistakes) as refused:
        small("fout", spoil)
    assert {key for key, _code in refused.value.mistakes} == {"twice", "unknown_question", "too_few_options"}


def test_an_instrument_without_items_or_with_two_equal_answers_has_a_mistake():
    assert mistakes_in([], [], is_scored=False) == [("empty", "")]
    options = (Option(code="1", text="a"), Option(code="1", text="b"))
    section = Section(code="A", title="A", items=(Item(code="A1", text="?", options=options),))
    assert mistakes_in([section], [], is_scored=False) == [("same_option", "A1")]
    assert mistakes_in([section], [], is_scored=True) == [("same_option", "A1"), ("no_value", "A1")]


class TestInTheAdmin:
    @pytest.fixture
    def client(self):
        client = Client()
        client.force_login(User.objects.get(email="beheer@example.nl"))
        return client

    def read_in(self, client, text, name="instrument.yaml"):
        file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
        file.name = name
        return client.post("/cms/instrumenten/inlezen/", {"file": file}, follow=True)

    def test_an_administrator_reads_in_checks_publishes_takes_along_and_goes_on(self, client, mirror_file):
        answer = self.read_in(client, renamed(mirror_file, "beheerd"))
        draft = InstrumentVersion.objects.get(instrument__code="beheerd")
        assert "34 vragen" in answer.content.decode()
        assert client.get(f"/cms/snippets/assessments/instrumentversion/edit/{draft.pk}/").status_code == 200
        answer = client.post(f"/cms/instrumenten/{draft.pk}/publiceren/", follow=True)
        assert "Vanaf nu verandert deze versie niet meer" in answer.content.decode()
        taken = client.get(f"/cms/instrumenten/{draft.pk}/uitschrijven/")
        assert yaml.safe_load(taken.content)["instrument"]["code"] == "beheerd"
        assert 'filename="beheerd-1.0.0.yaml"' in taken.headers["Content-Disposition"]
        answer = client.post(f"/cms/instrumenten/{draft.pk}/vervolg/", follow=True)
        assert "Wat is er anders dan in" in answer.content.decode()
        answer = client.post(f"/cms/instrumenten/{draft.pk}/stoppen/", follow=True)
        assert "niet meer te kiezen" in answer.content.decode()
        answer = client.post(f"/cms/instrumenten/{draft.pk}/stoppen/", follow=True)
        assert "Dat kan met deze versie niet meer" in answer.content.decode()
        assert client.post(f"/cms/instrumenten/{draft.pk}/onzin/").status_code == 404
        listing = client.get("/cms/snippets/assessments/instrumentversion/")
        assert "/cms/instrumenten/inlezen/" in listing.content.decode()
        assert f"/cms/instrumenten/{draft.pk}/verschillen/" in listing.content.decode()

    @pytest.mark.parametrize(
        ("text", "words"),
        [(b"\xff\xfe", "geen tekstbestand"), ("format: x", "geen instrument"), (None, "is er al")],
    )
    def test_a_wrong_file_is_explained_beside_the_field(self, client, mirror_file, text, words):
        assert words in self.read_in(client, mirror_file if text is None else text).content.decode()

    def test_mistakes_are_named_where_somebody_publishes(self, client, mirror_file):
        text = renamed(mirror_file, "dubbel").replace("- code: A2\n", "- code: A1\n")
        self.read_in(client, text)
        draft = InstrumentVersion.objects.get(instrument__code="dubbel")
        answer = client.post(f"/cms/instrumenten/{draft.pk}/publiceren/", follow=True)
        assert "A1: deze code komt twee keer voor" in answer.content.decode()

    def test_the_preview_shows_the_questions_as_raters_see_them(self, mirror, rf):
        request = rf.get("/")
        assert mirror.get_preview_template(request, "") == "members/assessments/preview.html"
        answer = mirror.make_preview_request()
        assert mirror.questionnaire.items[0].text in answer.rendered_content
