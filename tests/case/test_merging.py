"""Two people's changes of one case: neither is lost, and what both changed is named."""

import pytest

from casebuilder.case import CaseError, load
from casebuilder.case.answers_in import with_stakeholder, without_stakeholder
from casebuilder.case.edits import value_at, with_inputs
from casebuilder.case.merging import merged
from tests.house.repository import ROOT

BASE = load(ROOT / "examples" / "growth_network.yaml")
WIN, RATE = "segments[Enterprise].win_rate", "company.discount_rate"
PERSON = {"persona": "coo", "role": "Head of Delivery"}


def test_changes_of_different_numbers_both_stand():
    found = merged(BASE, with_inputs(BASE, {WIN: 0.2}), with_inputs(BASE, {RATE: 0.15}))
    assert not found.both
    assert (value_at(found.case, WIN), value_at(found.case, RATE)) == (0.2, 0.15)
    assert found.case.inputs[WIN].status == found.case.inputs[RATE].status == "estimate"


def test_what_both_changed_is_named_and_mine_stands():
    found = merged(BASE, with_inputs(BASE, {WIN: 0.2}), with_inputs(BASE, {WIN: 0.25, RATE: 0.15}))
    assert WIN in found.both
    assert value_at(found.case, WIN) == 0.25
    assert value_at(found.case, RATE) == 0.15


def test_the_same_change_twice_is_none_to_decide():
    both = with_inputs(BASE, {WIN: 0.2})
    found = merged(BASE, both, both)
    assert not found.both
    assert found.case == both


def test_somebody_new_and_a_number_both_stand():
    mine = with_stakeholder(BASE, None, PERSON)
    found = merged(BASE, with_inputs(BASE, {WIN: 0.2}), mine)
    assert found.case.stakeholders[-1].role == "Head of Delivery"
    assert value_at(found.case, WIN) == 0.2


def test_who_was_taken_out_by_one_stays_out_unless_the_other_changed_them():
    theirs = without_stakeholder(BASE, 0)
    found = merged(BASE, theirs, with_inputs(BASE, {WIN: 0.2}))
    assert len(found.case.stakeholders) == len(BASE.stakeholders) - 1
    found = merged(BASE, with_inputs(BASE, {WIN: 0.2}), theirs)
    assert len(found.case.stakeholders) == len(BASE.stakeholders) - 1


def test_two_that_cannot_stand_together_are_refused():
    effect = "initiatives[lost_sale_analysis].effects[win_rate,all]"
    theirs, mine = with_inputs(BASE, {f"{effect}.high": 0.05}), with_inputs(BASE, {f"{effect}.base": 0.09})
    with pytest.raises(CaseError):
        merged(BASE, theirs, mine)
