"""What an editor meets: one login, an import, and publishing that asks for what readers need."""

from urllib.parse import urljoin

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(visit):
    watched = visit("/cms/")
    page = watched.page
    page.get_by_label("E-mail").fill("redactie@example.nl")
    page.get_by_label("Wachtwoord", exact=True).fill("eerst-een-thuis")
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/cms/")
    return watched


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
