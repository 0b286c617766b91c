"""The measurements as tables: for a terminal, and as Markdown for a page."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.sheets import SAMPLE, Recalculated
from benchmarks.timing import Figure

_SECONDS, _MINUTES, _HOURS = 1000.0, 60_000.0, 3_600_000.0


@dataclass(frozen=True)
class Table:
    """A heading above rows of texts; all but the first column stand to the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def text(self) -> str:
        """For a terminal."""
        widths = [max(len(row[n]) for row in (self.head, *self.rows)) for n in range(len(self.head))]
        return "\n".join(self._line(row, widths).rstrip() for row in (self.head, *self.rows))

    def markdown(self) -> str:
        """For a page."""
        rule = "|".join(["---", *("---:" for _ in self.head[1:])])
        return "\n".join([_bars(self.head), f"|{rule}|", *(_bars(row) for row in self.rows)])

    @staticmethod
    def _line(row: tuple[str, ...], widths: list[int]) -> str:
        first, *others = (
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        return "  ".join([first, *others])


@dataclass(frozen=True)
class Question:
    """A question that was also asked of spreadsheet programs: its runs, and our milliseconds for all of them."""

    words: str
    runs: int
    ours: float


def measured(figures: Sequence[Figure]) -> Table:
    """One row per measurement."""
    head = ("measured", "ours", "by hand", "ratio", "at most", "")
    return Table(head, tuple(_measured(figure) for figure in figures))


def _measured(figure: Figure) -> tuple[str, ...]:
    verdict = "" if figure.goal is None else "ok" if figure.ok else "missed"
    if figure.ours is None or figure.by_hand is None:
        goal = "" if figure.goal is None else f"{figure.goal:g} {figure.unit}"
        return figure.words, f"{figure.value:.1f} {figure.unit}", "", "", goal, verdict
    goal = "" if figure.goal is None else f"{figure.goal:g}"
    return (
        figure.words,
        lasting(figure.ours),
        lasting(figure.by_hand),
        f"{figure.value:.2f}",
        goal,
        verdict,
    )


def recalculations(questions: Sequence[Question], programs: Sequence[Recalculated]) -> Table:
    """One row per program: how long as many recalculations take, from a measured sample of each question."""
    head = (
        f"as many recalculations of the workbook (extrapolated from {SAMPLE})",
        *(q.words for q in questions),
    )
    rows = [("ours (measured)", *(lasting(question.ours) for question in questions))]
    for program in programs:
        if program.missing:
            rows.append((f"{program.name}: {program.missing}; left out", *("" for _ in questions)))
        else:
            long = (lasting(program.each[question.words] * question.runs) for question in questions)
            rows.append((program.name, *long))
    return Table(head, tuple(rows))


def lasting(milliseconds: float) -> str:
    """A duration in the unit that suits it, in three digits or fewer."""
    for unit, size in (("h", _HOURS), ("min", _MINUTES), ("s", _SECONDS)):
        if milliseconds >= size:
            return f"{milliseconds / size:.3g} {unit}"
    return f"{milliseconds:.3g} ms"


def machine() -> str:
    """What the numbers were measured on."""
    return f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} processors"


def _bars(row: tuple[str, ...]) -> str:
    return "| " + " | ".join(row) + " |"
