"""The page How sure: the verdict first, every study of the open case, and what changed since it was opened."""

from casebuilder import build
from casebuilder.pitch import numbers
from tests.ui.driver import EFFECT, first, go, start, type_in


def said(app: object) -> str:
    """Everything on the page as one text."""
    parts = [*app.title, *app.header, *app.markdown, *app.caption]  # type: ignore[attr-defined]
    return " ".join(element.value for element in parts)


def test_the_verdict_leads_and_the_studies_follow() -> None:
    app = go(start(), "certainty")
    assert app.title[0].value.startswith("Invest in stages")
    found = build.certainty(build.evaluate(first()))
    npv = numbers.money(found.outcome.npv, first().company.currency)
    assert npv in app.title[0].value
    assert len(app.header) >= 8
    assert "Reset" not in said(app)


def test_a_change_shows_as_a_bridge() -> None:
    app = go(type_in(start(), EFFECT, 8.0), "certainty")
    before, after = build.evaluate(first()).asked.npv, build.evaluate(first(**{EFFECT: 0.08})).asked.npv
    amounts = [numbers.money(amount, first().company.currency) for amount in (before, after)]
    bridges = [element.value for element in app.header if all(text in element.value for text in amounts)]
    assert len(bridges) == 1


def test_requests_are_ready_to_send() -> None:
    app = go(start(), "certainty")
    assert app.code[0].value.startswith("Subject: ")
    assert "Thank you." in app.code[0].value
