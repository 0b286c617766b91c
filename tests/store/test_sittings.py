"""Many small edits in one go are one line of the list, and nothing is lost from it."""

import pytest

from casebuilder.store import Conflict, Store, sittings
from tests.store.conftest import Clock
from tests.store.samples import case


@pytest.fixture
def url(file: object) -> str:
    """One engine is enough: the store only lists."""
    return f"sqlite:///{file}"


def test_edits_of_one_person_in_one_go_are_one_sitting(store: Store, clock: Clock) -> None:
    id = store.create(case("0"), author="Ann", kind="import").case_id
    for number in range(1, 5):
        store.save(id, case(f"{number}"), expected=number, author="Ann")
    clock.wait(minutes=30)
    store.save(id, case("later"), expected=5, author="Ann")
    store.save(id, case("Ben"), expected=6, author="Ben")
    groups = sittings(store.versions(id))
    assert [[version.title for version in group.versions] for group in groups] == [
        ["Ben"], ["later"], ["4", "3", "2", "1"], ["0"],
    ]  # fmt: skip
    assert groups[2].newest.title == "4"
    assert groups[2].began_at < groups[2].newest.saved_at


def test_what_matters_stands_at_the_top_of_its_own_sitting(store: Store) -> None:
    id = store.create(case("0"), author="Ann").case_id
    for number in range(1, 6):
        comment = "agreed with the CFO" if number == 4 else ""
        store.save(id, case(f"{number}"), expected=number, author="Ann", comment=comment)
    store.snapshot(id, 3, "first look", author="Ann")
    with pytest.raises(Conflict):
        store.save(id, case("beside"), expected=1, author="Ann")
    titles = [[version.title for version in group.versions] for group in sittings(store.versions(id))]
    assert titles == [["beside"], ["5"], ["4", "3"], ["2", "1"], ["0"]]


def test_no_versions_no_sittings() -> None:
    assert sittings(()) == ()
