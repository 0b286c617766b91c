"""How much more room a design's typeface takes than our own, which is the one that text is measured in."""

from functools import cache
from pathlib import Path
from typing import Any

from casebuilder.case.reading import read_data

_TYPEFACES = Path(__file__).with_name("typefaces.json")

#: Text in another typeface keeps this margin.
_MARGIN = 1.03
#: What a program puts in place of a typeface that the machine has not may run this wide; lines of one we know
#: nothing about may be this high.
_STAND_IN, _HIGH = 1.3, 1.1


@cache
def _measures() -> dict[str, tuple[float, float]]:
    listed: dict[str, Any] = read_data(_TYPEFACES)
    same = {
        name: (width * _MARGIN if width != 1.0 else 1.0, 1.0) for name, width in listed["everywhere"].items()
    }
    wide = {name: (max(width * _MARGIN, _STAND_IN), line) for name, (width, line) in listed["others"].items()}
    narrow = dict.fromkeys(listed["narrower"], (_STAND_IN, 1.0))
    return {name.casefold(): both for name, both in (narrow | wide | same).items()}


def is_known(name: str) -> bool:
    """Whether we know how wide the typeface runs."""
    return name.casefold() in _measures()


def room(name: str) -> tuple[float, float]:
    """How many times wider its text may run, and how many times higher its lines may be, than in Calibri.

    A typeface that many machines have not is taken as wide as what stands in for it there.
    """
    width, line = _measures().get(name.casefold(), (_STAND_IN, _HIGH))
    return max(1.0, width), line
