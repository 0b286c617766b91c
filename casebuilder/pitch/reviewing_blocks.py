"""What a review took off as tables of numbers: the doubts made now, and every set that was kept under a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.cuts import cut, cuts_of
from casebuilder.case import Doubt
from casebuilder.pitch.exhibits.moving import cut_label
from casebuilder.pitch.records import Block
from casebuilder.pitch.view import View

NOTE = "One on top of the other; they change no number of the case"


def reviewed_blocks(view: View, certainty: Certainty) -> Iterator[Block]:
    """One block for each set of doubts, all of them in full; none where there was no review."""
    review = view.case.review
    if review.doubts:
        yield _block("What the review takes off", review.doubts, certainty)
    for kept in review.kept:
        yield _block(f"What “{kept.name}” takes off", kept.doubts, certainty)


def _block(title: str, doubts: Iterable[Doubt], certainty: Certainty) -> Block:
    found = cut(certainty.study, cuts_of(doubts))
    rows = (
        ("As counted", None, found.start),
        *((cut_label(step.cut), step.step, step.npv) for step in found.steps),
    )
    return Block(title, NOTE, ("Doubt", "Takes", "Net present value left"), ("text", "money", "money"), rows)
