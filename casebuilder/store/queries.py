"""Reads rows of a store as records."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from casebuilder.store.content import Content, unpacked
from casebuilder.store.errors import NotFound, StoreError
from casebuilder.store.limits import is_id, is_number
from casebuilder.store.records import Kept, SavedCase, Version
from casebuilder.store.tables import cases, snapshots, versions

_NO_CASE = "There is no such saved case any more: open another from the list."
#: Everything of a version but its content.
_ABOUT = tuple(column for column in versions.c if column.name not in ("content", "digest", "save_key"))


def saved_cases(connection: Connection, in_bin: bool) -> tuple[SavedCase, ...]:
    """The cases, or those in the bin, the one saved last first."""
    wanted = cases.c.deleted_at.is_not(None) if in_bin else cases.c.deleted_at.is_(None)
    newest_first = _listed().where(wanted).order_by(versions.c.saved_at.desc(), cases.c.id)
    return tuple(SavedCase(**row._mapping) for row in connection.execute(newest_first))


def saved_case(connection: Connection, case_id: str) -> SavedCase:
    """One case, in the bin or not."""
    row = connection.execute(_listed().where(cases.c.id == case_id)).first() if is_id(case_id) else None
    if row is None:
        raise NotFound(_NO_CASE)
    return SavedCase(**row._mapping)


def all_versions(
    connection: Connection, case_id: str, most: int | None, before: int | None
) -> tuple[Version, ...]:
    """The versions of a case, the newest first; at most so many, and only those before a number."""
    saved_case(connection, case_id)
    of_case = select(*_ABOUT).where(versions.c.case_id == case_id).order_by(versions.c.number.desc())
    of_case = of_case.limit(most) if before is None else of_case.where(versions.c.number < before).limit(most)
    names = names_of(connection, case_id)
    return tuple(_version(row, names) for row in connection.execute(of_case))


def version(connection: Connection, case_id: str, number: int) -> Version:
    """One version without its content."""
    row = _row(connection, case_id, number, select(*_ABOUT))
    return _version(row, names_of(connection, case_id))


def kept(connection: Connection, case_id: str, number: int | None = None) -> Kept:
    """A version with its content, the newest where no number is given."""
    number = saved_case(connection, case_id).version if number is None else number
    row = _row(connection, case_id, number, select(versions))
    about = _version(row, names_of(connection, case_id))
    return Kept(about, _text(number, row.content, row.digest))


def content(connection: Connection, case_id: str, number: int) -> Content:
    """What a version says, still packed."""
    row = _row(connection, case_id, number, select(versions))
    return Content(row.title, row.fingerprint, row.digest, row.content)


def by_key(connection: Connection, key: str) -> Any:
    """What an earlier save with this key left behind: case, number, state, digest and parent."""
    found = select(*_ABOUT, versions.c.digest).where(versions.c.save_key == key)
    return connection.execute(found).first()


def names_of(connection: Connection, case_id: str) -> dict[int, tuple[str, ...]]:
    """The snapshots of a case by the number of their version."""
    of_case = select(snapshots).where(snapshots.c.case_id == case_id).order_by(snapshots.c.saved_at)
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(of_case):
        found[row.number] = (*found.get(row.number, ()), row.label)
    return found


def _text(number: int, packed: bytes, digest: str) -> str:
    text = unpacked(packed, digest)
    if text is None:
        raise StoreError(
            f"Version {number} of this case is damaged: open the one before it, or restore a backup."
        )
    return text


def _listed() -> Select[Any]:
    newest = (versions.c.case_id == cases.c.id) & (versions.c.number == cases.c.head)
    other = versions.alias()
    counted = select(func.count()).select_from(other).where(other.c.case_id == cases.c.id)
    return select(
        cases.c.id,
        versions.c.title,
        cases.c.head.label("version"),
        versions.c.fingerprint,
        versions.c.saved_at,
        versions.c.author,
        cases.c.created_at,
        counted.scalar_subquery().label("versions"),
        counted.where(other.c.state == "aside").scalar_subquery().label("waiting"),
        cases.c.deleted_at,
    ).join(versions, newest)


def _row(connection: Connection, case_id: str, number: int, columns: Select[Any]) -> Row[Any]:
    found = columns.where(versions.c.case_id == case_id, versions.c.number == number)
    row = connection.execute(found).first() if is_id(case_id) and is_number(number) else None
    if row is None:
        saved_case(connection, case_id)
        raise NotFound(f"This case has no version {number}: choose one from its list.")
    return row


def _version(row: Row[Any], names: dict[int, tuple[str, ...]]) -> Version:
    about = {column.name: row._mapping[column.name] for column in _ABOUT}
    return Version(**about, snapshots=names.get(row.number, ()))
