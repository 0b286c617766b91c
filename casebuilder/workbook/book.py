"""A workbook being written: what every sheet has in common, and the few ways in which a cell is filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from xlsxwriter.utility import xl_col_to_name

from casebuilder.case import library
from casebuilder.model.results import Outcome, Results
from casebuilder.pitch.records import Stamp
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.workbook.behind import Behind
from casebuilder.workbook.bounds import FLAG, Bounds
from casebuilder.workbook.layout import (
    CHECKS,
    MASTER,
    SELECTED,
    Layout,
)
from casebuilder.workbook.style import Styles, unit_word

Kind = Literal["cover", "input", "calculation", "output", "check"]
#: What a kind of sheet is called, and the colour of its tab.
KINDS: Mapping[Kind, tuple[str, str]] = {
    "cover": ("Cover", "ink"),
    "input": ("Input sheet", "input_text"),
    "calculation": ("Calculation sheet", "muted"),
    "output": ("Output sheet", "programme"),
    "check": ("Check sheet", "capacity"),
}
#: What the light says: every check holds, some input was changed since the export, a check fails.
HOLDS, EDITED, FAILS = "All checks hold", "All checks hold; inputs edited since export", "A check fails"
#: The widest text in the label column, and the columns that stand beside it on every sheet.
LABEL_WIDTH, UNIT_WIDTH, VALUE_WIDTH, NOTE_WIDTH = 64, 14, 17, 30
#: Paper by its number in the file format.
_A3, _A4 = 8, 9
#: Limits of the texts beside an input cell.
_PROMPT_TITLE, _PROMPT = 32, 255
_COMMENT = 600


@dataclass(frozen=True)
class Book:
    """A workbook being written: the library's object, where cells are, how they look, and what they say."""

    file: Any
    styles: Styles
    layout: Layout
    results: Results
    stamp: Stamp
    input_values: Mapping[str, float]

    @property
    def currency(self) -> str:
        """The case's currency."""
        return self.results.case.company.currency

    @cached_property
    def behind(self) -> Behind:
        """Who stands behind the inputs."""
        return Behind(self.results.case)

    @property
    def columns(self) -> list[tuple[str, str, Outcome]]:
        """Heading, Calc sheet and outcome of every run that has a sheet: the scenarios, then what is selected."""
        found = [
            (scenario_label(id), self.layout.calc_names[id], outcome)
            for id, outcome in self.results.scenarios.items()
        ]
        return [*found, ("Selected on Inputs", SELECTED, self.results.asked)]

    @property
    def selected(self) -> str:
        """What is selected when the workbook is made: the scenario that counts and the option asked for."""
        case = self.results.case
        return f"{scenario_label(case.headline)}, {option_label(self.results.asked_option)}"

    def sheet(self, name: str, title: str, kind: Kind, columns: int = 12, wide: bool = False) -> Any:
        """A new sheet with its title, kind, stamp and light; `columns` are printed side by side on one page.

        A `wide` sheet is printed on large paper, one page for each 24 columns of time.
        """
        words, colour = KINDS[kind]
        sheet = self.file.add_worksheet(name)
        sheet.set_tab_color(library.look()[colour])
        sheet.hide_gridlines(2)
        widths = (
            (LABEL_WIDTH, "plain"),
            (UNIT_WIDTH, "muted"),
            (VALUE_WIDTH, "plain"),
            (NOTE_WIDTH, "muted"),
        )
        for column, (width, role) in enumerate(widths):
            sheet.set_column(column, column, width, self.styles(role))
        sheet.set_row(0, 24)
        sheet.set_landscape()
        sheet.set_paper(_A3 if wide else _A4)
        sheet.fit_to_pages(1 + (columns - 1) // 30 if wide else 1, 0)
        sheet.repeat_rows(0, 2)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{self.stamp.line}&R&A, page &P of &N")
        sheet.write_string(Layout.TITLE_ROW, 0, title, self.styles("title"))
        said = f"{words} · {self.results.case.title} · {self.stamp.line}"
        sheet.write_string(Layout.STAMP_ROW, 0, said, self.styles("muted"))
        if name != CHECKS:
            self.light(sheet, Layout.LIGHT_ROW, 0, f"={MASTER}")
        return sheet

    def light(self, sheet: Any, row: int, column: int, formula: str) -> None:
        """The overall light of the checks: good, edited since export, or bad."""
        sheet.formula(row, column, formula, self.styles("good"), HOLDS if self.all_hold else FAILS)
        for text, role in ((EDITED, "edited"), (FAILS, "bad")):
            rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": self.styles(role)}
            sheet.conditional_format(row, column, row, column, rule)

    @property
    def all_hold(self) -> bool:
        """Whether every check of every scenario holds."""
        return all(check.ok for _, _, outcome in self.columns for check in outcome.checks)

    def label(self, sheet: Any, row: int, label: str, unit: str = "", role: str = "plain") -> None:
        """A row's label and unit."""
        sheet.write_string(row, Layout.LABEL, label, self.styles(role))
        if unit:
            sheet.write_string(row, Layout.UNIT, unit_word(unit, self.currency), self.styles("muted"))

    def number(
        self,
        sheet: Any,
        row: int,
        column: int,
        text: str,
        unit: str,
        value: float | str | None,
        role: str = "plain",
    ) -> None:
        """A formula of a unit with the value that it has; None is no number and shows as an empty text."""
        sheet.formula(row, column, text, self.styles(role, unit), value)

    def stamped(
        self, sheet: Any, row: int, column: int, value: float | str | None, unit: str = "text"
    ) -> None:
        """A value as it was when the workbook was exported: it follows nothing."""
        style = self.styles("stamped", unit)
        if isinstance(value, str) or value is None:
            sheet.write_string(row, column, value or "", self.styles("stamped"))
        else:
            sheet.write_number(row, column, value, style)

    def open_to_change(
        self,
        sheet: Any,
        row: int,
        column: int,
        allowed: Bounds,
        title: str,
        prompt: str,
        last: int | None = None,
    ) -> None:
        """The rule of an input cell, what it says when the cell is entered, and what when a value is refused.

        `last` is the last column of cells beside each other that share it.
        """
        rule: dict[str, Any] = {"validate": "integer" if allowed.whole else "decimal"}
        if allowed.lower is not None and allowed.upper is not None:
            rule |= {"criteria": "between", "minimum": allowed.lower, "maximum": allowed.upper}
        elif allowed.lower is not None:
            rule |= {"criteria": ">" if allowed.above else ">=", "value": allowed.lower}
        else:
            rule |= {"criteria": "between", "minimum": -1e15, "maximum": 1e15}
        said = "1 for yes, 0 for no" if allowed == FLAG else f"Allowed: {allowed.words}"
        rule |= {
            "input_title": _cut(title, _PROMPT_TITLE),
            "input_message": _cut(f"{said}. {prompt}", _PROMPT),
            "error_title": "Outside what is possible",
            "error_message": _cut(f"{title}: allowed is {allowed.words}.", _PROMPT),
        }
        sheet.data_validation(row, column, row, column if last is None else last, rule)

    def comment(self, sheet: Any, row: int, column: int, text: str) -> None:
        """A comment that carries where a number comes from."""
        lines = 2 + len(text) // 45 + text.count("\n")
        sheet.write_comment(
            row,
            column,
            _cut(text, _COMMENT),
            {
                "author": "",
                "x_scale": 2.2,
                "height": 16 * min(lines, 16),
                "font_size": 9,
                "font_name": "Calibri",
            },
        )

    def chart(self, sheet: Any, row: int, column: int, chart: Any, title: str, alt: str) -> None:
        """Insert a chart in the workbook's look: a title that says what to see, no legend, words for the blind."""
        look = library.look()
        chart.set_title(
            {"name": title, "name_font": {"size": 12, "bold": True, "color": look["ink"]}, "overlay": False}
        )
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"none": True}})
        sheet.insert_chart(row, column, chart, {"description": alt, "object_position": 1})


def column_name(column: int) -> str:
    """The letters of a column, counted from 0."""
    name: str = xl_col_to_name(column)
    return name


def _cut(text: str, length: int) -> str:
    """The text within a length of the file format, an ellipsis where it was longer."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
