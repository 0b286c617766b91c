"""Saved cases of these tests stand in a folder of their own."""

import functools
import os
from collections.abc import Callable

import pytest
from streamlit.components.v2 import manifest_scanner

from casebuilder.store import new_key
from casebuilder.ui import visitor


@pytest.fixture(scope="session", autouse=True)
def saved_cases(tmp_path_factory: pytest.TempPathFactory):
    """A store for the whole run; the app finds it by the environment, as on a server."""
    before = os.environ.get("CASEBUILDER_DATABASE_URL")
    os.environ["CASEBUILDER_DATABASE_URL"] = f"sqlite:///{tmp_path_factory.mktemp('store') / 'cases.sqlite'}"
    yield
    if before is None:
        del os.environ["CASEBUILDER_DATABASE_URL"]
    else:
        os.environ["CASEBUILDER_DATABASE_URL"] = before


@pytest.fixture(scope="session", autouse=True)
def installed_components():
    """What streamlit finds when it looks through every installed package, which it does at each run of the app."""
    with pytest.MonkeyPatch.context() as patch:
        found = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A browser of its own for the sessions of a test; calling it goes to another, with a name that was said in it."""

    def at_another(name: str = "") -> None:
        cookie = f"{new_key()}.{name}"
        monkeypatch.setattr(visitor, "cookie", lambda: cookie)

    at_another()
    return at_another
