"""Cover: the numbers are those of Calc selected, every sheet is linked, and a case without a decision says so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casebuilder import __version__
from casebuilder.case import Case, library
from casebuilder.model.results import Results
from casebuilder.pitch.view import View, stamp_of
from casebuilder.pitch.words import scenario_label
from casebuilder.workbook.book import KINDS
from casebuilder.workbook.layout import COVER, EVIDENCE, SELECTED, Layout
from casebuilder.workbook.sheets.cover import until_column
from tests.workbook import made

EXAMPLE, BARE = Path("examples/growth_network.yaml"), Path("tests/golden/harm.yaml")
LINK, WHAT = 6, 8
#: What the cover may say of a decision.
ASKED = ("We ask", "Decided by", "Where and when", "First stage", "Not stated yet")


def read(path: Path) -> tuple[Results, Any, Any]:
    """Results, and the workbook as another program reads it: with stored values, and with formulas."""
    return made.results(path), made.stored(path), made.written(path)


def rows(sheet: Any) -> dict[str, int]:
    """The row of each label."""
    return {str(cell.value): cell.row for cell in sheet["A"] if cell.value is not None}


def texts(sheet: Any) -> str:
    """Every text of a sheet."""
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_its_numbers_are_those_of_what_is_asked_and_come_straight_from_the_calculation() -> None:
    results, stored, live = read(EXAMPLE)
    layout, at, asked = Layout(results.case, results.model), rows(stored[COVER]), results.asked
    for label, key in (
        ("Net present value", "npv"),
        ("Return on investment", "roi"),
        ("Internal rate of return", "irr"),
        ("Payback, months from the decision", "payback_months"),
        ("Most cash out at any time", "peak_funding"),
    ):
        assert stored[COVER].cell(at[label], 3).value == pytest.approx(asked.number(key), rel=1e-9)
        assert live[COVER].cell(at[label], 3).value == f"={layout.on(SELECTED, key)}"
        behind = live[SELECTED].cell(layout.row(key) + 1, layout.VALUE + 1).value
        assert not re.fullmatch(r"=('[^']+'!)?\$?[A-Z]+\$?\d+", behind), "a link to a link"


def test_the_first_stage_costs_what_the_deck_says() -> None:
    results, stored, live = read(EXAMPLE)
    row = rows(stored[COVER])["Cost until 30 September 2027"]
    spent = View(results, "cfo").spent_until(results.case.decision.stage_1.until)
    assert spent > 0
    assert stored[COVER].cell(row, 3).value == pytest.approx(spent, rel=1e-9)
    assert live[COVER].cell(row, 3).value.startswith("=SUM('Calc selected'!$E$")


def test_it_asks_for_the_decision_and_says_which_version_it_is() -> None:
    results, stored, _ = read(EXAMPLE)
    said, case = texts(stored[COVER]), results.case
    for part in (case.title, case.company.name, case.decision.ask, case.decision.forum, "22 January 2027"):
        assert part in said
    assert "Growth, until 30 September 2027" in said
    assert library.personas()[case.decision.decider].title in said
    for part in (case.fingerprint, __version__, stamp_of(case).model_version, "1 January 2027"):
        assert part in said


def test_it_states_signs_colours_and_weaknesses() -> None:
    stored = made.stored(EXAMPLE)
    said = texts(stored[COVER])
    for statement in (*library.method().signs, *library.method().weaknesses):
        assert statement.name in said
        assert statement.text in said
    look, at = library.look(), rows(stored[COVER])
    for label, fill in (
        ("An input: may be changed", "input_fill"),
        ("An input: a starting value to replace", "default_fill"),
        ("As it was when the file was made", "panel"),
    ):
        assert stored[COVER].cell(at[label], 1).fill.fgColor.rgb == "FF" + look[fill].lstrip("#")


def test_every_sheet_is_linked_under_its_kind_and_tab_colour() -> None:
    stored = made.stored(EXAMPLE)
    links = {cell.value: cell for row in stored[COVER].iter_rows() for cell in row if cell.hyperlink}
    assert list(links) == stored.sheetnames
    for name, cell in links.items():
        assert cell.hyperlink.location == f"'{name}'!A1"
        assert cell.hyperlink.target is None
        kind = stored[COVER].cell(cell.row, LINK + 1).value
        assert str(stored[name]["A2"].value).startswith(f"{kind} · "), name
        colour = stored[COVER].cell(cell.row, LINK - 1).fill.fgColor.rgb
        assert colour == stored[name].sheet_properties.tabColor.rgb
        assert kind in {words for words, _ in KINDS.values()}
        assert len(stored[COVER].cell(cell.row, WHAT).value) <= 75


def test_sheets_of_scenarios_carry_the_name_that_people_know() -> None:
    results, stored, _ = read(EXAMPLE)
    links = {cell.value: cell.row for row in stored[COVER].iter_rows() for cell in row if cell.hyperlink}
    for id, name in Layout(results.case, results.model).calc_names.items():
        said = stored[COVER].cell(links[name], WHAT).value
        assert said == f"{scenario_label(id)}: the whole calculation, all investments as set"
        assert stored[name]["A1"].value == f"Calculation: {scenario_label(id)}"


def test_it_counts_who_stands_behind_the_numbers_in_use_as_evidence_does() -> None:
    stored = made.stored(EXAMPLE)
    at, listed = rows(stored[COVER]), rows(stored[EVIDENCE])
    counts = {}
    for words in library.words().statuses.values():
        counts[words] = stored[COVER].cell(at[words], 3).value
        assert counts[words] == stored[EVIDENCE].cell(listed[words], 3).value, words
    assert counts["Starting value to replace"] == 1
    assert sum(counts.values()) == stored[EVIDENCE].cell(listed["Numbers in use together"], 3).value


def test_a_case_that_asks_for_nothing_and_does_not_pay_says_so() -> None:
    stored = made.stored(BARE)
    said = texts(stored[COVER])
    assert [label for label in rows(stored[COVER]) if label in ASKED] == ["Not stated yet"]
    missing = "what is asked, who decides, where, by when, the first stage."
    assert f"{missing} State it in the app on the page Who, Decision" in said
    assert "It does not pay at the hurdle rate" in said
    assert "No rate of return: money flows one way only. Not paid back within the horizon." in said
    assert "Cost until" not in said


def test_only_what_a_decision_does_not_say_is_missed(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(BARE.read_text("utf-8") + "\ndecision: {ask: Decide, forum: The board}\n", "utf-8")
    stored = made.stored(path)
    at = rows(stored[COVER])
    assert [label for label in at if label in ASKED] == ["We ask", "Where and when", "Not stated yet"]
    said = stored[COVER].cell(at["Not stated yet"], 2).value
    assert said.startswith("who decides, by when, the first stage. State it")
    assert "Not stated yet" not in rows(made.stored(EXAMPLE)[COVER])


def test_a_stage_before_the_first_period_has_the_decision_alone() -> None:
    results = made.results(EXAMPLE)
    assert until_column(_until(results.case, "2027-01-01")) == Layout.OPENING
    assert until_column(_until(results.case, "2026-12-31")) is None
    assert until_column(_until(results.case, "2027-03-31")) == Layout.OPENING + 1
    assert until_column(_until(results.case, "2040-01-01")) == Layout.OPENING + results.case.periods


def _until(case: Case, day: str) -> Case:
    """The case with another end of its first stage."""
    stage = case.decision.stage_1.model_copy(update={"until": date.fromisoformat(day)})
    return case.model_copy(update={"decision": case.decision.model_copy(update={"stage_1": stage})})


def test_a_long_ask_is_wrapped_and_stays_text(tmp_path: Path) -> None:
    text = BARE.read_text(encoding="utf-8")
    ask = "=1+1 " + "a word and another " * 20
    path = tmp_path / "case.yaml"
    path.write_text(text + f'\ndecision: {{ask: "{ask.strip()}"}}\n', encoding="utf-8")
    sheet = made.written(path)[COVER]
    first = rows(sheet)["We ask"]
    lines = [sheet.cell(row, 2).value for row in range(first, rows(sheet)["Not stated yet"])]
    assert " ".join(lines) == ask.strip()
    assert len(lines) > 1
    assert max(map(len, lines)) <= 150
    assert sheet.cell(first, 2).data_type == "s"


def test_it_is_printed_on_one_landscape_page() -> None:
    sheet = made.written(EXAMPLE)[COVER]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 1), (None, None))
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    last = max(cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert sheet.print_area == f"'Cover'!$A$1:$H${last}"


def test_labels_are_there_once() -> None:
    for path in (EXAMPLE, BARE):
        labels = [cell.value for cell in made.stored(path)[COVER]["A"] if cell.value is not None]
        assert len(labels) == len(set(labels))
