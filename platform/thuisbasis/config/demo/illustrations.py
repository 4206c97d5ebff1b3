"""Draws the demo's pictures: calm scenes of streets and rooms, without anyone in them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE = 1600, 1000, 2
PAPER, SAND, INK, GREEN, DEEP, LEAF = "#f6ecd9", "#e2cfac", "#3a2a22", "#1f4d43", "#12332b", "#5a9474"
BRICK, RUST, CLAY, SUN, CREAM, SKY = "#9a5238", "#a83f19", "#cf7d4f", "#f2b84b", "#fff7e6", "#cfe0dc"


class Scene:
    """A canvas with flat shapes; coordinates are those of the finished picture."""

    def __init__(self, wall: str, floor: str, horizon: int = 760) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), wall)
        self.draw = ImageDraw.Draw(self.image)
        self.box(0, horizon, WIDTH, HEIGHT, floor)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, corner: int = 0) -> None:
        """Draw a rectangle, rounded when `corner` is above zero."""
        edges = [value * SCALE for value in (left, top, right, bottom)]
        self.draw.rounded_rectangle(edges, radius=corner * SCALE, fill=fill)

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        """Draw a polygon."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """Draw a filled circle around a point."""
        edges = [value * SCALE for value in (x - radius, y - radius, x + radius, y + radius)]
        self.draw.ellipse(edges, fill=fill)

    def ring(self, x: float, y: float, radius: float, width: int, fill: str) -> None:
        """Draw a circle as a line."""
        edges = [value * SCALE for value in (x - radius, y - radius, x + radius, y + radius)]
        self.draw.ellipse(edges, outline=fill, width=width * SCALE)

    def line(self, points: list[tuple[float, float]], width: int, fill: str) -> None:
        """Draw a line through points."""
        self.draw.line([(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=width * SCALE, joint="curve")

    def house(self, left: float, width: float, top: float, wall: str, *, lit: bool = False) -> None:
        """Draw a house with a pitched roof on the horizon."""
        right, middle = left + width, left + width / 2
        self.shape([(left - 20, top + 10), (middle, top - width * 0.45), (right + 20, top + 10)], INK)
        self.box(left, top, right, 780, wall)
        glass = SUN if lit else CREAM
        for row in range(2):
            for column in (0.16, 0.58):
                x = left + width * column
                self.box(x, top + 50 + row * 150, x + width * 0.26, top + 150 + row * 150, glass, 6)
        self.box(middle - width * 0.12, 640, middle + width * 0.12, 780, SUN if lit else DEEP, 10)

    def tree(self, x: float, size: float) -> None:
        """Draw a round tree on the horizon."""
        self.box(x - 10, 780 - size * 1.4, x + 10, 780, INK)
        self.disc(x, 780 - size * 1.6, size, LEAF)
        self.disc(x - size * 0.5, 780 - size * 1.2, size * 0.6, GREEN)

    def window(self, left: float, top: float, width: float, height: float, glass: str) -> None:
        """Draw a window with a frame and a cross."""
        self.box(left - 24, top - 24, left + width + 24, top + height + 24, CREAM, 10)
        self.box(left, top, left + width, top + height, glass)
        self.box(left + width / 2 - 8, top, left + width / 2 + 8, top + height, CREAM)
        self.box(left - 50, top + height + 24, left + width + 50, top + height + 54, CLAY, 6)

    def as_jpeg(self) -> BytesIO:
        """Return the finished picture, scaled down so that its edges are smooth."""
        output = BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(output, "JPEG", quality=90)
        output.seek(0)
        return output


def _cup(scene: Scene, x: float, y: float, fill: str) -> None:
    scene.ring(x + 92, y + 60, 42, 16, fill)
    scene.box(x - 90, y, x + 90, y + 130, fill, 36)
    scene.box(x - 90, y, x + 90, y + 40, fill)
    scene.box(x - 72, y + 8, x + 72, y + 26, INK, 8)


def _plant(scene: Scene, x: float, bottom: float) -> None:
    for lean, height in ((-90, 210), (-40, 290), (20, 320), (80, 240), (120, 160)):
        scene.line([(x, bottom - 90), (x + lean * 0.6, bottom - height * 0.7), (x + lean, bottom - height)], 12, GREEN)
        scene.disc(x + lean, bottom - height, 34, LEAF)
    scene.shape([(x - 80, bottom - 110), (x + 80, bottom - 110), (x + 56, bottom), (x - 56, bottom)], RUST)


def _bench(scene: Scene, left: float, width: float, top: float) -> None:
    for leg in (left + 40, left + width - 60):
        scene.box(leg, top, leg + 22, top + 150, INK)
    scene.box(left, top, left + width, top + 34, BRICK, 8)
    scene.box(left, top - 110, left + width, top - 76, BRICK, 8)
    scene.box(left, top - 60, left + width, top - 26, BRICK, 8)


def street() -> Scene:
    """A street in the evening, one house lit."""
    scene = Scene("#dfe6dc", SAND)
    scene.disc(1290, 220, 110, SUN)
    walls = [BRICK, CLAY, GREEN, "#d9b184", RUST]
    for index, wall in enumerate(walls):
        scene.house(60 + index * 310, 240, 400 - (index % 2) * 70, wall, lit=index == 2)
    for x in (340, 960, 1270):
        scene.tree(x, 70)
    return scene


def door() -> Scene:
    """An open front door with light inside."""
    scene = Scene(BRICK, SAND, 860)
    for row in range(12):
        scene.line([(0, row * 76), (WIDTH, row * 76)], 3, "#8a4730")
    scene.box(540, 150, 1020, 880, CREAM, 14)
    scene.box(580, 190, 980, 880, "#ffe3a0")
    scene.shape([(580, 190), (760, 250), (760, 930), (580, 880)], GREEN)
    scene.disc(728, 580, 14, SUN)
    scene.shape([(760, 880), (980, 880), (1180, HEIGHT), (660, HEIGHT)], "#f5d68d")
    _plant(scene, 1240, 900)
    scene.box(240, 300, 440, 560, CREAM, 8)
    scene.box(262, 322, 418, 538, SUN)
    return scene


def keys() -> Scene:
    """A bunch of keys on a table."""
    scene = Scene(SKY, CLAY, 0)
    scene.box(0, 0, WIDTH, HEIGHT, "#e8c79a")
    for x in range(0, WIDTH, 200):
        scene.line([(x, 0), (x + 60, HEIGHT)], 4, "#d9b27e")
    scene.ring(620, 420, 150, 26, INK)
    scene.line([(760, 480), (1180, 660)], 44, SUN)
    scene.shape([(1060, 600), (1110, 630), (1080, 700), (1030, 676)], SUN)
    scene.shape([(1150, 640), (1200, 664), (1166, 736), (1118, 710)], SUN)
    scene.line([(690, 540), (820, 860)], 44, GREEN)
    scene.shape([(790, 760), (836, 744), (860, 800), (812, 818)], GREEN)
    scene.disc(520, 560, 84, RUST)
    scene.disc(520, 530, 18, CREAM)
    return scene


def cups() -> Scene:
    """Two cups on a bench before a wall."""
    scene = Scene(SKY, SAND, 700)
    scene.window(180, 120, 320, 380, SUN)
    scene.box(120, 660, 1480, 720, BRICK, 12)
    scene.box(240, 720, 280, HEIGHT, INK)
    scene.box(1320, 720, 1360, HEIGHT, INK)
    _cup(scene, 700, 530, RUST)
    _cup(scene, 1020, 530, GREEN)
    for x in (690, 1010):
        scene.line([(x - 20, 490), (x - 40, 440), (x - 10, 390), (x - 30, 330)], 9, CREAM)
    return scene


def table() -> Scene:
    """A table laid for a small group."""
    scene = Scene("#e9dcc0", CLAY, 640)
    scene.window(620, 90, 360, 330, SKY)
    scene.shape([(160, 620), (1440, 620), (1560, 900), (40, 900)], BRICK)
    for x in (330, 630, 930, 1230):
        scene.disc(x, 730, 92, CREAM)
        scene.disc(x, 730, 58, SAND)
    _plant(scene, 780, 660)
    scene.line([(800, 0), (800, 60)], 8, INK)
    return scene


def letters() -> Scene:
    """Envelopes on a doormat."""
    scene = Scene("#d8c39b", SAND, 0)
    scene.box(0, 0, WIDTH, HEIGHT, "#d8c39b")
    scene.box(180, 120, 1420, 880, BRICK, 24)
    scene.box(220, 160, 1380, 840, RUST, 16)
    for left, top, fill in ((340, 260, CREAM), (620, 420, SKY), (860, 240, PAPER)):
        right, bottom = left + 400, top + 270
        scene.box(left, top, right, bottom, fill, 10)
        scene.line([(left, top), (left + 200, top + 150), (right, top)], 8, INK)
    scene.disc(1190, 440, 30, SUN)
    return scene


def stairs() -> Scene:
    """A shared staircase with two front doors."""
    scene = Scene("#d9e2d6", SAND, 820)
    for step in range(8):
        left = 640 + step * 90
        scene.box(left, 780 - step * 70, WIDTH, 830 - step * 70, CLAY if step % 2 else BRICK)
    for left, fill in ((120, GREEN), (380, RUST)):
        scene.box(left - 18, 330, left + 198, 830, CREAM, 8)
        scene.box(left, 350, left + 180, 830, fill)
        scene.disc(left + 150, 600, 12, SUN)
    scene.line([(640, 640), (1360, 80)], 18, INK)
    return scene


def bicycle() -> Scene:
    """A bicycle against a morning sky."""
    scene = Scene("#f7dfae", LEAF)
    scene.disc(1180, 620, 190, SUN)
    scene.box(0, 760, WIDTH, HEIGHT, GREEN)
    for x in (560, 1020):
        scene.ring(x, 690, 160, 18, INK)
        scene.disc(x, 690, 20, INK)
    frame = [(560, 690), (700, 450), (950, 450), (790, 690), (560, 690)]
    scene.line(frame, 20, RUST)
    scene.line([(790, 690), (700, 420)], 20, RUST)
    scene.line([(1020, 690), (940, 390), (1000, 360)], 20, RUST)
    scene.box(640, 396, 770, 424, INK, 12)
    scene.box(860, 300, 1010, 400, CLAY, 10)
    return scene


def window() -> Scene:
    """A window at night with a lamp and a plant."""
    scene = Scene(DEEP, GREEN, 860)
    scene.window(420, 140, 760, 560, SUN)
    _plant(scene, 620, 700)
    scene.line([(1000, 140), (1000, 300)], 8, INK)
    scene.shape([(920, 390), (960, 290), (1040, 290), (1080, 390)], RUST)
    for x, y in ((160, 160), (280, 320), (1360, 140), (1480, 300), (110, 460)):
        scene.disc(x, y, 6, CREAM)
    return scene


def plant() -> Scene:
    """A plant on a sill in the sun."""
    scene = Scene("#efe0c2", CLAY, 780)
    scene.window(340, 110, 900, 520, SKY)
    scene.disc(1020, 280, 80, SUN)
    _plant(scene, 620, 800)
    _cup(scene, 1010, 660, GREEN)
    return scene


def park() -> Scene:
    """A park with trees and a ball on the grass."""
    scene = Scene(SKY, LEAF)
    scene.disc(300, 220, 90, SUN)
    for x, size in ((180, 110), (520, 150), (1220, 170), (1480, 110)):
        scene.tree(x, size)
    scene.shape([(700, 780), (900, 780), (1180, HEIGHT), (420, HEIGHT)], SAND)
    scene.disc(1060, 880, 50, RUST)
    scene.ring(1060, 880, 50, 8, CREAM)
    return scene


def benches() -> Scene:
    """A long bench in a square."""
    scene = Scene("#e6e3cf", SAND)
    for index, wall in enumerate([CLAY, BRICK, "#d9b184", GREEN]):
        scene.house(40 + index * 400, 300, 430 - (index % 2) * 60, wall, lit=index == 1)
    scene.tree(760, 90)
    _bench(scene, 360, 900, 800)
    return scene


def bench_two() -> Scene:
    """A bench under a tree, big enough for two."""
    scene = Scene("#dce8e0", LEAF)
    scene.tree(1080, 260)
    _bench(scene, 460, 520, 780)
    scene.disc(340, 240, 90, SUN)
    _cup(scene, 640, 655, CREAM)
    return scene


def workshop() -> Scene:
    """A workbench with tools on the wall."""
    scene = Scene("#dfd0b0", BRICK, 800)
    scene.box(180, 120, 1420, 520, CREAM, 16)
    for x, fill in ((320, RUST), (520, GREEN), (720, SUN), (920, BRICK)):
        scene.box(x, 200, x + 36, 430, INK, 10)
        scene.box(x - 40, 190, x + 76, 260, fill, 12)
    scene.ring(1200, 320, 100, 24, GREEN)
    scene.box(100, 620, 1500, 690, CLAY, 10)
    scene.box(200, 690, 260, HEIGHT, INK)
    scene.box(1340, 690, 1400, HEIGHT, INK)
    scene.box(560, 540, 900, 620, SAND, 8)
    return scene


SCENES: dict[str, tuple[Callable[[], Any], str]] = {
    "street": (street, "Een rij huizen bij avond; in één huis brandt licht"),
    "door": (door, "Een open voordeur met warm licht erachter"),
    "keys": (keys, "Een sleutelbos op een houten tafel"),
    "cups": (cups, "Twee dampende koppen op een bank voor een huis"),
    "table": (table, "Een gedekte tafel voor een kleine groep"),
    "letters": (letters, "Drie brieven op een deurmat"),
    "stairs": (stairs, "Een trappenhuis met twee voordeuren naast elkaar"),
    "bicycle": (bicycle, "Een fiets met krat bij zonsopkomst"),
    "window": (window, "Een verlicht raam in de nacht, met een lamp en een plant"),
    "plant": (plant, "Een plant en een kop op een vensterbank"),
    "park": (park, "Een park met bomen en een bal in het gras"),
    "benches": (benches, "Een lange bank op een plein met huizen"),
    "bench_two": (bench_two, "Een bank onder een boom, met een kop erop"),
    "workshop": (workshop, "Een werkbank met gereedschap aan de muur"),
}
