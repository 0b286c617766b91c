"""The exhibit of readiness: the obstacle as title, conditions as takeaways, gaps as chart, and what is not rated."""

from typing import Any

import pytest

from casebuilder.analysis.readiness import readiness as assess
from casebuilder.analysis.study import study
from casebuilder.case import library
from casebuilder.case.library import Factor
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.readiness import readiness
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.model.cases import EXAMPLES, example, run, small
from tests.pitch.saying import CANARY, SPOILED, secretive, texts

FACTORS: dict[str, Factor] = {factor.id: factor for factor in library.readiness().factors}
FIVES: dict[str, Any] = dict.fromkeys(FACTORS, 5)


def shown(found: Results) -> Exhibit:
    return readiness(View(found, "cfo"), assess(study(found.case, option=found.asked_option)))


def told(given: dict[str, Any], **changes: Any) -> Exhibit:
    return shown(run(small(readiness=given, **changes), ["npv"]))


def rows(exhibit: Exhibit) -> list[tuple[str, ...]]:
    assert exhibit.table is not None
    return list(exhibit.table.rows)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    exhibit = shown(example(name))
    assert exhibit.id == "readiness"
    assert exhibit.title.startswith("Most likely to stop delivery: ")
    assert exhibit.title.endswith(" of 5")
    assert 1 <= len(exhibit.takeaways) <= 3
    assert exhibit.takeaways[0].startswith("Ask for this: ")
    assert exhibit.chart is not None
    assert len(rows(exhibit)) == 6
    spoken = [exhibit.title, exhibit.takeaways, exhibit.chart.alt, rows(exhibit), exhibit.notes]
    assert not [text for text in texts(spoken) if SPOILED.search(text)]
    for id in ("six-factors", "obstacle-silos"):
        assert library.evidence()[id].source in exhibit.source


def test_the_obstacle_and_the_conditions() -> None:
    exhibit = told({**FIVES, "results_shared": 2, "strategy": 3})
    assert exhibit.title == "Most likely to stop delivery: “Everybody sees the results” is rated only 2 of 5"
    assert exhibit.notes.startswith("What it guards against: weak follow-through.")
    asked = [FACTORS["results_shared"].condition, FACTORS["strategy"].condition]
    assert list(exhibit.takeaways) == [f"Ask for this: {text[0].lower()}{text[1:]}" for text in asked]
    assert [row[:3] for row in rows(exhibit)[:3]] == [
        ("Everybody sees the results", "2 of 5", asked[0]),
        ("Customers shape the strategy", "3 of 5", asked[1]),
        ("Those who work on customers work together", "5 of 5", ""),
    ]
    assert exhibit.chart is not None
    assert exhibit.chart.series[0].values == (5.0, 3.0, 2.0, 5.0, 5.0, 5.0)
    assert [role == "programme" for role in exhibit.chart.roles].index(True) == 2
    assert exhibit.figures == ()


def test_slower_delivery_is_said_with_its_amounts_and_as_our_estimate() -> None:
    found = run(small(readiness=dict.fromkeys(FACTORS, 2)), ["npv"])
    slower = assess(study(found.case)).slower
    exhibit = shown(found)
    assert slower is not None
    now, then = (numbers.money(npv, "EUR") for npv in (slower.now, slower.both))
    assert exhibit.takeaways[-1] == (
        "To be on the safe side, count on 50% more months to full effect and a take-up 10\u00a0points lower; "
        f"the return then goes from {now} to {then}. This is our estimate, and no other number includes it."
    )
    assert [(figure.value, figure.text) for figure in exhibit.figures] == [(slower.both, then)]
    assert numbers.money(slower.ramps, "EUR") in exhibit.notes
    assert numbers.money(slower.takeup, "EUR") in exhibit.notes
    still = told(dict.fromkeys(FACTORS, 2), options={"ears": ["listen"]}, decision=_asking("ears"))
    assert "; the return stays at " in still.takeaways[-1]


def _asking(option: str) -> dict[str, Any]:
    return {"stage_1": {"option": option, "until": "2027-09-30"}}


def test_all_fives_have_nothing_to_say() -> None:
    exhibit = told(FIVES)
    assert exhibit.title == (
        "Nothing on file stands in the way of delivery: all 6 success factors are rated 4 of 5 or more"
    )
    assert exhibit.takeaways == ("There is no condition to ask for.",)
    assert all(row[2:] == ("", "") for row in rows(exhibit))


def test_what_is_not_rated_is_said() -> None:
    exhibit = told(
        {"coordination": 5, "strategy": 4, "results_shared": 4, "lifetime_value": 5, "action_by_owners": 5}
    )
    assert exhibit.title == "5 success factors are rated 4 of 5 or more; 1 is not rated"
    label = FACTORS["funded_collaboration"].label
    assert exhibit.takeaways == (f"Nobody has rated “{label}”, and nothing is assumed.",)
    assert rows(exhibit)[0] == (label, "not rated", "", "")
    assert exhibit.chart is not None
    assert label not in exhibit.chart.categories
    low = told({"coordination": 1})
    assert low.title.endswith("is rated only 1 of 5")
    assert "Nobody has rated" in low.takeaways[-1]


def test_nothing_rated_gives_the_questions() -> None:
    exhibit = told({})
    assert exhibit.title == "Nobody has rated yet how ready the company is to deliver"
    assert exhibit.chart is None
    assert rows(exhibit) == [(factor.question, factor.one, factor.five) for factor in FACTORS.values()]


def test_the_gaps_are_charted() -> None:
    own = {
        "evaluation": {"importance": 5, "effectiveness": 2},
        "coordination": {"importance": 4, "effectiveness": 3},
        "strategy": {"importance": 2, "effectiveness": 4},
    }
    exhibit = told({**FIVES, "self_rating": own})
    chart = exhibit.chart
    assert chart is not None
    assert chart.categories == ("Evaluation", FACTORS["coordination"].label, FACTORS["strategy"].label)
    assert chart.series[0].values == (3.0, 1.0, -2.0)
    assert chart.roles == ("programme", "muted", "muted")
    assert exhibit.takeaways == (
        "The widest gap between what matters and what is done: “Evaluation”, "
        "5 for importance, 2 for how well it is done.",
    )
    pairs = library.evidence()["importance-effectiveness"]
    assert pairs.statement in exhibit.notes
    assert pairs.caveat is not None
    assert pairs.caveat in exhibit.notes
    assert pairs.source in exhibit.source
    only = told({"self_rating": own})
    assert only.title == "None of the 6 success factors is rated: what could stop delivery is not known yet"
    assert only.chart == chart


def test_gaps_alike_and_no_gap() -> None:
    level = {"importance": 4, "effectiveness": 4}
    exhibit = told({**FIVES, "self_rating": {"attitudes": level}})
    assert exhibit.takeaways == ("Nothing that was rated falls short of what it matters.",)
    assert exhibit.chart is not None
    assert exhibit.chart.roles == ("muted",)
    wide = {"importance": 5, "effectiveness": 4}
    exhibit = told({**FIVES, "self_rating": {"attitudes": wide, "processes": wide}})
    assert exhibit.takeaways == (
        "The widest gaps between what matters and what is done: “Processes” and “Attitudes”.",
    )


def test_only_the_two_known_pairs_are_cited() -> None:
    """The other pairs of that survey are not known: no number of it stands anywhere but in its own statement."""
    own = {"evaluation": {"importance": 5, "effectiveness": 2}}
    said = told({**FIVES, "self_rating": own})
    other = " ".join(texts(said)).replace(library.evidence()["importance-effectiveness"].statement, "")
    assert not [
        number for number in ("90", "45", "88", "49") if f"{number} %" in other or f"{number}%" in other
    ]


def test_nothing_private_is_said() -> None:
    found = run({**secretive(), "readiness": dict.fromkeys(FACTORS, 2)})
    assert CANARY not in " ".join(texts(shown(found)))
