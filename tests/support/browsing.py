"""What tests in a real browser share: looking with axe, and going about by keyboard."""

from axe_playwright_python.sync_playwright import Axe
from contrast import undecided
from looked_at import note

LOOKS = ((360, "light"), (1280, "dark"))


# Of the rules that axe leaves out by itself, this one is of WCAG 2.2 AA (2.5.8). What is in order need not be told, for
# axe takes most of its time to tell it.
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations", "incomplete"]}


def barriers(page, within=None):
    """Return what axe finds on this page as it is now, or within one element of it.

    No rule is ignored, and nothing is left undecided.
    """
    results = Axe().run(page, context=within, options=OPTIONS)
    note(page, results)
    look = f"{page.url} {page.viewport_size['width']} px"
    found = [f"{look}: {results.generate_report()}"] if results.violations_count else []
    return found + [f"{look}: {fault}" for fault in undecided(page, results)]


def faults(page):
    """Return what axe finds, in both widths and both colour schemes, and whether the page scrolls sideways.

    Colours do not change with the width, nor the layout with the colours: two looks say it all.
    """
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found += barriers(page)
    page.set_viewport_size({"width": 320, "height": 800})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append(f"{page.url} scrolls sideways")
    page.set_viewport_size({"width": LOOKS[0][0], "height": 800})
    return found


def tab_to(page, selector, most=60):
    """Move the focus by keyboard until it is on this element, and see that one can see it there."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            box = page.evaluate("() => document.activeElement.getBoundingClientRect().toJSON()")
            assert box["width"] > 0, f"{selector} has the focus but cannot be seen"
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def fill_by_keyboard(page, fields, submit="main form button[type=submit]"):
    for selector, text in fields.items():
        tab_to(page, selector)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
    tab_to(page, submit)
    page.keyboard.press("Enter")
