"""Names that people read for ids of a case: one place for screen, sheet and slide."""

from casebuilder.case import library


def scenario_label(id: str) -> str:
    """A scenario's name: the built-in words, or the case's own id with spaces."""
    return library.words().scenarios.get(id, _spaced(id))


def option_label(id: str) -> str:
    """An option's name."""
    return {"as_set": "As set in the case", "do_nothing": "Do nothing"}.get(id, _spaced(id))


def _spaced(id: str) -> str:
    text = id.replace("_", " ")
    return text[:1].upper() + text[1:]
