"""LibreOffice recalculates every example's workbook from poisoned values, and every formula cell equals Results."""

from pathlib import Path

import pytest

from casebuilder import build
from casebuilder.case import load
from casebuilder.workbook.layout import CHECKS, SUMMARY, Layout
from tests import judges
from tests.workbook import sheets

EXAMPLES = sorted(Path("examples").glob("*.yaml"))
GOLDEN = sorted(Path("tests/golden").glob("*.yaml"))


@pytest.mark.judge
@pytest.mark.parametrize("path", [*EXAMPLES, *GOLDEN], ids=lambda path: path.stem)
def test_every_formula_cell_equals_results(path: Path, tmp_path: Path, soffice: str) -> None:
    results = build.evaluate(load(path))
    layout = Layout(results.case, results.model)
    file = tmp_path / "written.xlsx"
    file.write_bytes(build.workbook_file(results))
    poisoned = sheets.poisoned(file, tmp_path / "poisoned.xlsx")
    formulas, ours = sheets.formulas(file), sheets.cached(file)
    seen = sheets.cached(poisoned)
    assert sum(seen.get(cell) == sheets.POISON for cell in formulas) == len(formulas), (
        "the poison did not reach every cell"
    )

    theirs = sheets.cached(judges.libreoffice_recalculate(poisoned, tmp_path / "judged"))

    large = sheets.sizes(results, layout)
    assert not sheets.disagreements(theirs, sheets.expected(results, layout), large)[:5]
    shown = {cell: ours.get(cell) for cell in formulas if cell[0] in (SUMMARY, CHECKS)}
    assert not sheets.disagreements(theirs, shown, large, sheets.size_of(results))[:5]
    rest = {cell: ours.get(cell) for cell in formulas}
    assert not sheets.disagreements(theirs, rest, large, sheets.size_of(results))[:5]
