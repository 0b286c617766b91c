"""User texts on screen: nothing in them is read as Markdown, and they still look as written."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casebuilder.ui.wording import chip, listing, plain
from tests.ui import driver

HOSTILE = {
    "image": "![x](http://127.0.0.1:9/x.png)",
    "formula": "costs $5 and $6",
    "struck": "5~10 or 6~12, ~~gone~~",
    "coloured": ":red[alarm] :blue-badge[new]",
    "icon": ":material/delete: :tada:",
    "bold": "**bold** _italic_ `code`",
    "link": "[click](javascript:alert(1)) http://evil.example www.evil.example a@evil.example",
    "tag": "<script>alert(1)</script> <b>x</b> &lt;",
    "heading": "# heading",
    "list": "- item",
    "number": "1. item",
    "table": "a | b",
    "arrow": "A -> B <= C",
}


def bare(text: str) -> str:
    """The text as a reader sees it: escapes and invisible joiners taken away."""
    return re.sub(r"\\(.)", r"\1", text.replace("\u2060", ""))


@pytest.mark.parametrize("name", HOSTILE)
def test_every_sign_is_escaped_and_the_text_stays(name):
    text = plain(HOSTILE[name])
    assert bare(text) == HOSTILE[name]
    assert re.search(r"(?<!\\)[$~*_`\[\]<>#|]", text) is None


@given(st.text(max_size=60))
@example(HOSTILE["coloured"])
def test_any_text_is_escaped_and_stays(text):
    found = plain(text)
    assert bare(found) == re.sub(r"[ \t\r\n\f\v]+", " ", text).replace("\u2060", "").replace(
        "\\", "\\"
    ).strip() or ("\\" in text or "\u2060" in text)
    assert re.search(r"(?<!\\)(?:\\\\)*[$~*_`\[\]<>#|]", found) is None
    assert "\n" not in found


def test_numbers_and_sentences_are_left_alone():
    for text in (
        "USD\u00a02.3\u00a0M",
        "−0.6\u00a0months, better",
        "+5.4\u00a0points",
        "79.1%",
        "Note: it pays",
        "12:30",
    ):
        assert plain(text) == text


def test_small_parts():
    assert chip("default [x]") == ":yellow-badge[default \\[x\\]]"
    assert listing(["a", "", "b"]) == "a · b"


OWN = """
casebuilder: 1
title: {title}
company: {{name: {title}, industry: {title}, currency: EUR, decision_date: 2027-01-01, years: 2}}
decision: {{ask: {title}}}
segments: [{{name: {name}, customers: 100, revenue_per_customer: 50000, gross_margin: 0.5, churn_rate: 0.2}}]
initiatives:
  - {{id: one, name: {title}, one_time_cost: 100, effects: [{{lever: churn_rate, low: 0.1, base: 0.2, high: 0.3}}]}}
  - {{id: two, name: {name}, requires: [one], annual_cost: 10}}
options: {{part: [one], all_of_it: all}}
custom_lines: [{{name: {title}, kind: benefit, class: cost_out, by_year: [1000, 1000]}}]
stakeholders:
  - persona: sales
    role: {title}
    drivers: [{{kpi: other, name: {title}, unit: share, target: 0.5}}, {{kpi: customers, target: 90}}]
"""


@pytest.mark.parametrize("name", ["image", "formula", "coloured", "tag", "icon"])
def test_a_hostile_case_reaches_no_page_unescaped(name):
    text = HOSTILE[name]
    content = OWN.format(title=f'"{text}"', name=f'"B {text}"')
    app = driver.bring(driver.start(), f"{text[:8]}.yaml", content.encode())
    assert "Open now" in driver.texts(app), driver.texts(app)
    for page in ("start", "answer", "pitch"):
        driver.go(app, page)
        places = [*app.markdown, *app.caption, *app.title, *app.header, *app.subheader, *app.error]
        shown = [element.value for element in places]
        shown += [element.label for element in (*app.toggle, *app.metric, *app.button)]
        shown += [option for control in (*app.segmented_control, *app.pills) for option in control.options]
        shown += [cell for table in app.table for cell in table.value.to_numpy().ravel()]
        assert any(plain(text) in value for value in shown), page
        assert [value for value in shown if text in value] == [], page
