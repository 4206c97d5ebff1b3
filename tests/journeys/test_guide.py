"""The editors' guide: each of its pictures is taken here, on the way that its chapter tells."""

import io
import os
from pathlib import Path
from urllib.parse import urljoin

import pytest
from browsing import barriers
from PIL import Image

from thuisbasis.config.guide import CHAPTERS

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Where pictures go: beside the guide with `make guide`, elsewhere in a test."""
    return Path(os.environ.get("GUIDE") or tmp_path_factory.mktemp("guide"))


@pytest.fixture
def editor(visit, session_of):
    return visit("/cms/", **session_of("redactie@example.nl")).page


@pytest.fixture
def go(editor):
    return lambda path: editor.goto(urljoin(editor.url, path))


def new_article(page, go):
    go("/cms/pages/search/?q=Praktijkvoorbeelden")
    section = page.get_by_role("link", name="Praktijkvoorbeelden", exact=True).first.get_attribute("href")
    go(section.replace("/edit/", "/").replace("pages/", "pages/add/knowledge/practicearticlepage/"))
    page.locator("#id_title").fill("Samen eten op donderdag")
    page.locator("#id_summary").fill("Elke week koken twee bewoners voor hun portiek. Zo kennen buren elkaar bij naam.")


def begin(page, go, tmp_path):
    go("/cms/")
    return page.get_by_role("heading", name="Begin hier")


def article(page, go, tmp_path):
    new_article(page, go)
    return page.locator("#id_title")


def refused(page, go, tmp_path):
    new_article(page, go)
    page.get_by_role("button", name="Meer acties").last.click()
    page.locator("button[name='action-publish']").click()
    page.wait_for_load_state()
    return page.locator("[id$='contact_name-errors']")


def bring_in(page, go, tmp_path):
    file = tmp_path / "samen-eten.txt"
    file.write_text(
        "Samen eten op donderdag\n\nElke week koken twee bewoners voor hun portiek. Zo kennen buren elkaar.\n"
    )
    go("/cms/importeren/")
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="Importeer").click()
    return page.get_by_role("link", name="Bewerk het concept")


def episode(page, go, tmp_path):
    go("/cms/pages/search/?q=Iets+te+doen+op+dinsdag")
    page.get_by_role("link", name="Iets te doen op dinsdag").first.click()
    return page.locator("#id_transcripts-0-source")


def campaign(page, go, tmp_path):
    go("/cms/campagnes/")
    return page.get_by_role("heading", name="Beweging in kwetsbaarheid")


def translate(page, go, tmp_path):
    go("/cms/vertalingen/")
    return page.get_by_role("heading", name="Vertalingen die aandacht vragen")


def consent(page, go, tmp_path):
    go("/cms/mensen/1/toestemming-intrekken/")
    return page.get_by_role("button", name="Trek in en haal de naam weg")


def proposals(page, go, tmp_path):
    go("/cms/voorstellen/")
    return page.get_by_role("heading", level=1)


def misses(page, go, tmp_path):
    for _time in range(2):
        go("/zoeken/?q=vlindertuinen")
        page.wait_for_load_state("networkidle")
    go("/cms/niet-gevonden/")
    return page.get_by_role("heading", name="Niet gevonden")


WAYS = {
    "begin": begin,
    "article": article,
    "refused": refused,
    "import": bring_in,
    "episode": episode,
    "campaign": campaign,
    "translate": translate,
    "consent": consent,
    "proposals": proposals,
    "misses": misses,
}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.key)
def test_each_chapter_is_shown_as_it_is(editor, go, folder, tmp_path, chapter):
    subject = WAYS[chapter.key](editor, go, tmp_path)
    subject.scroll_into_view_if_needed()
    picture = Image.open(io.BytesIO(editor.screenshot(animations="disabled")))
    assert picture.size == (1280, 800)
    picture.save(folder / f"{chapter.key}.webp", quality=70, method=6)
    assert subject.first.is_visible()


def test_the_guide_has_a_picture_for_each_chapter_and_no_barriers(editor, go):
    go("/cms/handleiding/")
    pictures = editor.locator("main img")
    assert pictures.count() == len(CHAPTERS)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        editor.wait_for_function("image => image.complete", arg=picture.element_handle())
        assert picture.evaluate("image => image.naturalWidth") == 1280
        assert len(picture.get_attribute("alt")) > 20
    assert barriers(editor, within="main") == []
