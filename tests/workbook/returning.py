"""What tests of a returned workbook share: a case with everything in it, and edits as another program makes them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import openpyxl

from casebuilder import build, workbook
from casebuilder.case import Case, from_data
from casebuilder.model.results import Results
from casebuilder.pitch.view import stamp_of
from casebuilder.workbook.back.read_back import read_back
from casebuilder.workbook.back.returned import Change, Refused, Returned
from casebuilder.workbook.layout import INPUTS, Layout
from tests.model.cases import small

Edit = Callable[[Any], None]


def full() -> dict[str, Any]:
    """The small case, with one segment and every kind of number that a workbook brings home."""
    data = small()
    del data["segments"][1:]
    data["initiatives"][1]["gate"] = {"month": 6, "indicator": "churn", "target": 0.14, "unit": "share"}
    data["stakeholders"] = [
        {"persona": "cfo", "drivers": [{"kpi": "npv", "target": 100_000.0}]},
        {"persona": "service", "drivers": [{"kpi": "contacts", "current": 12_000.0, "target": 10_000.0}]},
    ]
    data["actuals"] = {"revenue": 7_000_000.0}
    data["plan"] = {"revenue": [7_100_000.0, 7_300_000.0]}
    data["decision"] = {"stage_1": {"option": "all_of_it", "until": "2028-12-31"}}
    data["custom_lines"] = [{"name": "Rent", "kind": "cost", "by_year": [1_000.0, 2_000.0]}]
    data["scenarios"] = {"base": "builtin", "risk_adjusted": "builtin"}
    data["limits"] = {"churn_rate": 0.1}
    return data


@dataclass(frozen=True)
class Sent:
    """A case, and the workbook that was sent out."""

    results: Results
    raw: bytes

    @property
    def case(self) -> Case:
        return self.results.case

    @property
    def layout(self) -> Layout:
        return Layout(self.case, self.results.model)

    def home(self, raw: bytes | None = None, case: Case | None = None) -> Returned:
        """The file, or these bytes, read back against the case, or another."""
        results = self.results if case is None else build.evaluate(case)
        return read_back(results, self.raw if raw is None else raw, "back.xlsx")

    def edited(self, *edits: Edit, typed: Mapping[str, Any] | None = None) -> bytes:
        """The workbook as openpyxl saves it after edits and with inputs typed over: it keeps no stored results."""
        book = openpyxl.load_workbook(io.BytesIO(self.raw))
        for key, value in (typed or {}).items():
            self.cell(book, key).value = value
        for edit in edits:
            edit(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def cell(self, book: Any, key: str) -> Any:
        """The cell of an input in a book that openpyxl opened."""
        found = self.layout.input_cell(key)
        return book[INPUTS].cell(found.row + 1, found.column + 1)

    def line(self, book: Any, sheet: str, key: str, column: int) -> Any:
        """The cell of a line on a Calc sheet; columns count from 0."""
        return book[sheet].cell(self.layout.row(key) + 1, column + 1)

    def overwritten(self, key: str, value: float) -> bytes:
        """The file with another number in the cell of an input and every stored result as it was."""
        cell = self.layout.input_cell(key)
        part = sheet_part(self.raw, INPUTS)
        find = rf'(<c r="{cell.a1.replace("$", "")}"[^>]*>)<v>[^<]*</v>'
        return replaced(self.raw, part, find, rf"\g<1><v>{value!r}</v>")


def sheet_part(raw: bytes, sheet: str) -> str:
    """The part of the file that holds a sheet, as our writer numbers them."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        names = re.findall(r'<sheet name="([^"]*)"', parts.read("xl/workbook.xml").decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def replaced(raw: bytes, part: str, find: str, by: str) -> bytes:
    """The file with one text replaced in a part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                changed, count = re.subn(find, by, text.decode(), count=1)
                assert count == 1, find
                text = changed.encode()
            new.writestr(name, text)
    return stream.getvalue()


def send(case: Case) -> Sent:
    """The workbook of a case."""
    results = build.evaluate(case)
    return Sent(results, workbook.render(results, stamp_of(case), ()))


@lru_cache(maxsize=1)
def sent() -> Sent:
    """The workbook of the small case with everything in it."""
    return send(from_data(full()))


def by_key(found: tuple[Change, ...]) -> dict[str, Change]:
    return {each.key: each for each in found}


def why(returned: Returned) -> dict[str, Refused]:
    return {each.key: each for each in returned.refused}
