"""What Inputs says of who stands behind its numbers: amber and counted where somebody has to, in words everywhere."""

from __future__ import annotations

from typing import Any

from casebuilder.analysis.unbacked import unbacked
from casebuilder.case import Case
from casebuilder.workbook.behind import Behind
from tests.analysis.test_lacking import begun
from tests.model.cases import case_of, moving

READ, UNREAD = "segments[North].win_rate", "people.replacement_cost"


def made(**more: Any) -> Case:
    return case_of(moving("win_rate", 0.1, 0.2, 0.3) | more)


def test_a_starting_value_waits_where_something_reads_it() -> None:
    case = made(inputs={path: {"status": "default", "source": "Library"} for path in (READ, UNREAD)})
    behind = Behind(case)
    assert (behind.waits(READ), behind.waits(UNREAD)) == (True, False)
    assert behind(READ) == "Starting value to replace, Library"
    assert behind(UNREAD) == "Starting value, read by nothing now, Library"


def test_what_is_not_stated_says_whether_anything_reads_it() -> None:
    behind = Behind(made())
    assert behind.each([READ, "segments[North].gross_margin"]) == "Not stated"
    assert behind(UNREAD) == "Not stated, read by nothing now"


def test_what_is_only_signed_says_by_whom() -> None:
    people = [{"persona": "sales", "role": "CRO", "signed": [READ]}]
    assert Behind(made(stakeholders=people))(READ) == "Confirmed, CRO"


def test_an_estimate_says_no_more_than_that_whether_it_is_read_or_not() -> None:
    case = made(inputs={path: {"status": "estimate", "owner": "Sales"} for path in (READ, UNREAD)})
    assert Behind(case).each([READ, UNREAD]) == "Estimate, Sales"


def test_a_share_is_found_where_the_case_states_it() -> None:
    share = {"share": 0.5, "owner": "CFO", "agreed": {"by": "CFO", "on": "2026-11-01"}}
    said = {"headline_shares.win_rate.share": {"status": "confirmed", "source": "Minutes", "owner": "CFO"}}
    behind = Behind(made(headline_shares={"win_rate": share}, inputs=said))
    assert behind("headline_shares.win_rate") == "Confirmed, Minutes, CFO"


def test_what_nobody_stands_behind_of_an_investment_is_counted_by_its_status() -> None:
    case = begun("lost_sale_analysis")
    path = f"initiatives[{case.initiatives[-1].id}]"
    fields = ("start_month", "build_months", "ramp_months", "adoption", "one_time_cost")
    keys = [f"{path}.{field}" for field in fields]
    assert [*Behind(case).nobody(keys)] == ["Not stated: 3", "Starting value to replace: 2"]
    assert sum(key in unbacked(case).every for key in keys) == 5
