"""Where a case stands: the four numbers against the case's own flows, and against the case with cuts made by hand."""

import pytest

from casebuilder.analysis.cuts import Cut, applied
from casebuilder.analysis.standing import standing
from casebuilder.analysis.study import study
from tests.model.cases import case_of, example, run, small


def test_the_numbers_are_those_of_the_outcome() -> None:
    found = example("growth_network")
    here = standing(study(found.case, option=found.asked_option))
    assert here.npv == pytest.approx(found.asked.npv)
    assert here.roi == pytest.approx(found.asked.roi)
    assert here.payback_months == pytest.approx(found.asked.payback_months)
    assert here.payback_state == found.asked.payback_state
    assert here.cost == pytest.approx(sum(found.asked.flow("costs")))
    assert here.first is not None
    assert here.first_money == pytest.approx(sum(found.asked.flow("costs")[: here.first.period + 1]))
    assert here.pays


def test_without_a_checkpoint_the_first_money_is_all_of_it() -> None:
    data = small(decision={})
    for initiative in data["initiatives"]:
        initiative.pop("gate", None)
    here = standing(study(case_of(data)))
    assert here.first is None
    assert here.first_money == pytest.approx(sum(run(data).headline.flow("costs")))


def test_promised_hours_are_no_cash() -> None:
    plain, promised = small(), small(headline_shares={"repeat_contacts": 1.0, "self_service": 1.0})
    bare, more = standing(study(case_of(plain))), standing(study(case_of(promised)))
    assert more.npv > bare.npv
    assert more.npv_on_cash == pytest.approx(bare.npv_on_cash)


def test_what_is_never_paid_back_does_not_pay() -> None:
    here = standing(applied(study(case_of(small())), [Cut(kind="benefits", amount=0.0)]))
    assert here.payback_state == "not_reached"
    assert here.payback_months is None
    assert not here.pays


def test_nothing_spent_has_no_return_on_cost() -> None:
    data = small()
    for initiative in data["initiatives"]:
        initiative["enabled"] = False
    here = standing(study(case_of(data)))
    assert (here.roi, here.cost, here.payback_state) == (None, 0.0, "no_investment")
