"""What the tests of the review share: one small workbook of ours, and ways to break it in its file."""

from __future__ import annotations

import copy
import functools
import io
import re
import zipfile
from collections.abc import Callable
from html import escape

from lxml import etree

from casebuilder import build
from casebuilder.workbook.review import RULES
from casebuilder.workbook.review.reader import read_bytes
from casebuilder.workbook.review.records import BookRead, CellRead, Look, SheetRead, Violation
from tests.model.cases import SMALL, case_of, small

_STARTING = {"status": "default", "source": "Library"}


@functools.cache
def original() -> bytes:
    """The small case's workbook with one segment, one scenario and one starting value among its inputs."""
    one = {"segments": SMALL["segments"][:1], "scenarios": {"base": {}}}
    data = small(inputs={"company.loaded_cost_per_fte": _STARTING}, **one)
    return build.workbook_file(build.evaluate(case_of(data)))


def opened(data: bytes) -> BookRead:
    """The workbook of bytes."""
    return read_bytes(data, "seeded.xlsx")


@functools.cache
def as_made() -> BookRead:
    """The original as it is read."""
    return opened(original())


def holding(formula: str, relative: str = "R[0]C[1]") -> BookRead:
    """A workbook of one Calc sheet with one formula, in C10, and the words that make it one of ours."""
    said = {(1, 0): "Calculation sheet", (9, 0): "Label", (9, 1): "count"}
    cells = {place: CellRead("", text, Look()) for place, text in said.items()}
    return BookRead(
        (SheetRead("Calc base", "visible", "", cells | {(9, 2): CellRead(formula, 1.0, Look(), relative)}),)
    )


def found(data: bytes, rules: tuple[str, ...]) -> list[Violation]:
    """Everything that breaks one of these rules."""
    book = opened(data)
    return [each for id in rules for each in RULES[id].find(book)]


@functools.cache
def _usual(rules: tuple[str, ...]) -> frozenset[str]:
    return frozenset(each.line for id in rules for each in RULES[id].find(as_made()))


def seeded(data: bytes, rules: tuple[str, ...]) -> list[Violation]:
    """What breaks one of these rules in an edited workbook and does not in the original."""
    return [each for each in found(data, rules) if each.line not in _usual(rules)]


#: The rules that every seed is judged by.
OURS = tuple(f"W{number}" for number in range(1, 9))


def only(edit: Edit, rule: str) -> list[Violation]:
    """What an edit broke: something, and nothing of another rule."""
    broken = seeded(edit.bytes(), OURS)
    assert {each.rule for each in broken} == {rule}, [each.line for each in broken]
    return broken


class Edit:
    """The original's parts, open to be changed; an edit that finds nothing to change fails."""

    def __init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(original())) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.book = as_made()

    def bytes(self) -> bytes:
        """The edited workbook."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return stream.getvalue()

    def part(self, sheet: str) -> str:
        """The part of a sheet; sheets are numbered in their order."""
        names = [each.name for each in self.book.sheets]
        return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"

    def at(self, sheet: str, label: str, column: str) -> str:
        """The address in a column of the first row whose label begins so."""
        read = self.book.sheet(sheet)
        assert read
        rows = sorted(row for row, at in read.cells if at == 0 and read.text(row, 0).startswith(label))
        assert rows, f"no row '{label}' on {sheet}"
        return f"{column}{rows[0] + 1}"

    def replace(
        self, part: str, pattern: str, new: str | Callable[[re.Match[str]], str], count: int = 1
    ) -> Edit:
        """A pattern of a part replaced, once unless told; it must be there."""
        text, changed = re.subn(pattern, new, self.parts[part].decode(), count=count, flags=re.DOTALL)
        assert changed, f"{pattern} is not in {part}"
        self.parts[part] = text.encode()
        return self

    def sheet(
        self, name: str, pattern: str, new: str | Callable[[re.Match[str]], str], count: int = 1
    ) -> Edit:
        """The same in the part of a sheet."""
        return self.replace(self.part(name), pattern, new, count)

    def cell(self, sheet: str, address: str, content: str, style: str = r"\1", attributes: str = "") -> Edit:
        """A cell's content replaced; its style stays unless another number is given."""
        pattern = rf'<c r="{address}" s="(\d+)"[^>]*?(?:/>|>.*?</c>)'
        new = f'<c r="{address}" s="{style}"{attributes}>{content}</c>'
        return self.sheet(sheet, pattern, new)

    def formula(self, sheet: str, address: str, text: str, value: float = 0.0, attributes: str = "") -> Edit:
        """Another formula in a cell, with the value stored beside it."""
        return self.cell(sheet, address, f"<f{attributes}>{escape(text)}</f><v>{value}</v>")

    def text(self, sheet: str, address: str, text: str) -> Edit:
        """Another text in a cell."""
        return self.cell(sheet, address, f"<is><t>{escape(text)}</t></is>", attributes=' t="inlineStr"')

    def empty(self, sheet: str, address: str) -> Edit:
        """Nothing in a cell but its style."""
        return self.cell(sheet, address, "")

    def style_of(self, sheet: str, address: str) -> str:
        """The number of a cell's style."""
        said = re.search(rf'<c r="{address}" s="(\d+)"', self.parts[self.part(sheet)].decode())
        assert said, f"{sheet}!{address} has no style"
        return said[1]

    def new_style(self, like: str, locked: str = "", **given: str) -> str:
        """The number of a new style: another one with other attributes, or locked ("1") or open ("0")."""
        root = etree.fromstring(self.parts["xl/styles.xml"])
        styles = root.find("{*}cellXfs")
        assert styles is not None
        new = copy.deepcopy(styles[int(like)])
        new.attrib.update(given)
        if locked:
            for old in new.findall("{*}protection"):
                new.remove(old)
            etree.SubElement(new, f"{{{etree.QName(new).namespace}}}protection", locked=locked)
        styles.append(new)
        self.parts["xl/styles.xml"] = etree.tostring(root)
        return str(len(styles) - 1)

    def restyled(self, sheet: str, address: str, style: str) -> Edit:
        """Another style for a cell."""
        return self.sheet(sheet, rf'<c r="{address}" s="\d+"', f'<c r="{address}" s="{style}"')
