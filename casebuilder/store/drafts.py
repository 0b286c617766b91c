"""What is typed for a case that is not one yet, kept for whoever typed it until the case is made."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from casebuilder.store.limits import Limits, is_id, new_id
from casebuilder.store.records import Draft
from casebuilder.store.tables import drafts


def keep(connection: Connection, draft: Draft, text: str, after: str, bounds: Limits) -> Draft:
    """Keep a draft, in place of what its own window or the window `after` kept of it; beside what any other did."""
    said = {"author": draft.author, "writer": draft.writer, "state": text, "saved_at": draft.saved_at}
    ours = (drafts.c.id == draft.id) & drafts.c.writer.in_((draft.writer, after))
    if connection.execute(update(drafts).where(ours).values(said)).rowcount:
        return draft
    taken = connection.execute(select(drafts.c.id).where(drafts.c.id == draft.id)).first() is not None
    draft_id = new_id() if taken else draft.id
    connection.execute(insert(drafts).values(id=draft_id, **said))
    _forget_the_oldest(connection, draft.author, bounds)
    return Draft(draft_id, draft.author, draft.writer, draft.state, draft.saved_at)


def of(connection: Connection, author: str) -> tuple[Draft, ...]:
    """The drafts of somebody, the one typed in last first."""
    theirs = select(drafts).where(drafts.c.author == author).order_by(drafts.c.saved_at.desc(), drafts.c.id)
    return tuple(_draft(row) for row in connection.execute(theirs))


def find(connection: Connection, draft_id: str, author: str) -> Draft | None:
    """A draft of somebody; None where there is none, or it is somebody else's."""
    if not is_id(draft_id):
        return None
    row = connection.execute(select(drafts).where(drafts.c.id == draft_id, drafts.c.author == author)).first()
    return None if row is None else _draft(row)


def discard(connection: Connection, draft_id: str) -> None:
    """Throw a draft away; nothing where there is none."""
    connection.execute(delete(drafts).where(drafts.c.id == draft_id))


def _forget_the_oldest(connection: Connection, author: str, bounds: Limits) -> None:
    newest = select(drafts.c.id).order_by(drafts.c.saved_at.desc(), drafts.c.id)
    theirs = newest.where(drafts.c.author == author).limit(bounds.drafts_of_one)
    connection.execute(delete(drafts).where(drafts.c.author == author, drafts.c.id.not_in(theirs)))
    connection.execute(delete(drafts).where(drafts.c.id.not_in(newest.limit(bounds.drafts))))


def _draft(row: Row[Any]) -> Draft:
    return Draft(row.id, row.author, row.writer, json.loads(row.state), row.saved_at)
