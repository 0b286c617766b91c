"""Why the store did not do what was asked, in sentences that say what, where and what to do."""

from __future__ import annotations

from casebuilder.store.records import Kept


class StoreError(Exception):
    """Something the store does not do; the text is for readers and repeats nothing that a case says."""


class NotFound(StoreError):
    """There is no such case, version or snapshot."""


class Deleted(StoreError):
    """The case is in the bin; what was to be saved is kept in it as a version that waits, `number`."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            f"This case was deleted while you worked on it. What you changed is kept in it as version {number}: "
            "take the case out of the bin to go on."
        )


class Conflict(StoreError):
    """Somebody saved first. All three are kept: `theirs` is the newest, `mine` waits, `base` is where both began.

    `base` is None where the version that was worked on is not in the store, as after an older backup was restored.
    """

    def __init__(self, theirs: Kept, mine: Kept, base: Kept | None) -> None:
        self.theirs, self.mine, self.base = theirs, mine, base
        who = theirs.version.author or "somebody"
        super().__init__(
            f"While you worked on this case, {who} saved version {theirs.version.number} of it. "
            f"What you changed is kept as version {mine.version.number}, nothing is lost: compare the two and choose."
        )
