"""Fixtures of tests that read the workbook of each example as people get it, in names that no single test file uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.model.results import Results
from tests.workbook import made


@pytest.fixture(scope="module", params=made.EXAMPLES)
def each_example(request: pytest.FixtureRequest) -> str:
    """The path of an example's case file."""
    return request.param


@pytest.fixture(scope="module")
def evaluated(each_example: str) -> Results:
    """The example, evaluated."""
    return made.results(each_example)


@pytest.fixture(scope="module")
def whole(each_example: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its workbook with everything in it, as a file."""
    file = tmp_path_factory.mktemp("whole") / "case.xlsx"
    file.write_bytes(made.whole(each_example))
    return file
