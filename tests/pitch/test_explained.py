"""What explains a number: always another exhibit of the same pitch, and the nearest one there is."""

import pytest

from casebuilder.case import library
from casebuilder.pitch.explained import OF_EXHIBITS, OF_FIGURES, linked
from casebuilder.pitch.records import Exhibit, Figure
from casebuilder.pitch.story import STORY, pitch
from casebuilder.pitch.together import COMMITTEE
from tests.model.cases import EXAMPLES, example
from tests.pitch.test_story import studies


def figure(key: str) -> Figure:
    return Figure(key, "label", 1.0, "money", "EUR 1")


@pytest.mark.parametrize("persona", [*library.personas(), COMMITTEE])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_way_leads_to_another_exhibit_of_the_pitch(name: str, persona: str) -> None:
    found = pitch(example(name), persona, studies(name))
    there = {exhibit.id for exhibit in found.exhibits}
    for exhibit in found.exhibits:
        ways = [each for each in (exhibit.more, *(figure.more for figure in exhibit.figures)) if each]
        assert set(ways) <= there - {exhibit.id, "cover"}
        assert ("click" in exhibit.notes) == bool(ways)
        if exhibit.section == STORY and exhibit.id not in ("heads_up", "decision"):
            assert exhibit.more, exhibit.id
        if exhibit.section == STORY and exhibit.id == "decision":
            assert all(each.more for each in exhibit.figures)


@pytest.mark.parametrize(
    ("key", "shown", "more"),
    [
        ("a/b/npv", ("benefits", "assumptions"), "benefits"),
        ("a/b/npv", ("assumptions",), "assumptions"),
        ("a/b/npv", ("method",), None),
        ("a/b/kpi/churn_rate/with/2", ("kpi",), "kpi"),
        ("a/b/stage_1", ("cash_flow", "proof"), "proof"),
        ("analysis/cash/risk_adjusted", ("benefits", "versions"), "versions"),
        ("analysis/stages/3/loss_if_stopped", ("stages",), "stages"),
        ("fit/sales", ("kpi",), None),
    ],
)
def test_the_nearest_that_is_there(key: str, shown: tuple, more: str | None) -> None:
    (found,) = linked(Exhibit("decision", "Title", figures=(figure(key),)), shown).figures
    assert found.more == more


def test_nothing_explains_itself() -> None:
    for kind, ways in OF_EXHIBITS.items():
        assert kind not in ways
    kpi = Exhibit("kpi", "Title", figures=(figure("a/b/kpi/x/with/1"),))
    assert linked(kpi, ("kpi", "change")).figures[0].more == "change"
    assert {way for ways in OF_FIGURES.values() for way in ways} <= {
        "kpi",
        *OF_EXHIBITS,
        "stages",
        "benefits",
    }
