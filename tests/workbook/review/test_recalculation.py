"""Every number of Inputs at its limits, computed again by an engine: our workbook has no error, a fault shows one."""

import functools
import io
import zipfile
from pathlib import Path

import pytest

from casebuilder import build, workbook
from casebuilder.case import Case, load
from casebuilder.pitch.view import stamp_of
from casebuilder.workbook.layout import INPUTS
from casebuilder.workbook.review import RULES, judged
from casebuilder.workbook.review.reader import read_bytes
from casebuilder.workbook.review.recalculation import at_bounds
from tests.model.cases import case_of, flows


def written(case: Case) -> bytes:
    """The workbook of a case, without what takes many runs."""
    return workbook.render(build.evaluate(case), stamp_of(case), ())


@functools.cache
def table() -> bytes:
    """The workbook of one cash-flow table, which an engine computes in no time."""
    return written(case_of(flows([-100.0, 60.0, 60.0])))


def edited(old: str, new: str) -> bytes:
    """The same with a part of every formula that has it replaced, wherever it stands."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(table())) as before, zipfile.ZipFile(stream, "w") as after:
        changed = 0
        for name in before.namelist():
            content = before.read(name)
            changed += content.count(old.encode())
            after.writestr(name, content.replace(old.encode(), new.encode()))
    assert changed
    return stream.getvalue()


def lines(data: bytes) -> list[str]:
    """What the engine finds in a workbook."""
    return [each.line for each in at_bounds(read_bytes(data, "table.xlsx"))]


def hurdle() -> str:
    """The cell of the hurdle rate on Inputs."""
    sheet = read_bytes(table(), "table.xlsx").sheet(INPUTS)
    assert sheet
    return f"$C${next(row for row, at in sheet.cells if at == 0 and sheet.text(row, 0) == 'Hurdle rate') + 1}"


def test_a_cash_flow_table_has_no_error_at_any_limit() -> None:
    assert not lines(table())


def test_an_error_at_a_limit_is_found_with_the_input_that_stands_there() -> None:
    found = lines(edited(f"(1+Inputs!{hurdle()})", f"(0+Inputs!{hurdle()})"))
    assert any("where 'Hurdle rate'" in line and line.endswith("is 0") for line in found)
    assert all("where 'Hurdle rate'" in line for line in found), found


def test_an_error_of_the_numbers_as_typed_is_found_though_the_file_stores_none() -> None:
    assert any(
        "as typed" in line for line in lines(edited(f"(1+Inputs!{hurdle()})", f"(1-1+0*Inputs!{hurdle()})"))
    )


def test_only_a_review_that_is_asked_to_computes_again() -> None:
    book = read_bytes(edited(f"(1+Inputs!{hurdle()})", f"(0+Inputs!{hurdle()})"), "table.xlsx")
    assert RULES["W12"].thorough is at_bounds
    assert not any("where 'Hurdle rate'" in each.text for each in judged(book).violations)
    assert any(said.startswith("W12: errors at the limits") for said in judged(book).unjudged)
    assert any("where 'Hurdle rate'" in each.text for each in judged(book, thorough=True).violations)


@pytest.mark.slow
def test_an_example_has_no_error_at_any_limit() -> None:
    book = read_bytes(written(load(Path("examples/contract_services.yaml"))), "example.xlsx")
    assert not [each.line for each in at_bounds(book)]
