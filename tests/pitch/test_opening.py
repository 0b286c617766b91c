"""The slide of the decision, and those that weigh it: they say the same of smaller versions, and of who signed."""

from typing import Any

import pytest

from casebuilder.analysis.certainty import Certainty
from casebuilder.case.decision_in import EVERYTHING
from casebuilder.pitch.story import pitch
from tests.model.cases import moving, run
from tests.pitch.saying import shown
from tests.pitch.test_story import losing


def unparted() -> dict[str, Any]:
    """One investment that pays and one that costs more, asked for together; the case names no other choice."""
    data = moving("win_rate", 0.05, 0.1, 0.2)
    data["initiatives"].append({"id": "two", "name": "Two", "one_time_cost": 9e6})
    return data


def test_a_part_that_pays_is_not_denied_where_no_choice_pays() -> None:
    """The second slide and those that weigh the case say the same of what is left."""
    results = run(unparted())
    said = " ".join(pitch(results, "cfo").exhibit("decision").takeaways)
    assert results.asked.npv < 0
    best = Certainty(results, results.asked_option).verdict.grounds.best
    assert (
        f"A part of it pays: the version that returns most comes to {shown(results, best, 'money')}." in said
    )
    assert "No version in this case pays" not in said
    assert "No version in this case pays" in " ".join(
        pitch(run(losing()), "cfo").exhibit("decision").takeaways
    )


def test_one_choice_of_everything_is_called_the_programme() -> None:
    data = unparted() | {"options": {EVERYTHING: "all"}}
    data["decision"] = {"ask": "Release it", "stage_1": {"option": EVERYTHING, "until": "2027-06-30"}}
    said = pitch(run(data), "cfo").exhibit("decision")
    assert said.title.startswith("Do not invest in this form: the programme returns")
    assert ", whole programme;" in said.source


@pytest.mark.parametrize(
    ("agreed", "said"),
    [
        ({}, "nobody has signed one yet"),
        ({"agreed": {"by": "Ann", "on": "2026-10-01"}}, "somebody has signed each of them"),
    ],
)
def test_effects_are_counted_with_who_signed_them(agreed: dict[str, Any], said: str) -> None:
    data = moving("win_rate", 0.05, 0.1, 0.2)
    effect = data["initiatives"][0]["effects"][0] | agreed
    data["initiatives"][0]["effects"] = [effect, effect | {"lever": "churn_rate"}]
    assert pitch(run(data), "cfo").exhibit("assumptions").title == f"2 effects carry the case: {said}"


def test_the_smaller_version_that_pays_is_named() -> None:
    data = moving("win_rate", 0.05, 0.1, 0.2)
    data["initiatives"].append({"id": "two", "name": "Two", "one_time_cost": 9e6})
    data["options"] = {"full": "all", "lean": ["one"]}
    said = " ".join(pitch(run(data), "cfo").exhibit("decision").takeaways)
    assert "Lean" in said
    data["decision"] = {"stage_1": {"option": "lean", "until": "2027-06-30"}}
    lean = pitch(run(data), "cfo").exhibit("decision")
    assert lean.title.startswith("The lean option pays")
    assert "would lose" in " ".join(lean.takeaways)
