"""How the shared screen looks: everything in one size that follows the width, so that no zoom makes it smaller."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Chart

#: The root size follows the window: what is read at four metres stays so at any zoom. Only the classes of our own keys
#: and streamlit's test ids are named.
_STYLE = """
<style>
  html { font-size: clamp(15px, 1.2vw, 34px); }
  [data-testid="stMainBlockContainer"] { max-width: 80rem; padding: 3.6rem 2rem 3rem; }
  [data-testid="stMain"] h1 { font-size: 1.75rem; line-height: 1.2; padding: 0 0 0.2rem; }
  .st-key-review-figures [data-testid="stMetricLabel"] p { font-size: 1.05rem; color: MUTED; }
  .st-key-review-figures [data-testid="stMetricLabel"] > div { white-space: normal; }
  .st-key-review-figures [data-testid="stMetricValue"] { font-size: 3rem; line-height: 1.1; font-weight: 650; }
  .st-key-review-figures [data-testid="stMetricDelta"] { font-size: 1.15rem; }
  [class*="st-key-review-harm"] [data-testid="stMetricValue"] { color: HARM; }
  [class*="st-key-review-programme"] [data-testid="stMetricValue"] { color: PROGRAMME; }
  [class*="st-key-review-cost"] [data-testid="stMetricValue"] { color: COST; }
  [data-testid="stMain"] small, [data-testid="stMain"] [data-testid="stCaptionContainer"] p { font-size: 1rem; }
  .st-key-review-doubts [data-testid="stButton"] button { min-height: 4.1rem; padding: 0.2rem 0.5rem; }
  .st-key-review-doubts [data-testid="stButton"] button p { font-size: 1.05rem; line-height: 1.15; }
  .st-key-review-doubts [data-testid="stMarkdownContainer"] p { font-size: 1rem; line-height: 1.2; }
  .review-strip { display: grid; grid-template-columns: minmax(12rem, 24rem) 1fr 8rem; row-gap: 0.28rem;
    column-gap: 1rem; align-items: center; font-size: 1.05rem; line-height: 1.25; }
  .review-strip .name { text-align: right; }
  .review-strip .amount { font-weight: 600; white-space: nowrap; }
  .review-strip .track { position: relative; height: 1.15rem; background: PANEL; }
  .review-strip .bar { position: absolute; top: 0; bottom: 0; min-width: 2px; }
  .review-strip .zero { position: absolute; top: -0.14rem; bottom: -0.14rem; width: 1px; background: MUTED; }
  .review-strip .total { font-weight: 600; }
</style>
"""


def style() -> None:
    """Send the style of the page; once a run, before its parts."""
    look, text = library.look(), _STYLE
    for token, name in (("MUTED", "muted"), ("HARM", "harm"), ("PROGRAMME", "programme"), ("COST", "cost")):
        text = text.replace(token, look[name])
    st.html(text.replace("PANEL", look["panel"]))


def strip(chart: Chart, currency: str) -> None:
    """A waterfall from top to bottom in letters that grow with the page; its words stand in it as text."""
    st.html(strip_markup(chart, currency))


def strip_markup(chart: Chart, currency: str) -> str:
    """The waterfall as markup; every name in it is escaped."""
    values = [value or 0.0 for value in chart.series[0].values]
    spans = _spans(values, chart.totals)
    low, high = (
        min(0.0, *(end for span in spans for end in span)),
        max(0.0, *(end for span in spans for end in span)),
    )
    scale, wide = numbers.chart_scale(values, chart.unit, chart.scale), (high - low) or 1.0
    rows = "".join(
        _row(chart, place, span, (low, wide), scale.text(values[place], signed=place not in chart.totals))
        for place, span in enumerate(spans)
    )
    return f'<div class="review-strip" role="img" aria-label="{escape(chart.alt, quote=True)}">{rows}</div>'


def _spans(values: Sequence[float], totals: frozenset[int]) -> list[tuple[float, float]]:
    """From where to where each bar goes: totals from zero, steps from where the one before ended."""
    found, level = [], 0.0
    for place, value in enumerate(values):
        begin = 0.0 if place in totals else level
        level = begin + value
        found.append((begin, level))
    return found


def _row(chart: Chart, place: int, span: tuple[float, float], room: tuple[float, float], amount: str) -> str:
    (low, wide), total = room, " total" if place in chart.totals else ""
    left, right = ((end - low) / wide * 100 for end in sorted(span))
    colour = library.look()["do_nothing" if chart.roles[place] == "muted" else chart.roles[place]]
    bar = f'<div class="bar" style="left:{left:.3f}%;width:{right - left:.3f}%;background:{colour}"></div>'
    zero = f'<div class="zero" style="left:{-low / wide * 100:.3f}%"></div>'
    return (
        f'<div class="name{total}">{escape(chart.categories[place])}</div><div class="track">{bar}{zero}</div>'
        f'<div class="amount{total}">{escape(amount)}</div>'
    )
