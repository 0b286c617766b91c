"""Numbers and lists as files hold them: whole numbers without a fraction, lists for tuples, one zero."""

from datetime import date
from typing import Any

#: Up to here every whole float is exact, so it can be written as the integer it is.
_EXACT = 1e15


def plain(value: Any, dates_as_text: bool) -> Any:
    """The value with lists for tuples, 3 for 3.0 and 0 for -0.0, all the way down."""
    kind = type(value)
    # Most of a case is one of these, and this runs at every change: they are asked for first.
    if kind is str or kind is bool or value is None:
        return value
    if isinstance(value, float):
        return int(value) if abs(value) < _EXACT and value.is_integer() else value
    if kind is dict:
        return {key: plain(inner, dates_as_text) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, dates_as_text) for inner in value]
    return value.isoformat() if dates_as_text and isinstance(value, date) else value
