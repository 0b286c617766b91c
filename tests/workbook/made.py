"""Workbooks of case files that many tests read: each case evaluated, its workbook written and read once."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from casebuilder import build, workbook
from casebuilder.case import load
from casebuilder.model.results import Results
from casebuilder.pitch.view import stamp_of

PATHS = sorted(map(str, Path("examples").glob("*.yaml")))
#: The examples: one on every run, all of them where every judge is required.
EXAMPLES = [
    pytest.param(path, id=Path(path).stem, marks=() if "contract_services" in path else pytest.mark.slow)
    for path in PATHS
]


@lru_cache
def results(path: str | Path) -> Results:
    """The case, evaluated."""
    return build.evaluate(load(path))


@lru_cache
def content(path: str | Path) -> bytes:
    """Its workbook without studies, which take longest: no formula follows them."""
    found = results(path)
    return workbook.render(found, stamp_of(found.case), ())


@lru_cache
def whole(path: str | Path) -> bytes:
    """Its workbook as people get it."""
    return build.workbook_file(results(path))


@lru_cache(maxsize=3)
def stored(path: str | Path) -> Any:
    """What another program reads in `content`, stored values only; for tests that change nothing in it."""
    return openpyxl.load_workbook(io.BytesIO(content(path)), data_only=True)


@lru_cache(maxsize=3)
def written(path: str | Path) -> Any:
    """The same with its formulas, rules and protection."""
    return openpyxl.load_workbook(io.BytesIO(content(path)))
