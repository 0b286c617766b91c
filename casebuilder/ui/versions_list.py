"""Which lines the list of versions has: what people named stands by itself, small changes are folded, all are found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casebuilder.store import Version

#: How long small changes count as recent: these are folded by the quarter of an hour, older ones by the day (UTC).
RECENT, QUARTER = timedelta(days=1), 15
_STAMP = re.compile(r"[0-9a-f]{12}")
_START, _NO_PART_OF_IT = re.compile(r"[0-9a-f]{1,12}"), re.compile(r"version|\s")


@dataclass(frozen=True)
class Fold:
    """One line of the list: its versions, the newest first; never empty."""

    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """What the line stands for: what its changes led to."""
        return self.versions[0]

    @property
    def authors(self) -> tuple[str, ...]:
        """Who made them, each once."""
        return tuple(dict.fromkeys(each.author for each in self.versions if each.author))


def folded(versions: Iterable[Version], now: datetime, alone: Collection[int] = ()) -> tuple[Fold, ...]:
    """The versions of a case, the newest first, as lines.

    Changes without a name or comment are one line with their neighbours of the same time, whoever made them. What
    somebody named or commented on, what is no such change, what waits or waited for a choice, and the versions in
    `alone` have a line of their own.
    """
    found: list[list[Version]] = []
    for version in versions:
        small = _is_small(version) and version.number not in alone
        if small and found and _goes_on(version, found[-1][-1], now, alone):
            found[-1].append(version)
        else:
            found.append([version])
    return tuple(Fold(tuple(line)) for line in found)


def stamped(versions: Iterable[Version], typed: str) -> tuple[Version, ...]:
    """The versions whose stamp begins with what somebody typed or pasted: its first characters, or a file's name."""
    start = beginning(typed)
    return tuple(each for each in versions if each.fingerprint.startswith(start)) if start else ()


def beginning(typed: str) -> str:
    """The characters of a stamp in what somebody typed; empty where there is none."""
    text = typed.casefold()
    whole = _STAMP.search(text) or _START.fullmatch(_NO_PART_OF_IT.sub("", text))
    return whole[0] if whole else ""


def _goes_on(earlier: Version, later: Version, now: datetime, alone: Collection[int]) -> bool:
    together = _when(earlier, now) == _when(later, now)
    return together and _is_small(later) and later.number not in alone


def _is_small(version: Version) -> bool:
    return version.kind == "edit" and version.state == "kept" and not (version.comment or version.snapshots)


def _when(version: Version, now: datetime) -> Sequence[int]:
    """The time that small changes share: a quarter of an hour, or a day."""
    at = version.saved_at
    day = (at.year, at.month, at.day)
    return (*day, at.hour, at.minute // QUARTER) if now - at < RECENT else day
