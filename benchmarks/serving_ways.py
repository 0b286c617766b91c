"""The app served in other ways, by `?as=` in the address, so that its charts and its arithmetic can be told apart.

`whole`: as it is. `without`: without its charts. `altair`: with charts as everyone writes them. `unsaved`: nothing is
kept. `bare`: what a page showed last, said again by plain calls of streamlit, with no chart and nothing worked out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import altair as alt
import pyarrow as pa
import streamlit as st

ROOT = Path(__file__).parents[1]
#: The environment variable that names the file of recordings, by page.
RECORDINGS = "CASEBUILDER_RECORDINGS"


def way() -> str:
    """The way in which this session is served."""
    return str(st.query_params.get("as", ""))


# ---- the app with parts replaced --------------------------------------------------------------------------------


def drawn(rows: pa.Table) -> Any:
    """The chart of some rows, by what stands in them."""
    return waterfall(rows) if "step" in rows.column_names else lines(rows)


def waterfall(rows: pa.Table) -> Any:
    """The steps to the return, in shorthand."""
    base = alt.Chart(rows).encode(y=alt.Y("step:N", sort=None))
    bars = base.mark_bar().encode(x="begin:Q", x2="end:Q", color="role:N", tooltip=["step:N", "exact:N"])
    return bars + base.mark_text(align="left", dx=6).encode(x="edge:Q", text="text:N")


def lines(rows: pa.Table) -> Any:
    """A number by year, in shorthand."""
    base = alt.Chart(rows).encode(x="year:O", y="value:Q", color="name:N")
    dots = base.mark_point().encode(tooltip=["name:N", "text:N"])
    return base.mark_line() + dots + base.mark_text(dy=-12).encode(text="text:N")


def replaced(module: Any, name: str, other: Callable[..., object]) -> None:
    """Let `other` be called with the original before its arguments, once in a process."""
    original = getattr(module, name)
    if not hasattr(original, "replaces"):

        def call(*given: Any, **more: Any) -> object:
            return other(original, *given, **more)

        call.replaces = original  # type: ignore[attr-defined]
        setattr(module, name, call)


def _chart(original: Callable[..., object], rows: Any, spec: Any, **more: Any) -> object:
    if way() == "without":
        return None
    if way() == "altair":
        return st.altair_chart(drawn(rows), key=more["key"], alt=more["alt"])
    return original(rows, spec, **more)


def _rows(original: Callable[..., object], *given: Any) -> object:
    return None if way() == "without" else original(*given)


def _strip(original: Callable[..., object], chart: Any, currency: str) -> object:
    if way() == "without":
        return None
    if way() == "altair":
        from casebuilder.ui import charts

        return st.altair_chart(waterfall(charts.waterfall_rows(chart, currency)))
    return original(chart, currency)


def _keep(original: Callable[..., object], *given: Any) -> object:
    return None if way() == "unsaved" else original(*given)


def _file(original: Callable[..., object], page: str, **more: Any) -> object:
    return original(ROOT / page, **more)


def serve_the_app() -> None:
    """The app, with what this session's way replaces."""
    from casebuilder.ui import charts, kept, review_style

    for module, name, other in (
        (st, "vega_lite_chart", _chart), (charts, "waterfall_rows", _rows), (charts, "line_rows", _rows),
        (review_style, "strip", _strip), (kept, "keep", _keep), (st, "Page", _file),
    ):  # fmt: skip
        replaced(module, name, other)
    exec(_app(), {"__name__": "__main__", "__file__": str(ROOT / "app.py")})


@lru_cache(maxsize=1)
def _app() -> CodeType:
    return compile((ROOT / "app.py").read_text(encoding="utf-8"), "app.py", "exec")


# ---- a page said again ------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _recorded(page: str) -> list[dict[str, Any]]:
    found = json.loads(Path(os.environ[RECORDINGS]).read_text(encoding="utf-8"))[page]
    return list(found)


def say_again(parts: list[dict[str, Any]]) -> None:
    """Show recorded parts where they stood; charts, and what is drawn as one, are left out."""
    places: dict[tuple[int, ...], Any] = {(0,): st, (1,): st.sidebar}
    for part in parts:
        place, kind, told = tuple(part["place"]), part["kind"], part["told"]
        if place in places or place[:-1] not in places:
            continue
        parent = places[place[:-1]]
        if kind in SHOWN:
            SHOWN[kind](parent, told, str(place))
        elif kind not in LEFT_OUT:
            places |= _block(parent, place, [p for p in parts if tuple(p["place"][:-1]) == place])


def _block(parent: Any, place: tuple[int, ...], inside: list[dict[str, Any]]) -> dict[tuple[int, ...], Any]:
    """A container, with its columns or tabs where it has some, by their places."""
    columns = [part for part in inside if part["kind"] == "column"]
    tabs = [part["told"]["label"] for part in inside if part["kind"] == "tab"]
    if columns:
        several = parent.columns([part["told"]["weight"] for part in columns])
    else:
        several = parent.tabs(tabs) if tabs else []
    return {(*place, n): one for n, one in enumerate(several)} or {place: parent.container()}


def _markdown(parent: Any, told: dict[str, Any], _: str) -> None:
    (parent.caption if told.get("is_caption") else parent.markdown)(told.get("body", ""))


def _html(parent: Any, told: dict[str, Any], _: str) -> None:
    if 'review-strip" role' not in told.get("body", ""):
        parent.html(told["body"])


def _number(parent: Any, told: dict[str, Any], key: str) -> None:
    parent.number_input(
        told["label"], value=1.0, step=told.get("step", 1.0), key=key, label_visibility="collapsed"
    )


def _text(parent: Any, told: dict[str, Any], key: str) -> None:
    parent.text_input(
        told["label"],
        told.get("default", ""),
        max_chars=told.get("max_chars"),
        key=key,
        label_visibility="collapsed",
    )


_TABLE: list[dict[str, str]] = [
    dict.fromkeys(("Number", "Do nothing", "With the programme", "Target"), "1,234")
] * 4
#: How each kind of part is shown again, by the name of its message.
SHOWN: dict[str, Callable[[Any, dict[str, Any], str], object]] = {
    "markdown": _markdown,
    "html": _html,
    "number_input": _number,
    "text_input": _text,
    "heading": lambda parent, told, _: parent.subheader(told["body"], anchor=False),
    "button": lambda parent, told, key: parent.button(told["label"], key=key),
    "checkbox": lambda parent, told, key: parent.toggle(told["label"], key=key),
    "metric": lambda parent, told, _: parent.metric(told["label"], told["body"], told.get("delta")),
    "slider": lambda parent, told, key: parent.slider(
        told["label"], told.get("min", 0.0), told["max"], step=told["step"], key=key
    ),
    "selectbox": lambda parent, told, key: parent.selectbox(told["label"], told["options"], key=key),
    "button_group": lambda parent, told, key: parent.segmented_control(
        "One of them", [option["content"] for option in told["options"]], key=key
    ),
    "date_input": lambda parent, told, key: parent.date_input(told["label"], key=key),
    "table": lambda parent, *_: parent.table(_TABLE),
}
#: What the floor does without.
LEFT_OUT = ("vega_lite_chart",)


def serve() -> None:
    """Serve this session in its way."""
    if way() != "bare":
        serve_the_app()
        return
    st.set_page_config(layout="wide")
    say_again(_recorded(str(st.query_params["page"])))
