"""An edited workbook read back: what was changed is found exactly, anything else is said, and the case can take it."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

import formualizer
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebuilder import build
from casebuilder.case import Case, CaseError, from_data, load
from casebuilder.case.keys import memberships, spots, with_keys
from casebuilder.model.inputs import values
from casebuilder.workbook.back.read_back import BY_FINANCE, applied
from casebuilder.workbook.back.returned import Returned
from casebuilder.workbook.back.returned_words import instead, lines, notices
from casebuilder.workbook.layout import CHANGES, INPUTS, SELECTED, TRACKING
from tests import judges
from tests.workbook import typed
from tests.workbook.returning import Sent, by_key, full, send, sent, why

RATE, CHURN, SHARE = "company.discount_rate", "segments[North].churn_rate", "headline_shares.attrition"
EFFECT = "initiatives[act].effects[churn_rate,all]"
#: One of each kind that a case keeps, and a new value.
TYPED = {
    RATE: 0.2,
    CHURN: 0.3,
    "sales.reps": 20.0,
    "company.fiscal_year_starts": 4.0,
    "company.release_working_capital": 0.0,
    "initiatives[listen].one_time_cost": 90_000.0,
    "initiatives[act].enabled": 0.0,
    f"{EFFECT}.base": 0.09,
    "limits.churn_rate": 0.12,
    "haircuts.C": 0.9,
    SHARE: 0.4,
    "scenarios.risk_adjusted.cost_factor": 1.4,
    "scenarios.base.effects": 1.0,
    "scenarios.base.haircut": 1.0,
    "options.all_of_it[act]": 0.0,
    "custom_lines[Rent].by_year[2]": 5_000.0,
    "actuals.revenue": 6_500_000.0,
    "plan.revenue[2]": 7_000_000.0,
    "stakeholders[2].drivers[1].target": 9_000.0,
    "initiatives[act].gate.month": 9.0,
    "initiatives[act].gate.target": 0.13,
}


def moved(case: Case, changes: dict[str, float]) -> float:
    """The return of what the decision asks for after changes, evaluated from the case up."""
    return build.evaluate(with_keys(case, changes)).asked.npv


@cache
def with_everything_typed() -> Returned:
    """The workbook with a new value of every kind, come home."""
    return sent().home(sent().edited(typed=TYPED))


# ---- nothing and everything changed -------------------------------------------------------------------------------


def test_an_untouched_workbook_says_so() -> None:
    home = sent().home()
    assert home.untouched
    assert home.same_version
    assert home.compared
    assert home.stale is None
    assert home.start == home.together == home.workbook == pytest.approx(sent().results.asked.npv)
    assert lines(home)[-1] == "Nothing was changed in it."


def test_every_kind_of_input_comes_home_exactly() -> None:
    home = with_everything_typed()
    assert {key: each.new for key, each in by_key(home.changes).items()} == TYPED
    given_values = values(sent().case, sent().results.model.shape)
    for key, each in by_key(home.changes).items():
        assert each.old == each.exported == given_values.get(key, each.old)
        assert not each.conflict
    assert (home.refused, home.not_kept, home.formulas, home.sheets) == ((), (), (), ())


def test_effects_are_those_of_whole_new_evaluations() -> None:
    case = sent().case
    home = with_everything_typed()
    start = sent().results.asked.npv
    found = by_key(home.changes)
    for key in (RATE, CHURN, SHARE, "initiatives[act].enabled", "haircuts.C", "options.all_of_it[act]"):
        assert found[key].effect == pytest.approx(moved(case, {key: TYPED[key]}) - start), key
    assert found["actuals.revenue"].effect == found["plan.revenue[2]"].effect == 0.0
    assert home.together == pytest.approx(moved(case, TYPED))
    assert sum(each.share or 0.0 for each in home.changes) == pytest.approx(home.together - home.start)


def test_the_applied_case_is_what_the_workbook_shows_and_nobody_confirmed_it() -> None:
    data = full()
    data["inputs"] = {RATE: {"status": "confirmed", "source": "Group guideline", "owner": "CFO"}}
    out = send(from_data(data))
    home = out.home(out.edited(typed=TYPED))
    case = applied(out.case, home)
    assert build.evaluate(case).asked.npv == pytest.approx(home.together)
    assert (case.inputs[RATE].status, case.inputs[RATE].owner) == ("estimate", None)
    assert case.inputs[RATE].source == f"{BY_FINANCE} 0.1 (confirmed, Group guideline, CFO)"
    assert send(case).home(send(case).raw).untouched, "its own workbook holds the new numbers"


def test_some_changes_may_be_left_out() -> None:
    home = sent().home(sent().edited(typed={RATE: 0.2, CHURN: 0.3}))
    case = applied(sent().case, home, [CHURN])
    assert (case.company.discount_rate, case.segments[0].churn_rate) == (0.1, 0.3)
    with pytest.raises(KeyError):
        applied(sent().case, home, ["sales.reps"])
    with pytest.raises(ValueError, match="read it once more"):
        applied(case, home)


def test_what_no_case_keeps_is_reported_with_its_effect() -> None:
    key = "levers.win_rate.cap" if sent().layout.has("levers.win_rate.cap") else "levers.win_rate.share"
    new = {"technical.irr_guess": 0.05, key: 0.26, "options.as_set[act]": 0.0}
    home = sent().home(sent().edited(typed={RATE: 0.2, **new}))
    assert by_key(home.changes).keys() == {RATE}
    assert {each.key: each.new for each in home.not_kept} == new
    said = {each.key: instead(each) for each in home.not_kept}
    assert "under limits" in said[key]
    assert "a constant of the method" in said["technical.irr_guess"]
    assert "switch the investment itself" in said["options.as_set[act]"]
    assert applied(sent().case, home) == with_keys(sent().case, {RATE: 0.2}, BY_FINANCE)


# ---- whose workbook it is -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [("title",), ("company", "name")], ids=["title", "company"])
def test_a_workbook_of_another_case_is_refused(path: tuple[str, ...]) -> None:
    data = full()
    block = data if len(path) == 1 else data[path[0]]
    block[path[-1]] = "Another"
    with pytest.raises(CaseError, match="this is the workbook of") as error:
        sent().home(case=from_data(data))
    assert "Another" in str(error.value)


def test_a_workbook_that_is_none_of_ours_is_refused() -> None:
    def unnamed(book: Any) -> None:
        for each in book.worksheets:
            each["A2"].value = "Draft"

    with pytest.raises(CaseError, match="no sheet says in its second row"):
        sent().home(sent().edited(unnamed))


def test_a_workbook_without_inputs_is_refused() -> None:
    def cut(book: Any) -> None:
        del book[INPUTS]
        del book[CHANGES]

    with pytest.raises(CaseError, match="the sheet Inputs is missing"):
        sent().home(sent().edited(cut))


# ---- what is not an input -----------------------------------------------------------------------------------------


def test_what_is_selected_is_told_and_not_taken() -> None:
    home = sent().home(sent().edited(typed={"select.scenario": "Expected", "select.option": "Ears only"}))
    assert [(each.kind, each.new) for each in home.selected] == [
        ("scenario", "Expected"),
        ("option", "Ears only"),
    ]
    assert (home.changes, home.refused) == ((), ())
    assert home.together == home.start


def test_actuals_on_tracking_are_listed() -> None:
    def edit(book: Any) -> None:
        row = next(r for r in book[TRACKING].iter_rows() if str(r[0].value).endswith(": actual"))
        row[sent().layout.first + 1].value = -123.5

    home = sent().home(sent().edited(edit))
    assert [(each.period, each.value) for each in home.actuals] == [("Y1 Q2", -123.5)]
    assert home.formulas == ()


@pytest.mark.parametrize("damage", ["gone", "emptied", "renamed sheet"])
def test_inputs_are_found_without_the_sheet_changes(damage: str) -> None:
    def edit(book: Any) -> None:
        if damage == "gone":
            del book[CHANGES]
        elif damage == "emptied":
            for row in book[CHANGES].iter_rows(min_row=4):
                for cell in row:
                    cell.value = None
        else:
            book[CHANGES].title = "Old"

    home = sent().home(sent().edited(edit, typed={RATE: 0.2, "options.all_of_it[act]": 0.0}))
    assert by_key(home.changes).keys() == {RATE, "options.all_of_it[act]"}
    assert home.refused == ()


# ---- programs and stale numbers -----------------------------------------------------------------------------------


def test_a_file_that_was_not_recalculated_is_told_and_the_inputs_count() -> None:
    home = sent().home(sent().overwritten(RATE, 0.2))
    assert by_key(home.changes).keys() == {RATE}
    assert home.stale is not None
    assert home.stale.stored == pytest.approx(sent().results.headline.npv)
    assert home.stale.computed == pytest.approx(
        build.evaluate(with_keys(sent().case, {RATE: 0.2})).headline.npv
    )
    assert "it was not recalculated before it was saved" in notices(home)[0]


def test_a_file_without_stored_results_is_told() -> None:
    home = sent().home(sent().edited())
    assert home.stale is not None
    assert home.stale.stored is None
    assert home.untouched
    assert "holds no computed results" in " ".join(notices(home))


@pytest.mark.judge
@pytest.mark.parametrize("path", [None, Path("examples/contract_services.yaml")], ids=["small", "example"])
def test_a_workbook_edited_and_saved_by_libreoffice(path: Path | None, tmp_path: Path, soffice: str) -> None:
    out = sent() if path is None else send(load(path))
    key = f"segments[{out.case.segments[0].name}].churn_rate"
    (tmp_path / "edited.xlsx").write_bytes(out.edited(typed={RATE: 0.2, key: 0.3}))
    saved = judges.libreoffice_recalculate(tmp_path / "edited.xlsx", tmp_path / "saved")
    home = out.home(saved.read_bytes())
    assert home.program.startswith("LibreOffice")
    assert {each.key: each.new for each in home.changes} == {RATE: 0.2, key: 0.3}
    assert (home.refused, home.not_kept, home.formulas, home.sheets) == ((), (), (), ())
    assert home.stale is None, "LibreOffice computed what we compute"
    assert not home.reprinted, "it keeps by which edition the file was written"
    assert build.evaluate(applied(out.case, home)).asked.npv == pytest.approx(home.together)


# ---- another engine -----------------------------------------------------------------------------------------------


def _selected_npv(raw: bytes, out: Sent) -> float:
    """The return on Calc selected as another engine computes it in the edited workbook."""
    book = formualizer.load_workbook_bytes(raw)
    book.evaluate_all()
    found: Any = book.get_value(SELECTED, out.layout.row("npv") + 1, out.layout.VALUE + 1)
    return float(found)


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
@pytest.mark.slow
def test_the_applied_case_is_worth_what_another_engine_gets_in_the_workbook(data: st.DataObject) -> None:
    out = sent()
    given_values = values(out.case, out.results.model.shape)
    kept = spots(out.case).keys() | memberships(out.case).keys()
    open_keys = [key for key in typed.open_inputs(out.results) if key in kept and key in given_values]
    keys = data.draw(st.lists(st.sampled_from(open_keys), min_size=1, max_size=8, unique=True))
    new = {key: data.draw(typed.allowed(out.results, key, given_values[key])) for key in keys}
    raw = out.edited(typed=new)
    home = out.home(raw)
    assert {each.key for each in home.changes} | why(home).keys() <= set(new)
    if home.refused:
        assert {each.why for each in home.refused} <= {"order", "case"}
        raw = out.edited(typed={each.key: each.new for each in home.changes})
    npv = build.evaluate(applied(out.case, home)).asked.npv
    assert npv == pytest.approx(home.together, abs=1e-6)
    assert npv == pytest.approx(_selected_npv(raw, out), rel=1e-9, abs=1e-4), new


def test_bytes_that_are_no_workbook_are_refused() -> None:
    with pytest.raises(CaseError, match="this is not a"):
        sent().home(io.BytesIO(b"a,b\n1,2\n").getvalue())
