"""Names that people read for ids of a case: one place for screen, sheet and slide."""

from datetime import date

from babel.dates import format_date

from casebuilder.case import Decision, library
from casebuilder.case.decision_in import EVERYTHING
from casebuilder.case.reserved import DO_NOTHING
from casebuilder.model.structure import AS_SET
from casebuilder.pitch.numbers import LOCALE, count

#: What a decision says, in a few words.
_DECISION = {
    "ask": "what is asked",
    "decider": "who decides",
    "forum": "where",
    "by": "by when",
    "stage_1": "the first stage",
}
#: Choices that no company named itself.
_OPTIONS = {AS_SET: "As set in the case", DO_NOTHING: "Do nothing", EVERYTHING: "Whole programme"}
#: Small numbers as words; larger ones stand in digits.
SPELLED = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def scenario_label(id: str) -> str:
    """A scenario's name: the built-in words, or the case's own id with spaces."""
    return library.words().scenarios.get(id, _spaced(id))


def option_label(id: str) -> str:
    """An option's name: the built-in words, or the case's own id with spaces."""
    return _OPTIONS.get(id, _spaced(id))


def label_of(line: str) -> str:
    """A benefit's name: the built-in words, or what the company calls its own line."""
    return library.words().lines.get(line, line.removeprefix("custom:"))


def years(number: int) -> str:
    """A number of years as people write it: 1 year, 3 years."""
    return f"{number} year" if number == 1 else f"{number} years"


def starting_words(many: int) -> str:
    """So many starting values, in words; empty where there is none."""
    return {0: "", 1: "one starting value to replace"}.get(many, f"{many} starting values to replace")


def day(value: date) -> str:
    """A day as people write it: 22 January 2027."""
    return format_date(value, "d MMMM y", locale=LOCALE)


def _spaced(id: str) -> str:
    text = id.replace("_", " ")
    return text[:1].upper() + text[1:]


def missing_of(decision: Decision) -> list[str]:
    """What a decision does not say yet, in a few words each."""
    return [words for field, words in _DECISION.items() if not getattr(decision, field)]


def quoted(name: str) -> str:
    """A name of somebody's own inside a sentence, told from the words around it."""
    return f"“{name}”"


def inside(label: str) -> str:
    """A label inside a sentence: its first letter small, the rest as it is."""
    return label[:1].lower() + label[1:]


def start(text: str) -> str:
    """A text at the start of a sentence: its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def spelled(number: int) -> str:
    """A small number as people write it at the start of a sentence: Three."""
    return SPELLED[number] if number < len(SPELLED) else count(number)


def plain_text(text: str) -> str:
    """What somebody typed, as one line without its full stop."""
    return " ".join(text.split()).rstrip(".")
