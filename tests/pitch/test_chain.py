"""From what is broken for customers to the reader's number: by hand, for each reader of the examples, for any case."""

import copy
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import library
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.chain import ROWS, change, helping
from casebuilder.pitch.records import Exhibit, Table
from casebuilder.pitch.view import View
from casebuilder.pitch.words import plain_text, spelled
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, moving, run, small
from tests.pitch.saying import CANARY, SPOILED, secretive, shown, sure_of, texts
from tests.pitch.test_story import check_figure

PERSONAS = tuple(library.personas())
SURE = {"haircuts": {"A": 0.0}}
SLOW = {"id": "slow", "journey_stage": "buy", "what": "A quote takes weeks.", "customers_affected": 1850}


def check(exhibit: Exhibit, results: Results) -> Table:
    """Sentences for people, figures that are results, and a table whose rows are whole."""
    assert exhibit.title
    assert not exhibit.title.endswith(".")
    assert exhibit.source
    assert len(exhibit.takeaways) <= 3
    table = exhibit.table or Table((), ())
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert table.emphasised is None or 0 <= table.emphasised < len(table.rows)
    for takeaway in exhibit.takeaways:
        assert takeaway.endswith((".", "?", "!"))
    assert not exhibit.notes or exhibit.notes.endswith(".")
    for text in (exhibit.title, *exhibit.takeaways, exhibit.notes, *texts(table)):
        assert not SPOILED.search(text.replace(numbers.SPACE, " ")), text
    for figure in exhibit.figures:
        if not figure.key.startswith("analysis/"):
            check_figure(results, figure)
    return table


def told(data: dict[str, Any], persona: str = "sales") -> Exhibit:
    results = run(data)
    exhibit = change(View(results, persona), sure_of(results))
    check(exhibit, results)
    return exhibit


def rows(exhibit: Exhibit) -> tuple[tuple[str, ...], ...]:
    assert exhibit.table is not None
    return exhibit.table.rows


def winning(**more: Any) -> dict[str, Any]:
    """A tenth more of all deals is won, from the first day, for a reader who is measured on it."""
    data = moving("win_rate", 0.1, 0.1, 0.1, problems=[dict(SLOW)], **SURE, **more)
    data["initiatives"][0]["problems"] = ["slow"]
    data["stakeholders"] = [{"persona": "sales", "drivers": [{"kpi": "win_rate", "target": 0.35}]}]
    return data


def test_the_chain_worked_by_hand() -> None:
    """400 and 2,700 opportunities won at 25 and 30 per cent: 29.4 per cent together, a tenth more with it."""
    exhibit = told(winning())
    assert exhibit.title == (
        "One thing goes wrong before customers sign; fixing it raises win rate from 29.4% to 32.3% in year 2"
    )
    broken = "A quote takes weeks (1,850 affected)"
    assert rows(exhibit) == ((broken, "One", "Win rate", "29.4%", "32.3%", f"+2.9{numbers.SPACE}points"),)


def test_problems_that_do_not_reach_the_number_are_not_claimed() -> None:
    """A second problem stands in the table, behind an investment that moves something else."""
    data = winning()
    data["problems"] = [dict(SLOW), {**SLOW, "id": "bills", "what": "Bills are wrong."}]
    data["initiatives"].append(
        {
            "id": "two",
            "problems": ["bills"],
            "effects": [{"lever": "credit_rate", "low": 0.1, "base": 0.1, "high": 0.1}],
        }
    )
    exhibit = told(data)
    assert len(rows(exhibit)) == 2
    assert exhibit.title.startswith(
        "Fixing one of two things that go wrong before customers sign raises win rate "
    )


def test_evidence_has_its_source_and_a_quote_needs_leave() -> None:
    data, quote = (
        winning(),
        {"quote": "Too late. Why?", "evidence": "31 of 74 buyers say so", "source": "Calls"},
    )
    data["problems"][0] |= quote
    assert told(data).takeaways == (
        "What goes wrong: A quote takes weeks (1,850 affected).",
        "How we know: 31 of 74 buyers say so (Calls).",
    )
    data["problems"][0]["quote_may_be_shown"] = True
    assert told(data).takeaways[2] == "A customer said: “Too late. Why?”."


def test_a_metric_that_no_kpi_averages_stands_by_segment() -> None:
    exhibit = told(moving("leads", 0.1, 0.1, 0.1, segment="South", **SURE))
    assert rows(exhibit)[0][1:5] == ("One", "Leads, South", "9,000 a year", "9,900 a year")
    assert exhibit.title.startswith("One investment raises ")
    assert exhibit.title.endswith("; the case names no problem with evidence yet")
    both = told(moving("leads", 0.1, 0.1, 0.1, **SURE))
    assert rows(both)[0][2] in ("Leads, most in North", "Leads, most in South")


def test_two_on_one_metric_are_counted_once() -> None:
    data = winning()
    second = copy.deepcopy(data["initiatives"][0]) | {"id": "two", "name": "Two"}
    second["effects"][0] |= {"low": 0.02, "base": 0.02, "high": 0.02}
    data["initiatives"].append(second)
    first, other = rows(told(data))
    assert (first[1], other[1]) == ("One", "Two")
    assert (other[0], other[2:5]) == ("As above", ("Win rate, counted above", "", ""))
    level = 0.25 * 1.1 * 1.02 * 400 + 0.3 * 1.1 * 1.02 * 2700
    assert first[4] == numbers.percent(level / 3100)


def test_what_each_adds_is_the_number_without_it() -> None:
    """Each gain is the reader's KPI of a case in which that investment is switched off."""
    data = winning()
    data["initiatives"].append(
        {
            "id": "two",
            "name": "Two",
            "effects": [{"lever": "leads", "low": 0.2, "base": 0.2, "high": 0.2, "grade": "A"}],
        }
    )
    data["stakeholders"][0]["drivers"][0] = {"kpi": "bookings", "target": 1e7}
    exhibit = told(data)
    all_on = run(data).asked.kpi("bookings", "with")[1]
    for place, name in ((0, "One"), (1, "Two")):
        off = copy.deepcopy(data)
        off["initiatives"][place]["enabled"] = False
        without = run(off).asked.kpi("bookings", "with")[1]
        said = numbers.change(without, all_on, "money", "up", "EUR").removesuffix(", better")
        assert [row[5] for row in rows(exhibit) if row[1] == name] == [said]
    assert "the programme raises new-customer bookings" in exhibit.title


def test_what_does_not_reach_the_number_says_so_and_names_what_would() -> None:
    data = moving("incidents_per_year", 0.1, 0.1, 0.1, **SURE)
    other = {"lever": "win_rate", "low": 0.1, "base": 0.1, "high": 0.1, "grade": "A"}
    data["initiatives"].append({"id": "two", "name": "Two", "enabled": False, "effects": [other]})
    data["stakeholders"] = [{"persona": "sales", "drivers": [{"kpi": "win_rate", "target": 0.35}]}]
    exhibit = told(data)
    assert exhibit.title.startswith("One investment does not move win rate: 29.4% in year 2 either way")
    assert exhibit.takeaways[0] == "Not asked for now, though it would help: Two."
    assert exhibit.table is not None
    assert "Your number" not in exhibit.table.columns
    assert not exhibit.notes


def test_a_number_that_stays_stands_beside_what_the_company_gets() -> None:
    """The contract desk does nothing for quota in year 1: the page before says so, this one says why it is done."""
    results = example("contract_services")
    title = change(View(results, "sales"), sure_of(results)).title
    assert shown(results, results.asked.npv, "money") in title
    assert title.endswith("and leaves your number as it is in year 1")


def test_harm_is_told_first() -> None:
    data = winning()
    data["initiatives"][0]["effects"].append(
        {
            "lever": "issues_per_customer",
            "segment": "North",
            "low": -0.2,
            "base": -0.1,
            "high": 0.0,
            "grade": "A",
        }
    )
    first = told(data).takeaways[0]
    metric = "cases per account, repeats not counted, North"
    assert first == f"Gets worse with “One”: {metric}, from 10 a year to 11 a year."


def test_a_number_that_gets_worse_says_so() -> None:
    data = moving("win_rate", 0.3, 0.3, 0.3, **SURE)
    data["stakeholders"] = [{"persona": "service", "drivers": [{"kpi": "contacts", "target": 10_000}]}]
    assert " (worse); " in told(data, "service").title


def test_a_foundation_stands_last_and_names_what_needs_it() -> None:
    assert rows(told(small(), "ceo"))[-1][1:3] == ("Listen", "Needed first by: Act on it")


def test_problems_that_stay_are_named() -> None:
    data = winning()
    data["problems"].append({"id": "other", "what": "Nobody calls back"})
    assert told(data).takeaways[-1] == "Stays broken for now: nobody calls back."
    data["initiatives"][0]["problems"] = []
    assert told(data).title.endswith("; no problem of the case stands behind it")


def test_nothing_that_works() -> None:
    data = winning()
    data["initiatives"][0]["enabled"] = False
    exhibit = told(data)
    assert exhibit.title.startswith("No investment works in what is asked for")
    assert exhibit.table is None


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    sure = sure_of(results)
    for persona in PERSONAS:
        view = View(results, persona)
        table = check(change(view, sure), results)
        assert 0 < len(table.rows) <= ROWS
        asked = results.case.option_table[results.asked_option]
        assert {row[1] for row in table.rows} <= {i.name for i in results.case.initiatives if i.id in asked}
        helped = helping(view, sure)
        assert helped <= asked
        if helped:
            key = f"kpi.{view.kpi.id}.with"
            switches = sure.study.switched(sorted(helped), 1.0 - np.eye(len(helped)))
            values = sure.study.runs(switches, [key])[key][view.year - 1]
            after = view.kpi_value("with", view.year)
            assert after is not None
            assert np.all(values > after if view.kpi.direction == "down" else values < after)


@few(0.1)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    rng = random.Random(seed)
    results = run(random_case(rng))
    for persona in rng.sample(PERSONAS, 3):
        check(change(View(results, persona), sure_of(results)), results)


@pytest.mark.parametrize("persona", PERSONAS)
def test_nothing_private(persona: str) -> None:
    results = run(secretive())
    assert not any(CANARY in text for text in texts(change(View(results, persona), sure_of(results))))


def test_small_words() -> None:
    assert (spelled(0), spelled(3), spelled(12)) == ("No", "Three", "12")
    assert plain_text(" A line,\n and another. ") == "A line, and another"
