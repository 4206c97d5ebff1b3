"""A small drawing kit with flat shapes in warm colours."""

from collections.abc import Sequence
from io import BytesIO

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

    def shape(self, points: Sequence[tuple[float, float]], fill: str) -> None:
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

    def line(self, points: Sequence[tuple[float, float]], width: int, fill: str) -> None:
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
        self.box(middle - width * 0.12, 640, middle + width * 0.12, 780, RUST if lit else DEEP, 10)

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


def draw_cup(scene: Scene, x: float, y: float, fill: str) -> None:
    """Draw a cup with its rim around x, its top at y."""
    scene.ring(x + 92, y + 60, 42, 16, fill)
    scene.box(x - 90, y, x + 90, y + 130, fill, 36)
    scene.box(x - 90, y, x + 90, y + 40, fill)
    scene.box(x - 72, y + 8, x + 72, y + 26, INK, 8)


def draw_plant(scene: Scene, x: float, bottom: float) -> None:
    """Draw a plant in a pot that stands on `bottom`."""
    for lean, height in ((-90, 210), (-40, 290), (20, 320), (80, 240), (120, 160)):
        scene.line([(x, bottom - 90), (x + lean * 0.6, bottom - height * 0.7), (x + lean, bottom - height)], 12, GREEN)
        scene.disc(x + lean, bottom - height, 34, LEAF)
    scene.shape([(x - 80, bottom - 110), (x + 80, bottom - 110), (x + 56, bottom), (x - 56, bottom)], RUST)


def draw_bench(scene: Scene, left: float, width: float, top: float) -> None:
    """Draw a bench with its seat at `top`."""
    for leg in (left + 40, left + width - 60):
        scene.box(leg, top, leg + 22, top + 150, INK)
    scene.box(left, top, left + width, top + 34, BRICK, 8)
    scene.box(left, top - 110, left + width, top - 76, BRICK, 8)
    scene.box(left, top - 60, left + width, top - 26, BRICK, 8)
