"""Many small edits by one person in one go, shown as one line; each of them stays a version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from casebuilder.store.records import Version

#: A pause longer than this begins a new sitting.
PAUSE = timedelta(minutes=10)


@dataclass(frozen=True)
class Sitting:
    """Versions that belong together, the newest first; never empty."""

    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """What the sitting led to."""
        return self.versions[0]

    @property
    def began_at(self) -> datetime:
        """When its first version was saved, UTC."""
        return self.versions[-1].saved_at


def sittings(versions: Iterable[Version], pause: timedelta = PAUSE) -> tuple[Sitting, ...]:
    """The versions of a case, the newest first as the store lists them, grouped for a list.

    Edits of one author with at most `pause` between two of them are one sitting. What somebody named, commented on,
    brought in from outside or still has to choose about always stands on its own line, at the top of its sitting.
    """
    groups: list[list[Version]] = []
    for version in versions:
        if groups and _goes_on(version, groups[-1][-1], pause):
            groups[-1].append(version)
        else:
            groups.append([version])
    return tuple(Sitting(tuple(group)) for group in groups)


def _goes_on(earlier: Version, later: Version, pause: timedelta) -> bool:
    together = earlier.author == later.author and later.saved_at - earlier.saved_at <= pause
    return together and _small(earlier) and _is_edit(later)


def _is_edit(version: Version) -> bool:
    return version.kind == "edit" and version.state == "kept"


def _small(version: Version) -> bool:
    return _is_edit(version) and not version.comment and not version.snapshots
