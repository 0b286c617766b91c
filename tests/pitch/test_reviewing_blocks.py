"""What a review took off as tables: every doubt with its step, every kept set in full, nothing without a review."""

from datetime import date

import pytest

from casebuilder import build
from casebuilder.analysis.cuts import cut, cuts_of
from casebuilder.case import Doubt
from casebuilder.case.reviewed import with_doubts, with_kept
from casebuilder.pitch.blocks import blocks
from casebuilder.pitch.reviewing_blocks import reviewed_blocks
from casebuilder.pitch.view import View
from tests.model.cases import example

NOW = [Doubt(kind="costs", amount=1.2)]
KEPT = [Doubt(kind="hurdle", amount=0.2), Doubt(kind="signed_only")]


def test_without_a_review_there_is_no_block() -> None:
    found = example("growth_network")
    assert list(reviewed_blocks(View(found, "cfo"), build.certainty(found))) == []


def test_every_set_stands_with_all_its_doubts() -> None:
    case = with_kept(with_doubts(example("growth_network").case, NOW), "CFO", "", date(2026, 11, 21), KEPT)
    found = build.evaluate(case)
    sure = build.certainty(found)
    made, kept = reviewed_blocks(View(found, "cfo"), sure)
    assert [row[0] for row in kept.rows] == ["As counted", "Hurdle rate of 20%", "Signed effects only"]
    for block, doubts in ((made, NOW), (kept, KEPT)):
        assert block.rows[0][2] == pytest.approx(found.asked.npv)
        assert block.rows[-1][2] == pytest.approx(cut(sure.study, cuts_of(doubts)).end)
        left = [row[2] for row in block.rows]
        assert all(
            row[1] == pytest.approx(row[2] - before)
            for row, before in zip(block.rows[1:], left, strict=False)
        )
    assert blocks(View(found, "cfo"), sure)[-2:] == (made, kept)
