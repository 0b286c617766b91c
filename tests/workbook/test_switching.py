"""LibreOffice switches every investment, scenario and option in the sheet, edits and saves: it shows what we do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.office import Ask, Job, Missing, Typing, office
from casebuilder import build
from casebuilder.case import load
from casebuilder.model.inputs import values
from casebuilder.model.results import Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.layout import INPUTS, Layout
from tests import judges
from tests.workbook import sheets, typed

EXAMPLES = sorted(Path("examples").glob("*.yaml"))


@dataclass(frozen=True)
class Switch:
    """What is typed over the workbook as it was exported, and what is selected."""

    changed: dict[str, float]
    scenario: str
    option: str


@pytest.fixture(scope="module")
def ask(soffice: str) -> Iterator[Ask]:
    """A LibreOffice that answers."""
    try:
        with office() as found:
            yield found
    except Missing as reason:
        judges.missing(f"LibreOffice with its bridge to Python ({reason})")


def switches(results: Results) -> Iterator[Switch]:
    """Every scenario, every option, and every investment turned off or on, one after another."""
    case, shape = results.case, results.model.shape
    for scenario in shape.scenarios:
        yield Switch({}, scenario, results.asked_option)
    for option in shape.options:
        yield Switch({}, case.headline, option)
    for initiative in case.initiatives:
        yield Switch(
            {f"initiatives[{initiative.id}].enabled": float(not initiative.enabled)}, case.headline, AS_SET
        )


def typings(results: Results, layout: Layout) -> list[list[Typing]]:
    """The cells typed for each switch; the investment of the switch before is set back."""
    given = values(results.case, results.model.shape)
    before: dict[str, float] = {}
    found = []
    for switch in switches(results):
        numbers = {key: given[key] for key in before} | switch.changed
        texts = {
            "select.scenario": scenario_label(switch.scenario),
            "select.option": option_label(switch.option),
        }
        cells = {key: layout.input_cell(key) for key in (*numbers, *texts)}
        found.append(
            [
                (INPUTS, cells[key].column, cells[key].row, value)
                for key, value in {**numbers, **texts}.items()
            ]
        )
        before = switch.changed
    return found


@pytest.mark.judge
@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_switch_in_the_sheet_shows_a_new_evaluation(path: Path, tmp_path: Path, ask: Ask) -> None:
    """Calc selected and every sheet outside the scenarios' own, but for what says that the file was edited."""
    results = build.evaluate(load(path))
    layout = Layout(results.case, results.model)
    content = typed.rendered(results)
    file = tmp_path / "case.xlsx"
    file.write_bytes(content.getvalue())
    apart = {*layout.calc_names.values(), INPUTS}
    since = typed.since_export(content)
    formulas = (cell for cell in sheets.stored_formulas(content) if cell[0] not in apart)
    wanted = [cell for cell in formulas if cell not in since]
    areas = sheets.areas_of(wanted)
    done = ask(file, Job(typings(results, layout), areas))
    for switch, answer in zip(switches(results), done.answers, strict=True):
        fresh = typed.typed(results, switch.changed, switch.scenario, switch.option)
        stored = sheets.cached(typed.rendered(fresh), lambda name: name not in apart)
        got = sheets.values_of(areas, answer)
        large = sheets.sizes(fresh, layout)
        want = {cell: stored.get(cell) for cell in wanted}
        assert not sheets.disagreements(got, want, large, sheets.size_of(fresh))[:5], switch


@pytest.mark.judge
def test_edited_and_saved_by_libreoffice_it_keeps_its_formulas_and_inputs(tmp_path: Path, ask: Ask) -> None:
    results = build.evaluate(load(EXAMPLES[0]))
    layout = Layout(results.case, results.model)
    file, saved = tmp_path / "case.xlsx", tmp_path / "saved.xlsx"
    file.write_bytes(typed.rendered(results).getvalue())
    rate = layout.input_cell("company.discount_rate")
    ask(file, Job([[(INPUTS, rate.column, rate.row, 0.2)]], [], str(saved)))

    ours, theirs = sheets.formulas(file), sheets.formulas(saved)
    assert {cell: plain(text) for cell, text in theirs.items()} == {
        cell: plain(text) for cell, text in ours.items()
    }
    was, now = sheets.cached(file), sheets.cached(saved)
    changed = {cell for cell in was if cell[0] == INPUTS and cell not in ours and was[cell] != now.get(cell)}
    assert changed == {(INPUTS, rate.row + 1, rate.column + 1)}
    fresh = typed.typed(results, {"company.discount_rate": 0.2}, results.case.headline, results.asked_option)
    assert not sheets.disagreements(now, sheets.expected(fresh, layout), sheets.sizes(fresh, layout))[:5]


def plain(text: str) -> str:
    """A formula as both programs spell it: without needless quotes and spaces."""
    return text.replace("'", "").replace(" ", "")
