"""A design: the presentation without slides that a deck is written into, its layouts by use, and its grid."""

# mypy: allow-untyped-calls

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree
from pptx import Presentation as opened
from pptx.oxml.slide import CT_NotesSlide
from pptx.presentation import Presentation
from pptx.slide import NotesSlide, SlideLayout

from casebuilder.deck.theme import GRID, Grid
from casebuilder.deck.xml import qn

TEMPLATE = Path(__file__).with_name("template.pptx")


#: What of a place on a layout a slide repeats, to say which one its shape fills.
_OF_PLACE = ("type", "orient", "sz", "idx")

#: Types of places at the foot, which a new slide does not get.
_LATENT = ("dt", "ftr", "sldNum")

#: Stands for the number of a slide.
_NUMBER = "{number}"


@dataclass(frozen=True)
class Place:
    """A place of a layout: what it is for ("title", "body", "chart", "tbl", "obj" for anything), and how a slide says
    that a shape fills it, as text of the file format.
    """

    kind: str
    said: str


@dataclass(frozen=True)
class Layout:
    """A layout and, for each number that our slides ask for, which of the placeholders on a new slide serves it.

    `footers` are the types of its places at the foot that we fill: ftr (our stamp) and sldNum.
    """

    layout: SlideLayout
    places: Mapping[int, int]
    footers: frozenset[str] = frozenset(("ftr", "sldNum"))

    @cached_property
    def free(self) -> dict[int, Place]:
        """The places for content by our numbers."""
        found = [place for _, place in self._places if place.kind not in _LATENT]
        return {ours: found[place] for ours, place in self.places.items()}

    @cached_property
    def foot(self) -> dict[str, Place]:
        """The places at the foot that we fill, by their types."""
        return {place.kind: place for _, place in self._places if place.kind in self.footers}

    def number(self, number: int) -> str:
        """The text of the place for the number of a slide, as text of the file format."""
        return self._numbered.replace(_NUMBER, str(number))

    @cached_property
    def _numbered(self) -> str:
        body = copy.deepcopy(next(shape.txBody for shape, place in self._places if place.kind == "sldNum"))
        for old in (*body.iterfind(f"{qn('a:lstStyle')}/*"), *body.iterfind(f"{qn('a:p')}/{qn('a:r')}")):
            old.getparent().remove(old)
        for text in body.iterfind(f"{qn('a:p')}/{qn('a:fld')}/{qn('a:t')}"):
            text.text = _NUMBER
        return str(etree.tostring(body, encoding="unicode"))

    @cached_property
    def _places(self) -> list[tuple[Any, Place]]:
        """The shapes that are places, in their order."""
        tree = self.layout.shapes._spTree
        found = tree.iterfind(f"*/*/{qn('p:nvPr')}/{qn('p:ph')}")
        return [(place.getparent().getparent().getparent(), _place(place)) for place in found]


def _place(place: Any) -> Place:
    said = "".join(f" {name}={quoteattr(place.get(name))}" for name in _OF_PLACE if place.get(name))
    return Place(place.get("type", "obj"), f"<p:ph{said}/>")


@dataclass(frozen=True)
class Design:
    """The presentation that slides are added to, the layout for each use, and where things stand."""

    file: Presentation
    layouts: Mapping[str, Layout]
    grid: Grid

    @cached_property
    def blank_notes(self) -> Any:
        """What every page of notes starts from, with the places of the master of notes."""
        blank = CT_NotesSlide.new()
        NotesSlide(blank, self.file.part).clone_master_placeholders(
            self.file.part.notes_master_part.notes_master
        )
        return blank


def own() -> Design:
    """Our own design, freshly opened."""
    file = opened(str(TEMPLATE))
    layouts = {layout.name: Layout(layout, _by_number(layout)) for layout in file.slide_layouts}
    return Design(file, layouts, GRID)


def _by_number(layout: SlideLayout) -> dict[int, int]:
    """A new slide gets the placeholders of its layout in their order, without date, footer and slide number."""
    places = layout.shapes._spTree.iterfind(f"*/*/{qn('p:nvPr')}/{qn('p:ph')}")
    free = (place for place in places if place.get("type") not in _LATENT)
    return {int(place.get("idx", 0)): number for number, place in enumerate(free)}
