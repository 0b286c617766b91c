"""What every command does alike: answers to standard output, all else to standard error, and no file written over."""

from __future__ import annotations

import sys
from pathlib import Path

from casebuilder.build import write_together

#: Exit codes: whoever read our output stopped reading; what was looked at breaks a rule; something given is wrong.
UNHEARD, BROKEN, WRONG = 1, 1, 2


class Refused(Exception):
    """A command cannot do what was asked; the text says why and what is allowed."""


def tell(text: str) -> None:
    """One line of the answer."""
    print(text)


def say(text: str) -> None:
    """One line about the answer."""
    print(text, file=sys.stderr)


def check_free(out: Path | None) -> None:
    """Refused where a file is there already: it is never written over."""
    if out is not None and out.exists():
        raise Refused(f"{out} is there already; name another file. Nothing was written.")


def write(out: Path, content: bytes) -> None:
    """Write a file whole, or not at all, and say so."""
    write_together(out.parent, {out.name: content})
    say(f"Wrote {out}")
