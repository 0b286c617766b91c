"""What a refresh did, as records: what follows the case now, what was left alone and why."""

from dataclasses import dataclass
from typing import Literal

#: changed: follows the case; yours: somebody changed it, left alone; gone: the case has it no more; added: the case has
#: it and the deck has not; redrawn: a chart or table made anew; look: somebody should look at it.
What = Literal["changed", "yours", "gone", "added", "redrawn", "look"]


@dataclass(frozen=True)
class Finding:
    """One thing about one shape; `slide` counts from 1 in the edited deck and is 0 for the deck as a whole.

    `old` is what stands in the edited deck, `new` what the deck of the case as it is now says.
    """

    what: What
    slide: int
    exhibit: str
    piece: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Refreshed:
    """A refreshed deck and what was done to it; `content` is the new file.

    `before` and `after` are the stamps, replaced in `stamped` places; `known` tells whether the deck said what was
    ours, `renamed` what the case was called and is, where that differs.
    """

    name: str
    persona: str
    content: bytes
    findings: tuple[Finding, ...]
    before: str
    after: str
    stamped: int
    known: bool
    renamed: tuple[str, str] | None = None

    def only(self, *kinds: What) -> tuple[Finding, ...]:
        """The findings of some kinds."""
        return tuple(each for each in self.findings if each.what in kinds)
