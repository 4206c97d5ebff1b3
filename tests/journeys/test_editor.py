"""What an editor meets: one login, an import, and publishing that asks for what readers need."""

from pathlib import Path
from urllib.parse import urljoin

import pytest
from browsing import barriers

pytestmark = [pytest.mark.browser, pytest.mark.once]
DEMO = Path(__file__).resolve().parents[2] / "platform/thuisbasis/config/demo/data/recordings"


@pytest.fixture
def editor(visit, session_of):
    return visit("/cms/", **session_of("redactie@example.nl"))


def test_the_admin_asks_nobody_else_anything_and_keeps_to_its_policy(editor):
    page = editor.page
    for path in ("/cms/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/importeren/", "/cms/account/"):
        page.goto(urljoin(page.url, path))
    assert editor.foreign == []
    assert [message for message in editor.messages if "Content Security Policy" in message] == []


def test_publishing_without_a_contact_is_refused_at_the_field_and_keeps_what_was_typed(editor):
    page = editor.page
    page.goto(urljoin(page.url, "/cms/pages/search/?q=Praktijkvoorbeelden"))
    section = page.get_by_role("link", name="Praktijkvoorbeelden", exact=True).first.get_attribute("href")
    page.goto(
        urljoin(page.url, section.replace("/edit/", "/").replace("pages/", "pages/add/knowledge/practicearticlepage/"))
    )
    page.locator("#id_title").fill("Nieuw voorbeeld van de redactie")
    page.locator("#id_summary").fill("Kort en duidelijk.")
    page.get_by_role("button", name="Meer acties").last.click()
    page.locator("button[name='action-publish']").click()
    page.wait_for_load_state()
    assert page.locator("#id_title").input_value() == "Nieuw voorbeeld van de redactie"
    for field in ("contact_name", "contact_email", "content_owner"):
        assert page.locator(f"[id$='{field}-errors']").inner_text().strip() == "Dit is een verplicht veld."


def test_an_editor_uploads_a_text_and_gets_a_draft(editor, tmp_path):
    page = editor.page
    file = tmp_path / "browserproef.txt"
    file.write_text("Proef in de browser\n\nEen alinea die lang genoeg is om te blijven.\n")
    page.goto(urljoin(page.url, "/cms/importeren/"))
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="Importeer").click()
    page.get_by_role("link", name="Bewerk het concept").click()
    assert page.locator("#id_title").input_value() == "Proef in de browser"


def test_an_upload_shows_how_far_it_is_and_a_refusal_keeps_what_was_typed(editor, tmp_path):
    page = editor.page
    wrong, right = tmp_path / "les.mp3", DEMO / "aflevering-2.mp3"
    wrong.write_bytes(b"MZ" + bytes(3_000))
    page.goto(urljoin(page.url, "/cms/snippets/files/recording/add/"))
    page.locator("input[name=title]").fill("Opname uit de browser")
    page.locator("input[name=file]").set_input_files(str(wrong))
    page.get_by_role("button", name="Opslaan").click()
    said = page.locator(".upload-progress [role=status]")
    said.filter(has_text="van binnen is het een programma").wait_for()
    assert page.locator("input[name=title]").input_value() == "Opname uit de browser"
    page.evaluate(
        """() => { window.seen = []; new MutationObserver(() => {
        const bar = document.querySelector('.upload-progress progress');
        if (bar) window.seen.push(document.querySelector('.upload-progress [role=status]').textContent)
        }).observe(document.body, {childList: true, subtree: true, characterData: true}); }"""
    )
    page.locator("input[name=file]").set_input_files(str(right))
    page.evaluate(
        "window.addEventListener('beforeunload', () => sessionStorage.setItem('seen', window.seen.join('|')))"
    )
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url("**/cms/snippets/files/recording/")
    page.get_by_role("link", name="Opname uit de browser").wait_for()
    assert "Verstuurd." in page.evaluate("sessionStorage.getItem('seen')")
    assert editor.messages == []


def test_a_file_with_subtitles_is_read_into_the_box_and_its_faults_are_said_with_their_line(editor, tmp_path):
    page = editor.page
    broken = tmp_path / "tekst.vtt"
    broken.write_text("WEBVTT\n\n00:05.000 --> 00:03.000\nhallo\n")
    page.goto(urljoin(page.url, "/cms/pages/search/?q=Iets+te+doen+op+dinsdag"))
    page.get_by_role("link", name="Iets te doen op dinsdag").first.click()
    box = page.locator("#id_transcripts-0-source")
    box.locator("xpath=preceding-sibling::input[1]").set_input_files(str(broken))
    page.wait_for_function("() => document.getElementById('id_transcripts-0-source').value.includes('hallo')")
    page.get_by_role("button", name="Meer acties").last.click()
    page.locator("button[name='action-publish']").click()
    page.get_by_text("Regel 3: het einde (0:03) ligt niet na het begin (0:05).").first.wait_for()
    assert "hallo" in box.input_value()


def test_our_own_screens_for_editors_have_no_barriers(editor):
    page = editor.page
    for path in ("/cms/campagnes/", "/cms/importeren/", "/cms/mensen/1/toestemming-intrekken/", "/cms/vertalingen/"):
        page.goto(urljoin(page.url, path))
        assert barriers(page, within="main") == []
