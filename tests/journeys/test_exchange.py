"""The whole exchange in a real browser: sharing, finding, asking and proposing, by keyboard on a phone."""

import hashlib
import http.client
import random
import re
import time
import urllib.parse

import pytest
from browsing import faults, fill_by_keyboard, tab_to
from seen_pages import EXCHANGE
from upload_corpus import docx, pdf

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("path", EXCHANGE)
def test_axe_finds_nothing_on_the_pages_of_the_exchange_and_nothing_goes_wrong_there(
    visit, server, as_coordinator, path
):
    watched = visit(path, **as_coordinator)
    assert watched.page.url == f"{server}{path}"
    assert faults(watched.page) == []
    assert (watched.messages, watched.foreign, watched.failures) == ([], [], [])


def test_a_folder_of_files_is_shared_by_keyboard_on_a_phone_and_its_words_are_found(visit, server, as_coordinator):
    watched = visit("/leden/documenten/", width=360, **as_coordinator)
    page = watched.page
    tab_to(page, "main a[href$='/documenten/delen/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documenten/delen/")
    tab_to(page, "input[type=file]")
    files = [("een.pdf", pdf("Waterkoker")), ("twee.docx", docx("Theepot")), ("fout.exe", b"MZ" + b"\0" * 90)]
    payload = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    page.set_input_files("input[type=file]", payload)
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.locator(".upload-results li", has_text="fout.exe").get_by_text("Dit soort bestand").wait_for()
    assert page.locator(".upload-results li", has_text="een.pdf").inner_text().endswith("aangekomen")
    found = faults(page)
    tab_to(page, ".upload__next a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/delen/wie/")
    found += faults(page)
    assert re.search(r"Thuis aan de IJssel \(1 praktijk, \d+ mensen\)", page.locator("main").inner_text())
    tab_to(page, "main form .form__actions button")
    page.keyboard.press("Enter")
    page.locator(".form-field__errors, :invalid").first.wait_for(state="attached")
    tab_to(page, "#id_agreed", most=120)
    page.keyboard.press("Space")
    tab_to(page, ".form__actions button", most=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/leden/documenten/")
    page.goto(f"{server}/leden/documenten/?q=waterkokers")
    tab_to(page, ".entry-list a", most=80)
    page.keyboard.press("Enter")
    page.locator("h1", has_text="een").wait_for()
    found += faults(page)
    for part in ("wijzigen", "nieuwe-versie", "meekijken", "opgehaald", "weghalen"):
        page.goto(
            f"{page.url.split('/documenten/')[0]}/documenten/{page.url.split('/documenten/')[1].split('/')[0]}/{part}/"
        )
        found += faults(page)
    assert found == []
    assert watched.foreign == []


def test_a_question_is_asked_by_keyboard_after_seeing_what_was_asked_before(visit, as_coordinator):
    page = visit("/leden/vragen/stellen/", width=360, **as_coordinator).page
    tab_to(page, "#id_title")
    page.keyboard.type("Een afspraak met de corporatie over geluid bij buren")
    page.locator(".similar a", has_text="goede afspraak met de corporatie").wait_for()
    found = faults(page)
    fill_by_keyboard(page, {"#id_text": "Bij ons is het nieuw. Bel 06-12345678."}, submit=".form__actions button")
    page.locator("text=lijkt op een telefoonnummer").wait_for()
    assert page.input_value("#id_title").startswith("Een afspraak")
    found += faults(page)
    fill_by_keyboard(page, {"#id_text": "Bij ons is het nieuw."}, submit=".form__actions button")
    page.locator(".form__actions button", has_text="Mijn vraag is anders").wait_for()
    tab_to(page, ".form__actions button", most=80)
    page.keyboard.press("Enter")
    page.locator("h1", has_text="Een afspraak met de corporatie").wait_for()
    fill_by_keyboard(page, {"#id_text": "Ik geef zelf vast een begin."}, submit=".form__actions button")
    page.locator("h2", has_text="1 antwoord").wait_for()
    found += faults(page)
    tab_to(page, ".post__actions a", most=80)
    page.keyboard.press("Enter")
    page.wait_for_url("**/voorstellen/nieuw/**")
    assert page.input_value("#id_text") == "Ik geef zelf vast een begin."
    assert found == []


def test_a_proposal_is_sent_by_keyboard_and_shows_where_it_is(visit, as_coordinator):
    page = visit("/leden/voorstellen/nieuw/", width=360, **as_coordinator).page
    fields = {
        "#id_title": "Samen de eerste boodschappen",
        "#id_summary": "Wij doen dat te voet.",
        "#id_text": "Eerst koffie.",
    }
    for selector, text in fields.items():
        tab_to(page, selector)
        page.keyboard.type(text)
    tab_to(page, "#id_practice_agrees", most=80)
    page.keyboard.press("Space")
    tab_to(page, ".form__actions button")
    page.keyboard.press("Enter")
    page.locator("text=Je voorstel ligt bij de redactie").wait_for()
    assert faults(page) == []
    page.goto(f"{page.url}aanpassen/")
    assert faults(page) == []


def test_everything_works_without_javascript(visit, server, as_coordinator):
    page = visit("/leden/documenten/delen/", java_script_enabled=False, **as_coordinator).page
    files = [("los.docx", docx("Lampenkap")), ("macro.docm", b"PK\3\4")]
    page.set_input_files(
        "input[type=file]", [{"name": name, "mimeType": "x/y", "buffer": data} for name, data in files]
    )
    page.click("main form button[type=submit]")
    assert "In dit bestand kunnen macro's zitten" in page.locator(".upload-results").first.inner_text()
    page.click("text=Kies wie ze mag zien")
    page.check("#id_agreed")
    page.click(".form__actions button")
    page.locator(".notice", has_text="Gedeeld").wait_for()
    page.goto(f"{server}/leden/vragen/stellen/")
    page.fill("#id_title", "Wie kent een schilder?")
    page.fill("#id_text", "Voor een kamer.")
    page.click(".form__actions button")
    if page.locator("text=Mijn vraag is anders").count():
        page.click(".form__actions button")
    page.locator("h1", has_text="Wie kent een schilder?").wait_for()


class Line:
    """A connection of somebody who is logged in, that may break half-way."""

    def __init__(self, server, state):
        self.place, self.server = urllib.parse.urlsplit(server), server
        self.cookies = {row["name"]: row["value"] for row in state["storage_state"]["cookies"]}

    def ask(self, method, path, headers=None, body=b"", cut=None):
        kind = http.client.HTTPSConnection if self.place.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.place.netloc, timeout=30)
        connection.putrequest(method, path)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        names = {
            "Cookie": cookie,
            "Tus-Resumable": "1.0.0",
            "X-CSRFToken": self.cookies.get("csrftoken") or self.cookies.get("__Host-csrf", ""),
            "Referer": self.server,
            **(headers or {}),
        }
        for name, value in {**names, "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(body[:cut])
        if cut is not None:
            connection.close()
            return None
        answer = connection.getresponse()
        answer.read()
        return answer


def test_a_hundred_megabytes_arrive_whole_after_three_broken_connections(visit, server, as_coordinator):
    context = visit("/leden/documenten/delen/", **as_coordinator).page.context
    line = Line(server, {"storage_state": {"cookies": context.cookies()}})
    luck = random.Random(7)
    data = b"".join(b"%08x;%08x\r\n" % (luck.getrandbits(32), number) for number in range(100 * 1024 * 1024 // 19))
    begun = line.ask(
        "POST",
        "/leden/documenten/delen/delen-van-een-bestand/",
        {"Upload-Length": str(len(data)), "Upload-Metadata": "filename Z3Jvb3QuY3N2"},
    )
    assert begun.status == 201
    path = urllib.parse.urlsplit(begun.headers["Location"]).path
    part = {"Content-Type": "application/offset+octet-stream"}
    offset = 0
    for _broken in range(3):
        line.ask("PATCH", path, {**part, "Upload-Offset": str(offset)}, data[offset:], cut=20 * 1024 * 1024 + 12345)
        for _wait in range(100):
            head = line.ask("HEAD", path)
            arrived = int(head.headers["Upload-Offset"])
            if arrived > offset and line.ask("PATCH", path, {**part, "Upload-Offset": "1"}).status == 409:
                break
        assert arrived > offset
        offset = int(line.ask("HEAD", path).headers["Upload-Offset"])
    last = line.ask("PATCH", path, {**part, "Upload-Offset": str(offset)}, data[offset:])
    assert (last.status, last.headers["Upload-Refused"], last.headers["Upload-Offset"]) == (204, None, str(len(data)))
    assert line.ask("HEAD", path).status == 404, "the parts are gone once the file is whole"
    page = visit("/leden/documenten/delen/wie/", **as_coordinator).page
    assert "groot.csv" in page.locator("main").inner_text()
    link = page.evaluate("() => document.querySelector('form[id^=weg-]:last-of-type').id.slice(4)")
    address = f"{server}/leden/documenten/{link}/bestand/"
    # With a worker of its own the file is examined first, and so long it is not sent.
    for _wait in range(60):
        answer = context.request.get(address)
        if "text/html" not in answer.headers["content-type"]:
            break
        time.sleep(1)
    assert hashlib.sha256(answer.body()).hexdigest() == hashlib.sha256(data).hexdigest()
