"""What is wrong with a file from outside: faults that name the place, what was found and what is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass

#: Where something stands inside a file: keys of mappings and positions in lists, from the outside in.
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Flaw:
    """Something wrong at a place inside the data, before file, line and readable path are known."""

    place: Place
    found: str
    allowed: str = ""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one file; `str()` is the whole sentence a person reads.

    `line` counts from 1 and is None where a file has no lines (a form, a missing file); `path` names records
    by their id or name (`segments[Enterprise].churn_rate`) and is empty for a fault of the file as a whole.
    """

    file: str
    line: int | None
    path: str
    found: str
    allowed: str = ""

    def __str__(self) -> str:
        where = [self.file]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.path:
            where.append(self.path)
        allowed = f"; allowed is {self.allowed}" if self.allowed else ""
        return f"{', '.join(where)}: {self.found}{allowed}."


class CaseError(Exception):
    """A file or text that is not a case: all its faults at once, in the order of the file."""

    def __init__(self, problems: Iterable[Fault]) -> None:
        self.problems: tuple[Fault, ...] = tuple(problems)
        super().__init__("\n".join(str(fault) for fault in self.problems))
