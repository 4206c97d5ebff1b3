"""Importing: one draft per file, again is an update, and a refused file leaves nothing behind."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from missing_parts import leave_out
from wagtail.models import Page, Revision

from knowledge.models import ArticleIndexPage, ImportedSource, PracticeArticlePage
from knowledge.services import ThereIsNoPlaceForArticles, import_document
from thuisbasis.files.reading import FileIsEmpty

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = (
    b"Mobiele menu\n\nEen nieuwe aanpak\n\nWe begonnen klein. Dat werkte goed.\n\nWat we deden\n\n- luisteren\n- doen\n"
)
SEEDS = sorted((Path(__file__).resolve().parents[3] / "shared/seeds").glob("*.txt"))
FURNITURE = re.compile(
    r"^(Mobiele menu|Delen:|Naar boven|Direct naar: .*|Afbeelding"
    r"|Onderdeel van programma:|Gerelateerde subsidieronde:)$"
)


def imported(data=TEXT, name="aanpak.txt"):
    return import_document(name=name, data=data, now=NOW)


def draft(report):
    return report.page.get_latest_revision_as_object()


def test_a_document_becomes_a_draft_with_title_summary_and_blocks():
    page = draft(imported())
    assert not page.live
    assert page.title == "Een nieuwe aanpak"
    assert page.summary == "We begonnen klein. Dat werkte goed."
    assert [block.block_type for block in page.body] == ["text", "heading", "text"]
    assert page.get_parent().specific == ArticleIndexPage.objects.get(slug="praktijkvoorbeelden")


def test_the_report_says_what_was_kept_and_dropped():
    report = imported()
    assert report.kept == {"koppen": 1, "alinea's": 1, "lijsten": 1, "tabellen": 0, "links": 0}
    assert report.dropped == ["Mobiele menu"]
    assert "nieuw concept" in report.as_line()


def test_source_and_date_are_recorded():
    source = ImportedSource.objects.get(page=imported().page)
    assert (source.file_name, source.imported_at, len(source.checksum)) == ("aanpak.txt", NOW, 64)
    assert source.report["dropped"] == ["Mobiele menu"]
    assert str(source) == "aanpak.txt"


def test_the_same_file_again_updates_its_draft_and_never_doubles():
    first = imported()
    again = imported(TEXT.replace(b"klein", b"heel klein"), name="C:\\map\\aanpak.txt")
    assert again.page.pk == first.page.pk
    assert not again.is_new
    assert "heel klein" in draft(again).summary
    assert PracticeArticlePage.objects.filter(draft_title="Een nieuwe aanpak").count() == 1


def test_importing_again_leaves_what_is_published_as_it_was(django_user_model):
    page = draft(imported())
    page.contact_name, page.contact_email = "Sanne", "sanne@example.nl"
    page.content_owner = django_user_model.objects.first()
    page.save_revision().publish()
    imported(TEXT.replace(b"klein", b"anders"))
    published = PracticeArticlePage.objects.get(pk=page.pk)
    assert published.live
    assert "klein" in published.summary
    assert published.get_latest_revision_as_object().contact_name == "Sanne"


def test_two_files_with_one_title_get_two_addresses():
    slugs = {imported(name=name).page.slug for name in ("een.txt", "twee.txt", "drie.txt")}
    assert slugs == {"een-nieuwe-aanpak", "een-nieuwe-aanpak-2", "een-nieuwe-aanpak-3"}


def test_a_file_without_a_title_takes_the_name_of_the_file():
    report = imported(b"Dit is een zin die geen kop is, want er staat een punt aan het einde.\n", name="notitie.txt")
    assert report.page.title == "notitie"
    assert len(report.remarks) == 2


def test_tables_links_and_small_headings_arrive():
    html = b"<h1>T</h1><h3>Klein</h3><p>Zie <a href='https://example.nl'>hier</a>.</p><table><tr><th>A</th></tr><tr><td>1</td><td>2</td></tr></table>"
    page = draft(imported(html, name="a.html"))
    heading, text, table = page.body
    assert heading.value["level"] == "3"
    assert 'href="https://example.nl"' in text.value.source
    assert [column["heading"] for column in table.value.columns] == ["A", ""]


def test_a_long_first_sentence_is_cut_to_what_a_summary_may_hold():
    assert len(draft(imported(b"T\n\n" + b"woord " * 300 + b".")).summary.split()) == 120


def test_a_refused_file_leaves_nothing_behind():
    before = (Page.objects.count(), Revision.objects.count(), ImportedSource.objects.count())
    with pytest.raises(FileIsEmpty):
        imported(b"   ")
    assert (Page.objects.count(), Revision.objects.count(), ImportedSource.objects.count()) == before


def test_without_a_section_for_articles_nothing_is_imported():
    ArticleIndexPage.objects.get(slug="praktijkvoorbeelden").delete()
    with pytest.raises(ThereIsNoPlaceForArticles) as refusal:
        imported()
    assert "praktijkvoorbeelden" in str(refusal.value)


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"^\s*(?:[-•]|\d\.)\s+", "", text.strip())).strip()


@pytest.mark.parametrize("number", range(5))
def test_a_seed_keeps_every_line_of_its_source_and_no_furniture(number):
    if len(SEEDS) != 5:
        # They belong to others and are never in the repository; CI has them beside it.
        leave_out("the five source documents, beside this checkout in shared/seeds")
    seed = SEEDS[number]
    from bs4 import BeautifulSoup

    page = draft(imported(seed.read_bytes(), name=seed.name))
    texts = [page.title]
    for block in page.body:
        html = str(block.value.source) if block.block_type == "text" else block.value["text"]
        texts.append(BeautifulSoup(html, "html.parser").get_text(" "))
    whole = plain(" ".join(texts))
    lines = [plain(line) for line in seed.read_text().splitlines() if plain(line)]
    missing = [line for line in lines if line not in whole and not FURNITURE.match(line)]
    assert missing in ([], ["Looptijd: 100 %"])
    assert [
        line for line in lines if FURNITURE.match(line) and re.search(rf"(?:^| ){re.escape(line)}(?: |$)", whole)
    ] == []


def test_the_command_reports_each_file_and_fails_when_one_is_refused(tmp_path, capsys):
    good, bad = tmp_path / "goed.txt", tmp_path / "leeg.txt"
    good.write_bytes(TEXT)
    bad.write_bytes(b"")
    call_command("import_document", str(good))
    assert "[1/1] goed.txt: nieuw concept" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stop:
        call_command("import_document", str(bad), str(tmp_path / "weg.txt"))
    assert stop.value.code == 1
    output = capsys.readouterr().out
    assert "Dit bestand is leeg" in output
    assert "kunnen we niet openen" in output


@pytest.fixture
def editor(client, django_user_model):
    client.force_login(django_user_model.objects.get(email="redactie@example.nl"))
    return client


def test_an_editor_imports_several_files_at_once(editor):
    files = [SimpleUploadedFile("goed.txt", TEXT), SimpleUploadedFile("leeg.txt", b"")]
    page = editor.post("/cms/importeren/", {"documents": files}).content.decode()
    assert "goed.txt: nieuw concept" in page
    assert "Dit bestand is leeg" in page
    assert "Weggelaten:" in page


def test_an_editor_who_chose_nothing_is_told_so_at_the_field(editor):
    assert "Kies eerst een of meer bestanden." in editor.post("/cms/importeren/", {}).content.decode()
    assert editor.get("/cms/importeren/").status_code == 200


def test_a_member_does_not_get_to_the_import(client, django_user_model):
    client.force_login(django_user_model.objects.get(email="lid@example.nl"))
    assert client.get("/cms/importeren/").status_code == 404


def test_someone_in_the_admin_without_the_right_may_not_import(client, django_user_model):
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.get(email="lid@example.nl")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.post("/cms/importeren/", {}).status_code in (302, 403)
