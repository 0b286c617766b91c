"""What is said about changes and doubts: bars that sum, titles with their number, words for whatever can change."""

import dataclasses
import random
from typing import Any

import pytest

from casebuilder.analysis.bridge import Bridge, Step
from casebuilder.analysis.bridge import bridge as bridged
from casebuilder.analysis.cuts import Cut, cut, standard_cuts
from casebuilder.analysis.study import study
from casebuilder.case import Case, library
from casebuilder.model.results import Results
from casebuilder.pitch.changed import changed
from casebuilder.pitch.exhibits.moving import BARS, bridge, cut_label, cuts
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, case_of, example, run, small
from tests.pitch.saying import SPOILED, texts


def check(exhibit: Exhibit) -> None:
    """Sentences that are ones, at most three beside the chart, and bars that lead exactly to the last."""
    assert len(exhibit.takeaways) <= 3
    assert all(text.endswith(".") for text in exhibit.takeaways)
    assert not exhibit.title.endswith(".")
    for text in texts(dataclasses.replace(exhibit, chart=None)):
        assert not SPOILED.search(text), text
    if exhibit.chart:
        (series,) = exhibit.chart.series
        *steps, last = [value or 0.0 for value in series.values]
        assert sum(steps) == pytest.approx(last, abs=1e-9 * max(map(abs, [*steps, last])))
        assert exhibit.chart.totals == {0, len(steps)}
        assert len(exhibit.chart.categories) == len(exhibit.chart.roles) == len(series.key.split(";"))
        assert len(set(exhibit.chart.categories)) == len(exhibit.chart.categories)


def view(results: Results) -> View:
    return View(results, "cfo")


def bridge_of(before: dict[str, Any], after: dict[str, Any], **how: Any) -> Exhibit:
    results = run(after)
    exhibit = bridge(view(results), bridged(case_of(before), results.case, **how))
    check(exhibit)
    return exhibit


def with_win_rate(rate: float) -> dict[str, Any]:
    data = small()
    data["segments"][0]["win_rate"] = rate
    return data


def test_the_title_says_which_change_did_most() -> None:
    before, after = small(), with_win_rate(0.2)
    after["initiatives"][1]["one_time_cost"] = 31_000
    start, end = run(before).asked.npv, run(after).asked.npv
    found = bridged(case_of(before), case_of(after))
    made = bridge_of(before, after)
    text = view(run(after)).text
    took = text(-found.steps[0].amount, "money")
    assert made.title == (
        f"From {text(start, 'money')} to {text(end, 'money')}: win rate today (North) took {took}"
    )
    assert made.chart is not None
    assert made.chart.categories == ("Before", "Win rate today, North", "One-time cost: Act on it", "Now")
    assert made.chart.roles == ("muted", "harm", "harm", "harm")
    assert made.takeaways[0] == "Win rate today, North: 25% before, 20% now."


def test_a_kpi_moves_in_its_own_unit_and_direction() -> None:
    kept = bridge_of(small(), with_win_rate(0.2), measure="win_rate", year=2)
    assert kept.title.startswith("Win rate in year 2: from ")
    assert kept.title.endswith("\u00a0points")
    assert "EUR" not in kept.title
    dearer = small()
    dearer["service"]["cost_per_assisted_contact"] = 14
    served = bridge_of(small(), dearer, measure="cost_to_serve", year=1)
    assert served.chart is not None
    assert served.chart.roles[1] == "harm"
    assert " added EUR" in served.title


def test_the_smaller_changes_share_one_exact_bar() -> None:
    """Nine changes: the six largest alone, the rest as the sum of their keys."""
    after = small(title="Another")
    for number, field in enumerate(("win_rate", "churn_rate", "acquisition_cost", "leads")):
        for segment in after["segments"]:
            segment[field] *= 1.02 + number / 100
    after["company"]["discount_rate"] = 0.12
    made, found = bridge_of(small(), after), bridged(case_of(small()), case_of(after))
    assert made.chart is not None
    assert len(found.steps) == 9
    assert len(made.chart.categories) == BARS + 2
    assert made.chart.categories[-2] == "3 smaller changes"
    rest = sum(step.amount for step in found.steps[BARS - 1 :])
    assert made.chart.series[0].values[-2] == pytest.approx(rest)
    assert made.chart.series[0].key.split(";")[-2].count("+") == 2


def test_nothing_moved() -> None:
    same = bridge_of(small(), small())
    assert same.title.startswith("Nothing that changed moves the return: it stays at ")
    assert same.chart is None
    off = small()
    off["initiatives"][1]["enabled"] = False
    other = {**off, "initiatives": [off["initiatives"][0], off["initiatives"][1] | {"adoption": 0.3}]}
    assert bridge_of(off, other).takeaways == ("Changed without moving it: take-up of “Act on it”.",)
    assert bridge_of(small(), small(), measure="win_rate", year=1).title.startswith(
        "Nothing that changed moves win rate in year 1"
    )


def test_sampled_steps_say_how_far_they_may_be_off() -> None:
    case = case_of(small())
    found = Bridge(case, case, "npv", None, 1.0, 3.0, (Step("company.years", 2, 2, 2.0),), (), 1234.0)
    made = bridge(view(run(small())), found)
    assert "off by about EUR\u00a01.23\u00a0K" in made.notes


def test_whatever_can_change_has_words() -> None:
    """Two cases that have nothing to do with each other."""
    rng = random.Random(1)
    before, after = random_case(rng), random_case(rng)
    after["company"]["currency"] = before["company"]["currency"]
    found = bridged(case_of(before), case_of(after))
    words = changed(found.before, found.after)
    assert {step.path for step in found.steps} - set(words) == set()
    check(bridge(view(run(after)), found))


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_with_an_investment_taken_out(name: str) -> None:
    results = example(name)
    data = _without(results.case, results.asked_option)
    found = bridged(results.case, data)
    made = bridge(View(results, "ceo"), dataclasses.replace(found, after=data))
    check(made)
    assert "taking out “" in made.title or "the horizon" in made.title


def _without(case: Case, option: str) -> Case:
    """The case without the first investment of what is asked for that earns something."""
    inside = case.option_table.get(option, {i.id for i in case.initiatives})
    gone = next(i for i in case.initiatives if i.id in inside and i.effects and i.enabled)
    left = tuple(i for i in case.initiatives if i.id != gone.id)
    needs = tuple(
        i.model_copy(update={"requires": tuple(id for id in i.requires if id != gone.id)}) for i in left
    )
    options = {
        id: inside if isinstance(inside, str) else tuple(i for i in inside if i != gone.id)
        for id, inside in case.options.items()
    }
    return case.model_copy(update={"initiatives": needs, "options": options})


@pytest.mark.parametrize("name", EXAMPLES)
def test_doubts_about_the_examples(name: str) -> None:
    results = example(name)
    raw = study(results.case, option=results.asked_option)
    found = cut(raw, standard_cuts())
    made = cuts(view(results), found)
    check(made)
    assert made.chart is not None
    text = view(results).text
    assert text(found.start, "money") in made.title
    assert text(found.end, "money") in made.title
    stressed = cut(raw, [Cut(kind="stress")]).end
    assert text(abs(stressed), "money") in made.takeaways[-1]
    assert "5,400" in made.takeaways[-1]
    assert made.chart.series[0].values[0] == pytest.approx(results.asked.npv)


def doubted(*doubts: Cut, churn: float = 0.5, **company: Any) -> Exhibit:
    """One free investment that halves churn, doubted."""
    data = small(
        initiatives=[
            {
                "id": "one",
                "name": "One",
                "one_time_cost": 20_000,
                "effects": [{"lever": "churn_rate", "low": 0, "base": churn, "high": 1, "grade": "A"}],
            }
        ],
        options={},
    )
    results = run(data)
    made = cuts(view(results), cut(study(results.case), doubts))
    check(made)
    return made


def test_titles_of_doubts() -> None:
    gone, mild = Cut(kind="signed_only"), Cut(kind="costs", amount=1.1)
    assert doubted().title.startswith("Nothing is taken off: ")
    assert doubted(mild).title.startswith("One doubt leaves ")
    assert doubted(mild, Cut(kind="later", amount=1)).title.startswith("2 doubts on top of each other leave ")
    assert doubted(gone).title.startswith("One doubt turns ")
    assert doubted(gone, mild).title.startswith("The first of 2 doubts already ends it; ")
    assert doubted(mild, gone).title.startswith("It withstands 1 of 2 doubts; ")
    assert doubted(mild, churn=0.001).title.startswith("It does not pay as counted, ")


def test_the_doubt_that_turns_it_and_the_money_back() -> None:
    mild, gone = Cut(kind="costs", amount=1.1), Cut(kind="theme", theme="keep")
    said = doubted(mild, gone, Cut(kind="cash_only"))
    assert said.takeaways[0].startswith("It stops paying with: without “keep customers”; EUR")
    assert "not back within 2 years with every doubt" in said.takeaways[1]
    assert "Without effect here: cash only." in said.notes
    assert said.chart is not None
    assert said.chart.categories == (
        "As counted",
        "Costs 10% higher",
        "Without “keep customers”",
        "What is left",
    )
    assert doubted().takeaways[0].endswith("either way.")
    assert doubted().chart is None


def test_every_kind_of_doubt_has_a_name() -> None:
    labels = {
        "Costs 20% higher": Cut(kind="costs", amount=1.2),
        "Costs 5% lower": Cut(kind="costs", amount=0.95),
        "Costs as counted": Cut(kind="costs", amount=1),
        "Gains 56% smaller": Cut(kind="benefits", amount=0.44),
        "Gains 10% larger": Cut(kind="benefits", amount=1.1),
        "Benefits 6 months later": Cut(kind="later", amount=6),
        "Benefits 1 month later": Cut(kind="later", amount=1),
        "Hurdle rate of 15%": Cut(kind="hurdle", amount=0.15),
        "Cash only": Cut(kind="cash_only"),
        "Signed effects only": Cut(kind="signed_only"),
        "Without “win customers”": Cut(kind="theme", theme="win"),
        "Costs 45% higher and gains 56% smaller": Cut(kind="stress"),
    }
    assert {cut_label(one).replace("\u00a0", " ") for one in labels.values()} == set(labels)
    assert {cut_label(Cut(kind="theme", theme=theme)) for theme in library.words().themes}
