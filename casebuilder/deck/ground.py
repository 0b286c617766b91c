"""Paints a small picture of what a layout shows without its text, so that we know what our text will stand on."""

# mypy: allow-untyped-calls

import math
from collections import Counter
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout

from casebuilder.deck.colours import WHITE, Colour, Scheme, contrast, mixed, scheme_of
from casebuilder.deck.outlines import Point, frame, outlines
from casebuilder.deck.theme import Box

#: Pixels to the inch: a logo is still seen, and a layout is painted in a few milliseconds.
_FINE = 16
#: Pictures with more pixels than this are left unread.
_MOST_PIXELS = 40_000_000
#: Colours are told apart in steps of this size (of 256).
_STEP = 8
_EMU = 914_400
_GREY: Colour = (0.5, 0.5, 0.5)
#: A logo covers no more of a slide than this.
_PATCH = 0.15
#: Two neighbours that differ more are an edge; fewer of them than this share of a box are a speck.
_DRAWN, _FEW = 0.2, 0.003

Fill = tuple[Colour, float]


@dataclass(frozen=True)
class Place:
    """How the coordinates of a group stand on the slide: pixels = offset + scale x coordinate."""

    left: float = 0.0
    top: float = 0.0
    wide: float = _FINE / _EMU
    tall: float = _FINE / _EMU

    def point(self, x: float, y: float) -> Point:
        """Where a point of the group is in the picture."""
        return self.left + x * self.wide, self.top + y * self.tall


class Ground:
    """What stands behind the text of a layout."""

    def __init__(self, layout: SlideLayout, width: float, height: float) -> None:
        """`width` and `height` of the slide in inches."""
        self.scheme: Scheme = scheme_of(layout.slide_master, layout)
        size = (max(1, round(width * _FINE)), max(1, round(height * _FINE)))
        self.picture = Image.new("RGB", size, _bytes(WHITE))
        master = layout.slide_master
        self._themed = parse_xml(master.part.part_related_by(RT.THEME).blob)
        for part in (master, layout):
            self._background(part)
        if layout._element.get("showMasterSp") != "0":
            self._shapes(master._element.cSld.spTree, master.part, Place())
        self._shapes(layout._element.cSld.spTree, layout.part, Place())

    def colours(self, box: Box) -> Counter[Colour]:
        """The colours inside a box, in inches, and how many pixels have each."""
        found: Counter[Colour] = Counter()
        for count, pixel in _counted(self._inside(box)):
            red, green, blue = (min(255, _STEP * round(part / _STEP)) / 255 for part in pixel)
            found[red, green, blue] += count
        return found

    def _inside(self, box: Box) -> Image.Image:
        """The part of the picture in a box, at least a pixel of it."""
        left, top, right, bottom = (round(at * _FINE) for at in (box.left, box.top, box.right, box.bottom))
        left, top = (
            max(0, min(low, size - 1)) for low, size in zip((left, top), self.picture.size, strict=True)
        )
        right, bottom = (
            min(self.picture.width, max(right, left + 1)),
            min(self.picture.height, max(bottom, top + 1)),
        )
        return self.picture.crop((left, top, right, bottom))

    def mean(self, box: Box) -> Colour:
        """The colour that most of a box has, on average of those near it."""
        found = self.colours(box)
        if not found:
            return WHITE
        most = found.most_common(1)[0][0]
        near = {c: n for c, n in found.items() if math.dist(c, most) < 0.15}
        total = sum(near.values())
        red, green, blue = (sum(c[i] * n for c, n in near.items()) / total for i in range(3))
        return red, green, blue

    def legible(self, colour: Colour, box: Box, least: float) -> float:
        """The part of a box on which a colour has at least this contrast."""
        found = self.colours(box)
        return sum(n for c, n in found.items() if contrast(colour, c) >= least) / max(1, sum(found.values()))

    def beneath(self, holder: Any, part: Any, box: Box) -> "Ground":
        """The ground of a placeholder's text: with the fill that the placeholder itself has, if any."""
        below = copy(self)
        below.picture = self.picture.copy()
        left, top, right, bottom = (_FINE * at for at in (box.left, box.top, box.right, box.bottom))
        below._paint(holder, part, [(left, top), (right, top), (right, bottom), (left, bottom)])
        return below

    def clear(self, box: Box, most: float = 0.3) -> Box:
        """The box without the edges where something is drawn, as logos are; whole where that takes more than `most`."""
        if not self.is_drawn_on(box):
            return box
        best = None
        for side in range(4):
            for step in range(1, round(most * 20) + 1):
                part = _less(box, side, step / 20)
                if not self.is_drawn_on(part):
                    best = part if best is None or _area(part) > _area(best) else best
                    break
        return best or box

    def is_drawn_on(self, box: Box) -> bool:
        """Whether something with edges is seen in the box; a ground that changes slowly has none."""
        pixels = np.asarray(self._inside(box), dtype=np.float64) / 255
        if min(pixels.shape[:2]) < 2:
            return False
        edges = sum(int((np.abs(np.diff(pixels, axis=axis)).max(axis=2) > _DRAWN).sum()) for axis in (0, 1))
        return bool(edges > _FEW * pixels.shape[0] * pixels.shape[1])

    def _background(self, part: Any) -> None:
        ground = part._element.cSld.find(qn("p:bg"))
        if ground is None:
            return
        wide, tall = (float(side) for side in self.picture.size)
        whole: list[Point] = [(0.0, 0.0), (wide, 0.0), (wide, tall), (0.0, tall)]
        described, named = ground.find(qn("p:bgPr")), ground.find(qn("p:bgRef"))
        if described is not None:
            self._paint(described, part.part, whole)
        elif named is not None:
            self._theme_fill(named, whole)

    def _theme_fill(self, named: Any, whole: list[Point]) -> None:
        """A fill of the theme by its number, in the colour that the reference gives it."""
        fill = self.scheme.fill(named)
        number = int(named.get("idx", "0"))
        kinds = "bgFillStyleLst" if number > 1000 else "fillStyleLst"
        listed = self._themed.find(f".//{qn(f'a:{kinds}')}")
        at = number % 1000 - 1
        if listed is None or not 0 <= at < len(listed) or fill is None:
            return
        style = listed[at]
        if style.tag == qn("a:solidFill"):
            self._polygon(whole, self.scheme.fill(style, fill[0]) or fill)
        elif style.tag == qn("a:gradFill"):
            self._gradient(style, whole, fill[0])
        else:
            self._polygon(whole, fill)

    def _shapes(self, tree: Any, part: Any, place: Place) -> None:
        for shape in tree:
            kind = shape.tag.rsplit("}", 1)[1]
            if kind == "AlternateContent":
                self._shapes(next(iter(shape), ()), part, place)
            elif kind == "grpSp":
                self._group(shape, part, place)
            elif kind in ("sp", "pic", "cxnSp") and not shape.xpath(".//p:nvPr/p:ph"):
                self._shape(shape, part, place)

    def _group(self, group: Any, part: Any, place: Place) -> None:
        form = group.find(f"{qn('p:grpSpPr')}/{qn('a:xfrm')}")
        box, inner = frame(form), frame(form, "chOff", "chExt")
        if box is None or inner is None or not inner[2] or not inner[3]:
            self._shapes(group, part, place)
            return
        wide, tall = place.wide * box[2] / inner[2], place.tall * box[3] / inner[3]
        left, top = place.point(box[0], box[1])
        self._shapes(group, part, Place(left - inner[0] * wide, top - inner[1] * tall, wide, tall))

    def _shape(self, shape: Any, part: Any, place: Place) -> None:
        properties = shape.find(qn("p:spPr"))
        box = frame(properties.find(qn("a:xfrm"))) if properties is not None else None
        if box is None or box[2] <= 0 or box[3] <= 0:
            return
        for outline in outlines(properties, box):
            points = [place.point(x, y) for x, y in outline]
            if shape.tag == qn("p:pic"):
                self._paint(shape, part, points)
            elif not self._paint(properties, part, points):
                named = shape.find(f"{qn('p:style')}/{qn('a:fillRef')}")
                if named is not None and named.get("idx") != "0":
                    self._theme_fill(named, points)
            self._outline(properties, points)
            if shape.xpath("./p:txBody//a:t[normalize-space()]"):
                self._polygon(points, (_GREY, 0.5))

    def _outline(self, properties: Any, points: list[Point]) -> None:
        """The line around a shape, where it has a colour of its own."""
        line = properties.find(f"{qn('a:ln')}/{qn('a:solidFill')}")
        fill = self.scheme.fill(line) if line is not None else None
        if fill:
            ImageDraw.Draw(self.picture).line([*points, points[0]], _bytes(fill[0]))

    def _paint(self, holder: Any, part: Any, points: list[Point]) -> bool:
        """Fills an outline as its properties say; False where they say nothing of it."""
        for child in holder:
            kind = child.tag.rsplit("}", 1)[1]
            if kind == "noFill":
                return True
            if kind == "solidFill":
                fill = self.scheme.fill(child)
            elif kind == "gradFill":
                self._gradient(child, points)
                return True
            elif kind == "pattFill":
                fill = self._pattern(child)
            elif kind == "blipFill":
                self._picture(child, part, points)
                return True
            else:
                continue
            if fill:
                self._polygon(points, fill)
            return True
        return False

    def _pattern(self, pattern: Any) -> Fill | None:
        """The mixture of its two colours that the eye sees from afar."""
        both = [
            self.scheme.fill(each)
            for each in (pattern.find(qn("a:fgClr")), pattern.find(qn("a:bgClr")))
            if each is not None
        ]
        known = [fill for fill in both if fill]
        return (mixed(known[0][0], known[-1][0], 0.4), known[-1][1]) if known else None

    def _gradient(self, gradient: Any, points: list[Point], placeholder: Colour | None = None) -> None:
        """Colours from stop to stop: along a line, or from the middle outwards."""
        stops = sorted(
            (int(stop.get("pos", "0").rstrip("%")) / 100_000, *found)
            for stop in gradient.iter(qn("a:gs"))
            if (found := self.scheme.fill(stop, placeholder))
        )
        left, top = (min(point[i] for point in points) for i in (0, 1))
        wide, tall = (max(1.0, max(point[i] for point in points) - low) for i, low in ((0, left), (1, top)))
        if not stops or wide * tall > _MOST_PIXELS:
            return
        where = _along(gradient, round(wide) or 1, round(tall) or 1)
        at = [stop[0] for stop in stops]
        parts = [np.interp(where, at, [255 * stop[1][i] for stop in stops]) for i in range(3)]
        parts.append(np.interp(where, at, [255 * stop[2] for stop in stops]))
        shown = Image.fromarray(np.stack(parts, axis=-1).round().astype(np.uint8), "RGBA")
        whole = Image.new("RGBA", self.picture.size)
        whole.paste(shown, (round(left), round(top)))
        mask = Image.new("L", self.picture.size, 0)
        ImageDraw.Draw(mask).polygon(points, fill=255)
        mask = ImageChops.multiply(mask, whole.getchannel("A"))
        self.picture.paste(whole.convert("RGB"), mask=mask)

    def _polygon(self, points: list[Point], fill: Fill) -> None:
        colour, opacity = fill
        mask = Image.new("L", self.picture.size, 0)
        ImageDraw.Draw(mask).polygon(points, fill=round(255 * opacity))
        self.picture.paste(_bytes(colour), mask=mask)

    def _picture(self, fill: Any, part: Any, points: list[Point]) -> None:
        """A picture stretched over an outline; one that cannot be read is a grey patch where it is small."""
        found = fill.xpath("./a:blip/@r:embed")
        left, right = (min(p[0] for p in points), max(p[0] for p in points))
        top, bottom = (min(p[1] for p in points), max(p[1] for p in points))
        try:
            blob = part.related_part(found[0]).blob
            with Image.open(BytesIO(blob)) as image:
                if image.width * image.height > _MOST_PIXELS:
                    return
                size = (max(1, min(4096, round(right - left))), max(1, min(4096, round(bottom - top))))
                shown = _cropped(image, fill).convert("RGBA").resize(size)
        except (IndexError, KeyError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            if (right - left) * (bottom - top) < _PATCH * self.picture.width * self.picture.height:
                self._polygon(points, (_GREY, 0.5))
            return
        self.picture.paste(shown, (round(left), round(top)), shown)


def _along(gradient: Any, wide: int, tall: int) -> NDArray[np.float64]:
    """For each pixel how far along the gradient it is, 0 to 1."""
    down, across = np.mgrid[0:tall, 0:wide] / np.array([max(1, tall - 1), max(1, wide - 1)])[:, None, None]
    inner = gradient.find(f"{qn('a:path')}/{qn('a:fillToRect')}")
    if gradient.find(qn("a:path")) is not None:
        left, top, right, bottom = (
            int(inner.get(side, "0").rstrip("%")) / 100_000 if inner is not None else 0.5 for side in "ltrb"
        )
        middle, height = (left + 1 - right) / 2, (top + 1 - bottom) / 2
        far = np.maximum(
            np.abs(across - middle) / max(middle, 1 - middle), np.abs(down - height) / max(height, 1 - height)
        )
        return np.asarray(np.clip(far, 0.0, 1.0))
    line = gradient.find(qn("a:lin"))
    angle = math.radians(int(line.get("ang", "0")) / 60_000) if line is not None else math.pi / 2
    reach = (across - 0.5) * math.cos(angle) + (down - 0.5) * math.sin(angle)
    return np.asarray(np.clip(reach / (abs(math.cos(angle)) + abs(math.sin(angle))) + 0.5, 0.0, 1.0))


def _less(box: Box, side: int, share: float) -> Box:
    """The box without a share at its left, upper, right or lower side."""
    wide, tall = (share * box.width, 0.0) if side % 2 == 0 else (0.0, share * box.height)
    left, top = (wide, tall) if side < 2 else (0.0, 0.0)
    return Box(box.left + left, box.top + top, box.width - wide, box.height - tall)


def _area(box: Box) -> float:
    return box.width * box.height


def _cropped(image: Image.Image, fill: Any) -> Image.Image:
    """The part of a picture that its shape shows."""
    cut = fill.find(qn("a:srcRect"))
    if cut is None or not cut.attrib:
        return image
    left, top, right, bottom = (max(0, int(cut.get(side, "0"))) / 100_000 for side in "ltrb")
    if left + right >= 1 or top + bottom >= 1:
        return image
    box = (left * image.width, top * image.height, (1 - right) * image.width, (1 - bottom) * image.height)
    return image.crop(tuple(round(at) for at in box))  # type: ignore[arg-type]


def _bytes(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = (round(255 * part) for part in colour)
    return red, green, blue


def _counted(picture: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    """How many pixels have each colour."""
    found: Any = picture.getcolors(picture.width * picture.height)
    return list(found or ())
