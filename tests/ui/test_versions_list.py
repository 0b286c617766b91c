"""The lines of the list of versions: small changes folded by their time, what matters by itself, all found by stamp."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casebuilder.store import Version
from casebuilder.ui.versions_list import beginning, folded, stamped

NOW = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)


def version(number: int, ago: timedelta, author: str = "Ann", **more: Any) -> Version:
    usual = {"kind": "edit", "state": "kept", "comment": "", "fingerprint": f"{number:012x}"}
    return Version("c", number, number - 1, title="", saved_at=NOW - ago, author=author, **{**usual, **more})


def numbers(versions: list[Version], alone: tuple[int, ...] = ()) -> list[list[int]]:
    newest_first = sorted(versions, key=lambda each: -each.number)
    return [[each.number for each in line.versions] for line in folded(newest_first, NOW, alone)]


def minutes(many: float) -> timedelta:
    return timedelta(minutes=many)


def test_changes_of_a_quarter_of_an_hour_are_one_line_whoever_made_them() -> None:
    found = [version(n, minutes(20 - n), "Ann" if n % 2 else "Ben") for n in range(1, 9)]
    assert numbers(found) == [[8, 7, 6, 5], [4, 3, 2, 1]], "15:45 begins the next quarter"
    assert folded(found[::-1], NOW)[0].authors == ("Ben", "Ann")


def test_older_changes_are_folded_by_the_day() -> None:
    found = [version(n, timedelta(days=3, hours=2 * n)) for n in range(1, 5)]
    assert [sorted(line) for line in numbers(found)] == [[1, 2, 3, 4]]
    other_days = [version(1, timedelta(days=4)), version(2, timedelta(days=3))]
    assert numbers(other_days) == [[2], [1]]


@pytest.mark.parametrize(
    "matters",
    [
        {"snapshots": ("CFO, 21 Nov",)}, {"comment": "agreed"}, {"kind": "restore"}, {"kind": "read-back"},
        {"state": "aside"}, {"state": "settled"},
    ],
)  # fmt: skip
def test_what_matters_has_its_own_line_and_divides_those_around_it(matters: dict[str, Any]) -> None:
    found = [version(n, minutes(10 - n), **(matters if n == 3 else {})) for n in range(1, 6)]
    assert numbers(found) == [[5, 4], [3], [2, 1]]


def test_what_is_on_the_screen_has_its_own_line() -> None:
    found = [version(n, minutes(10 - n)) for n in range(1, 6)]
    assert numbers(found, alone=(5, 2)) == [[5], [4, 3], [2], [1]]


def test_no_version_is_left_out_and_none_twice() -> None:
    kinds = ("edit", "edit", "edit", "restore", "merge")
    found = [version(n, minutes(7.0 * (200 - n)), kind=kinds[n % 5]) for n in range(1, 200)]
    assert [number for line in numbers(found) for number in line] == list(range(199, 0, -1))


def test_a_version_is_found_by_the_first_characters_of_its_stamp() -> None:
    found = [
        version(n, minutes(n), fingerprint=stamp)
        for n, stamp in ((1, "1f9bbdcc8b27"), (2, "1f00deadbeef"), (3, "1f9bbdcc8b27"))
    ]
    assert [each.number for each in stamped(found, "1f9")] == [1, 3]
    assert [each.number for each in stamped(found, "1F")] == [1, 2, 3]
    assert stamped(found, "c8b27") == stamped(found, " ") == stamped(found, "xyz") == ()


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("Version 1F9B", "1f9b"),
        ("get-the-first-three-boxes-right-cfo-1f9bbdcc8b27.pptx", "1f9bbdcc8b27"),
        ("Version 1f9bbdcc8b27 · model 1 · 2027-02-01", "1f9bbdcc8b27"),
        ("no way", ""),
        ("?!", ""),
    ],
)
def test_a_stamp_may_be_typed_or_pasted_with_what_stands_around_it(typed: str, start: str) -> None:
    assert beginning(typed) == start
