"""Searching in a real browser: by keyboard, on a phone, and without JavaScript."""

import pytest
from browsing import faults, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.once]
FIELD = "#search-large"


def test_a_support_worker_types_it_wrong_and_finds_the_second_in_the_podcast(visit):
    watched = visit("/zoeken/", width=360)
    page = watched.page
    tab_to(page, FIELD)
    page.keyboard.type("kennismaken bu")
    option = page.get_by_role("option", name="Kennismaken met de buren")
    option.wait_for()
    assert page.get_by_role("combobox", expanded=True).count() == 1
    assert faults(page) == []
    page.keyboard.press("ArrowDown")
    assert page.locator(FIELD).get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    assert page.locator(FIELD).input_value() == "kennismaken bu"
    page.locator(FIELD).fill("hnod")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=hnod")
    page.locator(".did-you-mean a").click()
    page.wait_for_url("**/zoeken/?q=hond")
    moment = page.locator(".moments__time").first
    clock = moment.inner_text()
    moment.click()
    page.wait_for_url("**?t=*")
    minutes, seconds = clock.split(":")
    assert page.url.endswith(f"?t={int(minutes) * 60 + int(seconds)}")
    assert watched.messages == []
    assert watched.foreign == []


def test_a_suggestion_is_chosen_with_the_arrows_or_a_tap(visit):
    page = visit("/praktijkvoorbeelden/").page
    page.locator("#search-header").press_sequentially("lange")
    page.get_by_role("option", name="De lange zondag").wait_for()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/?q=De+lange+zondag")
    page.locator(FIELD).fill("")
    page.locator(FIELD).press_sequentially("huisdieren")
    page.get_by_role("option", name="Huisdieren mee naar binnen").click()
    page.wait_for_url("**/zoeken/?q=Huisdieren+mee+naar+binnen")


def test_results_are_narrowed_without_javascript(visit):
    page = visit("/zoeken/?q=wonen", java_script_enabled=False).page
    page.locator(".facets summary").click()
    page.get_by_label("Geld en schulden").check()
    page.get_by_label("Nieuwste eerst").check()
    page.get_by_role("button", name="Toon deze keuze").click()
    assert "thema=geld" in page.url
    assert "volgorde=nieuwste" in page.url
    assert page.get_by_label("Geld en schulden").is_checked()
    assert page.locator(".hit").count() >= 1
    page.get_by_role("link", name="Wis alle keuzes").click()
    assert page.url.endswith("?q=wonen")


def test_a_page_that_found_nothing_says_so_to_the_editors(visit):
    watched = visit("/healthz")
    with watched.page.expect_request("**/zoeken/niets-gevonden/") as told:
        watched.page.goto(watched.page.url.replace("/healthz", "/zoeken/?q=xyzzyqwv"))
    assert told.value.method == "POST"
    assert told.value.response().status == 204
