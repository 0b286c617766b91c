"""Numbers by the model's names: every one that a case can keep is put where the case keeps it, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.case import Agreed, Case, CaseError, HeadlineShare, dump, from_data, load, loads
from casebuilder.case.keys import memberships, spots, with_keys
from casebuilder.model.inputs import technical, values
from casebuilder.model.structure import structure
from casebuilder.workbook.outside import outside
from tests.model.cases import small

EXAMPLES = sorted(Path("examples").glob("*.yaml"))
GOLDEN = sorted(Path("tests/golden").glob("*.yaml"))


def numbers(case: Case) -> dict[str, float]:
    """Every number of a case by key."""
    beside = {each.key: each.value for block in outside(case).values() for each in block}
    return values(case, structure(case)) | beside


def other(key: str, value: float) -> float:
    """Another value that the key may have."""
    field = key.rpartition(".")[2]
    if field in ("enabled", "haircut", "release_working_capital") or key.startswith("options."):
        return 1.0 - value
    if field == "effects":
        return 1.0 + value % 3
    return 7.0 if field == "fiscal_year_starts" else value * 0.9 if value else 0.25


@pytest.mark.parametrize("path", [*EXAMPLES, *GOLDEN], ids=lambda path: path.stem)
def test_every_number_that_a_case_keeps_becomes_what_was_asked(path: Path) -> None:
    case = load(path)
    before = numbers(case)
    keys = [key for key in (*spots(case), *memberships(case)) if key in before]
    wanted = {key: other(key, before[key]) for key in keys if ".effects[" not in key}
    wanted |= {key: before[key] * 0.9 for key in keys if ".effects[" in key}
    after = numbers(with_keys(case, wanted))
    assert {key: after[key] for key in wanted} == pytest.approx(wanted)
    rest = before.keys() - wanted.keys()
    assert {key: after[key] for key in rest} == {key: before[key] for key in rest}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_no_case_keeps_is_the_method_and_what_shapes_the_sheets(path: Path) -> None:
    case = load(path)
    lost = numbers(case).keys() - spots(case).keys() - memberships(case).keys()
    allowed = {"company.years", "company.periods_per_year", "company.mid_period", "company.decision_date"}
    allowed |= {f"technical.{key}" for key in technical()}
    fixed = ("levers.", "options.as_set[", "options.do_nothing[")
    assert {key for key in lost if key not in allowed and not key.startswith(fixed)} <= {
        "headline_shares.working_capital"
    }


def test_a_number_says_where_it_came_from_and_nobody_has_confirmed_it() -> None:
    case = load("examples/growth_network.yaml")
    key = "segments[Enterprise].win_rate"
    assert case.inputs[key].status == "confirmed"
    changed = with_keys(case, {key: 0.15}, "Changed by finance in the workbook, was")
    stated = changed.inputs[key]
    assert (stated.status, stated.owner) == ("estimate", None)
    assert stated.source.startswith("Changed by finance in the workbook, was 0.172 (confirmed")
    assert loads(dump(changed)) == changed


def test_words_of_many_changes_do_not_outgrow_the_file() -> None:
    case = from_data(small())
    for number in range(60):
        case = with_keys(
            case, {"company.discount_rate": 0.1 + number / 1000}, "Changed by finance in the workbook, was"
        )
    assert len(case.inputs["company.discount_rate"].source) < 600


def test_a_built_in_scenario_is_written_out_where_it_changes_and_only_there() -> None:
    case = from_data(small())
    assert not case.scenarios
    changed = with_keys(case, {"scenarios.risk_adjusted.cost_factor": 1.5})
    assert changed.scenario_table["risk_adjusted"].cost_factor == 1.5
    assert changed.scenario_table["risk_adjusted"].haircut == case.scenario_table["risk_adjusted"].haircut
    assert list(changed.scenario_table) == list(case.scenario_table)
    assert changed.scenarios["base"] == "builtin"
    assert changed.headline == case.headline


def test_a_share_counted_as_cash_is_nobodys_agreement_any_more() -> None:
    data = small()
    agreed = {"share": 0.5, "owner": "Service", "agreed": {"by": "cfo"}}
    data["headline_shares"] = {"handling_time": agreed, "self_service": {"share": 0.5}}
    case = from_data(data)
    assert isinstance(case.headline_shares["handling_time"], HeadlineShare)
    assert case.headline_shares["handling_time"].agreed == Agreed(by="cfo")
    changed = with_keys(case, {"headline_shares.handling_time": 0.25, "headline_shares.self_service": 0.75})
    assert changed.headline_shares == {"handling_time": 0.25, "self_service": 0.75}
    given = values(changed, structure(changed))
    assert given["headline_shares.handling_time"] == 0.25


def test_two_stakeholders_of_one_persona_are_told_apart_by_position() -> None:
    data = small()
    data["stakeholders"] = [
        {"persona": "cfo", "role": "Group", "drivers": [{"kpi": "npv", "target": 5.0}]},
        {"persona": "cfo", "drivers": [{"kpi": "npv", "target": 6.0}, {"kpi": "revenue", "current": 7.0}]},
    ]
    changed = with_keys(from_data(data), {"stakeholders[1].drivers[1].target": 50.0})
    assert [person.drivers[0].target for person in changed.stakeholders] == [50.0, 6.0]
    changed = with_keys(changed, {"stakeholders[2].drivers[2].current": 70.0})
    assert changed.stakeholders[1].drivers[1].current == 70.0


def test_an_option_keeps_its_order_and_one_that_holds_all_becomes_a_list() -> None:
    case = load("examples/contract_services.yaml")
    option = next(name for name, entry in case.options.items() if entry == "all")
    first = case.initiatives[1].id
    changed = with_keys(case, {f"options.{option}[{first}]": 0.0})
    assert changed.options[option] == tuple(i.id for i in case.initiatives if i.id != first)


def test_what_a_case_cannot_be_is_refused() -> None:
    case = from_data(small())
    with pytest.raises(CaseError, match="above what is possible"):
        with_keys(case, {"segments[North].churn_rate": 1.5})
    with pytest.raises(KeyError):
        with_keys(case, {"technical.tolerance": 1e-6})
