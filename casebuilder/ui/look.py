"""The few touches of style that the theme cannot give: tabular figures, and a page that wastes no height."""

import streamlit as st

#: Only streamlit's own test ids are named, so that a release that renames them costs looks and nothing else.
_STYLE = """
<style>
  .stApp { font-variant-numeric: tabular-nums; }
  [data-testid="stMainBlockContainer"] { padding: 4.25rem 2.5rem 3rem; max-width: 1180px; }
  [data-testid="stMain"] h1 { font-size: 1.8rem; line-height: 1.25; padding: 0 0 0.25rem; }
  [data-testid="stMain"] h3 { font-size: 1.15rem; padding: 0.75rem 0 0.25rem; }
  [data-testid="stMetricValue"] { font-size: 1.55rem; font-weight: 600; }
  [data-testid="stSidebarHeader"] { height: 2.25rem; }
</style>
"""


def style() -> None:
    """Send the style; once a run, before the page."""
    st.html(_STYLE)
