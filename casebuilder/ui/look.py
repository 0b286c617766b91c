"""The few touches of style that the theme cannot give: figures, height, a tablet's width, and a page that prints."""

import streamlit as st

from casebuilder.case import library

#: Only streamlit's own test ids and our own keys are named, so that a release that renames them costs looks and
#: nothing else.
_SCREEN = """
  .stApp { font-variant-numeric: tabular-nums; }
  [data-testid="stMainBlockContainer"] { padding: 4.25rem 2.5rem 3rem; max-width: 1180px; }
  [data-testid="stMain"] h1 { font-size: 1.8rem; line-height: 1.25; padding: 0 0 0.25rem; }
  [data-testid="stMain"] :is(h2, h3) { font-size: 1.15rem; line-height: 1.2; padding: 0.75rem 0 0.25rem; }
  [class*="st-key-figures"] p > strong { font-size: 1.5rem; line-height: 1.5; font-weight: 600; }
  [data-testid="stMetricValue"] { font-size: 1.55rem; font-weight: 600; }
  [data-testid="stSidebarHeader"] { height: 2.25rem; }
  [data-testid="stSidebar"] [data-testid="stTextInput"] input { padding: 0.5rem; }
  [class*="st-key-what-on-"] label p { font-weight: 600; }
  [class*="st-key-beside-field-"] { min-height: 2.5rem; }
  svg.marks { overflow: visible; }
  .st-key-shell { flex-wrap: nowrap; }
  .st-key-shell > :first-child { min-width: 0; }
  .st-key-shell button { white-space: nowrap; }
  .st-key-case-upload [data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
"""

#: Whoever goes by keyboard sees where they are, on the few things that streamlit only tints or keeps hidden.
_FOCUS = f"""
  :is([data-testid="stTopNavLink"], [data-testid="stBaseButton-elementToolbar"]):focus-visible,
  .stApp label:has(:is([type="checkbox"], [type="radio"]):focus-visible) {{
    outline: 2px solid {library.look()["programme"]}; outline-offset: 1px; border-radius: 0.25rem; }}
  [data-testid="stElementToolbar"]:has(:focus-visible) {{ opacity: 1; z-index: 2; }}
"""

#: A tablet: numbers side by side go on in a second line before they are cut, and no key is named that it lacks.
_TABLET = """
  [data-testid="stSidebar"][data-collapsed="false"] { width: 260px !important; min-width: 260px !important; }
  [data-testid="stMainBlockContainer"] { padding-left: 1.25rem; padding-right: 1.25rem; }
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] [data-testid="stMetric"]) { flex-wrap: wrap; }
  [data-testid="stHorizontalBlock"] > [data-testid="stColumn"]:has([data-testid="stMetric"]) { min-width: 8.5rem; }
  .st-key-review-doubts [data-testid="stHorizontalBlock"] { flex-wrap: wrap; }
  .st-key-review-doubts [data-testid="stColumn"] { min-width: 10rem; }
  .st-key-review-figures [data-testid="stMetricValue"] { font-size: 2rem !important; }
  .st-key-review-figures [data-testid="stMetricLabel"] * { white-space: normal; }
  .st-key-shell kbd { display: none; }
  [data-testid="stPopoverButton"], [data-testid="stColumn"] [data-testid="stBaseButton-secondary"] {
    padding-left: 0.4rem; padding-right: 0.4rem; }
"""

#: On paper there is nothing to press: what is said stays, in black on white, and no chart or table line is torn apart.
#: The doubts of a review are named by their buttons, which therefore stay.
_PAPER = """
  @page { margin: 14mm; }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"], [data-testid="stApp"] {
    position: static !important; display: block !important; height: auto !important; width: auto !important;
    overflow: visible !important; background: #fff !important; }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stStatusWidget"],
  [data-testid="stDecoration"], [data-testid="stBottom"], [data-testid="stButton"], [data-testid="stDownloadButton"],
  [data-testid="stPopover"], [data-testid="stFileUploader"], [data-testid="stElementToolbar"],
  [data-testid="stTooltipIcon"], [data-testid="stExpandSidebarButton"] { display: none !important; }
  [data-testid="stMain"] :is(h1, h2, h3, h4, p, li, td, th, label, div) { color: #000 !important; }
  [data-testid="stElementContainer"], [data-testid="stVerticalBlock"], [data-testid="stLayoutWrapper"],
  [data-testid="stTable"], [data-testid="stVegaLiteChart"] { max-width: 100% !important; }
  [data-testid="stVerticalBlock"] { display: block !important; }
  [data-testid="stVerticalBlock"] > * { margin-bottom: 0.6rem; }
  .st-key-files, [data-testid="stExpander"]:has(details:not([open])),
  .st-key-review-doubts [data-testid="stNumberInput"], .st-key-review-doubts [data-testid="stSelectbox"] {
    display: none !important; }
  .st-key-review-doubts [data-testid="stButton"] { display: block !important; }
  svg.marks { max-width: 100%; height: auto; }
  h1, h2, h3, [data-testid="stCaptionContainer"] { break-after: avoid; }
  [data-testid="stHeading"], [data-testid="stVegaLiteChart"], [data-testid="stMetric"], tr { break-inside: avoid; }
"""
_STYLE = f"<style>{_SCREEN}{_FOCUS}@media screen and (max-width: 1000px) {{{_TABLET}}}@media print {{{_PAPER}}}</style>"


def style() -> None:
    """Send the style; once a run, before the page."""
    st.html(_STYLE)
