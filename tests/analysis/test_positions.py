"""Freed hours as positions: they sum to the hours of the model, and a promise of them is worth what the model says."""

import pytest

from casebuilder.analysis.positions import freed
from casebuilder.case.reviewed import with_promise
from casebuilder.model.results import Outcome
from tests.model.cases import case_of, example, run

CONTACTS = "contract_services"


def outcome() -> Outcome:
    return example(CONTACTS).asked


def test_all_positions_together_are_the_hours_of_the_last_year() -> None:
    case, found = example(CONTACTS).case, freed(example(CONTACTS).case, outcome())
    hours = sum(outcome().flow("hours_freed")[-case.company.periods_per_year :])
    assert len(found) > 1
    assert sum(each.positions for each in found) == pytest.approx(
        hours / case.service.productive_hours_per_agent
    )
    assert [each.positions for each in found] == sorted((each.positions for each in found), reverse=True)
    assert all(each.money == pytest.approx(sum(outcome().flow(each.line)[-4:])) for each in found)


def test_what_is_paid_by_the_contact_is_cash_and_nobodys_position() -> None:
    bought = example(CONTACTS).case.service.outsourced_share
    each = next(each for each in freed(example(CONTACTS).case, outcome()) if each.promise is None)
    assert bought > 0
    assert each.counted == bought
    assert each.share_of(0.0) == bought
    assert each.share_of(each.most) == pytest.approx(1.0)
    assert each.share_of(2 * each.most) == 1.0


def test_a_promise_is_read_back_and_counts_once_it_is_agreed() -> None:
    case = example("consumer_subscription").case
    (each, *_) = freed(case, example("consumer_subscription").asked)
    share = each.share_of(each.most / 2)
    waiting = with_promise(case, each.line, share, each.most / 2, "Service")
    agreed = with_promise(case, each.line, share, each.most / 2, "Service", "service")
    npvs = [
        run(each.model_dump(by_alias=True, exclude_unset=True)).asked.npv for each in (case, waiting, agreed)
    ]
    assert npvs[1] == npvs[0] < npvs[2]
    (again, *_) = freed(agreed, example("consumer_subscription").asked)
    assert again.counted == share
    assert again.promise is not None
    assert again.promise.positions_not_refilled == each.most / 2


def test_without_the_hours_of_a_position_there_is_nothing_to_promise() -> None:
    data = example(CONTACTS).case.model_dump(by_alias=True, exclude_unset=True)
    data["service"] = {**data["service"], "productive_hours_per_agent": 0}
    assert freed(case_of(data), run(data).asked) == ()


def test_where_no_hours_become_free_there_is_nothing_to_promise() -> None:
    assert freed(example("growth_network").case, example("growth_network").asked) == ()
