"""A table of numbers pasted from a spreadsheet: segments as columns, numbers as rows, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebuilder.case.catalogue import InputWord, inputs
from casebuilder.case.records import Case
from casebuilder.case.typed import Given, Typed, Unreadable, given, in_currency, typed

#: A table of a company's segments is small; a larger one was pasted by mistake.
MOST_ROWS, MOST_COLUMNS, LONGEST = 100, 40, 40_000
#: What a column of the whole company is headed.
COMPANY = ("", "company", "all", "value")


@dataclass(frozen=True)
class Cell:
    """One pasted number: where it goes, its value in the input's own unit, or why it is not used."""

    path: str
    text: str
    value: float | None
    problem: str = ""


@dataclass(frozen=True)
class Pasted:
    """The cells of a pasted table in its order, and what of it was not understood at all."""

    cells: tuple[Cell, ...]
    problems: tuple[str, ...]

    @property
    def values(self) -> dict[str, float]:
        """The numbers that can be used, by path."""
        return {cell.path: cell.value for cell in self.cells if cell.value is not None}


def pasted(text: str, case: Case) -> Pasted:
    """What a pasted table says about the inputs of a case; nothing is changed.

    Columns are parted by tabs. The first row names segments and the first column numbers, in the words of the
    catalogue or by their ids, or the other way round. A share without a per cent sign is a part of one below 1 and
    per cent above; 1 itself is asked about.
    """
    if len(text) > LONGEST:
        return Pasted((), (f"The table has {len(text):,} characters; at most {LONGEST:,} are read.",))
    rows = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return Pasted((), ("Copy the names with the numbers: segments above, numbers in the first column.",))
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        return Pasted((), (f"The table is too large: at most {MOST_ROWS} rows and {MOST_COLUMNS} columns.",))
    if _known(rows[0][1:]) > _known([row[0] for row in rows[1:]]):
        rows = _turned(rows)
    return _read(rows, case)


def _known(names: Sequence[str]) -> int:
    return sum(_word(name) is not None for name in names)


def _turned(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    full = [row + [""] * (width - len(row)) for row in rows]
    return [list(column) for column in zip(*full, strict=True)]


def _word(name: str) -> InputWord | None:
    """The input of this id or label; what stands behind a comma or in brackets may be a unit."""
    table = {_plain(key): word for word in inputs().values() for key in (word.id, word.label)}
    for said in (name, name.partition("(")[0], name.rpartition(",")[0]):
        if _plain(said) in table:
            return table[_plain(said)]
    return None


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _read(rows: list[list[str]], case: Case) -> Pasted:
    cells: list[Cell] = []
    problems = []
    segments = {_plain(segment.name): segment.name for segment in case.segments}
    heads = rows[0][1:]
    for head in heads:
        if _plain(head) not in segments and head.lower() not in COMPANY:
            problems.append(f"“{head[:60]}” is no segment of this case.")
    for row in rows[1:]:
        word = _word(row[0])
        if word is None:
            problems.append(f"“{row[0][:60]}” is no number of this case.")
        else:
            row_cells = dict(zip(heads, row[1:], strict=False))
            cells += _of_row(word, row_cells, segments, case.company.currency)
    found: dict[str, Cell] = {}
    for cell in cells:
        if cell.path in found:
            problems.append(f"{cell.path} stands there twice; the first is used.")
        found.setdefault(cell.path, cell)
    return Pasted(tuple(found.values()), tuple(problems))


def _of_row(
    word: InputWord, row: Mapping[str, str], segments: Mapping[str, str], currency: str
) -> Iterator[Cell]:
    for head, text in row.items():
        segment = segments.get(_plain(head))
        if not text or (segment is None) == (word.group == "segments"):
            continue
        path = f"segments[{segment}].{word.id}" if segment else f"{word.group}.{word.id}"
        yield _cell(path, text, word, currency)


def _cell(path: str, text: str, word: InputWord, currency: str) -> Cell:
    try:
        found = typed(text, word.unit)
        if found is None:
            return Cell(path, text, None, "not known")
        in_currency(found, currency)
        return Cell(path, text, _value(found, word))
    except Unreadable as problem:
        return Cell(path, text[:60], None, str(problem))


def of_input(text: str, word: InputWord, currency: str = "") -> Given | None:
    """What was typed into the field of an input, within its bounds; see `given`, which raises Unreadable too."""
    found = given(text, word.unit, currency)
    for each in () if found is None else (found.value, *(found.ends or ())):
        _within(each, word)
    return found


def _value(found: Typed, word: InputWord) -> float:
    """A pasted number: a spreadsheet hands over 8.2 % as text, and as 0.082 where the cell was not formatted."""
    if found.is_range:
        raise Unreadable("One number is needed here.")
    if found.percent:
        if word.unit != "share":
            raise Unreadable(f"{word.label} is no per cent.")
        return _within(round(found.value / 100, 12), word)
    if word.unit == "share" and abs(found.value) == 1:
        raise Unreadable("This can be 1 % or 100 %: add the per cent sign.")
    if word.unit == "share" and abs(found.value) > 1:
        return _within(round(found.value / 100, 12), word)
    return _within(found.value * (found.times or 1.0), word)


def _within(value: float, word: InputWord) -> float:
    if not word.holds(value):
        raise Unreadable(f"This cannot be: {word.label.lower()} allows {allowed(word)}.")
    return value


def allowed(word: InputWord) -> str:
    """The bounds of an input as people type them: a share as per cent."""
    if word.unit != "share":
        return word.range
    ends = [f"{100 * end:g} %" for end in (word.lower, word.upper) if end is not None]
    return " to ".join(ends) if len(ends) > 1 else f"{ends[0]} or more"
