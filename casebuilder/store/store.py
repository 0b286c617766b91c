"""The saved cases: every save is a new version, nothing that was saved is ever overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import Connection

from casebuilder.case import Case
from casebuilder.case.text import LONGEST_NAME, utf16_length
from casebuilder.store import drafts, limits, notes, queries, saving
from casebuilder.store.content import Content, Signature
from casebuilder.store.engine import overwrite_deleted, transaction
from casebuilder.store.errors import Conflict, Deleted
from casebuilder.store.limits import Limits
from casebuilder.store.records import Draft, Kept, Kind, Place, SavedCase, Version, Whereabouts
from casebuilder.store.schema import opened

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Store:
    """Saved cases at an address (`address.default_url`); made where there are none. May be used by many threads.

    Every method raises StoreError, in a sentence for readers, where the store cannot be used or something is not
    there (NotFound). `author` is a name to be shown, empty where nobody said one.
    """

    def __init__(self, url: str, bounds: Limits | None = None, clock: Clock = utc_now) -> None:
        self._engine, self._limits, self._now = opened(url), bounds or Limits(), clock

    def close(self) -> None:
        """Let go of the file or database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    # ---- cases --------------------------------------------------------------------------------------------------

    def cases(self, in_bin: bool = False) -> tuple[SavedCase, ...]:
        """Every case, or those in the bin, the one saved last first."""
        with self._reading() as connection:
            return queries.saved_cases(connection, in_bin)

    def about(self, case_id: str) -> SavedCase:
        """One case as the list shows it, in the bin or not."""
        with self._reading() as connection:
            return queries.saved_case(connection, case_id)

    def create(
        self, case: Case, *, author: str, kind: Kind = "new", comment: str = "", key: str | None = None
    ) -> Version:
        """Keep a new case; repeated with the same key it is the same case."""
        content, signature = Content.of(case), Signature.of(kind, author, comment, key)
        with self._writing() as connection:
            return saving.create(connection, content, signature, self._limits, self._now())

    def duplicate(
        self, case_id: str, number: int | None = None, *, author: str, key: str | None = None
    ) -> Version:
        """A new case from a version of another (the newest), called a copy of it; its history stays behind."""
        kept = self.read(case_id, number)
        title = f"Copy of {kept.case.title}"
        if utf16_length(title) > LONGEST_NAME:
            title = kept.case.title
        copy = kept.case.model_copy(update={"title": title})
        comment = f"Copy of version {kept.version.number}"
        return self.create(copy, author=author, kind="duplicate", comment=comment, key=key)

    def delete(self, case_id: str) -> None:
        """Put a case into the bin; `undelete` takes it out again with everything it had."""
        with self._writing() as connection:
            saving.put_into_bin(connection, case_id, self._now())

    def undelete(self, case_id: str) -> None:
        """Take a case out of the bin."""
        with self._writing() as connection:
            saving.put_into_bin(connection, case_id, None)

    def purge(self, case_id: str) -> None:
        """Delete a case of the bin for good, with all its versions: ask before. Backups still hold it."""
        with self._writing() as connection:
            saving.purge(connection, case_id)
        overwrite_deleted(self._engine)

    # ---- versions -----------------------------------------------------------------------------------------------

    def save(
        self, case_id: str, case: Case, *, expected: int, author: str, kind: Kind = "edit", comment: str = "",
        key: str | None = None, unanswered: Iterable[str] = (), settles: Iterable[int] = (),
        place: Whereabouts | None = None,
    ) -> Version:  # fmt: skip
        """Keep a changed case as its next version; `expected` is the number of the version it was made from.

        Where that is not the newest any more, what was to be saved is kept beside it and Conflict holds both; where the
        case is in the bin, likewise, and Deleted says so. Repeated with the same key it is the same save, with the same
        answer. `unanswered` are the keys of saves just before it whose answer got lost: what they saved is nobody
        else's change. `settles` are the waiting versions that this save decides about, `place` is remembered with it,
        all in one transaction.
        """
        content, signature = Content.of(case), Signature.of(kind, author, comment, key, unanswered)
        with self._writing() as connection:
            now = self._now()
            saved = saving.save(connection, case_id, content, signature, expected, self._limits, now)
            for number in settles if saved.state == "kept" else ():
                saving.settle(connection, case_id, number)
            if place is not None:
                notes.remember_with(connection, saved, place, now)
        return self._answer(saved)

    def restore(
        self,
        case_id: str,
        number: int,
        *,
        expected: int,
        author: str,
        comment: str = "",
        key: str | None = None,
    ) -> Version:
        """Go back to an earlier version, or take one that waits, by saving it again as the newest; as `save`."""
        signature = Signature.of("restore", author, comment or f"Back to version {number}", key)
        with self._writing() as connection:
            content = queries.content(connection, case_id, number)
            saved = saving.save(connection, case_id, content, signature, expected, self._limits, self._now())
            if saved.state == "kept":
                saving.settle(connection, case_id, number)
        return self._answer(saved)

    def settle(self, case_id: str, *numbers: int) -> None:
        """Leave waiting versions where they are, for the newest one was chosen; they can still be read and restored."""
        with self._writing() as connection:
            saving.locked(connection, case_id)
            for number in numbers:
                saving.settle(connection, case_id, number)

    def wait_again(self, case_id: str, number: int) -> None:
        """Take back that a version was left: it waits for a choice once more."""
        with self._writing() as connection:
            saving.locked(connection, case_id)
            saving.wait_again(connection, case_id, number)

    def versions(
        self, case_id: str, most: int | None = None, before: int | None = None
    ) -> tuple[Version, ...]:
        """The versions of a case, the newest first, those beside the line included.

        All of them, or at most `most`; with `before`, only those with a smaller number: the next page of a list.
        """
        with self._reading() as connection:
            return queries.all_versions(connection, case_id, most, before)

    def read(self, case_id: str, number: int | None = None) -> Kept:
        """A version with its content, the newest where no number is given."""
        with self._reading() as connection:
            return queries.kept(connection, case_id, number)

    def compare(self, case_id: str, before: int, after: int) -> tuple[Case, Case]:
        """The cases of two versions, for the bridge from one to the other."""
        return self.read(case_id, before).case, self.read(case_id, after).case

    # ---- names and places ---------------------------------------------------------------------------------------

    def snapshot(self, case_id: str, number: int, label: str, *, author: str) -> Version:
        """Give a version a name, as in "CFO, 21 Nov"; StoreError where another version of the case has it."""
        with self._writing() as connection:
            notes.snapshot(connection, case_id, number, label, author, self._limits, self._now())
            return queries.version(connection, case_id, number)

    def remove_snapshot(self, case_id: str, label: str) -> None:
        """Take a name away; the version stays."""
        with self._writing() as connection:
            notes.remove_snapshot(connection, case_id, label)

    def remember(self, case_id: str, state: Mapping[str, Any], *, author: str) -> None:
        """Keep where somebody is in a case: plain data of at most 8 KB, nothing private; what was there before goes."""
        with self._writing() as connection:
            notes.remember(connection, case_id, state, author, self._now())

    def place(self, case_id: str, *, author: str) -> Place | None:
        """Where somebody was in a case; None where nothing is remembered."""
        with self._reading() as connection:
            return notes.place(connection, case_id, author)

    def last_place(self, *, author: str) -> Place | None:
        """Where somebody was last, in whichever case that is not in the bin."""
        with self._reading() as connection:
            return notes.last_place(connection, author)

    # ---- what is no case yet ------------------------------------------------------------------------------------

    def keep_draft(
        self, draft_id: str, state: Mapping[str, Any], *, author: str, writer: str, after: str = ""
    ) -> Draft:
        """Keep what somebody typed for a case that is not one yet, plain data of at most 32 KB, as it happens.

        `draft_id` is a key of the caller's (`new_key`), and so is `writer`, the name of the window that it is typed in;
        `after` is the one that had kept the draft when this one read it. Where another window keeps a draft of this
        id, this one gets an id of its own, so that neither is lost. Repeated it is the same save.
        """
        text, who = limits.draft(state), limits.name(author, "The name of the author")
        draft = Draft(limits.checked_id(draft_id), who, limits.checked_id(writer), dict(state), self._now())
        with self._writing() as connection:
            return drafts.keep(connection, draft, text, after, self._limits)

    def draft(self, draft_id: str, *, author: str) -> Draft | None:
        """A draft of somebody; None where there is none, or it is somebody else's."""
        with self._reading() as connection:
            return drafts.find(connection, draft_id, author)

    def drafts(self, *, author: str) -> tuple[Draft, ...]:
        """The drafts of somebody, the one typed in last first."""
        with self._reading() as connection:
            return drafts.of(connection, author)

    def discard_draft(self, draft_id: str) -> None:
        """Throw a draft away, as when the case was made; nothing where there is none."""
        with self._writing() as connection:
            drafts.discard(connection, draft_id)

    # ---- how ----------------------------------------------------------------------------------------------------

    def _reading(self) -> AbstractContextManager[Connection]:
        return transaction(self._engine, writes=False)

    def _writing(self) -> AbstractContextManager[Connection]:
        return transaction(self._engine, writes=True)

    def _answer(self, saved: Version) -> Version:
        """What a save answers, after it is on the disk: the version, or why it stands beside the line."""
        if saved.state == "kept":
            return saved
        with self._reading() as connection:
            case = queries.saved_case(connection, saved.case_id)
            if case.deleted_at is not None:
                raise Deleted(saved.number)
            theirs, mine = (
                queries.kept(connection, saved.case_id, number) for number in (case.version, saved.number)
            )
            base = None if saved.parent is None else queries.kept(connection, saved.case_id, saved.parent)
        raise Conflict(theirs, mine, base)
