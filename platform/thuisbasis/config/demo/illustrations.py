"""The demo's pictures: calm scenes of streets and rooms, without anyone in them."""

from collections.abc import Callable
from io import BytesIO

from thuisbasis.config.demo.drawing import (
    BRICK,
    CLAY,
    CREAM,
    DEEP,
    GREEN,
    HEIGHT,
    INK,
    LEAF,
    PAPER,
    RUST,
    SAND,
    SKY,
    SUN,
    WIDTH,
    Scene,
    draw_bench,
    draw_cup,
    draw_plant,
)


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
    draw_plant(scene, 1240, 900)
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
    draw_cup(scene, 700, 530, RUST)
    draw_cup(scene, 1020, 530, GREEN)
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
    draw_plant(scene, 780, 660)
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
    draw_plant(scene, 620, 700)
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
    draw_plant(scene, 620, 800)
    draw_cup(scene, 1010, 660, GREEN)
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
    draw_bench(scene, 360, 900, 800)
    return scene


def bench_two() -> Scene:
    """A bench under a tree, big enough for two."""
    scene = Scene("#dce8e0", LEAF)
    scene.tree(1080, 260)
    draw_bench(scene, 460, 520, 780)
    scene.disc(340, 240, 90, SUN)
    draw_cup(scene, 640, 655, CREAM)
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


SCENES: dict[str, tuple[Callable[[], Scene], str]] = {
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


def cover() -> BytesIO:
    """Return the square cover of the podcast: 1400 pixels, JPEG."""
    drawn = window().image
    middle, half = drawn.width // 2, drawn.height // 2
    square = drawn.crop((middle - half, 0, middle + half, drawn.height)).resize((1400, 1400))
    file = BytesIO()
    square.save(file, "JPEG", quality=82)
    file.seek(0)
    return file
