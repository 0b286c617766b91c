"""A whole small case in which every part of a case file stands once, and what happens when one word of it changes."""

from pathlib import Path

import pytest

from casebuilder.case import Case, CaseError, Fault, loads

TEXT = (Path(__file__).parent / "sample.yaml").read_text("utf-8")


def sample() -> Case:
    """The case of `TEXT`."""
    return loads(TEXT)


def changed(old: str, new: str) -> str:
    """`TEXT` with one place changed; `old` must stand in it once."""
    assert TEXT.count(old) == 1, f"{old!r} stands in the sample {TEXT.count(old)} times"
    return TEXT.replace(old, new)


def faults(text: str, name: str = "case.yaml") -> tuple[Fault, ...]:
    """Everything said about a text that must be refused."""
    with pytest.raises(CaseError) as caught:
        loads(text, name)
    assert str(caught.value) == "\n".join(str(fault) for fault in caught.value.problems)
    return caught.value.problems


def fault(text: str, name: str = "case.yaml") -> Fault:
    """The only thing said about a text that must be refused."""
    (one,) = faults(text, name)
    return one


def line_of(text: str, words: str) -> int:
    """The line, from 1, on which `words` begin."""
    return text[: text.index(words)].count("\n") + 1
