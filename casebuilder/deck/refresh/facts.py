"""Everything of ours that stands in a deck, as facts: what `record` keeps marks of, and what is compared later."""

# mypy: allow-untyped-calls

from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.presentation import Presentation
from pptx.slide import Slide

from casebuilder.deck.refresh import chart_data, record
from casebuilder.deck.refresh.names import (
    NOTES,
    PAGE,
    Place,
    Shape,
    Tag,
    named,
    notes_of,
    place_of,
    plain,
    text_of,
)
from casebuilder.deck.refresh.record import Fact
from casebuilder.deck.refresh.rewords import colours, sizes
from casebuilder.deck.xml import qn
from casebuilder.pitch.records import Pitch

_SCHEME = "{http://schemas.openxmlformats.org/drawingml/2006/main}clrScheme"
#: What slides call the colours of a theme, where the master does not say it.
_CALLED = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}


def facts(presentation: Presentation) -> Iterator[Fact]:
    """What stands in the shapes of ours of a deck, and in the notes of our slides."""
    themes: dict[str, dict[str, str]] = {}
    for slide in presentation.slides:
        shapes, master = named(slide), slide.slide_layout.slide_master.part.partname
        if master not in themes:
            themes[master] = theme_of(slide)
        theme = themes[master]
        for shape in shapes:
            yield from of_shape(shape, theme)
        place = place_of(shapes)
        if place:
            yield slide_fact(place)
            body = notes_of(slide)
            if body is not None:
                yield shape_fact(Tag(place, NOTES))
                yield text_fact(Tag(place, NOTES), body)


def remember(presentation: Presentation, pitch: Pitch, design: str) -> None:
    """Lets a deck that was just made say for whom it is, of which case, and what was written into it."""
    made = record.marks(facts(presentation))
    known = record.Record(pitch.persona, pitch.company, pitch.case_title, design, made)
    record.write(presentation, known)


def of_shape(shape: Shape, theme: dict[str, str]) -> Iterator[Fact]:
    """What stands in one shape."""
    if shape.tag.piece == PAGE:
        return
    described = shape.properties.get("descr")
    if described:
        yield alt_fact(shape.tag, described)
    yield shape_fact(shape.tag)
    kind = shape.kind
    if kind == "text":
        body = shape.body
        yield text_fact(shape.tag, body)
        yield sizes_fact(shape.tag, body)
        if has_roles(shape.tag):
            yield from (colours_fact(shape.tag, body, each) for each in ({}, theme))
    elif kind == "table":
        yield from of_table(shape.tag, shape.table)
    elif kind == "chart":
        yield from chart_data.facts(shape.tag, shape.chart._element, theme)


def slide_fact(place: Place) -> Fact:
    """That the deck had a slide."""
    return ("slide", place)


def shape_fact(tag: Tag) -> Fact:
    """That the deck had a shape."""
    return ("shape", tag)


def text_fact(tag: Tag, body: Any) -> Fact:
    """What a text said."""
    return ("text", tag, plain(text_of(body)))


def sizes_fact(tag: Tag, body: Any) -> Fact:
    """In which type sizes."""
    return ("sizes", tag, sizes(body))


def colours_fact(tag: Tag, body: Any, theme: dict[str, str]) -> Fact:
    """In which colours: of the theme, or as what they are in it."""
    return ("colours", tag, colours(body, theme))


def has_roles(tag: Tag) -> bool:
    """Whether the colours of a text say what its number means."""
    return tag.is_figure or tag.piece.startswith("chart")


def alt_fact(tag: Tag, described: str) -> Fact:
    """What a screen reader said in its place."""
    return ("alt", tag, plain(described))


# Tables


def rows_of(table: Any) -> list[Any]:
    """The rows of a table."""
    return list(table.iterchildren(qn("a:tr")))


def cells_of(row: Any) -> list[Any]:
    """The cells of a row."""
    return list(row.iterchildren(qn("a:tc")))


def said_in(cell: Any) -> str:
    """What a cell says."""
    return plain(text_of(next(cell.iterchildren(qn("a:txBody")), None)))


def of_table(tag: Tag, table: Any) -> Iterator[Fact]:
    """Size of a table and what its cells said."""
    rows = rows_of(table)
    yield rows_fact(tag, len(rows))
    yield columns_fact(tag, len(cells_of(rows[0])) if rows else 0)
    yield table_sizes_fact(tag, table)
    for number, row in enumerate(rows):
        for column, cell in enumerate(cells_of(row)):
            yield cell_fact(tag, number, column, said_in(cell))


def rows_fact(tag: Tag, count: int) -> Fact:
    """How many rows a table had, with its head."""
    return ("rows", tag, count)


def columns_fact(tag: Tag, count: int) -> Fact:
    """How many columns a table had."""
    return ("columns", tag, count)


def table_sizes_fact(tag: Tag, table: Any) -> Fact:
    """Which type sizes a table had."""
    found = {
        str(each.get("sz")) for run in table.iter(qn("a:r")) if (each := run.find(qn("a:rPr"))) is not None
    }
    return ("table sizes", tag, " ".join(sorted(found)))


def cell_fact(tag: Tag, row: int, column: int, text: str) -> Fact:
    """What a cell said; rows and columns count from 0, the head is row 0."""
    return ("cell", tag, row, column, text)


# Colours of the theme


def theme_of(slide: Slide) -> dict[str, str]:
    """The colours of a slide's theme as six digits, by what texts and marks call them; none where it cannot be read."""
    master = slide.slide_layout.slide_master
    try:
        theme = etree.fromstring(
            master.part.part_related_by(RT.THEME).blob,
            etree.XMLParser(resolve_entities=False, no_network=True),
        )
    except (KeyError, etree.XMLSyntaxError):
        return {}
    slots = {}
    for scheme in theme.iter(_SCHEME):
        for slot in scheme:
            for value in slot:
                slots[etree.QName(slot).localname] = str(value.get("lastClr") or value.get("val")).lower()
    mapped = dict(_CALLED)
    for said in master._element.iter(qn("p:clrMap")):
        mapped |= dict(said.attrib)
    return slots | {name: slots[slot] for name, slot in mapped.items() if slot in slots}
