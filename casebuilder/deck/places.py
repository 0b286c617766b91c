"""Finds the places in somebody's layouts: which layout serves which slide, and which of its boxes what we have to say.

Layouts are judged by the types, sizes and positions of their placeholders, never by their names.
"""

# mypy: allow-untyped-calls

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.presentation import Presentation
from pptx.slide import SlideLayout

from casebuilder.deck import styles
from casebuilder.deck.emptied import Uses
from casebuilder.deck.theme import Box

_EMU = 914_400
_TITLES = ("title", "ctrTitle")
#: Placeholders that hold what we show; those that hold charts and tables first.
_CONTENT = ("obj", "chart", "tbl", "body")
_FOOT = ("dt", "ftr", "sldNum")
_SIDEWAYS = ("vert", "vert270", "wordArtVert", "eaVert", "mongolianVert", "wordArtVertRtl")

#: A place for content takes at least this part of the slide.
_LEAST_AREA = 0.3
#: A layout of another master is nearly as good if it is rated this much lower.
_NEARLY = 0.6
#: Two boxes that differ by less, in inches, stand at the same height.
_NEAR = 0.25


@dataclass(frozen=True)
class Slot:
    """A placeholder of a layout: its type, its box in inches, and its place on a new slide.

    `at` is None for those at the foot, which a new slide does not get by itself.
    """

    kind: str
    box: Box
    at: int | None
    element: Any
    layout: SlideLayout

    @property
    def inner(self) -> Box:
        """The box of its text."""
        left, top, right, bottom = styles.edges(self.layout, self.element)
        width, height = self.box.width - left - right, self.box.height - top - bottom
        return Box(self.box.left + left, self.box.top + top, max(0.1, width), max(0.1, height))


@dataclass(frozen=True)
class Found:
    """A layout with its slots, and the boxes that matter in it."""

    layout: SlideLayout
    slots: tuple[Slot, ...]
    width: float
    height: float

    def of(self, *kinds: str) -> tuple[Slot, ...]:
        """The slots of these types, from top to bottom and left to right."""
        return tuple(
            sorted((s for s in self.slots if s.kind in kinds), key=lambda s: (s.box.top, s.box.left))
        )

    @property
    def title(self) -> Slot | None:
        """The first title that lies across the slide."""
        wide = [slot for slot in self.of(*_TITLES) if slot.box.width >= 0.4 * self.width]
        return wide[0] if wide else None

    @property
    def contents(self) -> tuple[Slot, ...]:
        """The slots for content below the title, without small ones."""
        title = self.title
        top = title.box.top + 0.5 * title.box.height if title else 0.0
        return tuple(s for s in self.of(*_CONTENT) if s.box.top >= top and s.box.height >= 0.25 * self.height)

    @property
    def room(self) -> Box | None:
        """The box around the text of all its contents; None where it has none."""
        boxes = [slot.inner for slot in self.contents]
        return around(boxes) if boxes else None


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them."""
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    return Box(left, top, max(b.right for b in boxes) - left, max(b.bottom for b in boxes) - top)


def found_in(layout: SlideLayout, width: float, height: float) -> Found:
    """A layout with its slots; those that stand sideways, have no box or leave the slide are left out."""
    cloned = [shape._element for shape in layout.iter_cloneable_placeholders()]
    slots = []
    shapes: Any = layout.placeholders
    for shape in shapes:
        element = shape._element
        kind = element.xpath("string(.//p:ph/@type)") or "obj"
        sides = (shape.left, shape.top, shape.width, shape.height)
        if any(side is None for side in sides) or _sideways(layout, element):
            continue
        left, top, wide, tall = (side / _EMU for side in sides)
        box = _within(Box(left, top, wide, tall), width, height)
        at = cloned.index(element) if element in cloned else None
        if box.width > 0.1 and box.height > 0.1 and (at is not None or kind in _FOOT):
            slots.append(Slot(kind, box, at, element, layout))
    return Found(layout, tuple(slots), width, height)


def _within(box: Box, width: float, height: float) -> Box:
    """The part of a box that is on the slide."""
    left, top = max(0.0, box.left), max(0.0, box.top)
    return Box(left, top, min(width, box.right) - left, min(height, box.bottom) - top)


def _sideways(layout: SlideLayout, element: Any) -> bool:
    """Whether its text runs from top to bottom."""
    if element.xpath('.//p:ph[@orient="vert"]'):
        return True
    turned = element.xpath("string(./p:txBody/a:bodyPr/@vert)")
    return turned in _SIDEWAYS or bool(element.xpath("./p:spPr/a:xfrm[@rot and @rot!='0']"))


def all_layouts(file: Presentation) -> list[Found]:
    """Every layout of every master."""
    width, height = (float(side or 0) / _EMU for side in (file.slide_width, file.slide_height))
    return [
        found_in(layout, width, height) for master in file.slide_masters for layout in master.slide_layouts
    ]


def content(layouts: Sequence[Found], used: Uses) -> tuple[Found, ...]:
    """The layouts for a title and one thing below it over most of the slide, the best of each master, best first."""
    best: dict[str, tuple[float, int]] = {}
    for place, found in enumerate(layouts):
        score, master = _content_score(found, used), str(found.layout.slide_master.part.partname)
        if score > best.get(master, (0.0, 0))[0]:
            best[master] = (score, place)
    rated = sorted(best.values(), key=lambda each: (-each[0], each[1]))
    return tuple(layouts[place] for score, place in rated if score > rated[0][0] - _NEARLY)


def _content_score(found: Found, used: Uses) -> float:
    """How well a layout serves: the part of the slide that its content takes, and how plain it is."""
    room, title = found.room, found.title
    kind = found.layout._element.get("type", "")
    if room is None or title is None or kind in ("title", "secHead", "vertTx", "vertTitleAndTx", "picTx"):
        return 0.0
    if title.box.bottom > room.top + _NEAR * 2 or len(_at_one_height(found.contents)) != len(found.contents):
        return 0.0
    area = room.width * room.height / (found.width * found.height)
    if area < _LEAST_AREA:
        return 0.0
    spare = len(found.slots) - len(found.of(*_FOOT)) - 1 - len(found.contents)
    several = len(found.contents) > 1
    holds = any(slot.kind == "obj" for slot in found.contents)
    most = max(used.times.values(), default=0)
    share = used.times[str(found.layout.part.partname)] / most if most else 0.0
    master = str(found.layout.slide_master.part.partname)
    rating = (
        area
        + 0.5 * holds
        - 0.4 * several
        - 0.08 * spare
        + 0.3 * share
        + 0.2 * (master in _masters(used, found))
    )
    return float(rating)


def _masters(used: Uses, found: Found) -> set[str]:
    """The masters behind the slides after the first one, as far as this layout's own master is among them."""
    master = found.layout.slide_master
    names = {str(layout.part.partname) for layout in master.slide_layouts}
    return {str(master.part.partname)} if names & set(used.times) else set()


def _at_one_height(slots: Sequence[Slot]) -> list[Slot]:
    """Those that stand side by side with the first."""
    first = slots[0].box
    return [
        s
        for s in slots
        if abs(s.box.top - first.top) < _NEAR and abs(s.box.bottom - first.bottom) < 2 * _NEAR
    ]


def pair(layouts: Sequence[Found], main: Found) -> Found | None:
    """A sister of the main layout with two places side by side, the left for a chart and the right for text."""
    for found in layouts:
        if found.layout.slide_master is not main.layout.slide_master and (
            found.layout.slide_master.part is not main.layout.slide_master.part
        ):
            continue
        both, room, title = found.contents, found.room, found.title
        if len(both) != 2 or room is None or main.room is None or title is None or main.title is None:
            continue
        left, right = sorted(both, key=lambda slot: slot.box.left)
        numbers = {slot.element.xpath("string(.//p:ph/@idx)") for slot in both}
        spare = len(found.slots) - len(found.of(*_FOOT)) - 3
        if (
            left.kind in ("obj", "chart")
            and right.kind in ("obj", "body")
            and left.box.right <= right.box.left + _NEAR
            and len(_at_one_height(both)) == len(numbers) == 2
            and spare == 0
            and _same(room, main.room)
            and _same(title.box, main.title.box)
            and _drawn(found) == _drawn(main)
        ):
            return found
    return None


def _same(one: Box, other: Box) -> bool:
    sides = (one.left - other.left, one.top - other.top, one.right - other.right, one.bottom - other.bottom)
    return max(abs(side) for side in sides) < 2 * _NEAR


def _drawn(found: Found) -> int:
    """How much a layout shows besides its placeholders."""
    element = found.layout._element
    return len(
        element.xpath("./p:cSld/p:bg | ./p:cSld/p:spTree/*[not(self::p:nvGrpSpPr or self::p:grpSpPr)]")
    ) - len(element.xpath("./p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph]"))


def title_alone(layouts: Sequence[Found], used: Uses) -> Found | None:
    """A layout with a title across the top and nothing else to fill."""
    fitting = [
        found
        for found in layouts
        if found.title and found.title.box.bottom < 0.45 * found.height and not found.contents
    ]
    return max(fitting, key=lambda found: used.times[str(found.layout.part.partname)], default=None)


def cover(layouts: Sequence[Found], used: Uses) -> Found | None:
    """The layout that opens a presentation: a centred title, or a title and a subtitle; None where there is none."""
    rated = [(_cover_score(found, used), -place) for place, found in enumerate(layouts)]
    best = max(rated, default=(0.0, 0))
    return layouts[-best[1]] if best[0] > 0 else None


def _cover_score(found: Found, used: Uses) -> float:
    """How well a layout opens a deck: what its type and places say, and whether the file's own slides open with it."""
    if found.title is None or found.of("obj", "chart", "tbl"):
        return 0.0
    opens = found.layout._element.get("type") == "title"
    centred, subtitle = bool(found.of("ctrTitle")), bool(found.of("subTitle"))
    sisters = {str(layout.part.partname) for layout in found.layout.slide_master.slide_layouts}
    first, near = str(found.layout.part.partname) == used.first, used.first in sisters
    if not (opens or centred or subtitle or first):
        return 0.0
    return float(0.1 + opens + 0.5 * centred + subtitle + 0.6 * first + 1.2 * near)
