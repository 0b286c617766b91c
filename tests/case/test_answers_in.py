"""Answers written into a case: the new case is valid and holds them, the old one is as it was, nothing else moves."""

from datetime import date
from pathlib import Path

import pytest

from casebuilder.analysis.signatures import signed_by
from casebuilder.case import Case, CaseError, Driver, Stakeholder, dump, load, loads
from casebuilder.case.answers_in import (
    with_confirmed,
    with_driver,
    with_owner,
    with_private,
    with_range,
    with_stakeholder,
    with_stated,
    without_driver,
    without_stakeholder,
)

EXAMPLES = Path(__file__).parents[2] / "examples"
SALES = 3
WAITING = "sales.capacity_bound"
CHURN = "segments[Enterprise].churn_rate"
SIZE = "initiatives[lost_sale_analysis].effects[win_rate,all]"
COST = "initiatives[quote_in_two_days].one_time_cost"
DAY = date(2027, 1, 15)
GOAL = Driver(kpi="bookings", importance=4, accountability="scorecard", target=26e6, due=date(2028, 6, 30))


@pytest.fixture(scope="module")
def case() -> Case:
    return load(EXAMPLES / "growth_network.yaml")


def others(case: Case, *, but: int) -> list[Stakeholder]:
    return [who for place, who in enumerate(case.stakeholders) if place != but]


def test_a_number_is_added_replaced_and_taken_out(case: Case) -> None:
    before = dump(case)
    added = with_driver(case, SALES, None, GOAL)
    assert added.stakeholders[SALES].drivers == (*case.stakeholders[SALES].drivers, GOAL)
    replaced = with_driver(added, SALES, 0, {"kpi": "win_rate", "importance": 1, "words": "Less"})
    assert replaced.stakeholders[SALES].drivers[0] == Driver(kpi="win_rate", importance=1, words="Less")
    assert without_driver(added, SALES, 4) == case
    assert others(replaced, but=SALES) == others(case, but=SALES)
    assert dump(case) == before


def test_every_answer_survives_the_file(case: Case) -> None:
    answered = with_driver(case, SALES, None, GOAL)
    answered = with_stakeholder(answered, None, {"persona": "cio", "part": "influences"})
    answered = with_private(answered, 5, "unsure", "Ask again", ("Another system",))
    answered = with_confirmed(answered, WAITING, "sales", DAY, 0.25, 0.35, 0.4)
    answered = with_confirmed(answered, SIZE, "cfo", DAY, 0.0, 0.02, 0.05)
    answered = with_owner(answered, CHURN, "service")
    for way in ("yaml", "json"):
        assert loads(dump(answered, way), f"case.{way}") == answered


def test_a_person_keeps_what_an_answer_does_not_name(case: Case) -> None:
    told = with_stakeholder(case, SALES, {"persona": "sales", "role": "VP Sales", "status": "agreed"})
    was, now = case.stakeholders[SALES], told.stakeholders[SALES]
    assert (now.drivers, now.signed, now.private) == (was.drivers, was.signed, was.private)
    assert (now.role, now.part, now.ask) == ("VP Sales", None, "")
    assert without_stakeholder(case, SALES).stakeholders == tuple(others(case, but=SALES))


def test_private_words_come_and_go_and_leave_the_stamp(case: Case) -> None:
    told = with_private(case, 0, " for it ", "", ("Not now", "  "))
    private = told.stakeholders[0].private
    assert private is not None
    assert (private.stance, private.notes, private.objections) == ("for it", "", ("Not now",))
    assert told.fingerprint == case.fingerprint
    assert with_private(told, 0) == case


def test_a_confirmed_number_has_its_range_name_and_day(case: Case) -> None:
    signed = with_confirmed(case, WAITING, "sales", DAY, 0.25, 0.35, 0.4)
    assert signed.sales.capacity_bound == 0.35
    said = signed.inputs[WAITING]
    assert (said.status, said.owner, said.as_of, said.low, said.high) == (
        "confirmed",
        "sales",
        DAY,
        0.25,
        0.4,
    )
    assert said.source.startswith("Changed from 0.3 (estimate, ")
    assert signed_by(signed, WAITING) == "sales"
    same = with_confirmed(case, WAITING, "sales", DAY, None, 0.3, None)
    assert same.inputs[WAITING].source == case.inputs[WAITING].source, (
        "what was only confirmed keeps its source"
    )
    assert same.inputs[WAITING].low is None


def test_the_size_of_an_effect_is_agreed_by_the_new_name_alone(case: Case) -> None:
    assert SIZE in case.stakeholders[SALES].signed
    signed = with_confirmed(case, SIZE, "cfo", DAY, 0.0, 0.02, 0.05)
    effect = next(i for i in signed.initiatives if i.id == "lost_sale_analysis").effects[0]
    assert (effect.low, effect.base, effect.high) == (0.0, 0.02, 0.05)
    assert effect.agreed is not None and (effect.agreed.by, effect.agreed.on) == ("cfo", DAY)
    assert SIZE not in signed.stakeholders[SALES].signed
    untouched = with_confirmed(case, SIZE, "cfo", DAY, 0.01, 0.04, 0.10)
    assert SIZE in untouched.stakeholders[SALES].signed, "nothing changed that they had signed"


def test_the_parts_of_a_cost_follow_it(case: Case) -> None:
    signed = with_confirmed(case, COST, "sales", None, None, 370_000.0, None)
    initiative = next(i for i in signed.initiatives if i.id == "quote_in_two_days")
    assert sum(item.one_time or 0.0 for item in initiative.cost_items) == pytest.approx(370_000)


def test_an_owner_confirms_nothing(case: Case) -> None:
    owned = with_owner(with_owner(case, CHURN, "service"), SIZE, "cmo")
    assert owned.inputs[CHURN].owner == "service"
    assert owned.inputs[CHURN].status == case.inputs[CHURN].status
    assert owned.inputs[CHURN].as_of == case.inputs[CHURN].as_of
    effect = next(i for i in owned.initiatives if i.id == "lost_sale_analysis").effects[0]
    assert effect.owner == "cmo" and effect.agreed is not None and effect.agreed.by == "Chief Revenue Officer"
    silent = with_owner(case, "initiatives[reference_programme].adoption", "cmo")
    assert silent.inputs["initiatives[reference_programme].adoption"].status == "estimate"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            lambda c: with_driver(c, SALES, None, {"kpi": "win_rate", "importance": 7}),
            "7 is above what is possible",
        ),
        (lambda c: with_driver(c, SALES, None, {"kpi": "win_rat"}), "is not a KPI of the catalogue"),
        (lambda c: with_driver(c, SALES, None, {"kpi": "other", "target": 1.0}), "has no name"),
        (
            lambda c: with_driver(c, SALES, None, {"kpi": "win_rate", "target": float("nan")}),
            "not a finite number",
        ),
        (lambda c: with_driver(c, 9, None, GOAL), "stakeholders: there is no number 10 among 5"),
        (lambda c: with_driver(c, -1, None, GOAL), "there is no number 0 among 5"),
        (lambda c: with_driver(c, SALES, 4, GOAL), "drivers: there is no number 5 among 4"),
        (lambda c: without_driver(c, 1, 9), "there is no number 10 among 4"),
        (lambda c: without_stakeholder(c, 5), "there is no number 6 among 5"),
        (lambda c: with_stakeholder(c, None, {"persona": "boss"}), "boss is not a persona"),
        (
            lambda c: with_stakeholder(c, None, {"persona": "sales", "role": "Chief Revenue Officer"}),
            "a second time",
        ),
        (
            lambda c: with_confirmed(c, WAITING, "sales", DAY, 0.5, 0.3, 0.6),
            "does not hold the number itself",
        ),
        (lambda c: with_confirmed(c, WAITING, "sales", DAY, 0.1, 1.3, 2.0), "above what is possible"),
        (lambda c: with_confirmed(c, SIZE, "sales", DAY, 0.5, 0.3, 0.6), "not in order"),
        (lambda c: with_confirmed(c, "sales.rep", "sales", DAY, None, 1.0, None), "has this path"),
        (lambda c: with_confirmed(c, "company.name", "sales", DAY, None, 1.0, None), "has this path"),
        (lambda c: with_confirmed(c, WAITING, "", DAY, None, 0.3, 0.4), "the text is empty"),
        (lambda c: with_owner(c, "stakeholders[sales].private.notes", "cfo"), "has this path"),
    ],
)
def test_what_is_not_possible_is_said(case: Case, answer, said: str) -> None:
    with pytest.raises(CaseError) as refused:
        answer(case)
    assert said in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_a_refusal_repeats_nothing_private(case: Case) -> None:
    with pytest.raises(CaseError) as refused:
        with_private(case, 0, "CANARY\u202e", "CANARY", ("CANARY" * 2_000,))
    assert "CANARY" not in str(refused.value)
    assert "private" in str(refused.value)


def test_a_stated_number_has_its_value_and_who_stands_behind_it(case: Case) -> None:
    stated = with_stated(case, WAITING, 0.25, "estimate", " Time study ", "VP Sales")
    said = stated.inputs[WAITING]
    assert stated.sales.capacity_bound == 0.25
    assert (said.status, said.source, said.owner) == ("estimate", "Time study", "VP Sales")
    assert loads(dump(stated)) == stated


def test_a_range_stays_while_it_holds_the_number(case: Case) -> None:
    ranged = with_confirmed(case, WAITING, "VP Sales", DAY, 0.2, 0.3, 0.4)
    kept = with_stated(ranged, WAITING, 0.35, "estimate", "", "").inputs[WAITING]
    assert (kept.low, kept.high) == (0.2, 0.4)
    gone = with_stated(ranged, WAITING, 0.5, "estimate", "", "").inputs[WAITING]
    assert (gone.low, gone.high) == (None, None)


def test_stating_another_number_takes_the_signature_off(case: Case) -> None:
    signed = with_stakeholder(case, SALES, {**case.stakeholders[SALES].model_dump(), "signed": (WAITING,)})
    assert (
        WAITING in with_stated(signed, WAITING, 0.3, "confirmed", "", "VP Sales").stakeholders[SALES].signed
    )
    assert WAITING not in with_stated(signed, WAITING, 0.2, "estimate", "", "").stakeholders[SALES].signed


def test_a_number_that_is_not_there_is_not_stated(case: Case) -> None:
    with pytest.raises(CaseError, match="has this path"):
        with_stated(case, "sales.luck", 1.0, "estimate", "", "")
    with pytest.raises(CaseError, match="below what is possible"):
        with_stated(case, WAITING, -1.0, "estimate", "", "")


def test_a_range_holds_its_number_and_leaves_the_rest(case: Case) -> None:
    ranged = with_range(case, CHURN, 0.01, 0.02)
    said, before = ranged.inputs[CHURN], case.inputs[CHURN]
    assert (said.low, said.high, said.status, said.owner) == (0.01, 0.02, before.status, before.owner)
    with pytest.raises(CaseError):
        with_range(case, CHURN, 0.5, 0.6)
