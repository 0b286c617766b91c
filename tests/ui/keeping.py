"""Sessions in saved cases: their ids, how one comes back to them, and two people in one of them."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from casebuilder.store import Store, StoreError
from casebuilder.ui import kept
from tests.ui import driver
from tests.ui.driver import WIN_RATE

RATE = "company.discount_rate"


def case_id(app: AppTest) -> str:
    (found,) = (
        [app.query_params["case"]] if isinstance(app.query_params["case"], str) else app.query_params["case"]
    )
    return found


def again(id: str) -> AppTest:
    """A new session, as after a reload or a restart, at the address of a saved case."""
    app = AppTest.from_file(str(driver.ROOT / "app.py"), default_timeout=60)
    app.query_params["case"] = id
    return driver.go(driver.sound(app.run()), "answer")


def numbers(id: str) -> list[int]:
    return [version.number for version in kept.store().versions(id)]


def two_people() -> tuple[AppTest, AppTest]:
    """Two sessions in one case: the second has changed the hurdle rate after the first read it."""
    one = driver.start()
    driver.type_in(one, WIN_RATE, 20.0)
    two = again(case_id(one))
    driver.type_in(two, RATE, 15.0)
    driver.type_in(one, WIN_RATE, 25.0)
    return one, two


def scenario(app: AppTest) -> Any:
    """The field in which a scenario is chosen."""
    (found,) = [box for box in app.selectbox if box.label == "Scenario"]
    return found


def unanswered(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """From now on what the store does is done, but nobody hears of it."""
    done = getattr(Store, method)

    def lost(*given, **named):
        done(*given, **named)
        raise StoreError("The database does not answer.")

    monkeypatch.setattr(Store, method, lost)
