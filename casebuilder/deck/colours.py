"""Colours of somebody's design: what a colour of the file format looks like, and how well one reads on another."""

# mypy: allow-untyped-calls

import colorsys
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout, SlideMaster

#: Red, green and blue from 0 to 1.
Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)

#: Contrast that text needs, and marks of a chart (WCAG 2.2, 1.4.3 and 1.4.11).
READABLE, VISIBLE = 4.5, 3.0

#: Colours by name that designs use; any other name is taken for a middle grey.
_NAMED = {"black": BLACK, "white": WHITE, "red": (1.0, 0.0, 0.0), "blue": (0.0, 0.0, 1.0)}
_GREY: Colour = (0.5, 0.5, 0.5)
_TAGS = {
    qn(f"a:{name}"): name for name in ("srgbClr", "schemeClr", "sysClr", "prstClr", "scrgbClr", "hslClr")
}


def of_hex(text: str) -> Colour:
    """The colour written as six digits, with or without #."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def to_hex(colour: Colour) -> str:
    """Six digits, as the file format writes a colour."""
    return "".join(f"{round(255 * min(1.0, max(0.0, part))):02X}" for part in colour)


def mixed(colour: Colour, ground: Colour, share: float) -> Colour:
    """So much of a colour, the rest of the ground."""
    red, green, blue = (share * a + (1 - share) * b for a, b in zip(colour, ground, strict=True))
    return red, green, blue


def luminance(colour: Colour) -> float:
    """How bright it is to the eye, 0 to 1 (WCAG)."""
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """How well one reads on the other, 1 to 21 (WCAG)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def hue(colour: Colour) -> float:
    """Its place on the colour circle in degrees: 0 is red, 120 green, 240 blue."""
    return 360 * colorsys.rgb_to_hls(*colour)[0]


def is_grey(colour: Colour) -> bool:
    """Whether the eye sees hardly any hue in it."""
    return max(colour) - min(colour) < 0.12


def apart(one: Colour, other: Colour) -> float:
    """How different two colours look to somebody who does not tell red from green: below 0.15 too much alike."""
    return min(math.dist(one, other), math.dist(_without_red_and_green(one), _without_red_and_green(other)))


def _without_red_and_green(colour: Colour) -> Colour:
    """Roughly what somebody without green receptors sees (after Vienot, Brettel and Mollon, 1999)."""
    red, green, blue = colour
    mingled = 0.29 * red + 0.71 * green
    return mingled, mingled, blue


@dataclass(frozen=True)
class Scheme:
    """The colours of a theme by the names that shapes use for them: tx1, bg1, tx2, bg2, accent1 and so on."""

    named: Mapping[str, Colour]

    def look(self, element: Any, placeholder: Colour | None = None) -> tuple[Colour, float] | None:
        """Colour and opacity of a colour element; None where it is none. `placeholder` stands for phClr."""
        kind = _TAGS.get(element.tag)
        colour = self._base(kind, element, placeholder)
        if colour is None:
            return None
        opacity = 1.0
        for change in element:
            part = change.tag.rsplit("}", 1)[1]
            if part == "alpha":
                opacity = int(change.get("val", "100000").rstrip("%")) / 100_000
            else:
                colour = _changed(colour, part, float(change.get("val", "100000").rstrip("%")) / 100_000)
        return colour, opacity

    def fill(self, solid: Any, placeholder: Colour | None = None) -> tuple[Colour, float] | None:
        """Colour and opacity inside a solidFill, a gradient stop or a reference to the theme."""
        return next((found for child in solid if (found := self.look(child, placeholder))), None)

    def _base(self, kind: str | None, element: Any, placeholder: Colour | None) -> Colour | None:
        value = element.get("val", "")
        if kind == "srgbClr":
            return of_hex(value)
        if kind == "schemeClr":
            return placeholder if value == "phClr" else self.named.get(value)
        if kind == "sysClr":
            return of_hex(element.get("lastClr", "FFFFFF" if value == "window" else "000000"))
        if kind == "prstClr":
            return _NAMED.get(value, _GREY)
        if kind == "scrgbClr":
            red, green, blue = (float(element.get(name, "0").rstrip("%")) / 100_000 for name in "rgb")
            return red, green, blue
        return _GREY if kind == "hslClr" else None


def _changed(colour: Colour, part: str, amount: float) -> Colour:
    """A colour after one change that the file format asks for; changes of saturation are left out."""
    turn, light, strong = colorsys.rgb_to_hls(*colour)
    if part == "lumMod":
        return colorsys.hls_to_rgb(turn, min(1.0, light * amount), strong)
    if part == "lumOff":
        return colorsys.hls_to_rgb(turn, min(1.0, light + amount), strong)
    if part == "tint":
        return mixed(colour, WHITE, min(1.0, amount))
    if part == "shade":
        return mixed(colour, BLACK, min(1.0, amount))
    return colour


def scheme_of(master: SlideMaster, layout: SlideLayout | None = None) -> Scheme:
    """The colours of a master's theme as its slides name them, or those of a layout where this renames them."""
    theme = parse_xml(master.part.part_related_by(RT.THEME).blob)
    slots = theme.find(f".//{qn('a:clrScheme')}")
    plain = Scheme({})
    own: dict[str, Colour] = {}
    for slot in slots if slots is not None else ():
        found = plain.fill(slot)
        if found:
            own[slot.tag.rsplit("}", 1)[1]] = found[0]
    renamed = master._element.find(qn("p:clrMap"))
    override = layout._element.find(f".//{qn('a:overrideClrMapping')}") if layout is not None else None
    names = dict((override if override is not None else renamed).attrib)
    return Scheme({**own, **{name: own[slot] for name, slot in names.items() if slot in own}})
