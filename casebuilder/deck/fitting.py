"""Lays our grid into somebody's layouts: how large our inches and points are there, and where each part stands."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from casebuilder.deck import measure, theme
from casebuilder.deck.ground import Ground
from casebuilder.deck.places import Found, Slot
from casebuilder.deck.theme import Box, Grid

#: The stamp of a case takes about this much text.
_STAMP = "Version 0123456789ab · model 12 · 2027-12-31"

#: Slides are drawn as if they were 7.5 inches high, or 10 wide where they are nearly square.
_HEIGHT, _WIDTH = 7.5, 10.0

#: Our grid needs so much room for content, in our inches; type gets smaller for it, down to this part of its size.
_ROOM, _TALL, _SMALLEST = 9.4, 4.3, 0.9
#: Below this, nothing that we show can be read.
_LEAST_ROOM, _LEAST_TALL = 6.0, 2.7

#: A source line in one line, or in two where it shares the width with others.
_SOURCE, _TWO_LINES = 0.19, 0.36
_GAP = 0.1
#: Height of a title of two lines, in type of a fair size and of the smallest.
_TITLE, _LEAST_TITLE = 0.72, 0.56
_TITLE_SIZES = (28, 27, 26, 24, 22, 20, 18, 16)
_COVER_SIZES = (40, 36, 32, 28, 26, 24, 22, 20, 18, 16)
_NUMBER = 0.5
#: Words below a table or a wide chart.
_BELOW = 1.2


@dataclass(frozen=True)
class Scale:
    """Inches of the slide for one of ours, across and down, and points of its type for one of ours.

    A typeface that runs wider than ours makes our inches longer, so that text keeps the room that was measured for it.
    """

    across: float
    down: float
    type: float

    def ours(self, box: Box) -> Box:
        """A box of the slide in our inches."""
        return Box(
            box.left / self.across, box.top / self.down, box.width / self.across, box.height / self.down
        )

    def theirs(self, box: Box) -> Box:
        """A box of ours in inches of the slide."""
        return Box(
            box.left * self.across, box.top * self.down, box.width * self.across, box.height * self.down
        )


@dataclass(frozen=True)
class Fitted:
    """The grid in our inches, its scale, and which places at the foot are used.

    In inches of the slide: `room` is what content and its source line stand on, `title` where the title has to be
    moved to, None where the layout's own place serves.
    """

    grid: Grid
    scale: Scale
    footers: frozenset[str]
    room: Box
    title: Box | None


def scale_for(found: Found, room: Box, wider: tuple[float, float]) -> Scale | None:
    """How large our inches and points are on slides of this size; None where there is too little room for them.

    `wider` is how many times wider and higher than ours the design's typeface runs.
    """
    usual = min(found.height / _HEIGHT, found.width / _WIDTH)
    wanted = min(room.width / (_ROOM * wider[0]), room.height / (_TALL * wider[1]))
    size = min(usual, max(_SMALLEST * usual, wanted))
    scale = Scale(size * wider[0], size * wider[1], size)
    ours = scale.ours(room)
    return None if ours.width < _LEAST_ROOM or ours.height < _LEAST_TALL else scale


def is_small(found: Found, scale: Scale) -> bool:
    """Whether type had to become smaller than it is in our own design on a slide of this height."""
    return scale.type < 0.99 * min(found.height / _HEIGHT, found.width / _WIDTH)


def fitted(
    main: Found,
    title: Slot,
    room: Box,
    usable: tuple[Slot, ...],
    scale: Scale,
    ground: Ground,
    title_wider: float,
    title_size: float | None,
) -> Fitted:
    """The grid within a layout's title and its room for content; the cover's places are still ours.

    `usable` are the places at the foot whose text can be read; the stamp and the number stand there if they fit.
    """
    area, plain = scale.ours(room), ground.clear(title.inner)
    head = _narrower(scale.ours(plain), scale, title_wider)
    feet = {slot.kind: scale.ours(slot.box) for slot in usable}
    feet = {kind: box for kind, box in feet.items() if not _meet(box, area) and not _meet(box, head)}
    if "ftr" in feet and not _holds_stamp(feet["ftr"]):
        feet.pop("ftr")
    end = _end(main, area, ground, scale)
    heading = _heading(head, area, lambda box: not ground.is_drawn_on(scale.theirs(box)))
    top = max(area.top, heading.bottom + 0.05) if heading.top < area.top else area.top
    line = _SOURCE if "ftr" in feet else _TWO_LINES
    source = scale.ours(ground.clear(scale.theirs(Box(area.left, end - line, area.width, line)), 0.4))
    source = Box(source.left, end - line, source.width, line)
    body = Box(area.left, top, area.width, source.top - _GAP - top)
    source, stamp, number = _foot(source, feet)
    sizes = tuple(
        s for s in _TITLE_SIZES if title_size is None or s * scale.type <= max(title_size, 18) + 0.01
    )
    grid = _grid(heading, body, source, stamp, number)
    grid = replace(grid, title_sizes=sizes or _TITLE_SIZES[-1:], cover_sizes=_COVER_SIZES)
    whole = scale.theirs(Box(area.left, top, area.width, end - top))
    place = scale.theirs(heading)
    moved = Box(plain.left, place.top, plain.width, place.height)
    stays = heading == head and plain == title.inner
    return Fitted(grid, scale, frozenset(feet), whole, None if stays else moved)


def _narrower(box: Box, scale: Scale, wider: float) -> Box:
    """A box of ours for text in another typeface than that of the content."""
    return Box(box.left, box.top, box.width / wider * scale.across / scale.type, box.height)


def _meet(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0.02 and tall > 0.02


def _holds_stamp(box: Box) -> bool:
    tall = measure.height(_STAMP, theme.FOOT_SIZES[0], box.width * 72)
    return box.height >= min(tall, 72.0) / 72


def _end(main: Found, area: Box, ground: Ground, scale: Scale) -> float:
    """How far down the source line may go: below the content where that is plain, and never onto the foot."""
    feet = [scale.ours(slot.box).top for slot in main.of("dt", "ftr", "sldNum")]
    below = [top for top in feet if top >= area.top + 0.5 * area.height]
    limit = min(below, default=main.height / scale.down - 0.25) - 0.05
    if limit <= area.bottom:
        return max(limit, area.top + 0.7 * area.height)
    further = min(limit, area.bottom + _TWO_LINES + _GAP)
    strip = scale.theirs(Box(area.left, area.bottom, area.width, further - area.bottom))
    if ground.is_drawn_on(strip):
        return area.bottom
    inside = ground.mean(scale.theirs(area))
    plain = sum(
        n for c, n in ground.colours(strip).items() if max(map(abs, map(float.__sub__, c, inside))) < 0.1
    )
    return further if plain >= 0.97 * max(1, sum(ground.colours(strip).values())) else area.bottom


def _heading(head: Box, area: Box, is_plain: Callable[[Box], bool]) -> Box:
    """The title's box, made higher where two lines of a fair size have no room in it: where nothing is drawn."""
    missing = _TITLE - head.height
    if missing <= 0:
        return head
    down = min(missing, max(0.0, area.top - 0.05 - head.bottom))
    lower = Box(head.left, head.top, head.width, head.height + down)
    up = min(missing - down, max(0.0, head.top - 0.15)) if is_plain(lower) else min(missing, head.top)
    higher = Box(head.left, head.top - up, head.width, head.height + up)
    if not is_plain(lower):
        return higher if up > 0 and is_plain(higher) else _at_least(head)
    both = Box(head.left, head.top - up, head.width, lower.height + up)
    return _at_least(both if is_plain(both) else lower)


def _at_least(head: Box) -> Box:
    """High enough for two lines of the smallest type, whatever stands there."""
    return Box(head.left, head.top, head.width, max(head.height, _LEAST_TITLE))


def _foot(strip: Box, feet: dict[str, Box]) -> tuple[Box, Box, Box]:
    """Source, stamp and number: in the design's own places where it has them, else at the right of the strip."""
    number, stamp = feet.get("sldNum"), feet.get("ftr")
    if number is None:
        strip, rest = strip.cut_left(strip.width - _NUMBER - _GAP, _GAP)
        number = rest
    if stamp is None:
        strip, stamp = strip.cut_left(0.62 * strip.width, 2 * _GAP)
    return strip, stamp, number


def _grid(title: Box, body: Box, source: Box, stamp: Box, number: Box) -> Grid:
    """Eight columns for the exhibit and four beside it; takeaways below a wide one."""
    column = (body.width - 11 * theme.GUTTER) / 12
    wide = 8 * column + 7 * theme.GUTTER
    exhibit, side = body.cut_left(wide, theme.GUTTER)
    above, below = body.cut_top(body.height - _BELOW - 0.15, 0.15)
    return replace(
        theme.GRID,
        title=title,
        body=body,
        exhibit=exhibit,
        side=side,
        wide=above,
        below=below,
        source=source,
        stamp=stamp,
        number=number,
    )


def with_cover(
    fitted: Fitted, cover: Found, title: Slot, title_wider: float
) -> tuple[Fitted, tuple[Slot, ...]]:
    """The grid with places for the words of the cover, and the slots that hold subtitle, company and stamp."""
    scale = fitted.scale
    head = _narrower(scale.ours(title.inner), scale, title_wider)
    slots = _words(cover, title)
    boxes = [scale.ours(slot.inner) for slot in slots]
    height = cover.height / scale.down
    if not boxes:
        left = scale.ours(title.inner)
        boxes = [Box(left.left, left.bottom + 0.15, left.width, 1.6)]
    if len(boxes) < 3:
        last = _long_enough(boxes[-1], 1.6 if len(boxes) == 1 else 0.8, height)
        boxes = [*boxes[:-1], *_stacked(last, 4 - len(boxes))]
    subtitle, company, stamp = boxes[:3]
    grid = replace(
        fitted.grid, cover_title=head, cover_subtitle=subtitle, cover_company=company, cover_stamp=stamp
    )
    return replace(fitted, grid=grid), slots


def _words(cover: Found, title: Slot) -> tuple[Slot, ...]:
    """The subtitle, then other texts that are wide enough for a line of ours, from the top."""
    usable = [s for s in cover.of("body") if s.inner.width >= 0.25 * cover.width and s.at is not None]
    usable = [s for s in usable if s.inner.height >= 0.25 and not _meet(s.box, title.box)]
    subtitles = [s for s in cover.of("subTitle") if s.at is not None]
    return tuple([*subtitles[:1], *usable][:3])


def _long_enough(box: Box, least: float, height: float) -> Box:
    """The box, longer where there is room on the slide for it."""
    tall = min(max(box.height, least), height - 0.3 - box.top)
    return Box(box.left, box.top, box.width, max(box.height, tall))


def _stacked(box: Box, count: int) -> list[Box]:
    """Parts of a box from the top: the first takes what is left of 0.85 inches, the others a line each."""
    line = 0.3
    first = min(0.85, max(0.3, box.height - (count - 1) * (line + _GAP)))
    parts, top = [], box.top
    for tall in (first, *(line,) * (count - 1)):
        parts.append(Box(box.left, top, box.width, tall))
        top += tall + _GAP
    return parts
