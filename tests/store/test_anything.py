"""Whatever people do in whatever order, the store holds what a plain dict of lists would."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casebuilder.store import Conflict, Deleted, Store, StoreError, new_key
from tests.store.samples import case, titled

LIKE = case()
TITLES = st.text("abcdefgh ZÜ東🙂'%;", min_size=1, max_size=12).filter(lambda text: text.strip() == text)


class Plain:
    """What the store should hold of one case: titles by number, the newest, what waits, whether it is deleted."""

    def __init__(self, title: str) -> None:
        self.titles, self.head, self.line = [title], 1, {1}
        self.waiting, self.deleted = set[int](), False

    def add(self, title: str, expected: int) -> bool:
        """Whether a save lands."""
        self.titles.append(title)
        landed = expected == self.head and not self.deleted
        if landed:
            self.head = len(self.titles)
            self.line.add(self.head)
        else:
            self.waiting.add(len(self.titles))
        return landed


class Machine(RuleBasedStateMachine):
    """The store beside the dict; it is shared by all runs, each of which looks at its own cases."""

    cases = Bundle("cases")

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store, self.plain = store, dict[str, Plain]()

    @rule(target=cases, title=TITLES)
    def create(self, title: str) -> str:
        id = self.store.create(titled(title, LIKE), author="Ann").case_id
        self.plain[id] = Plain(title)
        return id

    @rule(id=cases, title=TITLES, back=st.integers(0, 2), again=st.booleans())
    def save(self, id: str, title: str, back: int, again: bool) -> None:
        plain = self.plain.get(id)
        if plain is None:
            return
        expected, key = plain.head - back, new_key()
        landed = plain.add(title, expected)
        for _ in range(2 if again else 1):
            try:
                saved = self.store.save(id, titled(title, LIKE), expected=expected, author="Ann", key=key)
                assert landed
                assert saved.number == plain.head
            except (Conflict, Deleted) as refused:
                assert not landed
                assert isinstance(refused, Deleted) == plain.deleted

    @rule(id=cases, choice=st.integers(0, 20))
    def restore(self, id: str, choice: int) -> None:
        plain = self.plain.get(id)
        if plain is None or plain.deleted:
            return
        number = choice % len(plain.titles) + 1
        self.store.restore(id, number, expected=plain.head, author="Ann")
        assert plain.add(plain.titles[number - 1], plain.head)
        plain.waiting.discard(number)

    @rule(id=cases, choice=st.integers(0, 20))
    def settle(self, id: str, choice: int) -> None:
        plain = self.plain.get(id)
        if plain is not None:
            number = choice % len(plain.titles) + 1
            self.store.settle(id, number)
            plain.waiting.discard(number)

    @rule(target=cases, id=cases)
    def duplicate(self, id: str) -> str:
        if id not in self.plain:
            return id
        copy = self.store.duplicate(id, author="Ann").case_id
        self.plain[copy] = Plain(f"Copy of {self.plain[id].titles[self.plain[id].head - 1]}")
        return copy

    @rule(id=cases)
    def delete(self, id: str) -> None:
        if id in self.plain:
            self.store.delete(id)
            self.plain[id].deleted = True

    @rule(id=cases)
    def undelete(self, id: str) -> None:
        if id in self.plain:
            self.store.undelete(id)
            self.plain[id].deleted = False

    @rule(id=cases)
    def purge(self, id: str) -> None:
        try:
            self.store.purge(id)
            assert self.plain.pop(id).deleted
        except StoreError:
            assert id not in self.plain or not self.plain[id].deleted

    @invariant()
    def the_same_is_there(self) -> None:
        listed = {case.id: case for case in (*self.store.cases(), *self.store.cases(in_bin=True))}
        for id, plain in self.plain.items():
            about, versions = listed[id], self.store.versions(id)
            assert (about.version, about.deleted_at is not None) == (plain.head, plain.deleted)
            assert [version.title for version in reversed(versions)] == plain.titles
            assert {version.number for version in versions if version.state == "aside"} == plain.waiting
            assert {version.number for version in versions if version.state == "kept"} == plain.line
            assert self.store.read(id).case.title == plain.titles[plain.head - 1]

    def teardown(self) -> None:
        """Leave the shared store empty for the next run."""
        for id, plain in self.plain.items():
            if not plain.deleted:
                self.store.delete(id)
            self.store.purge(id)


@pytest.mark.parametrize("steps", [12])
def test_any_order_of_things(store: Store, steps: int) -> None:
    fewer = settings(max_examples=max(8, settings().max_examples // 5), stateful_step_count=steps)
    run_state_machine_as_test(lambda: Machine(store), settings=fewer)
