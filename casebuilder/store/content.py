"""What is about to be saved, checked and packed before a transaction begins, so that the transaction is short."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from pydantic_core import PydanticSerializationError

from casebuilder.case import Case
from casebuilder.store import limits
from casebuilder.store.errors import StoreError
from casebuilder.store.records import Kind

#: How hard a version is packed: a twentieth larger than with the usual 6, in a third of the time, at every change.
_LEVEL = 4


@dataclass(frozen=True)
class Content:
    """What a version says: the packed text of the case file, and the SHA-256 of the text as it is unpacked."""

    title: str
    fingerprint: str
    digest: str
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, case: Case) -> Self:
        """The content of a case; StoreError where it is too large or holds what cannot be kept."""
        raw = limits.content(compact(case))
        title = limits.name(case.title, "The title of the case")
        return cls(title, case.fingerprint, hashlib.sha256(raw).hexdigest(), zlib.compress(raw, _LEVEL))


@dataclass(frozen=True)
class Signature:
    """Who saves, how the version came about, what is said about it, and the key that tells one save from another.

    `unanswered` are the keys of saves just before it of which nobody knows whether they were made.
    """

    kind: Kind
    author: str
    comment: str
    key: str
    unanswered: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, kind: Kind, author: str, comment: str, key: str | None, unanswered: Iterable[str] = ()
    ) -> Self:
        """The signature, with a new key where none is given; StoreError where a text cannot be kept."""
        return cls(
            kind,
            limits.name(author, "The name of the author"),
            limits.remark(comment, "The comment"),
            limits.new_key() if key is None else limits.checked_key(key),
            tuple(limits.checked_key(each) for each in unanswered),
        )


def compact(case: Case) -> str:
    """The case file as JSON without blanks, private parts included; StoreError where it holds what is no text."""
    try:
        return case.model_dump_json(by_alias=True, exclude_unset=True)
    except PydanticSerializationError:
        said = "The case holds half of a character and was not saved: type that text again."
        raise StoreError(said) from None


def unpacked(packed: bytes, digest: str) -> str | None:
    """The text of a version; None where it is not, byte for byte, what was saved."""
    try:
        raw = zlib.decompress(packed)
    except zlib.error:
        return None
    return raw.decode() if hashlib.sha256(raw).hexdigest() == digest else None
