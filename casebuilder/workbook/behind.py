"""What a workbook says of who stands behind its inputs: the status of each, and whether anything reads it now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from casebuilder.analysis.unbacked import Status, read_by, share_path, status_of
from casebuilder.case import Case, library
from casebuilder.pitch.assumed import stands_behind

#: What is said of a number that nobody stands behind and that nothing reads as the case stands.
IDLE: Mapping[Status, str] = {
    "default": "Starting value, read by nothing now",
    "not_stated": "Not stated, read by nothing now",
}
_SHARES = "headline_shares."


@dataclass(frozen=True)
class Behind:
    """Who stands behind the inputs of a case, by their key on Inputs."""

    case: Case

    @cached_property
    def read(self) -> frozenset[str]:
        """The paths of the numbers that are read as the case stands."""
        return read_by(self.case)

    def path(self, key: str) -> str:
        """Where the case states the number of a key."""
        line = key.removeprefix(_SHARES)
        own = line != key and line in self.case.headline_shares
        return share_path(self.case, line) if own else key

    def status(self, key: str) -> Status:
        """What the case says of it."""
        return status_of(self.case, self.path(key))

    def begins(self, key: str) -> bool:
        """Whether it is a starting value of the library."""
        return self.status(key) == "default"

    def waits(self, key: str) -> bool:
        """Whether it is a starting value to replace: nothing else is amber, and nothing else is counted."""
        return self.begins(key) and self.path(key) in self.read

    def words(self, key: str) -> str:
        """Its status in words; of what nobody stands behind also that nothing reads it."""
        status = self.status(key)
        idle = status in IDLE and self.path(key) not in self.read
        return IDLE[status] if idle else library.words().statuses[status]

    def __call__(self, key: str) -> str:
        """Its status, source and owner, or who signed it."""
        given, path = self.case.inputs.get(self.path(key)), self.path(key)
        if given is not None:
            said = [self.words(key), given.source, given.owner]
            return ", ".join(part for part in said if part)
        signed = self.status(key) == "confirmed"
        return f"{self.words(key)}, {stands_behind(self.case, path)}" if signed else self.words(key)

    def each(self, keys: Iterable[str]) -> str:
        """What is said of several, each once."""
        return "; ".join(dict.fromkeys(self(key) for key in keys))

    def nobody(self, keys: Iterable[str]) -> Iterator[str]:
        """What nobody stands behind of some inputs: each status with how many of them have it."""
        found = Counter(self.words(key) for key in keys if self.status(key) in IDLE)
        yield from (f"{words}: {many}" for words, many in found.items())
