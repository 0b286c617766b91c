"""Which colour of somebody's design stands for each of ours, so that every colour keeps its meaning and can be read."""

# mypy: allow-untyped-calls

import colorsys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.oxml.ns import nsdecls

from casebuilder.case.library import look
from casebuilder.deck.colours import (
    BLACK,
    READABLE,
    VISIBLE,
    WHITE,
    Colour,
    Scheme,
    apart,
    contrast,
    hue,
    is_grey,
    luminance,
    mixed,
    of_hex,
    to_hex,
)
from casebuilder.deck.ground import Ground
from casebuilder.deck.theme import Box

#: Text has to be readable on this part of the room it stands in, else a plain panel goes behind it.
_MOST = 0.97
#: Two marks less far apart than this are taken for one colour.
_APART = 0.18

#: Contrast with the paper that the quiet parts look best at: rules, and the path of doing nothing.
_RULE, _NOTHING = 1.35, 2.6

_ACCENTS = tuple(f"accent{number}" for number in range(1, 7))


@dataclass(frozen=True)
class Paint:
    """A colour as the file writes it and as it looks."""

    xml: str
    colour: Colour


@dataclass(frozen=True)
class Palette:
    """What stands for each slot of our own theme, in text and in marks, and for colours of ours without a slot.

    `panel` says that this holds on a plain panel alone; `said` is what was not usable.
    """

    texts: Mapping[str, str]
    marks: Mapping[str, str]
    tokens: Mapping[str, str]
    dark: bool
    panel: bool = False
    said: tuple[str, ...] = ()


def named(scheme: Scheme, slot: str, changes: Sequence[tuple[str, int]] = ()) -> Paint | None:
    """A slot of the theme with changes in percent; None where the theme has no such slot."""
    if slot not in scheme.named:
        return None
    inner = "".join(f'<a:{change} val="{1000 * amount}"/>' for change, amount in changes)
    xml = f'<a:schemeClr {nsdecls("a")} val="{slot}">{inner}</a:schemeClr>'
    found = scheme.look(etree.fromstring(xml))
    return Paint(xml, found[0]) if found else None


def plain(colour: Colour) -> Paint:
    """A colour that has no slot in the theme."""
    return Paint(f'<a:srgbClr {nsdecls("a")} val="{to_hex(colour)}"/>', colour)


def written(scheme: Scheme, fill: Any) -> Paint | None:
    """The colour inside a solidFill of the design, None where it is none that we can read."""
    for child in fill if fill is not None else ():
        found = scheme.look(child)
        if found:
            return Paint(etree.tostring(child).decode(), found[0])
    return None


def readable(
    ground: Ground, boxes: Iterable[Box], wanted: Sequence[Paint | None], least: float
) -> Paint | None:
    """The first colour, of those wanted and then of the design's text and paper, that reads in all of the boxes."""
    places = tuple(boxes)
    spare = [named(ground.scheme, slot) for slot in ("tx1", "bg1", "tx2", "bg2")]
    for paint in (*wanted, *spare, plain(BLACK), plain(WHITE)):
        if paint and all(ground.legible(paint.colour, box, least) >= _MOST for box in places):
            return paint
    return None


def palette(ground: Ground, room: Box, text: Any) -> Palette:
    """The palette for content in `room`; `text` is the solidFill that the design writes its own text in."""
    scheme, said = ground.scheme, []
    ink = readable(ground, [room], [written(scheme, text)], READABLE)
    sheet, panel = _paper(scheme, ground.mean(room)), ink is None or ground.is_drawn_on(room)
    if ink is None or panel:
        sheet, ink = blank(scheme)
        said.append("Its background is too uneven where content goes: a plain panel stands behind that.")
    paper = sheet.colour
    roles, missing = _roles(scheme, paper, ink)
    marks = {"tx1": ink.xml, "bg1": sheet.xml, **{slot: paint.xml for slot, paint in roles.items()}}
    texts = dict(marks)
    for slot in (*_ACCENTS, "tx2"):
        texts[slot] = _for_text(roles[slot], paper, ink).xml
    shade = to_hex(mixed(ink.colour, paper, 0.06))
    tokens = {look()["panel"].removeprefix("#").upper(): shade}
    return Palette(texts, marks, tokens, luminance(paper) < 0.18, panel, (*said, *missing))


def blank(scheme: Scheme) -> tuple[Paint, Paint]:
    """The fill of a plain panel in a design, and the ink on it."""
    sheet, ink = named(scheme, "bg1") or plain(WHITE), named(scheme, "tx1") or plain(BLACK)
    return sheet, ink if contrast(ink.colour, sheet.colour) >= READABLE else plain(_far_from(sheet.colour))


def _paper(scheme: Scheme, paper: Colour) -> Paint:
    """The ground as a slot of the theme where it is one."""
    for slot in ("bg1", "bg2", "tx1", "tx2"):
        paint = named(scheme, slot)
        if paint and max(abs(a - b) for a, b in zip(paint.colour, paper, strict=True)) < 0.04:
            return paint
    return plain(paper)


def _tones(scheme: Scheme, ink: Paint, paper: Colour) -> list[Paint]:
    """The ink from strong to faint: as tones of a slot of the theme where it is one, else mixed with the paper."""
    slot = next((s for s in ("tx1", "bg1", "tx2", "bg2") if (n := named(scheme, s)) and n.xml == ink.xml), "")
    found: list[Paint | None] = []
    for share in (75, 65, 50, 40, 35, 25, 15, 10, 5):
        light = luminance(ink.colour) > luminance(paper)
        changes = [("lumMod", share)] if light else [("lumMod", share), ("lumOff", 100 - share)]
        tone = named(scheme, slot, changes) if slot and is_grey(ink.colour) and is_grey(paper) else None
        found.append(tone or plain(mixed(ink.colour, paper, share / 100)))
    return [paint for paint in found if paint]


def _roles(scheme: Scheme, paper: Colour, ink: Paint) -> tuple[dict[str, Paint], list[str]]:
    """A colour for every slot that our shapes use beside text and paper."""
    tones = _tones(scheme, ink, paper)
    muted = [tone for tone in tones if contrast(tone.colour, paper) >= READABLE + 0.3]
    roles = {
        "tx2": muted[-1] if muted else ink,
        "bg2": min(tones, key=lambda tone: abs(contrast(tone.colour, paper) - _RULE)),
        "accent2": min(tones, key=lambda tone: abs(contrast(tone.colour, paper) - _NOTHING)),
    }
    free = [seen for slot in _ACCENTS if (seen := _seen(scheme, slot, paper))]
    free.sort(key=lambda paint: "lumMod" in paint.xml)
    theirs = {paint.xml for paint in free}
    taken = [roles["accent2"].colour]
    for slot, token, suits in _WISHES:
        ours = plain(_visible(of_hex(look()[token]), paper))
        wanted = [paint for paint in free if suits(paint.colour)]
        other = [paint for paint in free if not _is_red(paint.colour) and not is_grey(paint.colour)]
        choice = [*wanted, ours, *other, *tones] if slot != "accent6" else wanted
        apart_from_all = (p for p in choice if all(apart(p.colour, t) >= _APART for t in taken))
        roles[slot] = next(apart_from_all, ours)
        taken.append(roles[slot].colour)
        free = [paint for paint in free if paint.xml != roles[slot].xml]
    unused = theirs.isdisjoint(paint.xml for paint in roles.values())
    return roles, ["None of its colours can be seen on its background: charts keep ours."] if unused else []


def _seen(scheme: Scheme, slot: str, paper: Colour) -> Paint | None:
    """A colour of the design, in the tone nearest to its own that is seen on the paper; None where none is."""
    tones = _LIGHTER if luminance(paper) < 0.18 else _DARKER
    paints = (named(scheme, slot, changes) for changes in tones)
    return next((paint for paint in paints if paint and contrast(paint.colour, paper) >= VISIBLE), None)


#: The tones of a colour that PowerPoint itself offers.
_DARKER: tuple[tuple[tuple[str, int], ...], ...] = ((), (("lumMod", 75),), (("lumMod", 50),))
_LIGHTER: tuple[tuple[tuple[str, int], ...], ...] = (
    (),
    (("lumMod", 60), ("lumOff", 40)),
    (("lumMod", 40), ("lumOff", 60)),
)


def _is_red(colour: Colour) -> bool:
    return not is_grey(colour) and (hue(colour) < 14 or hue(colour) > 340)


def _is_warm(colour: Colour) -> bool:
    return not is_grey(colour) and 14 <= hue(colour) < 55


def _is_main(colour: Colour) -> bool:
    """Red says that something gets worse, so it cannot stand for the programme."""
    return not is_grey(colour) and not _is_red(colour)


def _is_cool(colour: Colour) -> bool:
    return not is_grey(colour) and 170 <= hue(colour) < 255


def _is_purple(colour: Colour) -> bool:
    return not is_grey(colour) and 255 <= hue(colour) <= 325


#: Slot of ours, token of our look that stands in, and which colours can have its meaning.
_WISHES = (
    ("accent1", "programme", _is_main),
    ("accent6", "harm", _is_red),
    ("accent3", "cost", _is_warm),
    ("accent4", "capacity", _is_cool),
    ("accent5", "risk", _is_purple),
)


def _visible(colour: Colour, paper: Colour) -> Colour:
    """The colour, lighter or darker until it is seen on the paper, as strong as it was."""
    turn, light, strong = colorsys.rgb_to_hls(*colour)
    end = 0.95 if luminance(paper) < 0.18 else 0.05
    steps = (colorsys.hls_to_rgb(turn, light + (end - light) * step / 10, strong) for step in range(11))
    return next((found for found in steps if contrast(found, paper) >= VISIBLE), _far_from(paper))


def _far_from(paper: Colour) -> Colour:
    return max(BLACK, WHITE, key=lambda each: contrast(each, paper))


def _for_text(paint: Paint, paper: Colour, ink: Paint) -> Paint:
    """The colour, nearer to the ink until it reads as text."""
    for step in range(11):
        colour = mixed(paint.colour, ink.colour, 1 - step / 10)
        if contrast(colour, paper) >= READABLE:
            return plain(colour) if step else paint
    return ink
