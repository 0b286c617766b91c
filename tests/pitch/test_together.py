"""Those who decide together: no single person's number leads, everybody's ask stands there, nothing private does."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.case import library
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Pitch
from casebuilder.pitch.story import committee, pitch
from casebuilder.pitch.together import COMMITTEE, NobodysNumber, Together, look
from casebuilder.pitch.view import View
from tests.agreement.random_cases import random_case
from tests.model.cases import EXAMPLES, example, few, run, small
from tests.pitch.saying import CANARY, secretive, sure_of, texts
from tests.pitch.test_asking import asked
from tests.pitch.test_story import HARD, check_chart, check_figure, check_table, check_words, hard, losing


def told(results: Results) -> Pitch:
    """The committee's pitch, once every number and sentence in it was checked."""
    found = committee(results, sure_of(results))
    known = library.committee()
    empty = {exhibit.id for exhibit in found.left_out}
    told = [id for id in (*known.story, *known.backup) if id not in empty]
    assert [exhibit.id for exhibit in found.exhibits] == ["cover", *told]
    assert not empty & {"decision", "versions", "asks"}
    for exhibit in found.exhibits:
        check_words(exhibit)
        for figure in exhibit.figures:
            check_figure(results, figure)
            assert "/kpi/" not in figure.key, "a number of one person"
        if exhibit.chart:
            check_chart(results, exhibit.chart)
        if exhibit.table:
            check_table(results, exhibit.table)
    return found


def spoken_to(found: Pitch) -> list[str]:
    """What speaks to a single reader; notes are the speaker's, and a row may quote what is asked of somebody."""
    shown = [text for e in found.exhibits if e.id != "asks" for text in (e.title, *e.takeaways)]
    return [text for text in shown if "your number" in text.lower() or "From you" in text]


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    results = example(name)
    found = told(results)
    assert found.role == results.case.decision.forum
    assert spoken_to(found) == []
    titles = [exhibit.title for exhibit in found.exhibits]
    assert len(set(titles)) == len(titles)
    money = numbers.money(results.asked.npv, found.currency)
    assert money in found.exhibits[1].title
    assert found.exhibit("versions").table.rows[0][0] == "Do nothing"


@pytest.mark.parametrize("name", HARD)
def test_hard_cases(name: str) -> None:
    told(hard(name))


@few(0.2)
@given(st.integers(0, 10**9))
def test_any_case(seed: int) -> None:
    assert spoken_to(told(run(random_case(random.Random(seed))))) == []


def test_it_is_a_pitch_like_any_other() -> None:
    results = run(small())
    assert pitch(results, COMMITTEE) == committee(results)
    assert COMMITTEE not in library.personas(), "a persona of that name could not be told apart"
    assert isinstance(look(results, COMMITTEE), Together)
    assert look(results, "cfo") == View(results, "cfo")


def test_asking_for_its_own_number_is_a_mistake() -> None:
    view = Together(run(small()))
    with pytest.raises(NobodysNumber):
        view.kpi_figure()
    assert view.stakeholder is None and view.role == library.committee().title


def test_what_must_be_true_stands_beside_the_doubts() -> None:
    found = committee(example("growth_network"), sure_of(example("growth_network")))
    assert found.exhibit("against").takeaways[0] == f"{found.exhibit('must_be_true').title}."


# What is asked of whom


def row(data: dict[str, Any], role: str) -> tuple[str, ...]:
    table = told(run(data)).exhibit("asks").table
    assert table is not None
    return next(cells for cells in table.rows if cells[0] == role)


def test_each_is_asked_what_their_own_page_asks() -> None:
    """Half a position of sales and the numbers of their page; finance, who approves, comes first."""
    data = asked(ask="A named owner of the quoting tool.")
    results = run(data)
    own = pitch(results, "sales", sure_of(results)).exhibit("ask").title
    cells = row(data, "Head of Sales")
    assert cells[1:3] == ("A named owner of the quoting tool", "0.5 positions")
    assert cells[4] == "by 1 February 2027"
    words = {"1": "one number", "2": "two numbers", "3": "three numbers"}[cells[3]]
    assert f"{words} to sign" in own
    exhibit = told(results).exhibit("asks")
    assert exhibit.title.endswith("to sign, decided by 1 February 2027")
    assert exhibit.takeaways[0] == "The Finance Director decides in the Board by 1 February 2027."


def test_of_whom_nothing_is_asked() -> None:
    data = asked(ask="Half a person")
    data["stakeholders"].append({"persona": "risk", "role": "Chief Risk Officer"})
    exhibit = told(run(data)).exhibit("asks")
    assert exhibit.takeaways[-1] == "Nothing is asked of: Chief Risk Officer."


def test_a_second_person_of_a_position_has_their_own_ask_alone() -> None:
    data = asked(ask="Half a person")
    data["stakeholders"].append({"persona": "sales", "role": "Sales North", "ask": "Open doors."})
    assert row(data, "Sales North") == ("Sales North", "Open doors", "", "", "by 1 February 2027")


def test_where_it_does_not_pay_nobody_is_asked_for_money_or_people() -> None:
    data = losing()
    data["stakeholders"] = [{"persona": "sales", "role": "CRO", "ask": "Half a person"}]
    exhibit = told(run(data)).exhibit("asks")
    assert exhibit.title.startswith("We ask for ")
    assert "Half a person" not in " ".join(texts(exhibit))
    assert all(cells[2] == "" for cells in (exhibit.table.rows if exhibit.table else ()))


def test_nothing_private() -> None:
    assert [text for text in texts(told(run(secretive()))) if CANARY in text] == []
    assert not any("Keep them" in text for text in texts(told(run(secretive()))))
