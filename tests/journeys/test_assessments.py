"""The self-assessment in a real browser: interrupted, on two devices, by keyboard, on a narrow screen."""

import re
import subprocess

import pytest
from assessment_pages import HOME, SAVED, saved
from browsing import faults
from journeys_chromium import launch

pytestmark = [pytest.mark.browser, pytest.mark.once]
ITEMS = 34


def filling_in(page, server):
    """Open the assessment of which the forms are open, with every question asked."""
    page.goto(f"{server}{HOME}")
    page.locator("main a", has_text=re.compile(r"^Spiegel HF")).first.click()
    team = page.url
    page.goto(f"{team}praktijk/")
    for value in ("verspreid", "geclusterd", "aanbieder"):
        page.check(f"input[value={value}]")
    page.click("main form button[type=submit]")
    page.wait_for_url(team)
    return team


def new_form(page, server):
    """Take over a form on paper, which is empty, and return its address."""
    team = filling_in(page, server)
    page.goto(team)
    page.get_by_role("button", name="Neem een ingevuld papieren formulier over").click()
    page.wait_for_url("**/formulier/**")
    return page.url


def test_z05_the_browser_is_killed_after_each_of_34_answers_and_none_is_lost(
    visit, server, as_coordinator, browser, chromium
):
    first = visit(HOME, **as_coordinator).page
    form = new_form(first, server)
    codes = []
    for section in "ABCDE":
        first.goto(f"{form}{section}/")
        codes += [(section, code) for code in first.locator(".item").evaluate_all("rows => rows.map(row => row.id)")]
    assert len(codes) == ITEMS
    for number, (section, code) in enumerate(codes):
        mark = f"--marked-to-be-killed-{number}"
        running = launch(browser.browser_type, chromium, mark)
        page = running.new_context(**as_coordinator).new_page()
        page.goto(f"{server}{form.removeprefix(server)}{section}/")
        item = page.locator(f"#{code}")
        item.locator("input[type=radio]").nth(number % 4).check()
        saved(item)
        subprocess.run(["pkill", "-9", "-f", "--", mark], check=False)
    kept = []
    for section in "ABCDE":
        first.goto(f"{form}{section}/")
        kept += first.locator(".item").evaluate_all(
            "rows => rows.map(row => [...row.querySelectorAll('input[type=radio]')].findIndex(one => one.checked))"
        )
    assert kept == [number % 4 for number in range(ITEMS)]


def test_z06_on_two_devices_both_values_stay_in_view_until_somebody_chooses(visit, server, as_coordinator):
    phone = visit(HOME, width=360, **as_coordinator).page
    form = new_form(phone, server)
    desk = visit(f"{form.removeprefix(server)}A/", **as_coordinator).page
    phone.goto(f"{form}A/")
    phone.locator("#A1 input").nth(2).check()
    saved(phone.locator("#A1"))
    desk.locator("#A1 input").nth(1).check()
    conflict = desk.locator("#A1 .item__conflict")
    conflict.wait_for()
    assert "Intussen is dit ergens anders ingevuld: Meestal" in conflict.inner_text()
    assert desk.locator("#A1 input").nth(1).is_checked()
    found = faults(desk)
    conflict.get_by_role("button", name="Houd mijn antwoord").click()
    saved(desk.locator("#A1"))
    phone.locator("#A1 input").nth(3).check()
    phone.locator("#A1 .item__conflict").get_by_role("button", name="Neem het andere antwoord").click()
    assert phone.locator("#A1 input").nth(1).is_checked()
    phone.reload()
    assert phone.locator("#A1 input").nth(1).is_checked()
    assert found == []


def test_a_lost_connection_is_said_and_the_answer_goes_as_soon_as_it_is_back(visit, server, as_coordinator):
    page = visit(HOME, **as_coordinator).page
    form = new_form(page, server)
    page.goto(f"{form}A/")
    page.context.set_offline(True)
    page.locator("#A1 input").nth(2).check()
    page.locator("#A1 .item__state", has_text="Nog niet bewaard").wait_for()
    page.context.set_offline(False)
    page.locator("#A1 .item__state", has_text=SAVED).wait_for(timeout=6_000)
    page.reload()
    assert page.locator("#A1 input").nth(2).is_checked()


def test_somebody_who_is_logged_out_meanwhile_logs_in_again_and_loses_nothing(visit, server, as_coordinator):
    page = visit(HOME, **as_coordinator).page
    form = new_form(page, server)
    page.goto(f"{form}A/")
    page.context.clear_cookies()
    page.locator("#A1 input").nth(2).check()
    page.locator("#A1 .item__state", has_text="je bent uitgelogd").wait_for()
    page.context.add_cookies(as_coordinator["storage_state"]["cookies"])
    page.locator("#A1 .item__state", has_text=SAVED).wait_for(timeout=15_000)
    page.reload()
    assert page.locator("#A1 input").nth(2).is_checked()


def test_a_reason_is_asked_for_and_saved_while_somebody_types(visit, server, as_coordinator):
    page = visit(HOME, **as_coordinator).page
    form = new_form(page, server)
    page.goto(f"{form}A/")
    page.locator("#A2 input[value=NA]").check()
    assert page.evaluate("document.activeElement.name") == "reason-A2"
    page.keyboard.type("Wij wijzen zelf geen woningen toe.")
    saved(page.locator("#A2"))
    page.reload()
    assert page.locator("[name=reason-A2]").input_value() == "Wij wijzen zelf geen woningen toe."


def test_without_javascript_a_section_is_saved_and_resumed(visit, server, as_coordinator):
    first = visit(HOME, **as_coordinator).page
    form = new_form(first, server)
    page = visit(f"{form.removeprefix(server)}A/", java_script_enabled=False, **as_coordinator).page
    page.locator("#A1 input").nth(2).check()
    page.get_by_role("button", name="Bewaar en stop").click()
    page.wait_for_url(form)
    assert "1 van 34 vragen beantwoord" in page.locator("main").inner_text()
    page.get_by_role("link", name="Een eigen thuis").click()
    assert page.locator("#A1 input").nth(2).is_checked()


def test_g03_the_report_prints_on_a4_in_greyscale_with_marks_that_can_be_told_apart(visit, as_coordinator, server):
    import io

    from PIL import Image
    from pypdf import PdfReader

    page = visit(HOME, **as_coordinator).page
    page.locator("main a", has_text="Rapport: Spiegel HF").first.click()
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = " ".join(sheet.extract_text() for sheet in sheets)
    assert "Download als PDF" not in text
    assert "Het totaal" in text or "Totaal, op een schaal" in text
    page.emulate_media(media="print", color_scheme="light")
    chart = page.locator("figure.chart").first
    grey = Image.open(io.BytesIO(chart.locator("svg.chart__picture").screenshot())).convert("L")
    marks = {}
    for name in ("own", "peers"):
        mark = chart.locator(f".chart__picture .chart__{name}").first
        box, whole = mark.bounding_box(), chart.locator("svg.chart__picture").bounding_box()
        middle = (box["x"] - whole["x"] + box["width"] / 2, box["y"] - whole["y"] + box["height"] / 2)
        marks[name] = grey.getpixel((round(middle[0]), round(middle[1])))
    paper = grey.getpixel((2, 2))
    assert contrast(marks["own"], paper) >= 3
    assert contrast(marks["own"], marks["peers"]) >= 3


def contrast(one, other):
    """Return the contrast of two greys (WCAG 2.2, relative luminance)."""

    def light(grey):
        part = grey / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
