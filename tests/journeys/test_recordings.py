"""Watching and listening in a real browser: by keyboard, from a moment, reading along, and asking nobody else."""

from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.once]
SHOW = "/kijk-en-luister/talkshow/talkshow-maart-zorg-die-past/"
EPISODE = "/kijk-en-luister/thuis-gesproken/weten-hoe-het-is/"
LIVE = "/kijk-en-luister/talkshow/live/"
MOMENT = "document.querySelector('.player__media').currentTime"


def moment_becomes(page, lowest, highest):
    page.wait_for_function(f"() => {MOMENT} >= {lowest} && {MOMENT} <= {highest}")


def hold_still(page):
    """Let a recording go to a moment without running on, however busy the machine is."""
    page.evaluate("() => { HTMLMediaElement.prototype.play = () => Promise.resolve() }")


def tab_to(page, locator, most=60):
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the keyboard never got there")


@pytest.mark.parametrize("address", [f"{SHOW}?t=754", f"{SHOW}#t=754"])
def test_an_address_with_a_moment_starts_there(visit, address):
    page = visit(address).page
    moment_becomes(page, 754, 754.9)


def test_without_javascript_it_starts_there_too_and_the_whole_text_can_be_read(visit):
    page = visit(f"{SHOW}?t=754", java_script_enabled=False).page
    assert page.locator("video").get_attribute("src").endswith("#t=754")
    text = page.locator(".transcript").inner_text()
    assert "Doe een stap naar achteren als je hebt aangebeld." in text
    assert page.get_by_role("link", name="Speel af vanaf 12:").first.get_attribute("href").startswith("?t=7")
    assert page.locator(".transcript__find").is_hidden()
    assert page.locator("a[download]").count() >= 3


def test_the_keyboard_alone_finds_chapters_text_speed_and_words(visit):
    page = visit(SHOW).page
    hold_still(page)
    chapter = page.get_by_role("link", name="Loslaten")
    tab_to(page, chapter)
    page.keyboard.press("Enter")
    start = float(chapter.get_attribute("data-seek"))
    moment_becomes(page, start, start + 5)
    page.wait_for_function("() => document.querySelector('.chapters [aria-current]')?.textContent.includes('Loslaten')")
    assert urlsplit(page.url).query == f"t={int(start)}"
    field = page.get_by_label("Zoek in deze tekst")
    tab_to(page, field)
    page.keyboard.type("lantaarnpaal")
    assert page.locator(".transcript__find [role=status]").inner_text() == "1 keer gevonden"
    page.keyboard.press("Enter")
    page.locator(".transcript mark").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("qqq")
    assert page.locator(".transcript__find [role=status]").inner_text() == "Niet gevonden"
    time = page.locator(".turn__time").nth(3)
    tab_to(page, time)
    page.keyboard.press("Enter")
    start = float(time.get_attribute("data-seek"))
    moment_becomes(page, start, start + 5)


def test_speed_and_keys_work_on_the_player(visit):
    page = visit(EPISODE).page
    page.get_by_label("Snelheid").select_option("1.5")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    page.get_by_role("link", name="Downloaden").focus()
    page.keyboard.press("l")
    moment_becomes(page, 10, 12)
    page.keyboard.press("j")
    moment_becomes(page, 0, 2)
    page.keyboard.press("k")
    page.wait_for_function("() => !document.querySelector('audio').paused")


def test_the_text_reads_along_and_a_click_on_a_sentence_goes_there(visit):
    page = visit(EPISODE).page
    hold_still(page)
    cue = page.locator(".cue", has_text="Naast je zit iemand")
    cue.click()
    start = float(cue.get_attribute("data-start"))
    moment_becomes(page, start, start + 3)
    page.wait_for_function("() => document.querySelector('.cue--current')?.textContent.includes('Naast je zit')")
    assert page.locator(".cue--current").count() == 1


def test_captions_are_on_in_the_language_of_the_page(visit):
    page = visit(SHOW).page
    page.wait_for_function("() => document.querySelector('video').textTracks[0].cues?.length > 50")
    track = page.evaluate("(t => [t.language, t.mode, t.kind])(document.querySelector('video').textTracks[0])")
    assert track == ["nl", "showing", "captions"]


def test_a_live_show_from_elsewhere_asks_nobody_anything_before_the_click(visit):
    watched = visit(LIVE)
    page = watched.page
    page.wait_for_load_state("networkidle")
    assert watched.foreign == []
    assert "frame-src" in page.request.get(page.url).headers["content-security-policy"]
    page.get_by_role("link", name="op Vimeo").click()
    page.wait_for_selector("iframe.embed__frame")
    assert {urlsplit(url).netloc for url in watched.foreign} == {"player.vimeo.com"}


def test_the_choice_for_a_provider_is_kept_only_when_the_visitor_asks(visit):
    watched = visit(LIVE)
    page = watched.page
    page.get_by_role("link", name="op Vimeo").click()
    page.reload()
    assert page.locator("iframe").count() == 0
    page.get_by_label("Speel video's van Vimeo voortaan meteen af").check()
    page.reload()
    page.wait_for_selector("iframe.embed__frame")
    page.get_by_label("Speel video's van Vimeo voortaan meteen af").uncheck()
    page.reload()
    assert page.locator("iframe").count() == 0


def test_the_player_is_light(visit):
    import gzip

    watched = visit("/healthz")
    scripts = []
    watched.page.on(
        "response",
        lambda answer: scripts.append(len(gzip.compress(answer.body()))) if answer.url.endswith(".js") else None,
    )
    watched.page.goto(watched.page.url.replace("/healthz", SHOW))
    watched.page.wait_for_load_state("networkidle")
    assert 0 < sum(scripts) <= 12_000


def test_the_map_leads_to_a_practice_by_keyboard_without_javascript(visit):
    page = visit("/praktijken/", java_script_enabled=False).page
    dot = page.get_by_role("link", name="Enschede: Thuis in Twente")
    tab_to(page, dot, most=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/praktijken/thuis-in-twente/")
    page.get_by_role("heading", name="Thuis in Twente", level=1).wait_for()
