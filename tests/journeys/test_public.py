"""What the public meets in a real browser: no faults, no barriers, no strangers listening in."""

import gzip
import html
import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from browsing import faults
from seen_pages import PUBLIC

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC.keys())
def test_axe_finds_nothing_in_light_and_dark_and_nothing_scrolls_sideways(visit, path):
    assert faults(visit(path).page) == []


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC.keys())
def test_every_page_reads_without_css_and_javascript(visit, path):
    plain = visit("/healthz", java_script_enabled=False).page
    plain.route("**/*.{css,js}", lambda route: route.abort())
    plain.goto(urljoin(plain.url, path))
    assert plain.locator("h1").first.is_visible()
    assert plain.locator("main").inner_text().strip()
    assert plain.locator("a:visible").count() > 3


def test_a_crawl_of_every_link_finds_no_fault(visit, server):
    watched = visit("/")
    page, seen, queue, broken, opened = watched.page, set(), ["/"], [], Counter()
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = page.request.get(urljoin(server, path), max_redirects=5)
        if answer.status >= 400:
            broken.append((path, answer.status))
        if "text/html" not in answer.headers.get("content-type", "") or path.startswith("/cms/"):
            continue
        folder = path.rpartition("/")[0].rpartition("/")[0]
        opened[folder] += "?" not in path
        if "?" not in path and opened[folder] <= 3:
            # What the browser itself thinks of it; three of a kind, as filtered lists and neighbours are alike.
            page.goto(urljoin(server, path))
        for link in re.findall(r'(?:href|src)="([^"#]+)', answer.text()):
            parts = urlsplit(urljoin(urljoin(server, path), html.unescape(link)))
            # Another moment in a recording is the same page.
            if f"{parts.scheme}://{parts.netloc}" == server and not parts.query.startswith("t="):
                queue.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    assert len(seen) > 150
    assert broken == []
    assert watched.messages == []
    assert watched.foreign == []
    assert watched.failures == []


def test_an_article_is_light(visit):
    watched = visit("/healthz")
    sizes, scripts = [], []

    def weigh(answer):
        kind = answer.headers.get("content-type", "")
        body = answer.body()
        is_text = kind.startswith(("text/", "image/svg", "application/javascript"))
        size = len(gzip.compress(body)) if is_text else len(body)
        sizes.append(size)
        if "javascript" in kind:
            scripts.append(size)

    watched.page.on("response", weigh)
    watched.page.goto(urljoin(watched.page.url, "/praktijkvoorbeelden/een-huurcontract-op-eigen-naam/"))
    watched.page.keyboard.press("End")
    watched.page.wait_for_load_state("networkidle")
    assert len(sizes) <= 6
    assert sum(sizes) <= 45_000
    assert sum(scripts) <= 8_000


def test_images_keep_their_place_while_they_load(visit):
    page = visit("/").page
    shift = page.evaluate(
        """() => new Promise(done => { let total = 0;
        new PerformanceObserver(list => { for (const e of list.getEntries()) total += e.value })
          .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(total), 800) })"""
    )
    assert shift == 0
    assert page.eval_on_selector_all("main img", "images => images.every(i => i.width && i.getAttribute('height'))")


def test_a_video_asks_nobody_anything_before_the_click(visit):
    watched = visit("/galerij/")
    page = watched.page
    page.wait_for_load_state("networkidle")
    assert watched.foreign == []
    page.get_by_role("link", name="Bekijk “Voorbeeld van een talkshow” op Vimeo").click()
    page.wait_for_selector("iframe.embed__frame")
    assert [urlsplit(url).netloc for url in watched.foreign][:1] == ["player.vimeo.com"]


def test_without_javascript_a_video_is_a_plain_link(visit):
    page = visit("/galerij/", java_script_enabled=False).page
    link = page.get_by_role("link", name="Bekijk “Voorbeeld van een talkshow” op Vimeo")
    assert link.get_attribute("href") == "https://vimeo.com/123456789"


def test_the_first_tab_offers_to_skip_to_the_content(visit):
    page = visit("/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_the_menu_opens_with_the_keyboard_on_a_phone_and_closes_with_escape(visit):
    page = visit("/", width=360).page
    menu = page.locator("summary.menu__toggle")
    menu.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Praktijkvoorbeelden", exact=True).is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Praktijkvoorbeelden", exact=True).is_visible()


def test_the_menu_stands_open_on_a_wide_screen(visit):
    page = visit("/", width=1280).page
    assert page.get_by_role("link", name="Praktijkvoorbeelden", exact=True).is_visible()
    assert not page.locator("summary.menu__toggle").is_visible()


def test_a_policy_officer_on_a_phone_finds_a_practice_to_call(visit):
    page = visit("/", width=360).page
    page.get_by_label("Plaats of regio").fill("den haag")
    page.get_by_role("button", name="Zoek een praktijk").click()
    page.get_by_role("link", name="info@limor.nl").wait_for()
    page.get_by_role("link", name="Housing First Den Haag (LIMOR)").last.click()
    page.get_by_role("heading", name="Housing First Den Haag (LIMOR)", level=1).wait_for()
    assert page.get_by_role("link", name="085 485 6000").get_attribute("href") == "tel:0854856000"


def test_a_support_worker_finds_an_article_in_her_own_words(visit):
    page = visit("/zoeken/", width=360).page
    page.locator("main").get_by_label("Zoek in alle kennis").fill("klachten van buren")
    page.locator("main").get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Overlast bespreken voordat het een klacht is").click()
    page.get_by_role("heading", name="Overlast bespreken voordat het een klacht is", level=1).wait_for()


def test_the_coverage_table_equals_its_csv(visit):
    import csv
    from io import StringIO

    page = visit("/voorzorg/dekking/").page
    table = page.eval_on_selector_all(
        "table.coverage tr", "rows => rows.map(r => [...r.cells].map(c => c.innerText.trim()))"
    )
    text = page.request.get(urljoin(page.url, "csv/")).body().decode("utf-8-sig")
    assert list(csv.reader(StringIO(text))) == table
    assert len(table) == 6
