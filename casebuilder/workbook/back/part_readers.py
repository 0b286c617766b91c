"""Reads the large parts of a workbook file as a parser comes by them: the texts and the cells, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers.expat import ParserCreate

from casebuilder.case.archive import MAX_COLUMN, MAX_ROW
from casebuilder.workbook.back.formula_text import column_number, shifted

#: Row and column, counted from 0.
Place = tuple[int, int]
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
#: Tags stand inside each other this deep in a sheet at most; a cell holds so many characters.
_DEEPEST, _LONGEST = 40, 40_000


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a cell: the value shown, None where nothing is stored, and its formula.

    `written` is the formula as the file has it, without equals sign, and `moved` how many rows and columns further
    this cell reads it: programs store one text for a whole row. `style` is the number of its look in the file.
    """

    value: float | str | bool | None
    written: str = ""
    error: bool = False
    moved: Place = (0, 0)
    style: int = 0

    @property
    def formula(self) -> str:
        """The formula as this cell reads it, without equals sign; empty where it has none."""
        return shifted(self.written, *self.moved) if self.moved != (0, 0) else self.written

    def spelled_as(self, other: Content) -> bool:
        """Whether two cells of one place hold the same text, as far as can be said without looking closer."""
        return self.written == other.written and self.moved == other.moved


class _Parsed:
    """What readers of large parts share: a parser that is fed once, and tags that stand inside each other."""

    def __init__(self) -> None:
        self.depth = 0
        self.into = ""

    def parse(self, text: bytes) -> None:
        """Feed the part; ValueError where it is none of ours to read."""
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._deeper, self._back
        parser.CharacterDataHandler = self.character
        parser.Parse(text, True)

    def _deeper(self, tag: str, said: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError("nested too deeply")
        self.start(tag.rpartition(":")[2], said)

    def _back(self, tag: str) -> None:
        self.depth -= 1
        self.end(tag.rpartition(":")[2])

    def start(self, name: str, said: dict[str, str]) -> None:
        """A tag begins."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """A tag ends."""
        raise NotImplementedError

    def character(self, text: str) -> None:
        """Text inside a tag."""
        raise NotImplementedError


def _longer(before: str, text: str) -> str:
    if len(before) + len(text) > _LONGEST:
        raise ValueError("more text than a cell can hold")
    return before + text


class Texts(_Parsed):
    """Reads the texts that cells share, without what only says how to pronounce them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""

    def read(self, text: bytes) -> list[str]:
        """The texts in their order."""
        self.parse(text)
        return self.found

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "si":
            self.text = ""
        elif name == "rPh" or (name == "t" and self.into != "rPh"):
            self.into = name

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(self.text)
        elif name == self.into:
            self.into = ""

    def character(self, text: str) -> None:
        if self.into == "t":
            self.text = _longer(self.text, text)


class Cells(_Parsed):
    """Reads the cells of one sheet as the parser comes by them; nothing else of the sheet is kept."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self.texts = texts
        self.found: dict[Place, Content] = {}
        self.shared: dict[str, tuple[str, Place]] = {}
        self.row, self.column = -1, -1
        self.kind, self.said, self.formula, self.value = "n", dict[str, str](), "", ""
        self.style = 0

    def read(self, text: bytes) -> dict[Place, Content]:
        """The cells by place; ValueError where the sheet is none of ours to read."""
        self.parse(text)
        return self.found

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "c":
            self._cell(said)
        elif name == "f":
            self.into, self.said = name, said
        elif name in ("v", "t"):
            self.into = name
        elif name == "row":
            self.row, self.column = int(said["r"]) - 1 if "r" in said else self.row + 1, -1

    def _cell(self, said: dict[str, str]) -> None:
        """A cell begins, at the place it names or beside the one before."""
        found = _ADDRESS.fullmatch(said.get("r", ""))
        self.column += 1
        if found:
            self.row, self.column = int(found[2]) - 1, column_number(found[1])
        if not (0 <= self.row < MAX_ROW * 11 and self.column < MAX_COLUMN * 9):
            raise ValueError("outside every sheet")
        self.kind, self.said, self.formula, self.value = said.get("t", "n"), {}, "", ""
        self.style = int(said.get("s", 0))

    def character(self, text: str) -> None:
        if self.into == "f":
            self.formula = _longer(self.formula, text)
        elif self.into:
            self.value = _longer(self.value, text)

    def end(self, name: str) -> None:
        if name == "c":
            self._done()
        elif name in ("f", "v", "t"):
            self.into = ""

    def _done(self) -> None:
        written, moved = self._formula()
        if written or self.value:
            at, error = (self.row, self.column), self.kind == "e"
            self.found[at] = Content(self._value(), written, error, moved, self.style)

    def _formula(self) -> tuple[str, Place]:
        """The formula as it is written, here or where the text that this cell shares stands, and the way from there."""
        if self.said.get("t") != "shared":
            return self.formula, (0, 0)
        number = self.said.get("si", "")
        if self.formula:
            self.shared[number] = (self.formula, (self.row, self.column))
        text, (row, column) = self.shared[number]
        return text, (self.row - row, self.column - column)

    def _value(self) -> float | str | bool | None:
        if self.kind == "s":
            return self.texts[int(self.value)]
        if self.kind in ("str", "inlineStr", "e", "d"):
            return self.value or None
        if self.kind == "b":
            return self.value == "1"
        return float(self.value) if self.value else None
