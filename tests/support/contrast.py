"""Decides what axe leaves open: whether letters stand out from what is really painted behind them."""

import io

from PIL import Image

LETTERS = """element => {
  const style = getComputedStyle(element);
  const paint = new OffscreenCanvas(1, 1).getContext("2d");
  paint.fillStyle = element instanceof SVGElement ? style.fill : style.color;
  paint.fillRect(0, 0, 1, 1);
  return {
    colour: [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3),
    size: parseFloat(style.fontSize),
    isBold: Number(style.fontWeight) >= 700,
    kind: `${element.tagName} ${element.getAttribute("class")}`,
  };
}"""
LARGE, LARGE_WHEN_BOLD = 24, 18.66
# One label of a chart is as another: each kind of letters is looked at once in each look.
_known = {}


def _light(colour):
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    """Return the contrast of two colours, 1 to 21. Source: WCAG 2.2, relative luminance."""
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def behind(picture, letters):
    """Return the colour that most of a picture has, apart from the letters' own; theirs when there is no other."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    counts = {colour: count for count, colour in image.getcolors(image.width * image.height)}
    counts.pop(letters, None)
    return max(counts, key=counts.get, default=letters)


def too_pale(page, selector):
    """Return what is wrong with the contrast of an element's letters; "" when they stand out."""
    place = page.locator(selector).first
    letters = place.evaluate(LETTERS)
    colour = tuple(letters["colour"])
    look = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    known = (letters["kind"], colour, letters["size"], look)
    if known not in _known:
        is_large = letters["size"] >= (LARGE_WHEN_BOLD if letters["isBold"] else LARGE)
        found = ratio(colour, behind(place.screenshot(), colour))
        _known[known] = "" if found >= (3 if is_large else 4.5) else f"{known}: contrast of {found:.2f}"
    return _known[known]


def undecided(page, results):
    """Return the faults among what axe could not decide on this page."""
    faults = []
    for rule in results.response["incomplete"]:
        for node in rule["nodes"]:
            wrong = too_pale(page, node["target"][0]) if rule["id"] == "color-contrast" else f"{rule['id']}: look at it"
            faults += [f"{node['html'][:120]} {wrong}"] if wrong else []
    return faults
