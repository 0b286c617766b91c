"""Two hundred formulas changed at random: every one that moves a figure turns the light red, most trip an identity."""

from __future__ import annotations

import random
from typing import Any

import pytest

from casebuilder.workbook.book import FAILS
from tests.workbook import live, mutations

MUTATIONS, SEED = 200, 20261122
#: What a figure of money may move by before it counts as changed: less than any check of a sheet allows.
SMALLEST = 0.1
#: At least this share must be seen without the exported figures: inputs may have been edited as well.
SEEN_WITHOUT = 0.6
#: A formula that reads itself, or a range that ends above its beginning.
REFUSED = ("Engine error: #CIRC!", "Engine error: #REF!")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["examples/contract_services.yaml", "examples/growth_network.yaml"])
def test_a_changed_formula_that_changes_a_figure_is_seen(path: str) -> None:
    book, draw = live.opened(path), random.Random(SEED)
    before, moved, seen = book.figures(), 0, 0
    while moved < MUTATIONS:
        cell = draw.choice(book.calc_cells)
        text = mutations.mutated(book.formulas[cell], book.value(*cell), draw)
        try:
            with book.formula(cell, text):
                if differ(before, book.figures()):
                    moved += 1
                    seen += bool(book.failing)
                    assert not book.stamp_holds, (cell, book.formulas[cell], text)
                    assert book.light == FAILS, (cell, book.formulas[cell], text)
        except RuntimeError as refused:
            assert str(refused).startswith(REFUSED), (cell, text)
    print(f"{path}: {seen} of {moved} mutations trip an identity")
    assert seen >= SEEN_WITHOUT * moved


def differ(before: list[Any], now: list[Any]) -> bool:
    """Whether any figure is another one."""
    return any(_other(*pair) for pair in zip(before, now, strict=True))


def _other(before: Any, now: Any) -> bool:
    if isinstance(before, float) and isinstance(now, float):
        return abs(before - now) > SMALLEST + 2e-6 * max(1.0, abs(before))
    return type(before) is not type(now) or before != now


def test_mutations_are_many_and_change_the_formula() -> None:
    draw = random.Random(SEED)
    text = "=IF(A1<B$2,A1*12+C3-$D$4,SUM(E5:F5)/2)"
    found = {mutations.mutated(text, 7.5, draw) for _ in range(3000)}
    assert text not in found
    assert {"=-(IF(A1<B$2,A1*12+C3-$D$4,SUM(E5:F5)/2))", "=8.26"} <= found
    assert "=IF(A1>B$2,A1*12+C3-$D$4,SUM(E5:F5)/2)" in found
    assert "=IF(A1<B$2,A1*12+C3,SUM(E5:F5)/2)" in found
    assert "=IF(A1<B$2,A1*13+C3-$D$4,SUM(E5:F5)/2)" in found
    assert "=IF(A1<B$2,A2*12+C3-$D$4,SUM(E5:F5)/2)" in found
