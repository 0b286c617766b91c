"""The shared screen in words: every number is the study's, ours and theirs are told apart, nothing private is said."""

import pytest

from casebuilder import build
from casebuilder.analysis.bridge import bridge
from casebuilder.analysis.cuts import Cut, applied, cut
from casebuilder.analysis.standing import standing
from casebuilder.analysis.study import study
from casebuilder.analysis.ways_on import ways_on
from casebuilder.case import Case
from casebuilder.case.edits import with_input
from casebuilder.pitch import numbers
from casebuilder.pitch.reviewing import BARS, Reviewed, basis, compared, conclusion, figures, strip, takes
from casebuilder.pitch.reviewing_help import help_on
from casebuilder.pitch.view import View
from tests.model.cases import case_of, example, flows
from tests.pitch.saying import CANARY, secretive, texts

DOUBTS = (Cut(kind="costs", amount=1.2), Cut(kind="later", amount=6))


def moment(case: Case, cuts: tuple[Cut, ...] = (), before: Case | None = None) -> tuple[View, Reviewed]:
    found = build.evaluate(case)
    own = study(case, option=found.asked_option)
    way = None if before is None else bridge(before, case)
    theirs = standing(applied(own, cuts))
    return View(found, "cfo"), Reviewed(standing(own), theirs, cut(own, cuts), way)


def test_without_doubts_the_sentence_has_first_money_return_and_payback() -> None:
    view, found = moment(example("growth_network").case)
    said = conclusion(view, found)
    for text in (found.ours.first_money, found.ours.npv):
        assert view.text(text, "money") in said
    assert numbers.months(found.ours.payback_months) in said
    assert [each.change for each in figures(view, found)] == ["", "", "", ""]


def test_with_doubts_every_number_is_theirs_and_says_ours() -> None:
    view, found = moment(example("growth_network").case, DOUBTS)
    shown = figures(view, found)
    theirs = (
        found.theirs.first_money,
        found.theirs.npv,
        found.theirs.payback_months,
        found.theirs.npv_on_cash,
    )
    assert [each.value for each in shown] == list(theirs)
    assert shown[1].text == view.text(found.cuts.end, "money")
    assert shown[1].change == f"ours: {view.text(found.cuts.start, 'money')}"
    assert shown[2].change == f"ours: {numbers.months(found.ours.payback_months)}"


def test_what_is_not_paid_back_is_harm_in_words() -> None:
    view, found = moment(example("growth_network").case, (Cut(kind="benefits", amount=0.3),))
    _, npv, back, _ = figures(view, found)
    assert (back.text, back.value, back.role, npv.role) == ("Not reached", None, "harm", "harm")


BACK, BEFORE = "until the money is back", "until the money is back, before interest"


@pytest.mark.parametrize(
    ("net", "rate", "said", "label"),
    [
        ((-100, 60, 60), 0.05, "and the money is back after", BACK),
        ((-100, 60, 60), 0.5, "and before interest the money is back after", BEFORE),
        ((-100, 60, 40), 0.0, "and before interest the money is back after", BEFORE),
        ((-100, 60, 30), 0.05, "and the money is not back within 2 years", BACK),
        ((0, 60, 60), 0.05, "and no money is out at any time", BACK),
    ],
    ids=["it pays", "it loses after interest", "it returns nothing", "never back", "nothing out"],
)
def test_payback_counts_no_interest_and_says_so_where_the_case_does_not_pay(
    net: tuple[int, ...], rate: float, said: str, label: str
) -> None:
    """100 out and 60 back twice is paid back in any case; at 50 % it is worth 33 less than nothing today."""
    view, found = moment(case_of(flows(map(float, net), discount_rate=rate)))
    assert said in conclusion(view, found).replace(numbers.SPACE, " ")
    assert figures(view, found)[2].label == label
    on_slides = view.payback_figure().label
    assert on_slides == ("back within 2 years" if "not back" in said else label)


def test_a_doubt_that_takes_the_return_leaves_payback_before_interest() -> None:
    view, found = moment(
        case_of(flows([-100.0, 60.0, 60.0], discount_rate=0.05)), (Cut(kind="hurdle", amount=0.5),)
    )
    assert figures(view, found)[2].label == BEFORE
    assert figures(view, found)[2].value == found.ours.payback_months == found.theirs.payback_months


def test_the_line_below_says_on_what_it_is_counted_and_with_which_rates() -> None:
    view, found = moment(example("growth_network").case)
    assert basis(view, found) == view.basis
    for part in (
        "risk-adjusted scenario",
        "growth",
        "before tax",
        "hurdle rate 11%",
        "one starting value to replace",
    ):
        assert part in basis(view, found), part
    view, found = moment(example("growth_network").case, (Cut(kind="hurdle", amount=0.25), *DOUBTS))
    assert "hurdle rate 11%, 25% with the doubts; " in basis(view, found)
    view, found = moment(example("growth_network").case, DOUBTS)
    assert basis(view, found) == view.basis, "other doubts leave the rate"


def test_the_strip_sums_from_the_start_to_what_is_left() -> None:
    case = example("growth_network").case
    edited = with_input(case, "company.discount_rate", 0.13)
    view, found = moment(edited, DOUBTS, case)
    chart = strip(view, found)
    assert chart is not None
    values = [value for value in chart.series[0].values if value is not None]
    start, now, end = (values[place] for place in sorted(chart.totals))
    steps = [value for place, value in enumerate(values) if place not in chart.totals]
    assert chart.categories[0] == "At the start"
    assert start == pytest.approx(build.evaluate(case).asked.npv)
    assert now == pytest.approx(build.evaluate(edited).asked.npv)
    assert end == pytest.approx(found.cuts.end)
    assert start + sum(steps) == pytest.approx(end)


def test_many_changes_share_a_bar_and_still_sum() -> None:
    case = edited = example("growth_network").case
    for n, initiative in enumerate(i for i in case.initiatives if i.id in case.option_table["growth"]):
        edited = with_input(edited, f"initiatives[{initiative.id}].annual_cost", 30_000.0 + n)
        edited = with_input(edited, f"initiatives[{initiative.id}].one_time_cost", 50_000.0 + n)
    view, found = moment(edited, (), case)
    assert found.moved is not None
    assert len(found.moved.steps) > BARS
    chart = strip(view, found)
    assert chart is not None
    assert len(chart.categories) == BARS + 2
    assert sum(value or 0.0 for value in chart.series[0].values[:-1]) == pytest.approx(found.ours.npv)


def test_without_changes_and_doubts_there_is_no_strip() -> None:
    view, found = moment(example("growth_network").case)
    assert strip(view, found) is None


def test_what_a_doubt_takes() -> None:
    view, _ = moment(example("growth_network").case)
    assert takes(view, -410_000.0, True) == "takes USD\N{NO-BREAK SPACE}410\N{NO-BREAK SPACE}K"
    assert takes(view, 410_000.0, False).startswith("would add USD")
    assert takes(view, 0.001, False) == "would take nothing"


def test_versions_side_by_side_have_their_own_doubts() -> None:
    case = example("growth_network").case
    view, plain = moment(case)
    _, doubted = moment(case, DOUBTS)
    table = compared(view, [("Ours", plain), ("CFO", doubted)])
    rows = {label: cells for label, *cells in table.rows}
    assert rows["Net present value"][0] == rows["Net present value"][1]
    assert rows["Net present value with them"][1] == view.text(doubted.cuts.end, "money")
    assert rows["Doubts taken off"] == ["none", "Costs 20% higher; Benefits 6\N{NO-BREAK SPACE}months later"]


def test_help_names_what_drags_pays_and_turns_with_amounts() -> None:
    found = example("growth_network")
    view, own = View(found, "cfo"), study(found.case, option="full")
    said = help_on(view, ways_on(own))
    assert "alone: costs USD" in said.smaller
    for line in (*said.drags, *said.turns):
        assert any(sign.isdigit() for sign in line), line
    assert all("stands behind" in line or "behind it stands" in line for line in said.turns)


def test_nothing_private_is_said() -> None:
    case = case_of(secretive())
    view, found = moment(case, DOUBTS)
    said = [
        conclusion(view, found),
        figures(view, found),
        strip(view, found),
        compared(view, [("Now", found)]),
    ]
    said.append(help_on(view, ways_on(study(case))))
    assert [text for text in texts(said) if CANARY in text] == []
