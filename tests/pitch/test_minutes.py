"""The minutes of a review: start and end numbers, every change and doubt with its step, who agreed, what is open."""

from datetime import date
from typing import Any

import pytest

from casebuilder import build
from casebuilder.analysis.bridge import bridge
from casebuilder.analysis.cuts import applied, cut, cuts_of
from casebuilder.analysis.standing import standing
from casebuilder.analysis.study import study
from casebuilder.case import Case, Doubt
from casebuilder.case.answers_in import with_confirmed
from casebuilder.case.edits import with_input
from casebuilder.case.reviewed import with_doubts, with_kept, with_open_point, with_promise, with_settled
from casebuilder.pitch import numbers
from casebuilder.pitch.minutes import Minutes, Part, minutes
from casebuilder.pitch.reviewing import Reviewed
from casebuilder.pitch.view import stamp_of
from tests.model.cases import case_of, example
from tests.pitch.saying import CANARY, secretive, texts

DAY = date(2026, 11, 21)
CHURN = "segments[Single-site].churn_rate"


def written(start: Case, end: Case, present: str = "") -> Minutes:
    found = build.evaluate(end)
    own, before = (
        study(end, option=found.asked_option),
        study(start, option=build.evaluate(start).asked_option),
    )
    cuts = cuts_of(end.review.doubts)
    reviewed = Reviewed(standing(own), standing(applied(own, cuts)), cut(own, cuts), bridge(start, end))
    return minutes(found, start, standing(before), reviewed, DAY, present)


def part(found: Minutes, title: str) -> Part:
    return next(each for each in found.parts if each.title == title)


def rows(found: Minutes, title: str) -> tuple[tuple[str, ...], ...]:
    table = part(found, title).table
    assert table is not None, title
    return table.rows


def start() -> Case:
    return example("contract_services").case


@pytest.fixture(scope="module")
def end() -> Case:
    case = with_confirmed(start(), CHURN, "cfo", DAY, None, 0.2, None)
    case = with_input(case, "company.discount_rate", 0.12)
    case = with_doubts(case, [Doubt(kind="costs", amount=1.2), Doubt(kind="cash_only")])
    case = with_kept(case, "CFO, 21 Nov", "cfo", DAY, case.review.doubts)
    case = with_open_point(case, "Who pays for licences?", "cio", DAY)
    case = with_settled(with_open_point(case, "By when?", "", None), 1, DAY)
    return with_promise(case, "contacts_avoided", 0.5, 1.0, "service", "coo", DAY)


def test_the_numbers_are_those_of_both_ends(end: Case) -> None:
    found = {label: cells for label, *cells in rows(written(start(), end), "The numbers")}
    currency = start().company.currency
    cases = (start(), end)
    expected = [numbers.money(build.evaluate(case).asked.npv, currency) for case in cases]
    assert found["Net present value"][:2] == expected
    own = study(end, option=build.evaluate(end).asked_option)
    assert found["Net present value"][2] == numbers.money(cut(own, cuts_of(end.review.doubts)).end, currency)


def test_every_change_stands_with_before_now_and_its_step(end: Case) -> None:
    found = {name: cells for name, *cells in rows(written(start(), end), "What was changed")}
    assert found["Hurdle rate"][1] == "12%"
    churn = next(cells for name, cells in found.items() if name.startswith("Revenue churn"))
    assert churn[1] == "20%"
    assert churn[2].startswith("EUR")


def test_every_doubt_stands_with_what_it_takes(end: Case) -> None:
    found = rows(written(start(), end), "What was doubted")
    assert [row[0] for row in found] == ["Costs 20% higher", "Cash only"]
    assert "change no number of the case" in part(written(start(), end), "What was doubted").note


def test_what_was_agreed_in_the_review_and_nothing_older(end: Case) -> None:
    found = rows(written(start(), end), "What was agreed")
    assert len(found) == 2
    assert [row[3] for row in found] == ["21 November 2026"] * 2
    values = {row[1].split(",")[0].replace("\N{NO-BREAK SPACE}", " ") for row in found}
    assert values == {"20%", "1 position not refilled"}


def test_questions_stand_with_who_and_until_when(end: Case) -> None:
    found = rows(written(start(), end), "Parking lot")
    assert found[0][0] == "Who pays for licences?"
    assert found[0][2:] == ("21 November 2026", "open")
    assert found[1][1:] == ("nobody yet", "", "settled 21 November 2026")


def test_kept_doubts_stand_whole(end: Case) -> None:
    ((name, _, on, doubts, left),) = rows(written(start(), end), "Kept beside ours")
    own = study(end, option=build.evaluate(end).asked_option)
    kept = cut(own, cuts_of(end.review.kept[0].doubts))
    assert left == numbers.money(kept.end, end.company.currency)
    assert (name, on, doubts) == ("CFO, 21 Nov", "21 November 2026", "Costs 20% higher; Cash only")


def test_snapshots_stand_beside_the_end(end: Case) -> None:
    found, before = build.evaluate(end), build.evaluate(start())
    sides = [study(case, option=each.asked_option) for case, each in ((end, found), (start(), before))]
    now, then = (Reviewed(standing(own), standing(own), cut(own, ()), None) for own in sides)
    told = minutes(found, start(), then.ours, now, DAY, versions=[("After coffee", then)])
    table = part(told, "Snapshots").table
    assert table is not None
    assert table.columns == ("", "After coffee", "At the end")
    row = next(row for row in table.rows if row[0] == "Net present value")
    assert row[1:] == tuple(numbers.money(each.ours.npv, end.company.currency) for each in (then, now))


def test_an_empty_review_says_so() -> None:
    found = written(start(), start())
    assert [each.title for each in found.parts if each.table is None] == [
        "What was changed",
        "What was doubted",
        "What was agreed",
        "Parking lot",
        "Kept beside ours",
        "Snapshots",
    ]
    assert all(each.nothing for each in found.parts if each.table is None)


def test_an_effect_that_was_agreed_is_told(end: Case) -> None:
    effect: Any = next(e for i in start().initiatives if i.id == "complaint_causes" for e in i.effects)
    path = f"initiatives[complaint_causes].effects[{effect.lever},{effect.segment}]"
    agreed = with_confirmed(start(), path, "cfo", DAY, effect.low, effect.base, effect.high)
    ((name, _, by, on),) = rows(written(start(), agreed), "What was agreed")
    assert "Remove" in name or ":" in name
    assert (by, on) == (next(s.role for s in start().stakeholders if s.persona == "cfo"), "21 November 2026")


def test_one_stamp_and_who_was_there(end: Case) -> None:
    found = written(start(), end, " A. Jones,\nB. Smith ")
    assert found.stamp == stamp_of(end)
    assert found.present == "A. Jones, B. Smith"
    assert found.held == "21 November 2026"


def test_nothing_private_is_in_the_minutes() -> None:
    case = case_of(secretive())
    found = written(case, with_doubts(case, [Doubt(kind="costs", amount=1.2)]))
    assert [text for text in texts(found) if CANARY in text] == []
