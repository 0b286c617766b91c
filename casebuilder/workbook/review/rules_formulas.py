"""Rules of the single formula: short, plain, nothing masked (W9) and nothing rounded (W14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casebuilder.workbook.review.conventions import unit, violation
from casebuilder.workbook.review.nodes import Function, Parsed, walk
from casebuilder.workbook.review.records import BookRead, Rule, SheetRead, Violation
from casebuilder.workbook.review.trees import Run, formulas_of
from casebuilder.workbook.style import unit_word

LONGEST, MOST_REFERENCES, MOST_CHOICES = 120, 8, 1
_CHOICE = "IF"
#: Functions that put something else in the place of an error; a test for an error does so inside a choice.
_MASKS = frozenset({"IFERROR", "IFNA", "AGGREGATE"})
_TESTS = frozenset({"ISERROR", "ISERR", "ISNA", "ERROR.TYPE"})
#: Functions that round, and those that only whole periods may use.
_ROUNDS = frozenset(
    {"ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC", "MROUND", "FIXED", "DOLLAR", "EVEN", "ODD", "QUOTIENT"}
)
_WHOLES = frozenset({"INT", "CEILING", "FLOOR"})


def w9(book: BookRead) -> Iterator[Violation]:
    """At most 120 characters, eight references and one IF, which no IF surrounds; no error is masked."""
    formulas = formulas_of(book)
    for run in formulas.runs:
        sheet = formulas.by_name[run.sheet]
        length = max(len(sheet.cells[run.row, column].formula) for column in (run.first, run.last))
        for said in (*_long(length), *_complex(run.parsed)):
            yield violation("W9", sheet, run.place, said)


def _long(length: int) -> Iterator[str]:
    if length > LONGEST:
        yield f"the formula has {length} characters; at most {LONGEST} can be read at a glance"


def _complex(parsed: Parsed) -> Iterator[str]:
    if len(parsed.references) > MOST_REFERENCES:
        yield f"the formula reads {len(parsed.references)} cells or ranges, at most {MOST_REFERENCES}"
    choices = [node for node in parsed.nodes if isinstance(node, Function) and node.name == _CHOICE]
    if any(_within(choice) for choice in choices):
        yield "an IF stands inside an IF"
    elif len(choices) > MOST_CHOICES:
        yield f"the formula has {len(choices)} IF, at most {MOST_CHOICES}"
    for name in sorted(_MASKS & set(parsed.functions)):
        yield f"{name} masks an error; a flag in a row of its own decides"
    for choice in choices:
        tests = {node.name for node in walk(choice) if isinstance(node, Function)} & _TESTS
        for name in sorted(tests):
            yield f"{name} inside an IF masks an error; a flag in a row of its own decides"


def _within(choice: Function) -> bool:
    inner = (node for arg in choice.args for node in walk(arg))
    return any(isinstance(node, Function) and node.name == _CHOICE for node in inner)


def w14(book: BookRead) -> Iterator[Violation]:
    """No rounding; only a row that counts periods makes whole numbers."""
    formulas = formulas_of(book)
    for run in formulas.runs:
        sheet = formulas.by_name[run.sheet]
        for name in sorted(set(run.parsed.functions) & _ROUNDS):
            yield violation("W14", sheet, run.place, f"{name} rounds; the full number is carried")
        for name in sorted(_whole(run.parsed)):
            if not _counts_periods(sheet, run):
                text = f"{name} makes a whole number in a row that does not count periods"
                yield violation("W14", sheet, run.place, text)


def _whole(parsed: Parsed) -> Iterator[str]:
    """The functions that make whole numbers, with the newer spellings of the same."""
    return (name for name in set(parsed.functions) if name.split(".")[0] in _WHOLES)


def _counts_periods(sheet: SheetRead, run: Run) -> bool:
    return unit(sheet, run.row) == unit_word("period", "")


RULES: Mapping[str, Rule] = {
    "W9": Rule("A formula is short: 120 characters, 8 references, one IF; no error is masked", w9),
    "W14": Rule("Nothing is rounded in a calculation", w14),
}
