"""Writes versions, each inside one transaction that its caller holds: a save lands, or is kept aside, never half."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from casebuilder.store import queries
from casebuilder.store.content import Content, Signature
from casebuilder.store.engine import alone
from casebuilder.store.errors import NotFound, StoreError
from casebuilder.store.limits import Limits, is_id, is_number, new_id
from casebuilder.store.records import State, Version
from casebuilder.store.tables import cases, versions


def create(
    connection: Connection, content: Content, signature: Signature, limits: Limits, now: datetime
) -> Version:
    """A new case with its first version; a repeated key answers with the case it made before."""
    alone(connection)
    before = _repeated(connection, content, signature)
    if before is not None:
        return queries.version(connection, before.case_id, before.number)
    if connection.execute(select(func.count()).select_from(cases)).scalar_one() >= limits.cases:
        raise StoreError(f"There are {limits.cases} saved cases already: delete some and empty the bin.")
    case_id = new_id()
    connection.execute(insert(cases).values(id=case_id, head=1, last_number=1, created_at=now))
    return _inserted(connection, content, signature, case_id, 1, None, "kept", now)


def save(
    connection: Connection,
    case_id: str,
    content: Content,
    signature: Signature,
    expected: int,
    limits: Limits,
    now: datetime,
) -> Version:
    """The next version of a case, in the line if `expected` is still the newest, else beside it (`state`).

    Where earlier saves of the same hand landed unanswered, it goes on from the last of them.
    """
    case = locked(connection, case_id)
    before = _repeated(connection, content, signature)
    if before is not None:
        if before.case_id != case_id:
            raise ValueError("this key belongs to a save of another case")
        return queries.version(connection, case_id, before.number)
    if signature.unanswered and is_number(expected):
        lost = _unanswered(connection, case_id, expected, signature.unanswered)
        expected, same = _gone_on(lost, expected, content)
        _supersede(connection, case_id, signature.unanswered, same)
        if same is not None:
            return queries.version(connection, case_id, same)
    if case.last_number >= limits.versions:
        raise StoreError(
            f"This case has {limits.versions} versions already: duplicate it and go on in the copy."
        )
    number = case.last_number + 1
    landed = _advance(connection, case_id, expected, number)
    parent = expected if landed or _exists(connection, case_id, expected) else None
    return _inserted(
        connection, content, signature, case_id, number, parent, "kept" if landed else "aside", now
    )


def settle(connection: Connection, case_id: str, number: int) -> None:
    """A version that stands beside the line waits no longer: somebody has chosen."""
    found = (versions.c.case_id == case_id) & (versions.c.number == number)
    queries.version(connection, case_id, number)
    connection.execute(update(versions).where(found, versions.c.state == "aside").values(state="settled"))


def wait_again(connection: Connection, case_id: str, number: int) -> None:
    """A version that was not chosen waits for a choice once more."""
    found = (versions.c.case_id == case_id) & (versions.c.number == number)
    queries.version(connection, case_id, number)
    connection.execute(update(versions).where(found, versions.c.state == "settled").values(state="aside"))


def put_into_bin(connection: Connection, case_id: str, when: datetime | None) -> None:
    """Put a case into the bin, or take it out where `when` is None."""
    locked(connection, case_id)
    connection.execute(update(cases).where(cases.c.id == case_id).values(deleted_at=when))


def purge(connection: Connection, case_id: str) -> None:
    """Delete a case of the bin with everything that belongs to it."""
    if locked(connection, case_id).deleted_at is None:
        raise StoreError("Only a case in the bin can be deleted for good: delete it first.")
    connection.execute(delete(cases).where(cases.c.id == case_id))


def locked(connection: Connection, case_id: str) -> Row[Any]:
    """The row of a case, which nobody else changes until the transaction ends."""
    found = select(cases).where(cases.c.id == case_id).with_for_update()
    row = connection.execute(found).first() if is_id(case_id) else None
    if row is None:
        raise NotFound("There is no such saved case any more: save yours as a new one.")
    return row


def _advance(connection: Connection, case_id: str, expected: int, number: int) -> bool:
    """Whether the case was still at the expected version and is now at the new one; the number is used either way."""
    here = update(cases).where(cases.c.id == case_id)
    unchanged = here.where(cases.c.head == expected, cases.c.deleted_at.is_(None))
    if is_number(expected) and connection.execute(unchanged.values(head=number, last_number=number)).rowcount:
        return True
    connection.execute(here.values(last_number=number))
    return False


def _unanswered(connection: Connection, case_id: str, expected: int, keys: tuple[str, ...]) -> Sequence[Any]:
    """The version that a save is made from and those that unanswered saves made after it, the oldest first."""
    about = select(versions.c.number, versions.c.parent, versions.c.state, versions.c.digest)
    found = about.where(
        versions.c.case_id == case_id, (versions.c.number == expected) | versions.c.save_key.in_(keys)
    )
    return connection.execute(found.order_by(versions.c.number)).all()


def _gone_on(lost: Sequence[Any], expected: int, content: Content) -> tuple[int, int | None]:
    """The version that unanswered saves led to, and the one that says already what is to be saved, if any does."""
    for row in lost:
        if row.state == "kept" and row.parent == expected:
            expected = row.number
    waiting = (row.number for row in lost if row.state == "aside" and row.digest == content.digest)
    here = (row.number for row in lost if row.number == expected and row.digest == content.digest)
    return expected, next(chain(here, waiting), None)


def _supersede(connection: Connection, case_id: str, keys: tuple[str, ...], same: int | None) -> None:
    """What unanswered saves left beside the line waits no longer: what is to be saved now came after it."""
    ours = (
        (versions.c.case_id == case_id) & versions.c.save_key.in_(keys) & (versions.c.number != (same or 0))
    )
    connection.execute(update(versions).where(ours, versions.c.state == "aside").values(state="settled"))


def _repeated(connection: Connection, content: Content, signature: Signature) -> Any:
    """The version that an earlier save with this key made; ValueError where that save held something else."""
    before = queries.by_key(connection, signature.key)
    if before is not None and (before.digest, before.kind) != (content.digest, signature.kind):
        raise ValueError("this key belongs to a save of something else")
    return before


def _inserted(
    connection: Connection,
    content: Content,
    signature: Signature,
    case_id: str,
    number: int,
    parent: int | None,
    state: State,
    now: datetime,
) -> Version:
    connection.execute(
        insert(versions).values(
            case_id=case_id, number=number, parent=parent, kind=signature.kind, state=state, title=content.title,
            fingerprint=content.fingerprint, digest=content.digest, saved_at=now, author=signature.author,
            comment=signature.comment, save_key=signature.key, content=content.packed,
        )
    )  # fmt: skip
    return Version(
        case_id, number, parent, signature.kind, state, content.title, content.fingerprint, now,
        signature.author, signature.comment,
    )  # fmt: skip


def _exists(connection: Connection, case_id: str, number: int) -> bool:
    if not is_number(number):
        return False
    found = select(versions.c.number).where(versions.c.case_id == case_id, versions.c.number == number)
    return connection.execute(found).first() is not None
