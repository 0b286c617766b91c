"""Decks as people change them: the pitch of a later case, what a deck says, and the edits of a user."""

import re
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from casebuilder.deck import render
from casebuilder.deck.refresh import Edited, Refreshed, refresh
from casebuilder.deck.refresh.names import named, tag_of
from casebuilder.pitch.records import Chart, Exhibit, Pitch, Table
from tests.deck.samples import pitch

#: How much larger the values of the later case are.
GROWTH = 1.37


def turned(text: str) -> str:
    """The same words with other numbers: every digit is one higher."""
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), text)


def later(before: Pitch, **changes: Any) -> Pitch:
    """What the pitch says when the case has moved on: the same words, other numbers, another version."""
    stamp = replace(before.stamp, fingerprint="0123abcd")
    exhibits = tuple(_later(exhibit) for exhibit in before.exhibits)
    return replace(before, **({"stamp": stamp, "exhibits": exhibits} | changes))


def _later(exhibit: Exhibit) -> Exhibit:
    return replace(
        exhibit,
        title=turned(exhibit.title),
        takeaways=tuple(map(turned, exhibit.takeaways)),
        figures=tuple(replace(f, text=turned(f.text), change=turned(f.change)) for f in exhibit.figures),
        chart=_chart(exhibit.chart) if exhibit.chart else None,
        table=_table(exhibit.table) if exhibit.table else None,
        source=turned(exhibit.source),
        notes=turned(exhibit.notes),
    )


def _chart(chart: Chart) -> Chart:
    series = tuple(
        replace(
            row,
            values=tuple(None if value is None else value * GROWTH for value in row.values),
            labels=tuple(map(turned, row.labels)),
        )
        for row in chart.series
    )
    return replace(chart, series=series, alt=turned(chart.alt))


def _table(table: Table) -> Table:
    return replace(table, rows=tuple((row[0], *map(turned, row[1:])) for row in table.rows))


BEFORE = pitch()
AFTER = later(BEFORE)


def deck(before: Pitch = BEFORE) -> Deck:
    """The deck of a pitch, opened to be edited."""
    return Presentation(BytesIO(render(before)))


def saved(edited: Deck) -> bytes:
    """The deck as a file."""
    stream = BytesIO()
    edited.save(stream)
    return stream.getvalue()


def refreshed(edited: Deck | bytes, after: Pitch = AFTER) -> Refreshed:
    """The deck refreshed with a later pitch."""
    raw = edited if isinstance(edited, bytes) else saved(edited)
    return refresh(Edited(raw, "deck.pptx"), after, render(after))


def shape(edited: Deck, name: str) -> Any:
    """The shape of a name; the first where there are more."""
    return next(each for slide in edited.slides for each in slide.shapes if each.name == name)


def slide_of(edited: Deck, exhibit: str) -> Slide:
    """The first slide of an exhibit."""
    return next(
        slide for slide in edited.slides if any(s.name.startswith(f"{exhibit}/") for s in slide.shapes)
    )


def said(content: bytes) -> dict[str, Any]:
    """Everything that shapes of ours say, by exhibit, slide of the exhibit and piece: texts, cells, values, labels."""
    found: dict[str, Any] = {}
    for slide in Presentation(BytesIO(content)).slides:
        for each in slide.shapes:
            tag = tag_of(each.name)
            if tag and tag.piece != "page":
                found[str(tag)] = _said(each)
        if slide.has_notes_slide and named(slide):
            found[f"{named(slide)[0].tag.place}/notes"] = slide.notes_slide.notes_text_frame.text
    return found


def _said(each: Any) -> Any:
    if each.has_text_frame:
        return each.text_frame.text
    if each.has_table:
        return [[cell.text for cell in row.cells] for row in each.table.rows], alt(each)
    space = each.chart._chartSpace
    rows = [(row.name, tuple(row.values), labels(row)) for plot in each.chart.plots for row in plot.series]
    ends = [
        element.get("val")
        for element in space.xpath(".//c:valAx/c:scaling/c:min | .//c:valAx/c:scaling/c:max")
    ]
    return rows, [str(name) for name in each.chart.plots[0].categories], ends, alt(each), sheet(each)


def labels(row: Any) -> list[str]:
    """Words of our own at the marks of a series."""
    return ["".join(label.xpath(".//c:tx//a:t/text()")) for label in row._element.xpath(".//c:dLbl[c:tx]")]


def alt(each: Any) -> str:
    """What a screen reader says in place of a shape."""
    return str(each._element.xpath("string(.//p:cNvPr/@descr)"))


def sheet(each: Any) -> bytes:
    """The worksheet behind a chart; nothing where a program dropped it."""
    part = each.chart.part.chart_workbook.xlsx_part
    return bytes(part.blob) if part else b""


def tree(element: Any) -> bytes:
    """A shape or slide as XML, to tell whether anything of it was touched."""
    return bytes(etree.tostring(element, method="c14n"))


def drop(edited: Deck, slide: Slide) -> None:
    """Takes a slide out with the links that lead to it, as PowerPoint does."""
    for other in edited.slides:
        for rel in [rel for rel in other.part.rels.values() if rel.target_part is slide.part]:
            for link in other._element.xpath(f'.//*[@r:id="{rel.rId}"]'):
                link.getparent().remove(link)
            other.part.drop_rel(rel.rId)
    ids = edited.slides._sldIdLst
    entry = next(each for each in ids if each.id == slide.slide_id)
    edited.part.drop_rel(entry.rId)
    ids.remove(entry)


def duplicate(edited: Deck, slide: Slide) -> Slide:
    """A second slide with the same texts and tables."""
    copy = edited.slides.add_slide(slide.slide_layout)
    for each in list(copy.shapes):
        each._element.getparent().remove(each._element)
    for each in slide.shapes:
        if not each.has_chart:
            copy.shapes._spTree.append(deepcopy(each._element))
    return copy


def forget(edited: Deck) -> Deck:
    """The deck without what it says about itself, as one that was copied into another file."""
    package = edited.part.package
    for rel in list(package._rels.values()):
        if rel.reltype == RT.CUSTOM_PROPERTIES:
            package.drop_rel(rel.rId)
    return edited
