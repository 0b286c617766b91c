"""Saved cases of these tests stand in a folder of their own."""

import os

import pytest


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
