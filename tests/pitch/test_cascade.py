"""The exhibit of the goal cascade: what it says, what each reader may see of others, and how long it gets."""

from dataclasses import replace
from typing import Any

import pytest

from casebuilder.analysis.cascade import Cascade
from casebuilder.analysis.cascade import cascade as chain
from casebuilder.analysis.study import study
from casebuilder.case import library
from casebuilder.model.results import Results
from casebuilder.pitch.exhibits.cascade import COLUMNS, ROWS, cascade
from casebuilder.pitch.records import Exhibit, Table
from casebuilder.pitch.view import View
from tests.model.cases import EXAMPLES, example, flows, run, small
from tests.pitch.saying import CANARY, SPOILED, secretive, texts

CEO = {
    "persona": "ceo",
    "role": "Chief",
    "drivers": [{"kpi": "customers", "on_scorecard": True, "target": 9_000}],
}
SALES = {
    "persona": "sales",
    "role": "Seller",
    "drivers": [{"kpi": "win_rate", "on_scorecard": True, "target": 0.5}],
}
SERVICE = {
    "persona": "service",
    "role": "Helper",
    "drivers": [{"kpi": "cost_to_serve", "on_scorecard": True, "target": 1}],
}


def followed(found: Results, persona: str = "ceo") -> Exhibit:
    return cascade(View(found, persona), chain(study(found.case, option=found.asked_option)))


def told(*people: dict[str, Any], persona: str = "ceo", **changes: Any) -> Exhibit:
    """The exhibit of the small case with these people."""
    return followed(run(small(stakeholders=list(people), **changes), ["npv"]), persona)


def table(exhibit: Exhibit) -> Table:
    assert exhibit.table is not None
    return exhibit.table


def plain(*said: str) -> list[str]:
    return [text.replace("\u00a0", " ") for text in said]


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    found = example(name)
    links = chain(study(found.case, option=found.asked_option))
    for person in found.case.stakeholders:
        exhibit = cascade(View(found, person.persona), links)
        rows = table(exhibit).rows
        assert exhibit.id == "cascade"
        assert exhibit.title[0].isdigit() or exhibit.title.startswith("All ")
        assert 1 <= len(exhibit.takeaways) <= 2
        assert len(rows) <= ROWS
        assert {len(row) for row in rows} == {len(COLUMNS)}
        assert not [text for text in texts([exhibit.title, exhibit.takeaways, rows]) if SPOILED.search(text)]
        assert [figure.value for figure in exhibit.figures] == [len(links.reaching)]
        for id in ("cascade", "success-drivers"):
            assert library.evidence()[id].source in exhibit.source
            assert library.evidence()[id].statement in exhibit.notes


def test_a_chain_in_words() -> None:
    exhibit = told(CEO, SALES, SERVICE)
    worth = plain(*(row[-1] for row in table(exhibit).rows))
    assert (
        exhibit.title == "All 2 investments reach a function's scorecard; the chain breaks at revenue churn"
    )
    assert plain(*exhibit.takeaways) == [
        f"No function's scorecard on file holds revenue churn, worth {worth[0]}: "
        "name who answers for it, or count on less."
    ]
    assert [row[:4] for row in table(exhibit).rows] == [
        ("Customers", "on no function's scorecard", "Revenue churn", "Act on it"),
        ("Customers", "Seller: Win rate", "Win rate", "Act on it"),
        ("none", "Helper: Service cost", "First-contact resolution", "Act on it"),
    ]
    assert all(text.startswith("EUR ") for text in worth)
    assert "those of the Chief." in exhibit.notes


def test_a_chain_that_holds() -> None:
    keeper = {"persona": "product", "drivers": [{"kpi": "churn_rate", "on_scorecard": True, "target": 0.01}]}
    exhibit = told(CEO, SALES, SERVICE, keeper)
    assert (
        exhibit.title == "All 2 investments reach a function's scorecard, and the chain holds up to the top"
    )
    assert exhibit.takeaways == ("Each metric that moves has somebody who answers for it.",)


def test_each_break_has_its_sentence_and_its_row() -> None:
    cash = {"kpi": "days_sales_outstanding", "on_scorecard": True, "target": 9}
    safe = {"kpi": "incidents", "on_scorecard": True, "target": 1}
    calm = {"kpi": "other", "name": "NPS", "unit": "share", "accountability": "scorecard", "target": 1}
    lonely = {"id": "lonely", "name": "Lonely one"}
    exhibit = told(
        {**CEO, "drivers": [cash]},
        {**SERVICE, "drivers": [safe, calm]},
        SALES,
        initiatives=[*small()["initiatives"], lonely],
    )
    assert exhibit.title == (
        "2 of 3 investments reach a function's scorecard; the chain breaks at days sales outstanding"
    )
    assert exhibit.takeaways[0] == (
        "No function's scorecard carries days sales outstanding: ask who answers for it below the top."
    )
    assert exhibit.takeaways[1].endswith("The same holds for first-contact resolution.")
    assert len(exhibit.takeaways) == 2
    assert "The model has no number for “NPS”" in exhibit.notes
    assert table(exhibit).rows[-3:] == (
        ("Days sales outstanding", "no function carries it", "", "", ""),
        ("", "", "none", "Lonely one", ""),
        ("", "Helper: Incidents", "", "nothing asked for", ""),
    )


def test_an_investment_that_moves_nothing_is_named() -> None:
    keeper = {"persona": "product", "drivers": [{"kpi": "churn_rate", "on_scorecard": True, "target": 0.01}]}
    lonely = {"id": "lonely", "name": "Lonely one"}
    exhibit = told(CEO, SALES, SERVICE, keeper, initiatives=[*small()["initiatives"], lonely])
    assert exhibit.title.endswith("the chain breaks at “Lonely one”")
    assert exhibit.takeaways == ("“Lonely one” moves no operational metric and prepares nothing else.",)


def test_what_the_model_cannot_tell_is_no_break() -> None:
    calm = {"kpi": "other", "name": "NPS", "unit": "share", "accountability": "scorecard", "target": 1}
    keeper = {
        "persona": "product",
        "drivers": [{"kpi": "churn_rate", "on_scorecard": True, "target": 0.01}, calm],
    }
    exhibit = told(CEO, SALES, SERVICE, keeper)
    assert exhibit.title.endswith("and the chain holds up to the top")
    assert exhibit.takeaways == ("The model has no number for “NPS”, so nobody can tell what moves it.",)


def test_the_reader_is_spoken_to() -> None:
    safe = {**SERVICE, "drivers": [{"kpi": "incidents", "on_scorecard": True, "target": 1}]}
    own = told(safe, SALES, persona="service")
    assert own.takeaways[1] == "Nothing that is asked for improves incidents, on your own scorecard."
    assert table(own).rows[-1][1] == "You: Incidents"
    assert table(told(safe, SALES)).rows[-1][1] == "Helper: Incidents"


def test_what_is_tracked_is_shown_to_its_owner_alone_and_what_is_said_to_nobody() -> None:
    drivers = [
        {"kpi": "win_rate", "accountability": "scorecard", "target": 0.5},
        {"kpi": "bookings", "accountability": "tracked", "target": 1e9},
        {"kpi": "quota_attainment", "accountability": "said", "target": 9},
    ]
    people = (CEO, {**SALES, "drivers": drivers})
    for persona in ("ceo", "sales", "service"):
        said = " ".join(texts(told(*people, persona=persona)))
        assert "Attainment" not in said
        assert ("New-customer bookings (tracked)" in said) == (persona == "sales")
        assert ("bookings" in said) == (persona == "sales")
        assert "Win rate" in said


def test_that_somebody_delivers_and_gains_nothing_is_theirs_alone() -> None:
    drivers = [{"kpi": "incidents", "on_scorecard": True, "target": 1}]
    keeper = {"persona": "product", "drivers": [{"kpi": "churn_rate", "on_scorecard": True, "target": 0.01}]}
    fixer = {
        "persona": "coo",
        "drivers": [{"kpi": "first_contact_resolution", "on_scorecard": True, "target": 0.9}],
    }
    for part, hidden in (("delivers", True), ("influences", False)):
        people = (CEO, SALES, keeper, fixer, {**SERVICE, "part": part, "drivers": drivers})
        for persona in ("ceo", "cfo", "service"):
            exhibit = told(*people, persona=persona)
            silent = hidden and persona != "service"
            assert ("ncidents" in " ".join(texts(exhibit))) != silent
            assert ("the chain breaks" in exhibit.title) != silent
            assert "holds" not in exhibit.title
    gaining = [*drivers, {"kpi": "first_contact_resolution", "on_scorecard": True, "target": 0.9}]
    exhibit = told(CEO, SALES, keeper, {**SERVICE, "part": "delivers", "drivers": gaining})
    assert "the chain breaks at the Helper" in exhibit.title


def test_nothing_private_is_said() -> None:
    found = run(secretive())
    for person in found.case.stakeholders:
        assert CANARY not in " ".join(texts(followed(found, person.persona)))


def test_a_long_chain_is_counted() -> None:
    found = run(small(stakeholders=[CEO, SALES]), ["npv"])
    links = chain(study(found.case))
    many = replace(links, links=links.links * 5)
    rows = table(cascade(View(found, "ceo"), many)).rows
    assert len(rows) == ROWS
    assert rows[-1] == ("", "", "9 more metrics", "", "")
    exact = replace(links, links=(links.links * 3)[:ROWS])
    assert len(table(cascade(View(found, "ceo"), exact)).rows) == ROWS == len(exact.links)


def test_many_breaks_are_counted_too() -> None:
    people = [
        {"persona": persona, "drivers": [{"kpi": "incidents", "on_scorecard": True, "target": 1}]}
        for persona in ("coo", "cio", "chro", "risk", "product")
    ]
    found = run(small(stakeholders=[CEO, SALES, *people]), ["npv"])
    links = chain(study(found.case))
    rows = table(cascade(View(found, "ceo"), replace(links, links=links.links * 2))).rows
    assert len(rows) == ROWS
    assert rows[-1][2] == "3 more metrics and 2 more breaks"


def test_without_scorecards_there_is_nothing_to_follow() -> None:
    exhibit = told(CEO)
    assert (
        exhibit.title
        == "No function's scorecard is on file, so nobody can say whom 2 investments would reach"
    )
    assert exhibit.table is None
    assert len(exhibit.takeaways) == 1
    exhibit = followed(run(flows([-1.0, 2.0])))
    assert exhibit.title == "No investment is switched on: there is no chain to follow"


def test_without_objectives_it_says_so() -> None:
    exhibit = told(SALES)
    assert exhibit.takeaways[-1].startswith("Nobody's objectives are on file")
    assert {row[0] for row in table(exhibit).rows} == {"none"}


def test_no_room_and_not_counted_are_words() -> None:
    found = run(small(stakeholders=[CEO, SALES]), ["npv"])
    links = chain(study(found.case))
    first = replace(links.links[0], moves=False, value=0.0)
    second = replace(links.links[1], value=0.0)
    rows = table(cascade(View(found, "ceo"), replace(links, links=(first, second), breaks=()))).rows
    assert [row[-1] for row in rows] == ["no room", "not counted as cash"]


def test_counts_are_words_people_use() -> None:
    found = run(small(stakeholders=[CEO, SALES]), ["npv"])
    links = chain(study(found.case))
    view = View(found, "ceo")

    def title(**changes: Any) -> str:
        shown: Cascade = replace(links, breaks=(), **changes)
        return cascade(view, shown).title.split(" a function's")[0]

    assert title(members=("act",), reaching=("act",)) == "The one investment reaches"
    assert title(members=("act",), reaching=()) == "None of 1 investment reaches"
    assert title(reaching=()) == "None of 2 investments reach"
    assert title(reaching=("act",)) == "1 of 2 investments reach"
