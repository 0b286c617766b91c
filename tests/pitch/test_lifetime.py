"""What is said about lifetime value and value at stake: the right segment, the right stage, nothing called lost."""

import dataclasses
from typing import Any

import pytest

from casebuilder.analysis.lifetime import at_stake, lifetime
from casebuilder.analysis.study import study
from casebuilder.model.results import Results
from casebuilder.pitch.exhibits.lifetime import PLACES, lifetime_value, value_at_stake
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.model.cases import EXAMPLES, example, moving, run, small
from tests.pitch.saying import CANARY, SPOILED, secretive, texts


def check(exhibit: Exhibit) -> Exhibit:
    assert len(exhibit.takeaways) <= 3
    assert all(text.endswith(".") for text in exhibit.takeaways)
    for text in texts(dataclasses.replace(exhibit, id="cuts", chart=None)):
        assert not SPOILED.search(text), text
        assert CANARY not in text
    if exhibit.chart:
        assert exhibit.chart.alt.endswith(".")
        for series in exhibit.chart.series:
            assert len(series.values) == len(exhibit.chart.categories)
    return exhibit


def worth(data: dict[str, Any] | Results) -> Exhibit:
    results = data if isinstance(data, Results) else run(data)
    return check(lifetime_value(View(results, "cfo"), lifetime(results.asked)))


def test_a_ratio_over_a_cost_that_nobody_stated_says_so() -> None:
    data = moving("win_rate", 0.2, 0.3, 0.4)
    stated = next(text for text in worth(data).takeaways if "costs to win one" in text)
    assert stated.endswith("costs to win one.")
    name = data["segments"][0]["name"]
    data.setdefault("inputs", {})[f"segments[{name}].acquisition_cost"] = {"status": "default"}
    assert any(text.endswith("costs to win one (starting value).") for text in worth(data).takeaways)


def exposed(data: dict[str, Any] | Results) -> Exhibit:
    results = data if isinstance(data, Results) else run(data)
    return check(value_at_stake(View(results, "cfo"), at_stake(study(results.case))))


def problem(id: str, stage: str, number: float | None, segment: str = "all") -> dict[str, Any]:
    return {
        "id": id,
        "what": f"Broken {id}",
        "journey_stage": stage,
        "segment": segment,
        "customers_affected": number,
    }


def test_the_segment_that_gains_most() -> None:
    data = moving("churn_rate", 0, 0.2, 0.3, segment="South")
    results = run(data)
    made = worth(data)
    last = next(v for v in lifetime(results.asked) if v.segment == "South" and v.year == 2)
    text = View(results, "cfo").text
    assert last.with_ and last.without
    assert made.title == (
        f"In year 2 a customer in “South” is worth {text(last.with_, 'money')}, "
        f"{text(last.with_ - last.without, 'money')} more than if nothing is done"
    )
    assert made.table is not None
    assert made.table.rows[1][:2] == ("South", "3,000")
    assert made.table.rows[0][-1].endswith("\u00a00")
    assert made.chart is not None
    assert made.chart.series[1].values[1] == last.with_


def test_harm_and_no_change() -> None:
    harmed = worth(moving("churn_rate", -0.3, -0.2, -0.1, segment="South"))
    assert " less than if nothing is done" in harmed.title
    same = worth(moving("leads", 0, 0.2, 0.3))
    assert same.title.startswith("One customer is worth the same with the programme: EUR")
    assert same.title.endswith("in “North”")


def test_what_has_no_end_has_no_number() -> None:
    data = small()
    data["company"]["discount_rate"] = 0
    data["segments"][0]["churn_rate"] = 0
    made = worth(data)
    assert made.takeaways[-1] == "No number for North: nobody leaves and money costs nothing."
    assert made.table is not None
    assert made.table.rows[0] == ("North", "400", "n/a")
    data["segments"] = data["segments"][:1]
    assert worth(data).title == "No segment has a lifetime value that could be counted"


def test_the_stage_with_most_at_stake() -> None:
    """10 accounts of North in need of help are worth more than 30 of South at work."""
    data = small(problems=[problem("a", "support", 10, "North"), problem("b", "use", 30, "South")])
    made = exposed(data)
    stakes = at_stake(study(run(data).case))
    amount = View(run(data), "cfo").text(stakes[1].value, "money")
    assert made.title == (
        f"Customers worth {amount} meet what is broken where they get help, more than at any other stage"
    )
    assert made.table is not None
    assert made.table.rows == (
        ("Use: South", "30 customers", "Broken b"),
        ("Get help: North", "10 customers", "Broken a"),
    )
    assert "not what would be lost" in made.takeaways[0]


@pytest.mark.parametrize(("stage", "people"), [("evaluate", "40 leads a year"), ("buy", "40 deals a year")])
def test_prospects_are_called_prospects(stage: str, people: str) -> None:
    made = exposed(small(problems=[problem("a", stage, 40, "North"), problem("c", stage, 7, "North")]))
    assert made.title.startswith("Prospects worth EUR")
    assert "any other stage" not in made.title
    assert made.table is not None
    assert made.table.rows[0][1:] == (people, "Broken a (and 1 more)")


def test_what_is_not_known_is_said() -> None:
    made = exposed(small(problems=[problem("a", "use", 10, "North"), problem("b", "leave", None, "South")]))
    assert made.takeaways[-1] == "For 1 more place the case does not say how many."
    none = exposed(small())
    assert none.title == "No problem in the case says at which stage it meets how many customers of today"
    assert (none.chart, none.table, none.takeaways) == (None, None, ())


def test_many_places_show_the_largest() -> None:
    stages = ("onboard", "use", "support", "renew", "leave")
    made = exposed(small(problems=[problem(s, s, 100) for s in stages]))
    assert made.table is not None
    assert len(made.table.rows) == PLACES
    assert made.takeaways[-1] == "2 smaller places are not shown."
    long = problem("a", "use", 10, "North") | {"what": "word " * 60}
    table = exposed(small(problems=[long])).table
    assert table is not None
    assert len(table.rows[0][2]) < 100


def test_nothing_private_is_said() -> None:
    worth(secretive())
    exposed(secretive())


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    assert worth(results).chart
    assert exposed(results).chart
    assert " worth " in exposed(results).title
