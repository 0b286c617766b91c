"""Updates a table cell by cell: our words follow the case, somebody's own cells, rows taken out and formats stay."""

# mypy: allow-untyped-calls

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from casebuilder.case.paths import shorten
from casebuilder.deck import theme
from casebuilder.deck.refresh import facts
from casebuilder.deck.refresh.facts import cells_of, rows_of, said_in
from casebuilder.deck.refresh.findings import What
from casebuilder.deck.refresh.names import Tag, text_of
from casebuilder.deck.refresh.record import Record
from casebuilder.deck.refresh.rewords import colour, portable, recolour, reword, skeleton

#: Rows that a table of ours never exceeds; where a row of it stood is looked for among so many.
_MOST_ROWS = 60
#: Longest name of a row that is quoted.
_LONGEST_NAME = 50
_FILLS = tuple(
    qn(f"a:{name}") for name in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
)
_AFTER_FILL = (qn("a:headers"), qn("a:extLst"))

#: Tells what was done: kind, where in the table, what stood there, what the case says.
Tell = Callable[[What, str, str, str], None]


@dataclass(frozen=True)
class _Row:
    """A row of the edited table: where it stood when it was written, None where it is new, and which cells are ours."""

    element: Any
    before: int | None
    ours: tuple[bool, ...]
    columns: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        return [said_in(cell) for cell in cells_of(self.element)]

    @property
    def name(self) -> str:
        return self.texts[0] if self.texts else ""


def reset_table(tag: Tag, frame: Any, table: Any, source: Any, record: Record, tell: Tell) -> None:
    """Makes a table say what the source says."""
    rows, wanted = _rows(tag, table, source, record), rows_of(source)
    same_columns = all(len(row.ours) == len(cells_of(wanted[0])) for row in rows)
    untouched = _in_order(tag, rows, record) and all(all(row.ours) for row in rows)
    looks = not record or facts.table_sizes_fact(tag, table) in record
    if untouched and not same_columns:
        _set_anew(frame, table, source)
        tell("redrawn", "", "", "")
    elif not same_columns or not rows:
        tell("yours", "", "a table with other columns", "")
    elif untouched or _same_names(tag, rows, wanted, record):
        _one_by_one(rows, wanted, table, looks, tell)
    else:
        _by_name(tag, rows, wanted, looks, record, tell)
    _fit(frame, table)


def _rows(tag: Tag, table: Any, source: Any, record: Record) -> list[_Row]:
    """The rows of an edited table; without a record those of the source tell which cells are ours."""
    wanted = [[said_in(cell) for cell in cells_of(row)] for row in rows_of(source)]
    heads = tuple(wanted[0])
    found = []
    for number, row in enumerate(rows_of(table)):
        texts = [said_in(cell) for cell in cells_of(row)]
        if record:
            found.append(_recorded(tag, row, texts, record, number, heads))
        else:
            model = wanted[number] if number < len(wanted) else []
            alike = [skeleton(a) == skeleton(b) for a, b in zip(texts, model, strict=False)]
            ours = tuple((alike + [not model] * len(texts))[: len(texts)])
            found.append(_Row(row, number, ours, heads))
    return found


def _recorded(
    tag: Tag, row: Any, texts: Sequence[str], record: Record, number: int, heads: tuple[str, ...]
) -> _Row:
    """Where a row stood: at the place of most of its cells, its own place first."""
    places = [number, *(each for each in range(_MOST_ROWS) if each != number)]
    ours = {
        place: tuple(facts.cell_fact(tag, place, column, text) in record for column, text in enumerate(texts))
        for place in places
    }
    best = max(places, key=lambda place: sum(ours[place]))
    return _Row(row, best if any(ours[best]) else None, ours[best], heads)


def _in_order(tag: Tag, rows: Sequence[_Row], record: Record) -> bool:
    """Whether the edited table has the rows it was written with."""
    if not record:
        return True
    return facts.rows_fact(tag, len(rows)) in record and [row.before for row in rows] == list(
        range(len(rows))
    )


def _same_names(tag: Tag, rows: Sequence[_Row], wanted: Sequence[Any], record: Record) -> bool:
    """Whether each row is still about what it was about, so that somebody's own cells stay beside the right words."""
    if len(rows) != len(wanted) or not _in_order(tag, rows, record):
        return False
    return all(
        row.ours[0] and (all(row.ours) or row.name == said_in(cells_of(model)[0]))
        for row, model in zip(rows, wanted, strict=True)
    )


def _one_by_one(rows: Sequence[_Row], wanted: Sequence[Any], table: Any, looks: bool, tell: Tell) -> None:
    """Row by row in their order; rows added or taken off at the end."""
    for row, model in zip(rows, wanted, strict=False):
        _reset_row(row, model, looks, tell)
    for model in wanted[len(rows) :]:
        added = portable(rows[-1].element if len(rows) > 1 else model)
        for extension in added.findall(qn("a:extLst")):
            added.remove(extension)
        table.append(added)
        for cell, source in zip(cells_of(added), cells_of(model), strict=True):
            _reset_cell(cell, source, looks)
        added.set("h", model.get("h"))
        tell("changed", "a row added", "", " | ".join(said_in(cell) for cell in cells_of(model)))
    for row in rows[len(wanted) :]:
        tell("changed", "a row taken off", " | ".join(row.texts), "")
        table.remove(row.element)


def _by_name(
    tag: Tag, rows: Sequence[_Row], wanted: Sequence[Any], looks: bool, record: Record, tell: Tell
) -> None:
    """By what the rows are called, because somebody's own cells stand in them or rows were taken out or put in."""
    _reset_row(rows[0], wanted[0], looks, tell)
    waiting = list(wanted[1:])
    for row in rows[1:]:
        model = next((each for each in waiting if said_in(cells_of(each)[0]) == row.name), None)
        if model is not None:
            waiting.remove(model)
            _reset_row(row, model, looks, tell)
        elif any(row.ours):
            tell("gone", f"row “{shorten(row.name, _LONGEST_NAME)}”", " | ".join(row.texts), "")
    for model in waiting:
        texts = [said_in(cell) for cell in cells_of(model)]
        if not any(facts.cell_fact(tag, place, 0, texts[0]) in record for place in range(_MOST_ROWS)):
            tell("added", f"row “{shorten(texts[0], _LONGEST_NAME)}”", "", " | ".join(texts))


def _reset_row(row: _Row, model: Any, looks: bool, tell: Tell) -> None:
    """One row: our cells follow, somebody's own stay and are told where the case says something else."""
    columns, heads = row.columns, shorten(row.name, _LONGEST_NAME)
    for number, (cell, source) in enumerate(zip(cells_of(row.element), cells_of(model), strict=True)):
        old, new = said_in(cell), said_in(source)
        if old == new:
            continue
        place = f"row “{heads}”, {columns[number]}" if number else f"row “{heads}”"
        shown, wanted = (text_of(each.find(qn("a:txBody"))) for each in (cell, source))
        if row.ours[number]:
            _reset_cell(cell, source, looks)
            tell("changed", place, shown, wanted)
        else:
            tell("yours", place, shown, wanted)
    if looks and all(row.ours):
        row.element.set("h", model.get("h"))


def _reset_cell(cell: Any, source: Any, looks: bool) -> None:
    reword(cell.find(qn("a:txBody")), source.find(qn("a:txBody")), as_source=False)
    _reground(cell, source)
    if looks:
        _resize(cell, source)


def _resize(cell: Any, source: Any) -> None:
    size = next((each.get("sz") for each in source.iter(qn("a:rPr")) if each.get("sz")), None)
    for properties in cell.iter(qn("a:rPr")) if size else ():
        properties.set("sz", size)


def _reground(cell: Any, source: Any) -> None:
    """The ground of a cell says what its number rests on: it follows the source, unless somebody coloured it."""
    ours = {"", *(str(theme.rgb(token)).lower() for token in ("default_fill", "panel"))}
    old, new = (_ground(each) for each in (cell, source))
    if _said(old) not in ours or _said(old) == _said(new):
        return
    properties = cell.find(qn("a:tcPr"))
    if properties is None or new is None:
        return
    if old is not None:
        properties.replace(old, portable(new))
    else:
        after = next((child for child in properties if child.tag in _AFTER_FILL), None)
        properties.append(portable(new)) if after is None else after.addprevious(portable(new))
    look = next(source.iter(qn("a:rPr")), None)
    if look is not None:
        for own in cell.iter(qn("a:rPr")):
            own.set("b", look.get("b") or "0")
            recolour(own, look)


def _ground(cell: Any) -> Any:
    return (
        next((child for child in cell.find(qn("a:tcPr")) if child.tag in _FILLS), None)
        if _has(cell)
        else None
    )


def _has(cell: Any) -> bool:
    return cell.find(qn("a:tcPr")) is not None


def _said(fill: Any) -> str:
    if fill is None or fill.tag == qn("a:noFill"):
        return ""
    return colour(fill, {}) or str(etree.QName(fill).localname)


def _set_anew(frame: Any, table: Any, source: Any) -> None:
    """Columns and rows of the source in the width that the table has."""
    wide = sum(_widths(table)) / max(1, sum(_widths(source)))
    for old in (*table.findall(qn("a:tblGrid")), *rows_of(table)):
        table.remove(old)
    for new in (*source.findall(qn("a:tblGrid")), *rows_of(source)):
        table.append(portable(new))
    for column in table.iter(qn("a:gridCol")):
        column.set("w", str(round(int(column.get("w")) * wide)))


def _widths(table: Any) -> Iterator[int]:
    return (int(column.get("w")) for column in table.iter(qn("a:gridCol")))


def _fit(frame: Any, table: Any) -> None:
    """The frame of a table is as high as its rows."""
    extent = frame.find(f"{qn('p:xfrm')}/{qn('a:ext')}")
    if extent is not None:
        extent.set("cy", str(sum(int(row.get("h")) for row in rows_of(table))))
