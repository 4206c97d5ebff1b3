"""The agenda in a real browser: registering, an offer and the door, by keyboard on a phone, with and without scripts."""

import re
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from browsing import faults, fill_by_keyboard, tab_to
from seen_pages import AGENDA, AGENDA_OF_MEMBERS

pytestmark = [pytest.mark.browser, pytest.mark.once]
ROOT = Path(__file__).resolve().parents[2]
AT_HAND = Path(__file__).parent / "events_at_hand.py"
OF_ORGANISERS = [
    "beheer/",
    "beheer/?q=xyzzy",
    "beheer/wijzigen/",
    "beheer/afgelasten/",
    "beheer/mail/",
    "beheer/bestanden/",
    "binnen/",
    "inschrijven/",
]
ORGANISER = "redactie@example.nl"


@pytest.fixture(scope="session")
def at_hand(site):
    """Return addresses of two offers and of dates, made once in the server's own database."""
    printed = site.run(AT_HAND.read_text()).split()
    names = ("offer", "second_offer", "full", "network_day", "training")
    found = {
        name: urlsplit(line).path if line.startswith("http") else line
        for name, line in zip(names, printed, strict=True)
    }
    return SimpleNamespace(**found)


def no_faults(watched):
    found = faults(watched.page)
    return found + watched.messages + watched.foreign


@pytest.mark.parametrize("path", AGENDA)
def test_axe_finds_nothing_on_the_public_agenda(visit, path):
    # The browser itself says so of an address that leads nowhere.
    assert [fault for fault in no_faults(visit(path)) if "responded with a status of 404" not in fault] == []


@pytest.mark.parametrize("path", AGENDA_OF_MEMBERS)
def test_axe_finds_nothing_on_the_agenda_of_members(visit, session_of, path):
    assert no_faults(visit(path, **session_of("coordinator@example.nl"))) == []


def test_axe_finds_nothing_on_the_pages_of_a_seat_and_of_an_offer(visit, at_hand):
    for path in ("", "deelnemen/"):
        assert no_faults(visit(f"{at_hand.offer}{path}")) == []
    assert no_faults(visit(f"/bijeenkomst/{at_hand.network_day}/inschrijven/")) == []


@pytest.mark.parametrize("path", OF_ORGANISERS)
def test_axe_finds_nothing_on_the_pages_of_an_organiser(visit, session_of, at_hand, path):
    assert no_faults(visit(f"/bijeenkomst/{at_hand.network_day}/{path}", **session_of(ORGANISER))) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_without_an_account_registers_by_keyboard_on_a_phone(visit, server, scripts):
    page = visit("/agenda/netwerkdag-housing-first/", width=360, java_script_enabled=True).page
    tab_to(page, "main a[href$='/inschrijven/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inschrijven/")
    address = f"toets-{scripts}@example.org".lower()
    if not scripts:
        # Without scripts a test cannot ask where the focus is: here the fields are filled, not reached.
        plain = visit(urlsplit(page.url).path, width=360, java_script_enabled=False).page
        plain.fill("[name=name]", "Toets Verzonnen")
        plain.fill("[name=email]", address)
        plain.check("input[type=radio][value='Buren']")
        plain.click("main form button[type=submit]")
        assert address in plain.inner_text("main")
        return
    tab_to(page, "[name=name]")
    page.keyboard.type("Toets Verzonnen")
    tab_to(page, "[name=email]")
    page.keyboard.type(address)
    tab_to(page, "[name=seats]")
    tab_to(page, "[name=together]")
    tab_to(page, "input[type=radio][name^=question]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Kijk in je mail")
    assert address in page.inner_text("main")
    assert faults(page) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_offer_is_taken_by_keyboard_on_a_phone(visit, at_hand, scripts):
    offer = at_hand.offer if scripts else at_hand.second_offer
    page = visit(offer, width=360, java_script_enabled=scripts).page
    assert "Er is een plek voor je" in page.inner_text("main")
    if scripts:
        tab_to(page, "form[action$='/aannemen/'] button")
    else:
        page.focus("form[action$='/aannemen/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=De plek is van jou")
    assert "Je hebt een plek" in page.inner_text("main")


def test_at_the_door_a_name_and_enter_are_enough(visit, session_of, at_hand):
    page = visit(f"/bijeenkomst/{at_hand.training}/binnen/", width=360, **session_of(ORGANISER)).page
    tab_to(page, "[data-search]")
    page.keyboard.type("daan")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Daan Verzonnen is binnen")
    page.reload()
    row = page.locator("li", has_text="Daan Verzonnen")
    assert "binnen sinds" in row.inner_text()
    assert faults(page) == []


def test_a_list_of_three_hundred_goes_on_without_a_line_and_sends_it_on_later(visit, session_of, at_hand):
    watched = visit(f"/bijeenkomst/{at_hand.full}/binnen/", width=360, **session_of(ORGANISER))
    page = watched.page
    before = int(page.inner_text("[data-arrived]"))
    page.context.set_offline(True)
    people = page.locator("li[data-person]:has([data-enter]:not([hidden]))")
    names = [people.nth(number).get_attribute("data-name") for number in range(3)]
    took = []
    for name in names:
        page.fill("[data-search]", name)
        began = time.perf_counter()
        page.keyboard.press("Enter")
        page.wait_for_function("name => document.querySelector('[data-state]').textContent.length > 0", arg=name)
        took.append(time.perf_counter() - began)
    assert int(page.inner_text("[data-arrived]")) == before + 3
    assert page.locator("li[data-person]").count() >= 300
    assert max(took) < 0.3
    print("seconds to let somebody in:", [round(seconds, 3) for seconds in took])
    page.context.set_offline(False)
    page.wait_for_function("() => Object.keys(localStorage).every((key) => localStorage[key] === '[]')")
    page.reload()
    for name in names:
        assert "binnen sinds" in page.locator("li", has_text=name).first.inner_text()
    assert int(page.inner_text("[data-arrived]")) >= before + 3


def test_a_seat_is_let_in_and_out_without_scripts(visit, session_of, at_hand):
    session = session_of(ORGANISER)
    page = visit(
        f"/bijeenkomst/{at_hand.training}/binnen/?q=ilse", width=360, java_script_enabled=False, **session
    ).page
    page.click("button:has-text('Laat binnen')")
    assert "Ilse Verzonnen is binnen." in page.inner_text("main")
    page.goto(page.url + "?q=ilse")
    page.click("button:has-text('Toch niet')")
    assert "Ilse Verzonnen is weer uitgecheckt." in page.inner_text("main")


def test_a_member_makes_a_feed_that_is_shown_once(visit, session_of, server):
    page = visit("/leden/agenda/koppelen/", width=360, **session_of("coordinator@example.nl")).page
    fill_by_keyboard(page, {"[name=name]": "telefoon"})
    page.wait_for_selector("#adres")
    address = page.input_value("#adres")
    assert re.fullmatch(rf"{server}/agenda-koppeling/[\w-]{{43}}\.ics", address)
    assert faults(page) == []
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    page.reload()
    assert page.locator("#adres").count() == 0 or page.input_value("#adres") != address
