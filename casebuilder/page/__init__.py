"""Room 5c, as a page: one printable HTML document that needs nothing but itself."""

from __future__ import annotations

from casebuilder.page.document import document
from casebuilder.page.markup import Node, element, text
from casebuilder.page.one_sheet import render as preread
from casebuilder.page.sheet import style
from casebuilder.pitch.interview import Guide, Question, Section
from casebuilder.pitch.records import Table

__all__ = ["preread", "render"]


def render(guide: Guide) -> bytes:
    """The guide as a UTF-8 HTML document: no script, no request, every text escaped, made for A4 and Letter."""
    title = text(f"{guide.title}: {guide.case_title}")
    main = element("main", _top(guide), *(_section(part) for part in guide.sections))
    return document(title, style(guide.stamp.line), main, _foot(guide))


def _top(guide: Guide) -> Node:
    facts = [
        node
        for label, said in guide.about
        for node in (element("dt", text(label)), element("dd", text(said)))
    ]
    return element(
        "header",
        element("p", text(f"{guide.company} · {guide.case_title}"), class_="over"),
        element("h1", text(guide.title)),
        element("p", text(guide.promise), class_="promise"),
        element("p", text("With"), _blank("Name"), text("on"), _blank("Date"), class_="who"),
        element("dl", *facts),
    )


def _blank(what: str) -> Node:
    return element("span", class_="blank", title=what)


def _section(part: Section) -> Node:
    inside = [element("h2", text(part.title))]
    if part.known:
        inside.append(element("p", text(part.known), class_="known"))
    if part.table is not None:
        inside.append(_table(part.table))
    if part.questions:
        inside.append(element("ol", *(_question(question) for question in part.questions)))
    return element("section", *inside)


def _question(question: Question) -> Node:
    known = [element("span", text(question.known), class_="known")] if question.known else []
    lines = [element("span", class_="line") for _ in range(question.lines)]
    return element("li", element("span", text(question.text), class_="ask"), *known, *lines)


def _table(table: Table) -> Node:
    """A table whose empty cells are boxes to write into; the first cell of a row names it."""
    heads = element("tr", *(element("th", text(column), scope="col") for column in table.columns))
    rows = [element("tr", *(_cell(cell, place) for place, cell in enumerate(row))) for row in table.rows]
    return element(
        "table", element("thead", heads), element("tbody", *rows), class_=f"of{len(table.columns)}"
    )


def _cell(cell: str, place: int) -> Node:
    if place == 0:
        return element("th", text(cell), scope="row")
    return element("td", text(cell)) if cell else element("td", class_="box")


def _foot(guide: Guide) -> Node:
    return element("footer", element("p", text(guide.stamp.line)))
