"""Older formats are brought up step by step, newer ones are refused."""

from typing import Any

import pytest

from casebuilder.case.migrate import FORMAT, STEPS, migrated, version_flaw


def rename(data: dict[str, Any]) -> dict[str, Any]:
    return {key.replace("firm", "company"): value for key, value in data.items()}


def shorten(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "title": data["title"][:3]}


OLDER = {2: rename, 3: shorten}


def test_every_older_format_has_a_step() -> None:
    assert sorted(STEPS) == list(range(1, FORMAT))


def test_steps_are_taken_in_order() -> None:
    data = {"casebuilder": 2, "title": "long", "firm": {}}
    assert version_flaw(data, OLDER, newest=4) is None
    assert migrated(data, OLDER, newest=4) == {"casebuilder": 4, "title": "lon", "company": {}}
    assert migrated({"casebuilder": 3, "title": "long"}, OLDER, newest=4) == {
        "casebuilder": 4,
        "title": "lon",
    }
    assert migrated({"casebuilder": 4, "title": "long"}, OLDER, newest=4) == {
        "casebuilder": 4,
        "title": "long",
    }
    assert data["casebuilder"] == 2


@pytest.mark.parametrize(
    ("version", "found"),
    [
        (5, "newer version"),
        (1, "there is no format 1"),
        (-1, "there is no format -1"),
        (True, "true"),
        (4.0, "number 4"),
        ("4", "text '4'"),
        (None, "nothing"),
    ],
)
def test_what_cannot_be_brought_up(version: object, found: str) -> None:
    flaw = version_flaw({"casebuilder": version}, OLDER, newest=4)
    assert flaw is not None
    assert found in flaw.found
    assert flaw.allowed.startswith("4")
