"""The exhibit of one's own fit: what it says, in which order, and to whom alone."""

from dataclasses import replace
from typing import Any

import pytest

from casebuilder.analysis.fit import Fit, Part, Why
from casebuilder.analysis.library_best import Best, Help, Support, supports
from casebuilder.analysis.study import study
from casebuilder.case.records.stakeholders import Driver
from casebuilder.model.results import Results
from casebuilder.pitch.exhibits.support import fit
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.model.cases import EXAMPLES, example, flows, run, small
from tests.pitch.saying import CANARY, SPOILED, secretive, texts

KEPT = {"kpi": "churn_rate", "current": 0.2, "target": 0.1, "accountability": "scorecard"}


def exhibits(found: Results) -> list[tuple[Support, Exhibit]]:
    """Every stakeholder's own exhibit of what the decision asks for."""
    every = supports(study(found.case, option=found.asked_option))
    return [(one, fit(View(found, one.stakeholder.persona), one)) for one in every]


def told(parts: list[Part], value: float | None, best: Best | None = None) -> Exhibit:
    """The exhibit of a fit that is made up."""
    found = run(small(stakeholders=[{"persona": "service", "role": "Head of Service"}]), ["npv"])
    person = found.case.stakeholders[0]
    return fit(View(found, "service"), Support(person, Fit(value, tuple(parts)), best or Best(value, ())))


def part(why: Why, movement: float = 0.0, kpi: str = "churn_rate", **more: Any) -> Part:
    driver = Driver.model_validate({**KEPT, "kpi": kpi, **more})
    return Part(driver, 3.0, movement, 0.2, 0.2, 0.2 - 0.1 * movement, 2, why)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    for one, exhibit in exhibits(example(name)):
        drivers = one.stakeholder.drivers
        assert exhibit.id == "fit"
        assert any(letter.isdigit() for letter in exhibit.title) or "your one hurdle" in exhibit.title
        assert 1 <= len(exhibit.takeaways) <= 3
        assert exhibit.table is not None
        assert exhibit.chart is not None
        assert len(exhibit.table.rows) == len(exhibit.chart.categories) == len(drivers)
        assert {len(row) for row in exhibit.table.rows} == {len(exhibit.table.columns)}
        spoken = [exhibit.title, *exhibit.takeaways, exhibit.chart.alt, *texts(exhibit.table.rows)]
        assert not [text for text in spoken if SPOILED.search(text)]
        assert [len(series.values) for series in exhibit.chart.series] == [len(drivers)]
        assert exhibit.chart.alt.endswith(".")
        assert [figure.value for figure in exhibit.figures] == [
            one.fit.value / 100 if one.fit.value is not None else None
        ]


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        (0.0, "closes none of your gap (0%)"),
        (1.0, "closes 1% of your gap"),
        (9.5, "closes about a tenth (10%) of your gap"),
        (21.1, "closes about a fifth (21%) of your gap"),
        (26.0, "closes about a quarter (26%) of your gap"),
        (42.0, "closes 42% of your gap"),
        (51.0, "closes about half (51%) of your gap"),
        (99.0, "closes 99% of your gap"),
        (100.0, "closes all of your gap (100%)"),
    ],
)
def test_titles(value: float, ends: str) -> None:
    assert told([part("moved", value / 100)], value).title == f"The programme {ends}"


@pytest.mark.parametrize(
    ("reasons", "ends"),
    [
        (["hurdle_met"], "meets your one hurdle"),
        (["hurdle_missed"], "does not meet your one hurdle"),
        (["hurdle_met", "hurdle_met"], "meets all 2 of your hurdles"),
        (["hurdle_met", "hurdle_met_expected", "hurdle_missed"], "meets 1 of your 3 hurdles"),
        (["hurdle_missed", "hurdle_missed"], "meets none of your 2 hurdles"),
    ],
)
def test_titles_of_hurdles(reasons: list[Why], ends: str) -> None:
    parts = [part(why, kpi="npv", kind="hurdle") for why in reasons]
    exhibit = told(parts, 50.0)
    assert exhibit.title == f"The programme {ends}"


def test_nobody_sees_anothers_fit() -> None:
    found = example("growth_network")
    first, second, *_ = supports(study(found.case))
    with pytest.raises(ValueError, match="somebody else's"):
        fit(View(found, first.stakeholder.persona), second)
    spoken = " ".join(texts(fit(View(found, first.stakeholder.persona), first)))
    for other in found.case.stakeholders[1:]:
        assert other.role not in spoken


def test_nothing_private_is_said() -> None:
    for _, exhibit in exhibits(run(secretive())):
        assert CANARY not in " ".join(texts(exhibit))


def test_accountability_is_nowhere_to_be_seen() -> None:
    """How much a number weighs would tell a leader that a priority is only professed."""
    drivers = [{**KEPT, "importance": 5, "accountability": how} for how in ("scorecard", "said")]
    said = []
    for driver in drivers:
        found = run(small(stakeholders=[{"persona": "service", "drivers": [driver]}]))
        said.append(list(texts(exhibits(found)[0][1])))
    assert said[0] == said[1]


def test_harm_is_told_first() -> None:
    away = replace(part("moved_away"), with_=0.25)
    best = Best(60.0, (Help("more", "Do more", 5.0, 12.4, False), Help("here", "Is here", 30.0, 0.0, True)))
    exhibit = told([away, part("not_computed", kpi="other", name="Mood", unit="share")], 0.0, best)
    assert [text.replace("\u00a0", " ") for text in exhibit.takeaways] == [
        "Revenue churn moves away from your target with the programme.",
        "The best that could be done for you, costs left aside, is 60%: Do more (+12 points) would add most.",
        "The model has no number for Mood, which counts as not closed.",
    ]


def test_what_nobody_can_see_is_no_harm() -> None:
    exhibit = told([replace(part("moved_away"), with_=0.2000001)], 0.0)
    assert exhibit.takeaways == ("No other investment of the case or of the library would close more of it.",)
    assert exhibit.table is not None
    assert exhibit.table.rows[0][-1] == "0%"


def test_two_of_a_kind() -> None:
    away = replace(part("moved_away"), with_=0.25)
    exhibit = told([away, replace(away, driver=away.driver.model_copy(update={"name": "Calm"}))], 0.0)
    assert exhibit.takeaways[0].startswith("Revenue churn and Calm move away from your target")
    exhibit = told([part("no_target"), part("moved", 0.5)], 25.0)
    assert exhibit.takeaways[-1] == "Without a target Revenue churn counts as not closed."
    assert exhibit.chart is not None
    assert exhibit.chart.series[0].values == (None, 0.5)


def test_without_drivers() -> None:
    exhibit = told([], None)
    assert exhibit.title.startswith("What the Head of Service is measured on is not on file yet")
    assert exhibit.chart is None
    assert exhibit.table is None


def test_a_case_of_cash_flows_alone() -> None:
    hurdle = {"kpi": "npv", "target": 1}
    ((_, exhibit),) = exhibits(
        run({**flows([-1.0, 3.0]), "stakeholders": [{"persona": "cfo", "drivers": [hurdle]}]})
    )
    assert exhibit.title == "The programme meets your one hurdle"
    assert exhibit.table is not None
    assert exhibit.table.rows == (("Net present value", "", "", "EUR\u00a01.73", "EUR\u00a01", "", "met"),)
