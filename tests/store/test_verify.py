"""Each kind of damage to what was saved is found and said; a store without damage has none."""

import pytest
from sqlalchemy import text

from casebuilder.store import Store, StoreError, verify
from casebuilder.store.engine import transaction
from casebuilder.store.schema import opened
from tests.store.samples import CANARY, case


@pytest.fixture
def id(store: Store) -> str:
    """A case with two versions."""
    id = store.create(case(CANARY), author="Ann").case_id
    store.save(id, case("Two"), expected=1, author="Ann")
    return id


def harm(url: str, statement: str) -> None:
    """Change a store behind its back."""
    engine = opened(url)
    with transaction(engine, writes=True) as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_sound_store_has_no_problems(id: str, url: str) -> None:
    found = verify(url)
    assert (found.cases, found.versions, found.problems) == (1, 2, ())


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE saved_version SET content = substr(content, 1, 40) WHERE number = 1", "version 1: its text"),
        (
            "UPDATE saved_version SET content = "
            "(SELECT content FROM saved_version WHERE number = 2) WHERE number = 1",
            "version 1: its text",
        ),
        ("UPDATE saved_version SET fingerprint = 'ffffffffffff' WHERE number = 2", "had ffffffffffff when"),
        ("DELETE FROM saved_version WHERE number = 2", "its newest version is missing"),
        ("UPDATE saved_case SET last_number = 1", "its newest version is missing"),
    ],
)
def test_damage_is_found(id: str, url: str, statement: str, complaint: str) -> None:
    harm(url, statement)
    (problem,) = verify(url).problems
    assert id in problem
    assert complaint in problem
    assert CANARY not in problem


def test_a_damaged_version_is_not_handed_out(id: str, url: str, store: Store) -> None:
    harm(url, "UPDATE saved_version SET content = substr(content, 1, 40) WHERE number = 1")
    with pytest.raises(StoreError, match="Version 1 of this case is damaged"):
        store.read(id, 1)
    assert store.read(id, 2).case.title == "Two"
