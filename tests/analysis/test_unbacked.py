"""Numbers that nobody stands behind: only those that are read, each once; judged by the list on Evidence."""

from __future__ import annotations

from typing import Any

import pytest

from casebuilder.analysis.needed import needed
from casebuilder.analysis.study import study
from casebuilder.analysis.unbacked import of_investment, read_by, status_of, unbacked
from casebuilder.case import Case, from_data, load
from casebuilder.case.edits import with_inputs
from casebuilder.case.investing import as_estimates
from tests.analysis.test_lacking import begun
from tests.analysis.test_needed import EXAMPLES
from tests.house.repository import ROOT
from tests.model.cases import case_of, moving

SOME = "initiatives[one]"


def with_(data: dict[str, Any], **more: Any) -> Case:
    return case_of(data | more)


def stated(*paths: str, status: str = "estimate") -> dict[str, Any]:
    return {path: {"status": status} for path in paths}


def test_what_nothing_reads_is_not_waited_for() -> None:
    data = moving("win_rate", 0.1, 0.2, 0.3)
    read, unread = "segments[North].win_rate", "people.replacement_cost"
    case = with_(data, inputs=stated(read, unread, status="default"))
    found = unbacked(case)
    assert unread not in needed(case)
    assert found.starting == (read,)
    assert needed(case) - {read} <= set(found.not_stated)
    assert found.every == (*found.starting, *found.not_stated)


def test_of_an_investment_its_numbers_count_while_it_is_on() -> None:
    data = moving("win_rate", 0.1, 0.2, 0.3)
    id = data["initiatives"][0]["id"]
    month = f"initiatives[{id}].ramp_months"
    on = with_(data, inputs=stated(month, status="default"))
    assert month in unbacked(on).starting
    assert f"initiatives[{id}].annual_cost" in unbacked(on).not_stated
    off = with_inputs(on, {f"initiatives[{id}].enabled": False})
    assert not any(path.startswith("initiatives[") for path in unbacked(off).every)
    assert month in set(of_investment(off, off.initiatives[0]))


def test_what_an_investment_without_effects_has_is_what_it_costs() -> None:
    """Judged by the return: how long it takes to build moves it only where another one waits for it."""
    case = begun("voice_of_customer")
    alone = case.initiatives[-1]
    path = f"initiatives[{alone.id}].build_months"
    assert path not in set(of_investment(case, alone))
    assert study(case).npv({path: 9.0}) == study(case).npv()
    both = begun("closed_loop_feedback")
    (first,) = [each for each in both.initiatives if each.id in both.initiatives[-1].requires]
    assert f"initiatives[{first.id}].build_months" in set(of_investment(both, first))
    assert study(both).npv({f"initiatives[{first.id}].build_months": 19.0}) != study(both).npv()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_number_that_is_read_is_one_of_the_model(name: str) -> None:
    case = load(ROOT / f"examples/{name}.yaml")
    own = study(case)
    keys = {
        path.removesuffix(".share") if path.startswith("headline_shares.") else path for path in read_by(case)
    }
    assert keys <= own.model.graph.by_key.keys()


def test_own_lines_count_by_their_amounts_and_by_whom_they_belong_to() -> None:
    line = {"name": "Tool", "kind": "cost", "initial": 0, "by_year": [500, 0]}
    data = moving("win_rate", 0.1, 0.2, 0.3)
    id = data["initiatives"][0]["id"]
    case = with_(data, custom_lines=[line | {"initiative": id}])
    assert [p for p in unbacked(case).not_stated if "Tool" in p] == ["custom_lines[Tool].by_year[1]"]
    off = with_inputs(case, {f"initiatives[{id}].enabled": False})
    assert not [path for path in unbacked(off).not_stated if "Tool" in path]
    said = with_(data, custom_lines=[line], inputs=stated("custom_lines[Tool].by_year[1]"))
    assert not [path for path in unbacked(said).not_stated if "Tool" in path]


def test_a_limit_or_a_share_counts_where_its_benefit_is_moved() -> None:
    data = moving("win_rate", 0.1, 0.2, 0.3)
    case = with_(
        data,
        limits={"win_rate": 0.5, "churn_rate": 0.01},
        headline_shares={"win_rate": 0.5, "retention": 0.5},
    )
    found = set(unbacked(case).not_stated)
    assert {"limits.win_rate", "headline_shares.win_rate"} <= found
    assert {"limits.churn_rate", "headline_shares.retention"}.isdisjoint(found)


def test_what_somebody_signed_is_not_waited_for() -> None:
    data = moving("win_rate", 0.1, 0.2, 0.3)
    path = "segments[North].win_rate"
    people = [{"persona": "sales", "role": "CRO", "signed": [path]}]
    case = with_(data, stakeholders=people)
    assert status_of(case, path) == "confirmed"
    assert path not in unbacked(case).every
    assert path in unbacked(with_(data)).not_stated


def test_starting_values_become_ones_own() -> None:
    case = begun("lost_sale_analysis")
    id = case.initiatives[-1].id
    mine = [path for path in unbacked(case).starting if path.startswith(f"initiatives[{id}]")]
    assert len(mine) == 2 + 3, "two times, and three sizes of one effect"
    assert not set(mine) & set(unbacked(as_estimates(case, id)).every)


def test_a_case_of_nothing_waits_for_nothing() -> None:
    data = {
        "casebuilder": 1, "title": "Bare",
        "company": {"name": "X", "currency": "USD", "decision_date": "2027-01-01", "years": 2},
    }  # fmt: skip
    assert unbacked(from_data(data)).every == ()
