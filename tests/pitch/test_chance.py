"""The chance to pay, in words: every number of the exhibit is the simulation's, and bad news leads where it is news."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.analysis.correlation import Pair
from casebuilder.analysis.simulation import (
    Convergence,
    Quantiles,
    Settings,
    Simulation,
    histogram_of,
    simulate,
)
from casebuilder.analysis.study import study
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.chance import distribution
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.model.cases import EXAMPLES, example, few, flows, moving, run, small
from tests.pitch.saying import SPOILED, texts

SETTINGS = Settings(draws=2000)


def of(results: Results, settings: Settings = SETTINGS) -> tuple[Exhibit, Simulation]:
    found = simulate(study(results.case, option=results.asked_option), settings)
    return distribution(View(results, "cfo"), found), found


def made(npvs: list[float] | np.ndarray[Any, Any], **changes: Any) -> Exhibit:
    """The exhibit of NPVs typed in, for the small case; the expected return is 2 million, the counted one 1 million."""
    values = np.array(npvs, float)
    p10, p50, p90 = np.quantile(values, (0.1, 0.5, 0.9))
    given_: dict[str, Any] = {
        "scenario": "risk_adjusted",
        "option": "as_set",
        "settings": Settings(draws=10_000),
        "algorithm": "1",
        "effects": 3,
        "npv": Quantiles(p10, p50, p90),
        "mean": float(values.mean()),
        "deviation": float(values.std()),
        "probability_of_loss": float((values < 0).mean()),
        "probability_of_counted": float((values >= 1e6).mean()),
        "p5": float(np.quantile(values, 0.05)),
        "value_at_risk": max(0.0, -float(np.quantile(values, 0.05))),
        "expected_shortfall": 0.0,
        "payback": Quantiles(14.0, 20.0, 23.0),
        "share_paid_back": 0.9,
        "convergence": Convergence(500.0, 900.0, 0.002, True),
        "histogram": histogram_of(values, (2e6, 1e6)),
        "expected": 2e6,
        "counted": 1e6,
        "npvs": values,
        "paybacks": values,
    }
    return distribution(View(run(small()), "cfo"), Simulation(**{**given_, **changes}))


def plain(text: str) -> str:
    return text.replace(numbers.SPACE, " ")


def spread(low: float, high: float) -> np.ndarray[Any, Any]:
    return np.linspace(low, high, 10_000)


# ---- title


@pytest.mark.parametrize(
    ("low", "high", "title"),
    [
        (-1e6, 4e6, "80 chances in 100 that it pays; one in ten that it loses more than EUR 500 K"),
        (1e6, 3e6, "It pays in all 10,000 futures; one in ten returns less than EUR 1.2 M"),
        (-4e6, 1e6, "80 chances in 100 that it loses money; one in ten that it returns more than EUR 500 K"),
        (-3e6, 1e5, "97 chances in 100 that it loses money; one in ten that it loses less than EUR 210 K"),
        (-3e6, -1e6, "It loses money in all 10,000 futures; one in ten loses less than EUR 1.2 M"),
        (
            -1e3,
            1e6,
            "More than 99 chances in 100 that it pays; one in ten that it returns less than EUR 99.1 K",
        ),
    ],
)
def test_the_likelier_outcome_leads_and_the_other_tail_follows(low: float, high: float, title: str) -> None:
    assert plain(made(spread(low, high)).title) == title


def test_a_case_in_which_nothing_varies() -> None:
    shown, found = of(run(flows([-100_000.0, 80_000.0, 60_000.0])))
    assert found.effects == 0
    assert plain(shown.title) == "Every future returns EUR 22.3 K: no effect has a range"
    assert (shown.chart, shown.figures, shown.takeaways) == (None, (), ())
    losing, _ = of(run(flows([-100_000.0, 50_000.0])))
    assert plain(losing.title) == "Every future loses EUR 54.5 K: no effect has a range"


def test_a_case_in_which_effects_vary_to_no_end() -> None:
    """Every size is past the best achievable churn, whose half is all that counts."""
    shown, found = of(run(moving("churn_rate", 0.6, 0.7, 0.8, scenarios={"base": "builtin"})))
    assert found.effects == 1
    assert shown.title.endswith(": the ranges of effects hardly move it")
    assert shown.chart is None


# ---- sentences


def test_what_we_are_held_to_and_the_worst() -> None:
    said = plain(made(spread(-1e6, 4e6)).takeaways[0])
    assert said == (
        "The risk-adjusted return of EUR 1 M is reached in 60 of 100 futures; "
        "the worst one in twenty loses at least EUR 750 K."
    )
    said = plain(made(spread(1e6, 3e6)).takeaways[0])
    assert "is reached in all 10,000 futures; the worst one in twenty returns at most EUR 1.1 M." in said


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "none of 10,000 futures"),
        (0.001, "fewer than 1 of 100 futures"),
        (0.005, "1 of 100 futures"),
        (0.6, "60 of 100 futures"),
        (0.994, "99 of 100 futures"),
        (0.999, "more than 99 of 100 futures"),
        (1.0, "all 10,000 futures"),
    ],
)
def test_none_and_all_are_said_only_where_it_is_none_and_all(share: float, words: str) -> None:
    said = plain(made(spread(-1e6, 4e6), probability_of_counted=share).takeaways[0])
    assert f"is reached in {words};" in said


@pytest.mark.parametrize(
    ("payback", "share", "words"),
    [
        (None, 0.0, "In none of 10,000 futures is the money back within 2 years."),
        (Quantiles(0.0, 0.0, 0.0), 1.0, "In at least nine futures of ten there is nothing to pay back."),
        (
            Quantiles(14.0, 20.0, 23.0),
            1.0,
            "In eight futures of ten the money is back between 14 months and 23 months.",
        ),
        (Quantiles(20.0, 20.1, 20.2), 1.0, "In eight futures of ten the money is back after 20 months."),
        (
            Quantiles(14.0, 20.0, 23.0),
            0.9,
            "Not back within 2 years in 10 of 100 futures; of the rest, eight in ten are back between "
            "14 months and 23 months.",
        ),
    ],
)
def test_payback_in_words(payback: Quantiles | None, share: float, words: str) -> None:
    shown = made(spread(-1e6, 4e6), payback=payback, share_paid_back=share)
    assert plain(shown.takeaways[1]) == words


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            Settings(),
            "No effect leaves the range from low to high; each varies on its own, so what hits several at once "
            "is left out.",
        ),
        (
            Settings(ends="one_in_ten", within=0.5),
            "One effect in ten is worse than its low, one in ten better than its high; "
            "they move together: correlation 0.5 inside an investment.",
        ),
        (
            Settings(within=0.4, across=0.25),
            "No effect leaves the range from low to high; they move together: correlation 0.25 between "
            "any two, 0.4 inside an investment.",
        ),
        (
            Settings(within=0.3, across=0.3, pairs=(Pair("a", "b", 0.5),)),
            "No effect leaves the range from low to high; they move together: correlation 0.3 between "
            "any two, as stated for one pair.",
        ),
    ],
)
def test_what_low_and_high_mean_is_said(settings: Settings, words: str) -> None:
    assert made(spread(-1e6, 4e6), settings=settings).takeaways[2] == words


def test_how_it_came_about_and_how_well_it_is_known() -> None:
    shown = made(spread(-1e6, 4e6), settings=Settings(seed=7))
    assert shown.source.endswith(
        "; 10,000 futures, only the sizes of effects drawn, from low to high without risk adjustment, "
        "seed 7, method 1"
    )
    assert plain(shown.notes) == (
        "The mean of 10,000 futures is EUR 1.5 M, give or take EUR 1 K: that is close enough. "
        "The chance of a loss is 20%, give or take 0.4 points."
    )
    doubtful = made(spread(1e6, 4e6), convergence=Convergence(9e5, 9e5, 0.0, False)).notes
    assert "more futures are needed. None of them loses money." in doubtful


# ---- figures and chart


def test_the_figure_is_the_middle_between_its_tenths() -> None:
    shown, found = of(run(small()))
    (figure,) = shown.figures
    middle, low, high = (numbers.money(v, "EUR") for v in (found.npv.p50, found.npv.p10, found.npv.p90))
    assert (figure.key, figure.value, figure.text) == ("simulation/p50", found.npv.p50, middle)
    assert figure.change == f"eight in ten between {low} and {high}"
    assert found.npv.p50 < 0 and figure.role == "harm"
    assert made(spread(1e6, 3e6)).figures[0].role == "programme"


def test_columns_are_the_draws_losses_in_the_colour_of_harm() -> None:
    shown = made(spread(-1e6, 4e6)).chart
    assert shown is not None
    (series,) = shown.series
    assert sum(value or 0.0 for value in series.values) == pytest.approx(1)
    assert shown.categories[:6] == ("−1.0", "−0.8", "−0.6", "−0.4", "−0.2", "0.0")
    assert shown.roles == ("harm",) * 5 + ("programme",) * (len(shown.categories) - 5)
    assert sum(v or 0.0 for v, r in zip(series.values, shown.roles, strict=True) if r == "harm") == 0.2
    assert (
        shown.axis_title == "Share of futures, by net present value (lower end of each column), EUR million"
    )


def test_the_middle_and_the_counted_return_are_marked() -> None:
    shown = made(spread(-1e6, 4e6)).chart
    assert shown is not None
    marked = {c: label for c, label in zip(shown.categories, shown.series[0].labels, strict=True) if label}
    assert marked == {"1.0": "Risk-adjusted", "1.4": "Middle"}
    same = made(spread(-1e6, 4e6), counted=1.5e6).chart
    assert same is not None
    assert [label for label in same.series[0].labels if label] == ["Risk-adjusted and Middle"]


@few(0.5)
@given(st.floats(-1e9, 1e9), st.floats(1.0, 1e8))
def test_names_of_columns_differ(low: float, width: float) -> None:
    shown = made(spread(low, low + width), histogram=histogram_of(spread(low, low + width)))
    if shown.chart is not None:
        assert len(set(shown.chart.categories)) == len(shown.chart.categories)


# ---- whole cases


@pytest.mark.parametrize(
    "settings", [SETTINGS, Settings(draws=2000, ends="one_in_ten", within=0.4, across=0.2)]
)
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_told_in_sentences(name: str, settings: Settings) -> None:
    shown, found = of(example(name), settings)
    assert shown.id == "distribution"
    assert not shown.title.endswith(".")
    assert len(shown.takeaways) == 3 and all(takeaway.endswith(".") for takeaway in shown.takeaways)
    assert shown.source.startswith(View(example(name), "cfo").basis)
    assert shown.chart is not None and shown.chart.alt.endswith(".")
    assert found.counted == pytest.approx(example(name).asked.npv, rel=1e-9)
    keys = {figure.key for figure in shown.figures} | {shown.chart.series[0].key}
    sentences = [text for text in texts(shown) if text not in keys and text != "do_nothing"]
    assert [text for text in sentences if SPOILED.search(plain(text))] == []
