"""What the store hands out: a saved case, one of its versions, its content, and where somebody was in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from casebuilder.case import Case, loads

#: How a version came about.
Kind = Literal["new", "import", "edit", "read-back", "restore", "duplicate", "merge"]
#: Whether a version is in the line that leads to the newest one, stands beside it until somebody chooses, or did so.
State = Literal["kept", "aside", "settled"]


@dataclass(frozen=True)
class SavedCase:
    """A saved case as a list shows it; times are UTC, `version` is the number of the newest version.

    `title`, `fingerprint`, `saved_at` and `author` are those of the newest version. `waiting` counts the versions that
    stand beside the line, `deleted_at` is None unless the case is in the bin.
    """

    id: str
    title: str
    version: int
    fingerprint: str
    saved_at: datetime
    author: str
    created_at: datetime
    versions: int
    waiting: int
    deleted_at: datetime | None


@dataclass(frozen=True)
class Version:
    """One version of a saved case, without its content; numbers count from 1 in each case, `saved_at` is UTC.

    `parent` is the version it was made from. `snapshots` are the names that people gave it.
    """

    case_id: str
    number: int
    parent: int | None
    kind: Kind
    state: State
    title: str
    fingerprint: str
    saved_at: datetime
    author: str
    comment: str
    snapshots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A version with its content: the text of the case file, private parts included."""

    version: Version
    text: str = field(repr=False)

    @cached_property
    def case(self) -> Case:
        """The case, read from its text at the first use; CaseError where this program cannot read it any more."""
        return loads(self.text, f"version {self.version.number} of the saved case")


@dataclass(frozen=True)
class Place:
    """Where somebody was in a case when they left it: whatever the screen needs to come back to it."""

    case_id: str
    state: Mapping[str, Any]
    saved_at: datetime


@dataclass(frozen=True)
class Whereabouts:
    """A place to be remembered with a save: whose it is, and what to remember once the version has a number."""

    author: str
    state: Callable[[Version], Mapping[str, Any]]


@dataclass(frozen=True)
class Draft:
    """What somebody typed for a case that is not one yet: plain data, and the window that kept it last."""

    id: str
    author: str
    writer: str
    state: Mapping[str, Any]
    saved_at: datetime
