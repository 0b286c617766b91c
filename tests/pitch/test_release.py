"""The best for each budget and the money by checkpoint: numbers of their record, in sentences that are ones."""

import datetime
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis.options import best_within
from casebuilder.analysis.options import frontier as efficient
from casebuilder.analysis.stages import Stage
from casebuilder.analysis.stages import stages as staged
from casebuilder.analysis.study import study
from casebuilder.analysis.subsets import Budget, Versions, all_versions
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.release import BUDGETS, frontier, stages
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.analysis.programme import programme
from tests.model.cases import EXAMPLES, example, few
from tests.pitch.saying import shown
from tests.pitch.test_choice import check, view_of

BUDGET_NAMES: tuple[Budget, ...] = ("first_year_cash", "total_cost")


def check_frontier(view: View, found: Versions, budget: Budget, everyone: bool = False) -> Exhibit:
    exhibit = frontier(view, found, budget, everyone)
    check(exhibit)
    assert exhibit.chart is not None
    assert exhibit.table is not None
    runs = efficient(found, budget)
    values = exhibit.chart.series[0].values
    assert len(values) == min(len(runs), BUDGETS)
    shown_runs = [int(key.rsplit("/", 1)[1]) for key in exhibit.chart.series[0].key.split(";")]
    assert (shown_runs[0], shown_runs[-1]) == (runs[0], runs[-1])
    assert set(shown_runs) <= set(runs)
    for run, value, row in zip(shown_runs, values, exhibit.table.rows, strict=True):
        amount = float(found.budget(budget)[run])
        assert value == found.found.npv[run]
        assert best_within(found, amount, budget) == run
        assert row[0] == shown(view.results, amount, "money")
        assert row[2] == shown(view.results, value, "money")
    return exhibit


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    for option in ("as_set", results.asked_option):
        studied = study(results.case, None, option)
        found = all_versions(studied)
        for person in results.case.stakeholders:
            exhibit = check_frontier(View(results, person.persona), found, "first_year_cash")
            assert exhibit.table is not None
            assert len(exhibit.table.columns) == 3 + bool(person.drivers)
        check_frontier(View(results, "cfo"), found, "total_cost", everyone=True)
        check(stages(View(results, "cfo"), staged(studied)))


@few(0.1)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    view = view_of(random_case(random.Random(seed)))
    studied = study(view.case)
    found = all_versions(studied)
    for budget in BUDGET_NAMES:
        check_frontier(view, found, budget)
    check(stages(view, staged(studied)))


def made(view: View, npv: list[float], fit: list[float]) -> Versions:
    """Versions of two of the investments with these returns, cost rising; the fit of one reader."""
    found = all_versions(study(view.case, None, "lean"))
    cost = np.array([0.0, 10_000.0, 20_000.0, 30_000.0])
    measures = replace(
        found.found,
        npv=np.array(npv),
        first_year_cash=cost,
        total_cost=2 * cost,
        fit=(np.array(fit), np.array(fit) / 2, found.found.fit[2]),
    )
    return replace(found, found=measures, sound=np.ones(4, bool))


def plain(exhibit: Exhibit) -> tuple[str, list[str]]:
    words = [text.replace(numbers.SPACE, " ") for text in (exhibit.title, *exhibit.takeaways)]
    return words[0], words[1:]


def test_a_smaller_version_that_returns_most_of_it() -> None:
    view = view_of(programme(), "service")
    title, takeaways = plain(frontier(view, made(view, [0, 50_000, 85_000, 100_000], [0, 10, 40, 70])))
    assert title == "EUR 20 K in the first year returns EUR 85 K, 85% of what the best version returns"
    assert takeaways == [
        "That is Act on it.",
        "It closes 40% of your gap; the one that returns most closes 70%.",
    ]


def test_only_the_best_is_worth_it() -> None:
    view = view_of(programme(), "service")
    found = made(view, [0, 10_000, 60_000, 50_000], [0, 10, 40, 70])
    title, takeaways = plain(frontier(view, found, "total_cost"))
    assert title == "EUR 40 K over 2 years returns the most: EUR 60 K"
    assert takeaways == ["The version that returns most leaves out Listen.", "It closes 40% of your gap."]


def test_what_is_there_anyway_is_not_the_smaller_versions_merit() -> None:
    view = view_of(programme(), "cio")
    title, takeaways = plain(frontier(view, made(view, [90_000, 91_000, 99_000, 100_000], [0, 0, 0, 0])))
    assert title == "EUR 20 K in the first year returns EUR 99 K, 99% of what the best version returns"
    assert takeaways == ["That is Act on it."]


def test_no_version_pays() -> None:
    view = view_of(programme(), "service")
    title, takeaways = plain(frontier(view, made(view, [-9, -8, -7, -6], [0, 10, 40, 70])))
    assert (title, takeaways) == ("No version of 2 investments pays", [])


def test_whose_gap_is_shown() -> None:
    """A reader sees their own; the author may see everyone's who named numbers."""
    view = view_of(programme(), "service")
    found = made(view, [0, 5, 6, 7], [0, 10, 40, 70])
    own, all_ = frontier(view, found).table, frontier(view, found, everyone=True).table
    assert own is not None
    assert all_ is not None
    assert [row[3:] for row in own.rows] == [("0%",), ("10%",), ("40%",), ("70%",)]
    assert [row[3:] for row in all_.rows] == [("0%", "0%"), ("10%", "5%"), ("40%", "20%"), ("70%", "35%")]
    assert [name.partition(":")[0] for name in all_.columns[3:]] == ["Gap closed", "Gap closed"]


def test_how_many_versions_were_tried() -> None:
    view = view_of(programme(), "service")
    found = made(view, [0, 5, 6, 7], [0, 10, 40, 70])
    assert frontier(view, found).notes == "The best of all 4 versions of 2 investments."
    tried = frontier(view, replace(found, exact=False)).notes
    assert tried == "The best of 4 versions that were tried; there are too many to try all of them."


def stage(month: float, loss: float, worth: float, **other: object) -> Stage:
    values: dict[str, object] = {
        "gates": ("listen",),
        "release_ends": None,
        "gained": 0.0,
        "net_cash": -loss,
        "expected_loss": None,
    }
    return Stage(
        period=round(month / 3),
        month=month,
        spent=loss + 1_000,
        to_spend=70_000.0,
        loss_if_stopped=loss,
        worth_of_going_on=worth,
        **{**values, **other},  # type: ignore[arg-type]
    )


def test_stages_by_checkpoint() -> None:
    view = view_of(programme(decision={"stage_1": {"option": "lean", "until": "2027-06-30"}}))
    release = datetime.date(2027, 6, 30)
    rows = [
        stage(6, 9_000, -4_000, expected_loss=900.0),  # the checkpoint is in month 7
        stage(9, 20_000, 6_000, gates=(), release_ends=release, expected_loss=2_000.0),
    ]
    exhibit = stages(view, rows)
    title, takeaways = plain(exhibit)
    assert (
        title
        == "If we stop when the first release ends, in month 9, EUR 20 K is lost and EUR 70 K is never spent"
    )
    assert takeaways == [
        "Stopping means that from then on nothing is paid and nothing is gained, not even by what already works.",
        "Going on from month 7 loses money; only from month 9 on does it pay.",
        "The first release ends on 30 June 2027.",
    ]
    assert exhibit.table is not None
    assert exhibit.table.emphasised == 1
    assert exhibit.table.columns[-1] == "Expected loss"
    assert [tuple(cell.replace(numbers.SPACE, " ") for cell in row) for row in exhibit.table.rows] == [
        ("Month 7: Listen", "EUR 10 K", "EUR 9 K", "EUR 70 K", "loses EUR 4 K", "EUR 900"),
        ("Month 9: end of the first release", "EUR 21 K", "EUR 20 K", "EUR 70 K", "gains EUR 6 K", "EUR 2 K"),
    ]


def test_stages_without_a_chance_or_a_release() -> None:
    view = view_of(programme())
    exhibit = stages(view, [stage(6, -9_000, -4_000)])
    title, takeaways = plain(exhibit)
    assert (
        title
        == "If we stop at the first checkpoint, in month 7, EUR 9 K is gained and EUR 70 K is never spent"
    )
    assert takeaways[1:] == ["Going on from month 7 loses money."]
    assert exhibit.table is not None
    assert "Expected loss" not in exhibit.table.columns


def test_no_checkpoint() -> None:
    exhibit = stages(view_of(programme()), [])
    assert plain(exhibit) == ("No checkpoint falls before the end: the money would be released at once", [])
    assert exhibit.table is not None
    assert exhibit.table.rows == ()
