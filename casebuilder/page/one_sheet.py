"""The pre-read on one sheet of paper: the numbers that matter, a line of conclusion for each question, the choices."""

from __future__ import annotations

import math
from collections.abc import Iterator

from casebuilder.page.document import document
from casebuilder.page.markup import Node, element, text
from casebuilder.page.sheet import style
from casebuilder.pitch.preread import Point, PreRead
from casebuilder.pitch.records import Figure, Table

_RULES = """
@page { margin: 12mm 15mm 14mm;
  @bottom-left { content: "$stamp"; font: 7.5pt Calibri, Carlito, Arial, sans-serif; color: $muted; } }
* { box-sizing: border-box; }
html { background: $panel; }
body { margin: 0 auto; max-width: 190mm; padding: 10mm 12mm; background: $paper; color: $ink;
  font: SIZEpt/1.32 Calibri, Carlito, Arial, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1 { margin: 1mm 0 2mm; font-size: 1.85em; line-height: 1.14; font-weight: 600; }
h2 { margin: 0; font-size: 1em; font-weight: 400; color: $muted; }
p { margin: 0; }
.over, footer { color: $muted; font-size: 0.86em; }
.ask strong { font-weight: 600; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 5mm; margin: 0.4em 0 0; padding: 0.6em 0 0.5em;
  border-top: 0.3mm solid $line; }
.figures p { font-size: 0.86em; color: $muted; line-height: 1.22; }
.figures .number { font-size: 1.95em; font-weight: 600; line-height: 1.1; color: $programme; }
.figures .cost { color: $cost; }
.figures .harm { color: $harm; }
.figures .change { color: $ink; }
section { display: grid; grid-template-columns: 33mm 1fr; gap: 0 5mm; padding: 0.42em 0 0.46em;
  border-top: 0.2mm solid $line; break-inside: avoid; }
section strong { display: block; font-weight: 600; }
section .more { color: $muted; font-size: 0.93em; }
table { width: 100%; border-collapse: collapse; font-size: 0.93em; }
th, td { padding: 0.1em 1.5mm; text-align: right; font-weight: 400; vertical-align: bottom; }
th:first-child { padding-left: 0; text-align: left; width: 34%; }
td { overflow-wrap: normal; }
td:not(:last-child) { white-space: nowrap; }
thead th { color: $muted; border-bottom: 0.2mm solid $line; }
.asked th, .asked td { font-weight: 600; background: $panel; }
footer { padding-top: 0.5em; border-top: 0.2mm solid $line; }
@media print {
  html { background: none; }
  body { max-width: none; padding: 0; }
  footer .stamp { display: none; }
}
"""
#: Type size in points where all has room, and the smallest.
SIZE, LEAST = 10.5, 5.0
#: Letters of that size that a line beside the headings holds, and lines that a sheet has room for.
LETTERS, LINES = 88, 60
#: How fast type shrinks with the amount of text: by its root, and a little more for what does not shrink with it.
SHRINKS = 0.62
#: What the choices stand after.
BEFORE_CHOICES = "The money"


def render(page: PreRead) -> bytes:
    """The page as a UTF-8 HTML document that prints on one sheet of A4 or Letter; no script, every text escaped."""
    title = text(f"{page.case_title}: {page.title}")
    sections = [_section(point) for point in page.points]
    if page.choices is not None:
        places = (n for n, point in enumerate(page.points, start=1) if point.heading == BEFORE_CHOICES)
        sections.insert(next(places, len(sections)), _choices(page.choices))
    look = style(page.stamp.line, _RULES.replace("SIZE", f"{_size(page):.1f}"))
    main = element("main", _top(page), _figures(page.figures), *sections)
    return document(title, look, main, _foot(page))


def _size(page: PreRead) -> float:
    """The type size in which all of it stands on one sheet: smaller type has more lines, with more letters each."""
    much = sum(_lines(page)) / LINES
    return max(LEAST, SIZE / math.pow(max(1.0, much), SHRINKS))


def _long(text: str) -> float:
    """How many letters of usual width a text is as long as."""
    return sum(2.0 if letter > "\u2e7f" else 1.3 if letter.isupper() else 1.0 for letter in text)


def _lines(page: PreRead) -> Iterator[float]:
    """How many lines of usual type each part takes."""

    def wrapped(text: str, letters: float) -> float:
        return math.ceil(_long(text) / letters)

    yield 3 + 2.1 * wrapped(page.title, 0.62 * LETTERS)
    yield wrapped(f"{page.company}{page.case_title}{page.role}", 1.4 * LETTERS)
    yield wrapped(" ".join(page.decision), 1.25 * LETTERS)
    yield 2.6 + max((0.9 * wrapped(each.label, 26) + bool(each.change) for each in page.figures), default=0)
    for point in page.points:
        yield 0.9 + sum(wrapped(said, 0.94 * LETTERS) for said in (point.conclusion, " ".join(point.more)))
    for row in page.choices.rows if page.choices else ():
        yield 1.1 * max(1, wrapped(row[0], 0.4 * LETTERS))
    yield 3 + wrapped(page.source, 1.4 * LETTERS)


def _top(page: PreRead) -> Node:
    asks = " ".join(page.decision)
    first, rest = (page.decision[0], asks[len(page.decision[0]) :]) if page.decision else ("", "")
    return element(
        "header",
        element("p", text(f"{page.company} · {page.case_title} · for the {page.role}"), class_="over"),
        element("h1", text(page.title)),
        element("p", element("strong", text(first)), text(rest), class_="ask"),
    )


def _figures(figures: tuple[Figure, ...]) -> Node:
    return element("div", *map(_figure, figures), class_="figures") if figures else Node("")


def _figure(figure: Figure) -> Node:
    change = [element("p", text(figure.change), class_="change")] if figure.change else []
    number = element("p", text(figure.text), class_=f"number {figure.role}")
    return element("div", number, element("p", text(figure.label)), *change)


def _section(point: Point) -> Node:
    more = [element("p", text(" ".join(point.more)), class_="more")] if point.more else []
    said = element("div", element("strong", text(point.conclusion)), *more)
    return element("section", element("h2", text(point.heading)), said)


def _choices(table: Table) -> Node:
    """What may be chosen instead, doing nothing among it; what is asked for stands out."""
    heads = element("tr", *(element("th", text(column), scope="col") for column in table.columns))
    rows = [_row(row, place == table.emphasised) for place, row in enumerate(table.rows)]
    shown = element("table", element("thead", heads), element("tbody", *rows))
    return element("section", element("h2", text("The choices")), element("div", shown))


def _row(row: tuple[str, ...], asked: bool) -> Node:
    name = element("th", text(row[0]), scope="row")
    cells = [element("td", text(cell)) for cell in row[1:]]
    return element("tr", name, *cells, class_="asked") if asked else element("tr", name, *cells)


def _foot(page: PreRead) -> Node:
    return element(
        "footer",
        element("p", text(f"Source: {page.source}.")),
        element("p", text(page.stamp.line), class_="stamp"),
    )
