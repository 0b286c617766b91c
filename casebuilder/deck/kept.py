"""What the text of a title, a subtitle or a foot takes from the design, and what it has to say for itself."""

# mypy: allow-untyped-calls

from dataclasses import dataclass

from casebuilder.deck import styles
from casebuilder.deck.colours import READABLE, VISIBLE
from casebuilder.deck.ground import Ground
from casebuilder.deck.palette import Paint, named, readable, written
from casebuilder.deck.places import Found, Slot
from casebuilder.deck.styles import Style
from casebuilder.deck.theme import Box

#: The design's own colour is left alone where it can be read on this part of its place.
_MOSTLY = 0.85


@dataclass(frozen=True)
class Kept:
    """Colour, typeface and alignment to write; nothing where the slide gets the right ones by itself.

    `box` is the box to write, in inches of the slide, where the design's own was not large enough.
    """

    colour: str = ""
    typeface: str = ""
    align: str = ""
    box: Box | None = None


def kept(found: Found, slot: Slot, ground: Ground, moved: Box | None = None) -> Kept | None:
    """What a placeholder's text has to say, on this ground, to look as the design means it; None if nothing reads."""
    style = styles.style_of(found.layout, slot.element)
    own = written(ground.scheme, style.colour) or named(ground.scheme, "tx1")
    room = moved or slot.inner
    ground = ground.beneath(*styles.fill_of(found.layout, slot.element), moved or slot.box)
    reads = own is not None and ground.legible(own.colour, room, VISIBLE) >= _MOSTLY
    chosen = own if reads else readable(ground, [room], [own], VISIBLE)
    if chosen is None:
        return None
    said = style.shown or not reads
    return Kept(chosen.xml if said else "", *_shown(style), moved)


def on_panel(found: Found, slot: Slot, ink: Paint, moved: Box | None = None, own: bool = True) -> Kept:
    """The same for text that stands on a plain panel, in the placeholder itself or in a text box that follows it."""
    style = styles.style_of(found.layout, slot.element)
    return Kept(ink.xml, *(_shown(style) if own else (style.typeface, style.align)), moved)


def beside(found: Found, slot: Slot, ground: Ground, box: Box) -> Kept | None:
    """The same for a text box that follows a placeholder which is not its own."""
    style = styles.style_of(found.layout, slot.element)
    own = written(ground.scheme, style.colour)
    paint = readable(ground, [box], [own], READABLE) or readable(ground, [box], [own], VISIBLE)
    return Kept(paint.xml, style.typeface, style.align) if paint else None


def _shown(style: Style) -> tuple[str, str]:
    """Typeface and alignment where a slide does not get them by itself."""
    return (style.typeface, style.align) if style.shown else ("", "")
