"""What somebody needs who reads with large letters, without motion, in the colours of the system, or on paper."""

LARGE = "html { font-size: 200% !important; }"
# WCAG 2.2, 1.4.12: the most that somebody may ask of lines, letters and words.
WIDE = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element);
  const hides = [style.overflowX, style.overflowY].some((value) => value === "hidden" || value === "clip");
  const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const seen = element.clientWidth > 2 && element.clientHeight > 2 && style.visibility === "visible";
  return hides && text && seen
    && (element.scrollWidth > element.clientWidth + 2 || element.scrollHeight > element.clientHeight + 2);
}).map((element) => element.outerHTML.slice(0, 120))"""
MOVING = """() => [...document.querySelectorAll("body, body *")].filter((element) => {
  const style = getComputedStyle(element);
  const seconds = `${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat);
  return Math.max(...seconds) > 0.01;
}).map((element) => element.outerHTML.slice(0, 120)).concat(
  document.getAnimations().filter((one) => one.playState === "running").map((one) => String(one.animationName)))"""
# What has the focus must show it in any colours: an outline of its own or of its card, not a shadow or a colour alone.
UNSEEN_FOCUS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((element) => element.checkVisibility() && !element.disabled)
  .filter((element) => {
    element.focus({ preventScroll: true, focusVisible: true });
    if (document.activeElement !== element) return false;
    const lined = (one) => {
      const style = getComputedStyle(one);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    };
    return ![element, element.closest(".card")].some((one) => one && lined(one));
  }).map((element) => element.outerHTML.slice(0, 120))"""
ON_PAPER = """() => {
  const shown = (selector) => [...document.querySelectorAll(selector)].some((element) => element.checkVisibility());
  return [...(shown("main h1") ? [] : ["no heading"]), ...(shown("nav, form[role=search]") ? ["menus are printed"] : [])];
}"""


def _with(page, style, look):
    tag = page.add_style_tag(content=style)
    found = look()
    tag.evaluate("element => element.remove()")
    return found


def sideways(page):
    width = page.viewport_size["width"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} px of {width}"] if wide > width else []


def unmet(page):
    """Return what is in the way on this page, of whom. The page's context needs `bypass_csp`, as readers' own styles do."""
    found = {}
    page.set_viewport_size({"width": 1280, "height": 800})
    found["200 % text"] = _with(page, LARGE, lambda: sideways(page) + page.evaluate(CLIPPED))
    page.set_viewport_size({"width": 360, "height": 800})
    found["wide text"] = _with(page, WIDE, lambda: sideways(page) + page.evaluate(CLIPPED))
    page.emulate_media(reduced_motion="reduce")
    found["no motion"] = page.evaluate(MOVING)
    page.emulate_media(forced_colors="active")
    found["forced colours"] = page.evaluate(UNSEEN_FOCUS)
    page.emulate_media(forced_colors="none", reduced_motion="no-preference", media="print")
    found["paper"] = page.evaluate(ON_PAPER)
    page.emulate_media(media="screen")
    return [f"{page.url} {need}: {what}" for need, faults in found.items() for what in faults]
