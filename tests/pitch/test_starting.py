"""No starting value goes unsaid on the first slides: at the figures it changes, and where it stands itself."""

from typing import Any

import pytest

from casebuilder.case import library
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.starting import MARK
from casebuilder.pitch.story import UNSAID, pitch
from casebuilder.pitch.together import COMMITTEE
from tests.model.cases import EXAMPLES, example, moving, run
from tests.pitch.test_story import studies

WIN, MARGIN = "segments[North].win_rate", "segments[North].gross_margin"


def resting(*defaults: str, lever: str = "win_rate") -> dict[str, Any]:
    """A case that moves one metric, with these inputs as starting values."""
    data = moving(lever, 0.1, 0.2, 0.3)
    data["inputs"] = {path: {"status": "default"} for path in defaults}
    data["problems"] = [{"id": "p", "journey_stage": "buy", "what": "Slow"}]
    data["initiatives"][0]["problems"] = ["p"]
    data["stakeholders"] = [{"persona": "sales", "drivers": [{"kpi": "win_rate", "target": 0.5}]}]
    return data


def words(exhibit: Exhibit) -> str:
    return " ".join(figure.label for figure in exhibit.figures)


def test_a_figure_says_on_how_many_it_rests() -> None:
    one, two, none = (
        pitch(run(resting(*paths)), "sales").exhibit("decision") for paths in ([WIN], [WIN, MARGIN], [])
    )
    labels = {figure.key.rsplit("/", 1)[-1]: figure.label for figure in two.figures}
    assert labels["npv"].endswith("; rests on all 2 starting values")
    assert "; rests on the one starting value" in words(one)
    assert "starting" not in words(none)


def test_an_effect_of_a_size_that_the_library_brought_is_one_of_them() -> None:
    data = resting(WIN)
    effect = f"initiatives[{data['initiatives'][0]['id']}].effects[win_rate,all]"
    data["inputs"] |= {f"{effect}.{size}": {"status": "default"} for size in ("low", "base", "high")}
    found = pitch(run(data), "sales").exhibit("decision")
    labels = {figure.key.rsplit("/", 1)[-1]: figure.label for figure in found.figures}
    assert labels["npv"].endswith("; rests on 2 of 4 starting values")


def test_a_figure_that_it_does_not_change_does_not_say_it() -> None:
    """A margin changes what a win is worth and leaves the win rate as it is."""
    found = pitch(run(resting(MARGIN)), "sales")
    (figure,) = (each for each in found.exhibit("kpi").figures if "/kpi/" in each.key)
    assert "starting" not in figure.label
    assert "starting" in words(found.exhibit("decision"))


def test_a_metric_that_is_one_itself_carries_the_word() -> None:
    table = pitch(run(resting(WIN)), "sales").exhibit("change").table
    assert table is not None and table.rows[0][2].endswith(MARK)
    table = pitch(run(resting(MARGIN)), "sales").exhibit("change").table
    assert table is not None and MARK not in table.rows[0][2]


@pytest.mark.parametrize("persona", [*library.personas(), COMMITTEE])
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_first_slides_of_every_example_say_it(name: str, persona: str) -> None:
    results = example(name)
    assert any(said.status == "default" for said in results.case.inputs.values())
    for exhibit in pitch(results, persona, studies(name)).exhibits[1 : 1 + UNSAID]:
        assert "starting value" in exhibit.source, exhibit.id
