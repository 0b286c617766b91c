"""Workbook, deck and answers of one case, read back side by side: they say the same numbers."""

import io
from pathlib import Path

import pytest
from pptx import Presentation

from casebuilder import build
from casebuilder.case import load
from casebuilder.model.benefits import LINES
from casebuilder.pitch import numbers
from casebuilder.workbook.layout import SELECTED, Layout
from tests.workbook import sheets

EXAMPLES = sorted(Path("examples").glob("*.yaml"))
#: Slides of a story, cover included: a finance chief has two more. Nothing is asked of those who get one page.
STORY, FINANCE, PAGE = 7, 9, 2


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_workbook_deck_and_answers_agree(path: Path, tmp_path: Path) -> None:
    case = load(path)
    written = build.write_files(case, "case", tmp_path, build.personas_of(case), lambda _: None)
    results, answers = build.evaluate(case), build.answers(case)
    asked, currency = results.asked, case.company.currency

    layout, cells = Layout(case, results.model), sheets.cached(tmp_path / "case.xlsx")
    assert cells[SELECTED, layout.row("npv") + 1, layout.VALUE + 1] == pytest.approx(asked.npv, rel=1e-11)
    for id, scenario in answers["scenarios"].items():
        sheet = layout.calc_names[id]
        assert cells[sheet, layout.row("npv") + 1, layout.VALUE + 1] == pytest.approx(
            scenario["npv"], rel=1e-11
        )
        for line in LINES:
            shown = [
                cells[sheet, layout.row(line) + 1, layout.OPENING + 1 + t] for t in range(case.periods + 1)
            ]
            assert shown == pytest.approx(scenario["benefits"][line], rel=1e-11, abs=1e-6)

    steps = {f"pv.{line}": asked.amount(f"pv.{line}") for line in LINES}
    for deck in written[1:]:
        slides = Presentation(io.BytesIO(deck.read_bytes())).slides
        if len(slides) == PAGE:
            continue
        assert len(slides) > (FINANCE if deck.stem.endswith("cfo") else STORY), deck.name
        texts = [shape.text_frame.text for shape in slides[1].shapes if shape.has_text_frame]
        assert any(numbers.money(asked.npv, currency) in text for text in texts), deck.name
        charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
        drawn = [
            value for chart in charts for plot in chart.plots for row in plot.series for value in row.values
        ]
        known = {round(value, 6) for value in drawn if value is not None}
        assert round(asked.npv, 6) in known
        largest = max(steps, key=lambda key: steps[key])
        assert round(steps[largest], 6) in known, (deck.name, largest)
