"""Golden cases: numbers worked by hand, put to the product and to the plain second implementation alike."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.agreement import plain

HERE = Path(__file__).parent
Evaluate = Callable[[str], dict[str, Any]]


def by_the_product(name: str) -> dict[str, Any]:
    """The answers of the program that users run."""
    from casebuilder import build
    from casebuilder.case import load

    return build.answers(load(HERE / f"{name}.yaml"))


def by_the_plain_one(name: str) -> dict[str, Any]:
    """The answers of the second implementation, which reads the file without the product."""
    return plain.answers(yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")))


@pytest.fixture(params=[by_the_product, by_the_plain_one], ids=["product", "plain"])
def scenarios(request: pytest.FixtureRequest) -> Evaluate:
    """A function from the name of a golden case to its scenarios, once by each implementation."""
    return lambda name: request.param(name)["scenarios"]


@pytest.fixture
def same() -> Callable[[Any], Any]:
    """Equal to a typed number or list of numbers, up to the last digits of a float."""
    return lambda typed: pytest.approx(typed, rel=1e-10, abs=1e-7)
