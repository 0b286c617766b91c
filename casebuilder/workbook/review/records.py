"""What a review reads of a workbook, and what it finds: plain records, nothing computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell

#: Row and column of a cell, counted from 0.
Place = tuple[int, int]
Value = float | str | bool | None


@dataclass(frozen=True)
class Look:
    """How a cell looks: number format, colours as six hexadecimal digits or empty, and whether it is locked."""

    number_format: str = "General"
    text_colour: str = ""
    fill: str = ""
    locked: bool = True


@dataclass(frozen=True)
class CellRead:
    """One cell: its formula without the equals sign (empty where it has none), its stored value, and its look.

    `relative` is the formula with references as distances, the same for every cell that holds one formula;
    `special` is "array" or "dataTable" where the formula is one of these; `error` says that the value is an error.
    """

    formula: str
    value: Value
    look: Look
    relative: str = ""
    special: str = ""
    error: bool = False


@dataclass(frozen=True)
class Validation:
    """A rule of data validation: the cells it covers, its kind, its limits as typed, and whether it says something.

    `operator` says how the limits are meant, in the file format's words.
    """

    cells: frozenset[Place]
    kind: str
    lower: str
    upper: str
    prompt: str
    operator: str = "between"


@dataclass(frozen=True)
class SheetRead:
    """One sheet as a file holds it; rows and columns count from 0."""

    name: str
    state: str
    tab_colour: str
    cells: Mapping[Place, CellRead]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    frozen_rows: int = 0
    frozen_columns: int = 0
    validations: tuple[Validation, ...] = ()
    protected: bool = False
    links: Mapping[Place, str] = field(default_factory=dict)
    print_area: str = ""

    def text(self, row: int, column: int) -> str:
        """What stands in a cell as text; empty where nothing does."""
        cell = self.cells.get((row, column))
        return "" if cell is None or cell.value is None else str(cell.value)

    def formula(self, row: int, column: int) -> str:
        """The formula of a cell; empty where it has none."""
        cell = self.cells.get((row, column))
        return cell.formula if cell else ""


@dataclass(frozen=True, eq=False)
class BookRead:
    """A workbook as its file holds it: sheets in their order, defined names, parts and links that leave the file.

    Two readings are never the same, so that what is derived from one can be kept with it; `data`
    are the bytes of the file, for those who compute it again.
    """

    sheets: tuple[SheetRead, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    external: tuple[str, ...] = ()
    data: bytes = field(default=b"", repr=False)

    def sheet(self, name: str) -> SheetRead | None:
        """The sheet of this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


@dataclass(frozen=True)
class Rule:
    """A rule: what it asks for in one sentence, what finds the places that break it, and what it cannot judge here.

    `thorough` looks further, for minutes, and is run on request.
    """

    text: str
    find: Callable[[BookRead], Iterator[Violation]]
    unjudged: str = ""
    thorough: Callable[[BookRead], Iterator[Violation]] | None = None


@dataclass(frozen=True)
class Violation:
    """One thing that breaks a rule: the rule's id (W1 to W16), the sheet, the cell or nothing, and what is wrong."""

    rule: str
    sheet: str
    cell: str
    text: str

    @property
    def line(self) -> str:
        """The violation on one line: rule, place, what is wrong."""
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet or "workbook"
        return f"{self.rule}  {place}: {self.text}"


def address(place: Place) -> str:
    """The address of a cell."""
    found: str = xl_rowcol_to_cell(*place)
    return found
