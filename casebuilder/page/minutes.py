"""The minutes of a review as a document that prints on a sheet or two; every text escaped, no script."""

from __future__ import annotations

from casebuilder.page.document import document
from casebuilder.page.markup import Node, element, text
from casebuilder.page.sheet import style
from casebuilder.pitch.minutes import Minutes, Part
from casebuilder.pitch.records import Table

_RULES = """
@page { margin: 14mm 15mm 15mm;
  @bottom-left { content: "$stamp"; font: 7.5pt Calibri, Carlito, Arial, sans-serif; color: $muted; }
  @bottom-right { content: counter(page) " of " counter(pages); font: 7.5pt Calibri, Carlito, Arial, sans-serif;
    color: $muted; } }
* { box-sizing: border-box; }
html { background: $panel; }
body { margin: 0 auto; max-width: 190mm; padding: 10mm 12mm; background: $paper; color: $ink;
  font: 10pt/1.35 Calibri, Carlito, Arial, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1 { margin: 1mm 0 2mm; font-size: 17pt; line-height: 1.18; font-weight: 600; }
h2 { margin: 0 0 0.8mm; font-size: 12pt; font-weight: 600; color: $programme; break-after: avoid; }
p { margin: 0; }
section { margin-top: 5mm; }
.over, .note, footer { color: $muted; font-size: 9pt; }
.note { margin-top: 1mm; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.4mm 4mm; margin: 0; padding: 1.8mm 0;
  border-top: 0.3mm solid $line; border-bottom: 0.3mm solid $line; }
dt { color: $muted; }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: 9.5pt; }
th, td { padding: 0.9mm 1.5mm; border-bottom: 0.2mm solid $line; text-align: left; font-weight: 400;
  vertical-align: top; }
thead th { color: $muted; border-bottom: 0.35mm solid $ink; vertical-align: bottom; }
th:first-child { padding-left: 0; }
.number { text-align: right; white-space: nowrap; }
tr { break-inside: avoid; }
footer { margin-top: 7mm; padding-top: 1.5mm; border-top: 0.2mm solid $line; }
@media print {
  html { background: none; }
  body { max-width: none; padding: 0; }
  footer { display: none; }
}
"""


def render(found: Minutes) -> bytes:
    """The minutes as a UTF-8 HTML document, made for A4 and Letter."""
    main = element("main", _top(found), *(_part(part) for part in found.parts))
    title = text(f"{found.case_title}: minutes of {found.held}")
    foot = element("footer", element("p", text(found.stamp.line)))
    return document(title, style(found.stamp.line, _RULES), main, foot)


def _top(found: Minutes) -> Node:
    facts = [("Held on", found.held), ("Present", found.present), ("Counted", found.basis)]
    facts.append(("Version", found.stamp.fingerprint))
    told = [
        node
        for label, said in facts
        if said
        for node in (element("dt", text(label)), element("dd", text(said)))
    ]
    return element(
        "header",
        element("p", text(f"{found.company} · {found.case_title} · minutes of the review"), class_="over"),
        element("h1", text(found.title)),
        element("dl", *told),
    )


def _part(part: Part) -> Node:
    inside = [element("h2", text(part.title))]
    inside.append(_table(part.table) if part.table is not None else element("p", text(part.nothing)))
    if part.note:
        inside.append(element("p", text(part.note), class_="note"))
    return element("section", *inside)


def _table(table: Table) -> Node:
    heads = (
        element("th", text(head), scope="col", class_=_kind(table, place))
        for place, head in enumerate(table.columns)
    )
    rows = (element("tr", *_cells(table, row)) for row in table.rows)
    return element("table", element("thead", element("tr", *heads)), element("tbody", *rows))


def _cells(table: Table, row: tuple[str, ...]) -> list[Node]:
    first, *rest = row
    cells = [element("th", text(first), scope="row")]
    return cells + [
        element("td", text(cell), class_=_kind(table, place)) for place, cell in enumerate(rest, 1)
    ]


def _kind(table: Table, place: int) -> str:
    return "number" if place in table.numeric else "words"
