"""The roadmap: months by hand, what waits for what, and every number one of the results."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.pitch.exhibits.roadmap import OPEN, roadmap
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, moving, run
from tests.pitch.test_story import check_chart, check_words


def planned(delay: float = 0.0) -> dict[str, Any]:
    """A foundation built in months 2 to 5, and on it one that is built by month 3 and ramps for 6 months."""
    data = moving("win_rate", 0.1, 0.2, 0.3, scenarios={"base": {"effects": "base", "delay_months": delay}})
    data["initiatives"][0] |= {
        "name": "Act", "owner": "sales", "build_months": 3, "ramp_months": 6, "requires": ["base"],
        "gate": {"month": 9, "indicator": "Signs seen", "stop_if": "Fewer than ten."},
    }  # fmt: skip
    data["initiatives"].append({"id": "base", "name": "Base", "start_month": 2, "build_months": 3})
    return data


def told(data: dict[str, Any]) -> Exhibit:
    results = run(data)
    exhibit = roadmap(View(results, "cfo"))
    check_words(exhibit)
    if exhibit.chart:
        check_chart(results, exhibit.chart)
    return exhibit


def spans(exhibit: Exhibit) -> dict[str, tuple[float | None, ...]]:
    """By investment: when it starts, how long until it works, how long until full effect."""
    assert exhibit.chart
    rows = zip(*(series.values for series in exhibit.chart.series), strict=True)
    return dict(zip(exhibit.chart.categories, rows, strict=True))


def test_months_by_hand() -> None:
    """Act is built in month 3, and works from month 5, when what it needs is there; in full six months later."""
    exhibit = told(planned())
    assert spans(exhibit) == {"Act": (0, 5, 6), "Base": (2, 3, 0)}
    assert (
        exhibit.title == "First effect in month 5, all of it in full by month 11; first checkpoint in month 9"
    )
    assert exhibit.takeaways == ("“Act” waits for “Base”.", "Without a checkpoint so far: “Base”.")
    assert exhibit.table is not None
    assert exhibit.table.rows == (
        ("Act", "Head of Sales", "month 9", "Signs seen: fewer than ten"),
        ("Base", "nobody yet", OPEN, ""),
    )


def test_gains_that_come_late_come_late_here_and_buildings_do_not() -> None:
    exhibit = told(planned(delay=4))
    assert spans(exhibit) == {"Act": (0, 9, 6), "Base": (2, 3, 0)}
    assert "every effect comes 4" in exhibit.notes


def test_a_checkpoint_after_full_effect_is_named() -> None:
    data = planned()
    data["initiatives"][0]["gate"]["month"] = 18
    data["initiatives"][1]["gate"] = {"month": 4, "indicator": "Built"}
    exhibit = told(data)
    assert exhibit.takeaways[-1] == "Checked only after it works in full: “Act”."
    assert exhibit.table is not None and exhibit.table.rows[1][3] == OPEN


def test_nothing_paid_for() -> None:
    data = planned()
    data["initiatives"] = []
    exhibit = told(data | {"options": {}})
    assert exhibit.chart is exhibit.table is None


def test_foundations_alone_have_no_effect() -> None:
    data = planned()
    data["initiatives"][0]["effects"] = []
    assert told(data).title.startswith("All of it is built by month 5, and none has an effect of its own; ")


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    exhibit = roadmap(View(results, "cfo"))
    assert exhibit.chart and exhibit.table
    check_chart(results, exhibit.chart)
    assert [row[0] for row in exhibit.table.rows] == list(exhibit.chart.categories)
    starts = [value or 0.0 for value in exhibit.chart.series[0].values]
    assert starts == sorted(starts)


@few(0.2)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    data = random_case(random.Random(seed))
    exhibit = told(data)
    for row in spans(exhibit).values() if exhibit.chart else ():
        assert all(value is not None and value >= 0 for value in row)
