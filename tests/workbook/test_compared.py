"""A returned workbook against ours: changed formulas, rows and sheets are found, and other spellings are none."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from casebuilder.workbook.back.returned_words import formula, sheet
from casebuilder.workbook.layout import CHANGES, INPUTS, SELECTED, SUMMARY
from tests import judges
from tests.workbook.returning import by_key, sent

RATE = "company.discount_rate"


def test_formulas_are_reported_cell_by_cell_and_row_by_row() -> None:
    layout = sent().layout
    first = layout.first

    def edit(book: Any) -> None:
        npv = sent().line(book, SELECTED, "npv", layout.VALUE)
        npv.value = f"{npv.value}+1000"
        for column in range(first, first + 3):
            sent().line(book, SELECTED, "net", column).value = 100.0 + column
        sent().line(book, SELECTED, "costs", first).value = None
        book[SUMMARY]["Z9"].value = "=1+1"
        book[SUMMARY]["Z10"].value = "a note"

    home = sent().home(sent().edited(edit))
    found = {(each.sheet, each.kind): each for each in home.formulas}
    assert len(found) == len(home.formulas) == 4
    row = layout.row("net") + 1
    assert found[SELECTED, "typed over"].cells == f"F{row}:H{row}"
    assert found[SELECTED, "typed over"].old.startswith("=F")
    changed = found[SELECTED, "changed"]
    assert (changed.cells, changed.new) == (f"C{layout.row('npv') + 1}", f"{changed.old}+1000")
    assert found[SELECTED, "emptied"].cells == f"F{layout.row('costs') + 1}"
    assert (found[SUMMARY, "added"].cells, found[SUMMARY, "added"].new) == ("Z9", "=1+1")
    assert "was replaced by the value 105" in formula(found[SELECTED, "typed over"])
    assert home.changes == ()
    assert not home.untouched


def test_a_formula_spelled_another_way_is_the_same_formula() -> None:
    def respell(book: Any) -> None:
        npv = sent().line(book, SELECTED, "npv", sent().layout.VALUE)
        npv.value = npv.value.replace("SUMPRODUCT(", " sumproduct( ").replace("$", "")

    assert sent().home(sent().edited(respell)).formulas == ()


def test_an_exported_number_that_was_replaced_is_said() -> None:
    def edit(book: Any) -> None:
        cell = next(
            c for row in book[CHANGES].iter_rows(min_col=3, max_col=3, min_row=12) for c in row if c.value
        )
        cell.value = 77.0

    home = sent().home(sent().edited(edit))
    assert [(each.sheet, each.kind, each.new) for each in home.formulas] == [(CHANGES, "overwritten", "77")]
    assert home.changes == ()


def test_sheets_that_came_went_or_were_renamed() -> None:
    def edit(book: Any) -> None:
        book.create_sheet("Mine")["A1"] = "=1+1"
        del book["Notes"]
        book["Evidence"].title = "Sources"

    home = sent().home(sent().edited(edit, typed={RATE: 0.2}))
    assert {(each.sheet, each.kind) for each in home.sheets} == {
        ("Mine", "sheet added"),
        ("Notes", "sheet removed"),
        ("Evidence", "sheet renamed"),
    }
    assert "is now called “Sources”" in " ".join(map(sheet, home.sheets))
    assert by_key(home.changes).keys() == {RATE}


def python_with_uno(soffice: str) -> str:
    """A Python that can talk to LibreOffice: its own, or the system's."""
    own = Path(soffice).resolve().with_name("python")
    for python in (str(own), shutil.which("python3", path=os.defpath), sys.executable):
        if python and shutil.which(python):
            tried = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
            if tried.returncode == 0:
                return python
    judges.missing("a Python with LibreOffice's bridge `uno` (python3-uno)")
    return ""


@contextmanager
def listening(soffice: str, folder: Path, pipe: str) -> Iterator[None]:
    """LibreOffice without a window, ended with the block."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, "--headless", "--norestore", "--nologo", profile, f"--accept=pipe,name={pipe};urp;"]
    program = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        program.wait()


@pytest.mark.judge
def test_rows_that_libreoffice_inserted_or_took_out_are_what_they_are(tmp_path: Path, soffice: str) -> None:
    """Every formula below moved and every reference to it was rewritten: none of them changed."""
    calc = sent().layout.calc_names["risk_adjusted"]
    npv = sent().layout.row("npv")
    edits = [[INPUTS, 10, 2], [calc, npv - 3, 1], ["Notes", 20, -2]]
    source, target, pipe = tmp_path / "sent.xlsx", tmp_path / "saved.xlsx", f"casebuilder-rows-{os.getpid()}"
    source.write_bytes(sent().edited(typed={RATE: 0.2}))
    script = Path(__file__).with_name("rows_moved.py")
    with listening(soffice, tmp_path, pipe):
        command = [python_with_uno(soffice), str(script), pipe, str(source), str(target), json.dumps(edits)]
        subprocess.run(command, check=True, timeout=300)
    home = sent().home(target.read_bytes())
    assert {(each.sheet, each.kind, each.what) for each in home.sheets} == {
        (INPUTS, "inserted", "11 to 12"),
        (calc, "inserted", str(npv - 2)),
        ("Notes", "deleted", "21 to 22"),
    }
    assert (home.formulas, home.refused) == ((), ())
    found = by_key(home.changes)[RATE]
    assert (found.new, found.place) == (0.2, f"{INPUTS}!C{sent().layout.input_cell(RATE).row + 3}")
    assert home.stale is None
