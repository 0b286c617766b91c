"""A disappointing answer goes on: each way is tried in the case itself, and does what it says."""

import pytest

from casebuilder.analysis.cuts import Cut, applied
from casebuilder.analysis.facts import is_fact
from casebuilder.analysis.study import Study, study
from casebuilder.analysis.ways_on import DRAGS, TURNS, ways_on
from tests.model.cases import example


def retention() -> Study:
    """An option of the example that returns less than it costs."""
    return study(example("growth_network").case, option="retention")


def test_what_drags_returns_less_than_it_costs() -> None:
    found = ways_on(retention())
    assert found.npv == pytest.approx(example("growth_network").option("retention").npv)
    assert found.npv < 0
    assert 0 < len(found.drags) <= DRAGS
    assert [worth for _, worth in found.drags] == sorted(worth for _, worth in found.drags)
    assert all(worth < 0 for _, worth in found.drags)
    assert {id for block, _ in found.drags for id in block} <= set(retention().members)


def test_what_drags_goes_with_all_that_needs_it() -> None:
    own = retention()
    for block, worth in ways_on(own).drags:
        without = own.npv({own.switch(id): 0.0 for id in block})
        assert own.npv() - without == pytest.approx(worth), "the return gains just that without them"
        left = [each for each in own.case.initiatives if each.id in own.members and each.id not in block]
        assert not any(set(block) & set(each.requires) for each in left)


def test_what_the_smaller_version_keeps_is_not_blamed() -> None:
    found = ways_on(study(example("growth_network").case, option="full"))
    assert found.smaller is not None
    assert not any(set(block) & set(found.smaller.initiatives) for block, _ in found.drags)


def test_the_smaller_version_pays_and_is_smaller() -> None:
    whole = study(example("growth_network").case, option="full")
    found = ways_on(whole)
    assert found.smaller is not None
    assert set(found.smaller.initiatives) < set(whole.members)
    assert (
        whole.npv({whole.switch(id): 0.0 for id in whole.members if id not in found.smaller.initiatives}) > 0
    )


def test_each_number_alone_turns_the_verdict() -> None:
    own = applied(study(example("contract_services").case, option=example("contract_services").asked_option), [
        Cut(kind="benefits", amount=0.5)
    ])  # fmt: skip
    found = ways_on(own)
    assert found.npv < 0
    assert 0 < len(found.turns) <= TURNS
    for each in found.turns:
        assert not is_fact(own.case, each.range.path), "what a report says turns nothing"
        assert each.value is not None
        way = each.value - each.range.at
        assert own.npv({each.range.key: each.value - 0.01 * way}) <= 0, each.range.path
        assert own.npv({each.range.key: each.value + 0.01 * way}) >= 0, each.range.path


def test_a_programme_that_cannot_be_smaller_has_no_smaller_version() -> None:
    own = study(example("growth_network").case, option="do_nothing")
    found = ways_on(own)
    assert (found.drags, found.smaller) == ((), None)
