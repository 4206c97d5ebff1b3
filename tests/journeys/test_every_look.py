"""Every page in each language, and for whoever needs large letters, no motion, the system's colours or paper."""

import pytest
from browsing import barriers
from contrast import too_pale
from django.utils import translation
from needs import unmet
from route_table import doors
from seen_pages import AGENDA, AGENDA_OF_MEMBERS, DOOR, EXCHANGE, PORTAL, PUBLIC

pytestmark = [pytest.mark.browser, pytest.mark.once]
FOR_STRANGERS = {"everyone", "door", "nobody at all"}
FOR_COORDINATORS = {"logged in", "own things", "members", "network", "people of A", "coordinators of A"}
# Looking at these logs the coordinator out or asks who she is, which the pages in Dutch were asked already.
ENDS = {"account_logout"}


def routes_in(language, wanted):
    with translation.override(language):
        return sorted({address for name, address, door in doors() if door in wanted and name not in ENDS})


def look_at(watched, server, addresses):
    """Return what axe finds on those of these addresses that are pages for this visitor, and how many are."""
    page, found, seen = watched.page, [], 0
    for address in addresses:
        answer = page.request.get(f"{server}{address}", max_redirects=0)
        # What a script fetches is a piece of a page, which the page's own test looks at; one 404 is as another.
        is_page = answer.status == 200 and answer.text().lstrip().lower().startswith("<!doctype html")
        if is_page:
            page.goto(f"{server}{address}")
            found += barriers(page)
            seen += 1
    return found, seen


@pytest.mark.parametrize(("language", "look"), [("en", (360, "light")), ("fr", (1280, "dark"))])
def test_axe_finds_nothing_in_the_other_languages(visit, server, as_coordinator, language, look):
    width, scheme = look
    stranger = visit(f"/{language}/", width=width, scheme=scheme)
    content = stranger.page.eval_on_selector_all(
        f"a[href^='/{language}/']", "links => links.map(link => link.getAttribute('href'))"
    )
    found, seen = look_at(stranger, server, sorted({*content, *routes_in(language, FOR_STRANGERS)}))
    coordinator = visit(f"/{language}/leden/", width=width, scheme=scheme, **as_coordinator)
    more, also_seen = look_at(coordinator, server, routes_in(language, FOR_COORDINATORS))
    assert found + more == []
    assert (seen > 20, also_seen > 40) == (True, True)


def test_letters_of_which_axe_cannot_tell_are_compared_with_what_is_painted_behind_them(visit):
    page = visit("/healthz", bypass_csp=True).page
    page.set_content('<p class="pale" style="color: #aaa">1</p><p class="clear" style="color: #222">★</p>')
    assert too_pale(page, ".pale").endswith("contrast of 2.32")
    assert too_pale(page, ".clear") == ""


@pytest.mark.parametrize("path", [*PUBLIC.values(), *AGENDA, *DOOR])
def test_nothing_is_in_the_way_on_public_pages(visit, path):
    assert unmet(visit(path, bypass_csp=True).page) == []


@pytest.mark.parametrize("path", [*PORTAL, *EXCHANGE, *AGENDA_OF_MEMBERS])
def test_nothing_is_in_the_way_on_pages_of_members(visit, as_coordinator, path):
    assert unmet(visit(path, bypass_csp=True, **as_coordinator).page) == []
