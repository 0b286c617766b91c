"""Drives the app without a browser, and reads everything it sent to the screen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from streamlit.testing.v1 import AppTest

from casebuilder.case import Case
from casebuilder.case.edits import with_inputs
from casebuilder.ui import files
from casebuilder.ui.state import Desk

ROOT = Path(__file__).parents[2]
PAGES = "casebuilder/ui/pages"
FIRST = files.FIRST

WIN_RATE = "segments[Enterprise].win_rate"
EFFECT = "initiatives[lost_sale_analysis].effects[win_rate,all].base"
NPV, RETURN, PAYBACK, CASH_OUT, THEIRS = range(5)
BENEFITS, KPI = range(2)


def start() -> AppTest:
    """A new session, on the answer page."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return go(sound(app), "answer")


def sound(app: AppTest) -> AppTest:
    """The app, unless it raised."""
    assert not app.exception, [element.message for element in app.exception]
    return app


def go(app: AppTest, page: str) -> AppTest:
    """The page of this name."""
    return sound(app.switch_page(f"{PAGES}/{page}.py").run())


def field(app: AppTest, name: str) -> Any:
    """The field of this name that is written as soon as it is typed; the session adds to its key whose turn it is."""
    kinds = ("text_input", "slider", "toggle", "selectbox", "segmented_control", "number_input", "checkbox")
    [found] = [
        each
        for kind in kinds
        for each in app.get(kind)
        if each.key and each.key.startswith(f"{name}:") and each.key.count(":") == name.count(":") + 2
    ]
    return found


def type_in(app: AppTest, path: str, value: float | str) -> AppTest:
    """A number typed into the field of a path: a share as per cent."""
    text = value if isinstance(value, str) else f"{value:.12g}"
    return sound(field(app, f"type:{path}").set_value(text).run())


def desk(app: AppTest) -> Desk:
    """What is open."""
    found: Desk = next(reversed(app.session_state["desks"].values()))
    return found


def bring(app: AppTest, name: str, content: bytes) -> AppTest:
    """A file brought to the start page."""
    go(app, "start")
    return sound(app.file_uploader(key="case:upload").upload(name, content).run())


def first(**edits: float | bool | str) -> Case:
    """The example the app opens with, edited."""
    return files.example(FIRST) if not edits else with_inputs(files.example(FIRST), edits)


def chart(app: AppTest, number: int) -> pd.DataFrame:
    """The rows of a chart on the page."""
    raw = app.get("vega_lite_chart")[number].proto.data.data
    frame: pd.DataFrame = pa.ipc.open_stream(io.BytesIO(raw)).read_pandas()
    return frame


def texts(app: AppTest) -> str:
    """Every text on the page, as it was sent."""
    return "\n".join(str(node.proto) for node in _nodes(app) if getattr(node, "proto", None) is not None)


def _nodes(app: AppTest) -> Iterator[Any]:
    waiting: list[Any] = list(app._tree.children.values())
    while waiting:
        node = waiting.pop()
        yield node
        waiting += getattr(node, "children", {}).values()
