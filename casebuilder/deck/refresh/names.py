"""Finds again what a deck was given: shapes by the names they were given, their kind, and their words."""

# mypy: allow-untyped-calls

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, get_args

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.slide import Slide

from casebuilder.case.library_records import ExhibitKind
from casebuilder.deck.xml import qn

_EXHIBITS = frozenset(get_args(ExhibitKind))

#: The pieces that say which version of the case a slide shows, and which slide it is; notes are a piece of a slide too.
STAMP, PAGE, NOTES = "stamp", "page", "notes"
_FIGURE = "figure "


@dataclass(frozen=True)
class Place:
    """One slide of an exhibit: which exhibit, and which of its slides, counted from 1."""

    exhibit: str
    number: int = 1

    def __str__(self) -> str:
        return f"{self.exhibit}/{self.number}"


@dataclass(frozen=True)
class Tag:
    """What a shape is: a piece of a slide of an exhibit. How many slides the exhibit had is no part of it."""

    place: Place
    piece: str

    def __str__(self) -> str:
        return self._said

    @cached_property
    def _said(self) -> str:
        return f"{self.place}/{self.piece}"

    @property
    def is_figure(self) -> bool:
        """Whether it is one big number."""
        return self.piece.startswith(_FIGURE)

    @property
    def subject(self) -> str:
        """What a figure counts, whichever scenario and version of the plan it counts it in."""
        return "/".join(self.piece.removeprefix(_FIGURE).split("/")[2:]) if self.is_figure else self.piece


@dataclass(frozen=True)
class Shape:
    """A shape of a slide that holds a text, a table or a chart of ours."""

    element: Any
    slide: Slide
    tag: Tag

    @property
    def kind(self) -> str:
        """What it holds: text, table, chart or nothing that we write."""
        if self.element.tag == qn("p:sp"):
            return "text" if self.body is not None else ""
        return "table" if self.table is not None else "chart" if self.chart is not None else ""

    @property
    def body(self) -> Any:
        """The text body, None where it has none."""
        return next(self.element.iterchildren(qn("p:txBody")), None)

    @property
    def table(self) -> Any:
        """The table, None where it has none."""
        return next(self.element.iter(qn("a:tbl")), None)

    @property
    def chart(self) -> Any:
        """The part of the package that holds the chart, None where it has none or nothing that can be read."""
        for reference in self.element.iter(qn("c:chart")):
            rel = self.slide.part.rels.get(reference.get(qn("r:id")))
            part = None if rel is None or rel.is_external else rel.target_part
            return part if hasattr(part, "chart_workbook") else None
        return None

    @property
    def properties(self) -> Any:
        """The element with its name and the text that a screen reader says in its place."""
        return self.element.find(f"./*/{qn('p:cNvPr')}")

    def called(self, tag: Tag, name: str) -> "Shape":
        """The same shape under another name."""
        self.properties.set("name", name)
        return replace(self, tag=tag)


def tag_of(name: str) -> Tag | None:
    """What a name says, None where it is none of ours: `<exhibit>[/<number>[/<of how many>]]/<piece>`."""
    exhibit, *steps = name.split("/")
    number = int(steps.pop(0)) if steps and _is_number(steps[0]) else 1
    if steps and _is_number(steps[0]):
        steps.pop(0)
    if exhibit not in _EXHIBITS or not steps or not steps[0]:
        return None
    return Tag(Place(exhibit, number), "/".join(steps))


def _is_number(step: str) -> bool:
    return step.isascii() and step.isdecimal() and len(step) < 5


def named(slide: Slide) -> list[Shape]:
    """The shapes of ours on a slide, in groups too, in their order."""
    found = ((element, tag_of(properties.get("name") or "")) for element, properties in _described(slide))
    return [Shape(element, slide, tag) for element, tag in found if tag]


def elements(slide: Slide) -> Iterator[Any]:
    """Every shape of a slide that may hold a text, a table or a chart."""
    return (element for element, _ in _described(slide))


def _described(slide: Slide) -> Iterator[tuple[Any, Any]]:
    """Each of these shapes with the element that names it."""
    for properties in slide.shapes._spTree.iter(qn("p:cNvPr")):
        element = properties.getparent().getparent()
        if element.tag in (qn("p:sp"), qn("p:graphicFrame")):
            yield element, properties


def name_of(element: Any) -> str:
    """The name of a shape, as the selection pane shows it."""
    return str(_properties(element).get("name") or "")


def _properties(element: Any) -> Any:
    return element.find(f"./*/{qn('p:cNvPr')}")


def place_of(shapes: Iterable[Shape]) -> Place | None:
    """Which slide of ours a slide is: what its title says, else its first shape; None where none is."""
    places = {shape.tag.piece: shape.tag.place for shape in reversed(list(shapes))}
    return places.get("title") or next(reversed(list(places.values())), None)


# Words


def paragraphs(body: Any) -> list[Any]:
    """The paragraphs of a text body."""
    return list(body.iterchildren(qn("a:p")))


def words_of(paragraph: Any) -> str:
    """What a paragraph says; a line break counts as a space."""
    parts = []
    for child in paragraph.iterchildren(qn("a:r"), qn("a:fld"), qn("a:br")):
        text = next(child.iterchildren(qn("a:t")), None)
        parts.append("\v" if child.tag == qn("a:br") else "" if text is None else text.text or "")
    return "".join(parts)


def text_of(body: Any) -> str:
    """What a text body says, one line for each paragraph."""
    return "\n".join(words_of(paragraph) for paragraph in paragraphs(body)) if body is not None else ""


def plain(text: str) -> str:
    """A text as it is compared: programs break lines and write spaces each in their own way."""
    return " ".join(text.split())


def on_one_line(text: str) -> str:
    """A text on one line as people are told it: a number stays in one piece."""
    return " ".join(re.split(r"[ \t\n\v]+", text)).strip()


def notes_of(slide: Slide) -> Any:
    """The text body of a slide's speaker notes, None where it has none."""
    try:
        notes: Any = slide.part.part_related_by(RT.NOTES_SLIDE)
    except KeyError:
        return None
    places = notes._element.iterfind(f"{qn('p:cSld')}/{qn('p:spTree')}/*/*/{qn('p:nvPr')}/{qn('p:ph')}")
    found = (place.getparent().getparent().getparent() for place in places if place.get("type") == "body")
    return next((shape.get_or_add_txBody() for shape in found), None)
