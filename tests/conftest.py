"""Fixtures that every test may ask for: the judges, and how hard hypothesis tries."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import judges

# No deadline: a slow machine is not a wrong answer. CI tries more, always the same cases, so that a red run is
# red again tomorrow; HYPOTHESIS_PROFILE=deep looks for new ones.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", PATIENT, max_examples=15)
settings.register_profile("ci", PATIENT, max_examples=60, derandomize=True, print_blob=True)
settings.register_profile("deep", PATIENT, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "fast"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked slow run where every judge is required, as in CI; both kinds where somebody asks for them."""
    named = any("::" in argument for argument in config.args)
    if config.option.markexpr or config.option.keyword or named:
        return
    kinds = ("thorough",) if judges.required() else ("slow", "thorough")
    left_out = [item for item in items if any(item.get_closest_marker(kind) for kind in kinds)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among what stays to the end: looking through large workbooks takes long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def soffice() -> str:
    """Path of LibreOffice."""
    return judges.soffice()


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """Path of poppler's pdftoppm."""
    return judges.pdftoppm()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium or Chrome; start it with `judges.CHROMIUM_ARGS`."""
    return judges.chromium()


@pytest.fixture(scope="session")
def haproxy() -> str:
    """Path of HAProxy."""
    return judges.haproxy()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of the first database of a PostgreSQL that serves these tests alone."""
    with judges.postgres_server() as address:
        yield address
