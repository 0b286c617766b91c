"""What is asked of a reader, and what somebody is told of whom nothing is asked."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.pitch import numbers
from casebuilder.pitch.exhibits.asking import NUMBERS, OWN, ask, heads_up
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, moving, run
from tests.pitch.saying import CANARY, secretive, shown, sure_of, texts
from tests.pitch.test_chain import PERSONAS, check

S = numbers.SPACE


def asked(owner: str = "sales", **person: Any) -> dict[str, Any]:
    """One investment that pays, owned by sales, of half a position and 40,000."""
    data = moving("win_rate", 0.2, 0.3, 0.4, scenarios={"base": "builtin"})
    data["initiatives"][0] |= {"owner": owner, "one_time_cost": 40_000, "internal_fte": 0.5}
    data["decision"] = {"ask": "Release it.", "decider": "cfo", "forum": "Board", "by": "2027-02-01"}
    data["stakeholders"] = [
        {"persona": "sales", "role": "Head of Sales", **person},
        {"persona": "cfo", "role": "Finance Director", "part": "approves"},
    ]
    return data


def told(data: dict[str, Any], persona: str = "sales") -> Exhibit:
    results = run(data)
    exhibit = ask(View(results, persona), sure_of(results))
    check(exhibit, results)
    return exhibit


def noted(data: dict[str, Any], persona: str = "sales") -> Exhibit:
    results = run(data)
    exhibit = heads_up(View(results, persona), sure_of(results))
    check(exhibit, results)
    return exhibit


def rows(exhibit: Exhibit) -> tuple[tuple[str, ...], ...]:
    assert exhibit.table is not None
    return exhibit.table.rows


def test_people_money_and_numbers() -> None:
    """Half a position of 100,000 a year over two years and 40,000 once."""
    exhibit = told(asked(ask="A named owner of the quoting tool."))
    assert exhibit.title.startswith("From you: a named owner of the quoting tool, and ")
    assert exhibit.title.endswith((" numbers to sign", " number to sign"))
    assert rows(exhibit)[0] == (
        "One",
        f"0.5 positions, EUR{S}140{S}K over 2 years",
        "from the start",
        "Moves win rate",
    )
    assert exhibit.takeaways[0] == "The Finance Director decides in the Board by 1 February 2027."


def test_numbers_to_sign_are_those_of_the_homework() -> None:
    data = asked()
    results = run(data)
    top = sure_of(results).homework[0]
    assert top.path == "initiatives[one].effects[win_rate,all]"
    sign = next(row for row in rows(told(data)) if row[0].startswith("Sign"))
    assert sign == (
        "Sign: what “One” does to win rate",
        "+30% (+20% to +40%)",
        "by 1 February 2027",
        f"{shown(results, top.swing, 'money')} of the return",
    )
    assert told(data).title.startswith("From you: 0.5 positions for 1 investment, and ")
    data["initiatives"][0]["effects"][0]["agreed"] = {"by": "Head of Sales"}
    assert not any("does to win rate" in row[0] for row in rows(told(data)))


def test_a_number_is_asked_of_one_person() -> None:
    """By persona, by the department in the role, or through the investment; never where it is a colleague's."""
    data = asked()
    effect = data["initiatives"][0]["effects"][0]
    for owner, reader, holder in (
        ("sales", "sales", ""),
        ("Sales", "sales", ""),
        ("Sales operations", "sales", ", with Sales operations"),
        ("Finance", "cfo", ""),
        ("cfo", "cfo", ""),
    ):
        effect["owner"] = owner
        for persona in ("sales", "cfo"):
            table = told(data, persona).table
            found = [row[0] for row in table.rows if "does to win rate" in row[0]] if table else []
            assert found == ([f"Sign{holder}: what “One” does to win rate"] if persona == reader else [])


def test_who_releases_is_told_the_amount_and_what_is_left() -> None:
    data = asked()
    data["initiatives"][0] |= {"gate": {"month": 6, "indicator": "Wins"}}
    data["decision"]["stage_1"] = {"option": "it", "until": "2027-06-30"}
    data["stakeholders"][1]["ask"] = "Release the first stage"
    results, exhibit = run(data), told(data, "cfo")
    assert exhibit.title.startswith("From you by 1 February 2027: release the first stage, and ")
    costs = results.asked.flow("costs")
    assert exhibit.figures[0].value == pytest.approx(sum(costs[:3]))
    assert exhibit.takeaways[:2] == (
        "You decide in the Board by 1 February 2027.",
        f"To release now: {shown(results, sum(costs[:3]), 'money')}, until 30 June 2027; "
        f"{shown(results, sum(costs[3:]), 'money')} more is spent after that, and each checkpoint can stop it.",
    )
    assert not any(figure.key.endswith("/stage_1") for figure in told(data).figures)


def test_whoever_decides_and_is_asked_for_nothing_else_is_asked_for_what_the_case_asks() -> None:
    data = asked()
    assert told(data, "cfo").title.startswith("From you by 1 February 2027: release it")
    assert "release it" not in told(data).title, "another reader decides nothing"
    data["decision"]["ask"] = "Release " + "it " * 40
    assert "release it it" not in told(data, "cfo").title, "no title holds that"


def test_many_investments_share_a_row_and_are_summed() -> None:
    data = asked()
    plain = {"owner": "Head of Sales", "one_time_cost": 1_000, "internal_fte": 0.1}
    data["initiatives"] += [
        {"id": f"i{n}", "name": f"Plan {n}", "start_month": n, **plain} for n in (1, 2, 3)
    ]
    table = told(data).table
    assert table is not None
    assert [row[0] for row in table.rows[: OWN + 1]] == ["One", "Plan 1", "2 more investments", "Together"]
    assert table.emphasised == OWN
    assert table.rows[OWN][1].startswith("0.8 positions, ")
    assert table.rows[1][2:] == ("from month 1", "A foundation")


def test_a_long_ask_is_said_below_the_title() -> None:
    exhibit = told(asked(ask="Please " + "do " * 50))
    assert exhibit.title.startswith("From you: 0.5 positions for 1 investment, and ")
    assert exhibit.takeaways[0].startswith("Please do do")


def test_what_is_not_asked_now_is_named() -> None:
    data = asked()
    data["initiatives"].append({"id": "later", "name": "Later", "owner": "sales", "enabled": False})
    assert told(data).takeaways[-1] == "Not asked of you now: “Later”."


def test_nothing_to_own_and_nothing_to_ask() -> None:
    exhibit = told(asked(), "risk")
    assert exhibit.title == (
        "Nothing is asked of you: the Finance Director decides on the programme by 1 February 2027"
    )
    assert exhibit.table is None
    assert exhibit.takeaways[0].startswith(
        "The Finance Director decides in the Board by 1 February 2027: release it ("
    )


def test_where_it_does_not_pay_no_money_is_asked_for() -> None:
    data = asked(ask="Half a position")
    data["initiatives"][0]["one_time_cost"] = 9e6
    results, exhibit = run(data), told(data)
    assert results.asked.npv < 0
    assert exhibit.title.endswith(
        f"as it stands the programme returns {shown(results, results.asked.npv, 'money')}"
    )
    assert exhibit.takeaways[0] == (
        "We ask you for no money and no people: in this form it does not pay. It was meant to be: half a position."
    )
    assert all(row[0].startswith("Sign") for row in (exhibit.table.rows if exhibit.table else ()))


def test_a_heads_up_says_what_changes_in_whole_things() -> None:
    data = asked()
    data["stakeholders"].append({"persona": "service", "drivers": [{"kpi": "cost_to_serve", "target": 1.0}]})
    results, exhibit = run(data), noted(data, "service")
    before, after = (results.asked.kpi("cost_to_serve", world)[1] for world in ("without", "with"))
    levels = f"{shown(results, before, 'money')} to {shown(results, after, 'money')}"
    assert exhibit.title == (
        f"Service cost gets worse with the programme, {levels} in year 2; nothing is asked of you"
    )
    assert exhibit.takeaways[0].startswith("What changes in year 2: ")
    assert exhibit.takeaways[1].startswith(
        "The Finance Director decides in the Board by 1 February 2027: release it ("
    )
    assert exhibit.takeaways[2] == (
        "If you see a reason against it, tell the Finance Director before 1 February 2027."
    )
    assert exhibit.table is None


def test_a_heads_up_where_nothing_moves() -> None:
    data = moving("days_sales_outstanding", 0.1, 0.1, 0.1)
    data["stakeholders"] = [{"persona": "cmo", "drivers": [{"kpi": "new_customers", "target": 900}]}]
    exhibit = noted(data, "cmo")
    assert exhibit.title.startswith("Nothing is asked of you, and new customers stays at ")
    assert exhibit.takeaways[0] == "Customers, contacts and people stay as they are in year 2."
    assert exhibit.takeaways[2] == "If you see a reason against it, say so before it is decided."


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    sure = sure_of(results)
    asked_for: list[str] = []
    for persona in PERSONAS:
        view = View(results, persona)
        exhibit = ask(view, sure)
        table = check(exhibit, results)
        asked_for += [row[0] for row in table.rows if row[0].startswith("Sign")]
        assert sum(row[0].startswith("Sign") for row in table.rows) <= NUMBERS
        assert len(table.rows) <= OWN + 1 + NUMBERS
        others = [s.ask for s in results.case.stakeholders if s.persona != persona and s.ask]
        assert not any(other in text for other in others for text in texts(exhibit))
        check(heads_up(view, sure), results)
    assert len(asked_for) == len(set(asked_for))


@few(0.1)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    rng = random.Random(seed)
    results = run(random_case(rng))
    sure = sure_of(results)
    for persona in rng.sample(PERSONAS, 3):
        check(ask(View(results, persona), sure), results)
        check(heads_up(View(results, persona), sure), results)


def test_nothing_private() -> None:
    results = run(secretive())
    sure = sure_of(results)
    for persona in PERSONAS:
        for exhibit in (ask(View(results, persona), sure), heads_up(View(results, persona), sure)):
            assert not any(CANARY in text for text in texts(exhibit))
