"""Texts that would harm an output later are refused when they come; what only looks harmful is kept as it is."""

import pytest

from casebuilder.case.text import LONGEST_NAME
from casebuilder.store import Store, StoreError
from casebuilder.store.limits import LONGEST_PLACE
from tests.store.samples import CANARY, case, titled

HARMLESS = (
    "'; DROP TABLE saved_case; --",
    '100 % of "all" \\ $1 :name {x} ?',
    "=HYPERLINK(1)",
    "<script>alert(1)</script>",
    "Zürich 東京 🙂",
)
HARMFUL = ("half \ud83d", "turn \u202e", "bell \x07", "null \x00", "none \uffff")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_harmful_is_kept_as_it_is(store: Store, text: str) -> None:
    id = store.create(case(text), author=text, comment=text).case_id
    store.snapshot(id, 1, text, author=text)
    store.remember(id, {text: text}, author=text)
    (version,) = store.versions(id)
    assert (version.title, version.author, version.comment, version.snapshots) == (text, text, text, (text,))
    place = store.place(id, author=text)
    assert place is not None
    assert place.state == {text: text}
    assert store.read(id).case.title == text
    store.remove_snapshot(id, text)


@pytest.mark.parametrize("text", HARMFUL)
def test_what_breaks_outputs_is_refused(store: Store, text: str) -> None:
    id = store.create(case(), author="Ann").case_id
    for save in (
        lambda: store.save(id, case(), expected=1, author=text),
        lambda: store.save(id, case(), expected=1, author="Ann", comment=text),
        lambda: store.save(id, titled(text), expected=1, author="Ann"),
        lambda: store.create(titled(text), author="Ann"),
        lambda: store.snapshot(id, 1, text, author="Ann"),
        lambda: store.remember(id, {}, author=text),
        lambda: store.place(id, author=text),
    ):
        with pytest.raises(StoreError, match=r"holds|was not saved"):
            save()
    assert store.about(id).versions == 1


def test_half_a_character_inside_a_case_is_refused(store: Store) -> None:
    company = case().company.model_copy(update={"name": f"{CANARY} \ud800"})
    broken = case().model_copy(update={"company": company})
    with pytest.raises(StoreError, match="half of a character") as caught:
        store.create(broken, author="Ann")
    assert CANARY not in str(caught.value)


def test_texts_and_cases_have_a_longest(store: Store) -> None:
    id = store.create(case(), author="a" * LONGEST_NAME).case_id
    with pytest.raises(StoreError, match="201 characters; at most 200"):
        store.save(id, case(), expected=1, author="a" * 201)
    with pytest.raises(StoreError, match="a line end"):
        store.save(id, case(), expected=1, author="Ann\nBen")
    with pytest.raises(StoreError, match="at most 5000"):
        store.save(id, case(), expected=1, author="Ann", comment="x" * 5001)
    company = case().company.model_copy(update={"name": CANARY * 30_000})
    with pytest.raises(StoreError, match=r"The case has 293 KB .* at most 256 KB") as caught:
        store.save(id, case().model_copy(update={"company": company}), expected=1, author="Ann")
    assert CANARY not in str(caught.value)
    store.remember(id, {"at": "x" * (LONGEST_PLACE - 20)}, author="Ann")
    with pytest.raises(ValueError, match="at most"):
        store.remember(id, {"at": "x" * LONGEST_PLACE}, author="Ann")
    with pytest.raises(ValueError):
        store.remember(id, {"at": float("nan")}, author="Ann")


def test_what_is_handed_around_does_not_show_what_is_private(store: Store) -> None:
    kept = store.read(store.create(case(), author="Ann").case_id)
    assert CANARY in kept.text
    assert CANARY not in repr(kept)
