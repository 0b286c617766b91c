"""Decks: one of fifteen slides beside opening and saving its template, and those of ten people made in one call."""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pptx import Presentation

from benchmarks.timing import Figure, compare, milliseconds
from casebuilder import build, deck
from casebuilder.case import Case, library, load
from casebuilder.deck import measure, tables
from casebuilder.deck.design import TEMPLATE
from casebuilder.pitch.records import Exhibit, Pitch
from casebuilder.pitch.story import pitch

EXAMPLE = Path(__file__).parents[1] / "examples" / "contract_services.yaml"
#: The deck that the goal names.
SLIDES, CHARTS = 15, 7


def deck_written() -> Figure:
    """A deck of fifteen slides with seven native charts, beside its template opened and saved by the library."""
    given = short_pitch()
    pair = compare(lambda: deck.render(given), opened_and_saved, 31, before=forget)
    return pair.figure("deck", "a deck of 15 slides, beside opening and saving its template", 15.0)


def all_decks() -> Figure:
    """The decks of all personas in one call, beside a call for each; every call makes the workbook as well."""
    case, personas = load(EXAMPLE), tuple(library.personas())
    forget()
    ours = milliseconds(lambda: made(case, personas))
    each = sum(_alone(case, persona) for persona in personas)
    words = f"the decks of {len(personas)} people in one call, beside a call for each"
    return Figure("decks", words, "times", ours / each, 0.5, ours, each)


def _alone(case: Case, persona: str) -> float:
    """Milliseconds of a call for one deck."""
    forget()
    return milliseconds(lambda: made(case, (persona,)))


def made(case: Case, personas: Sequence[str]) -> list[str]:
    """Writes the workbook and these decks; returns what was said meanwhile, once for each file at least."""
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        build.write_files(case, "case", Path(folder), personas, said.append)
    return said


def opened_and_saved() -> bytes:
    """The template as the library writes it, nothing added."""
    stream = io.BytesIO()
    Presentation(str(TEMPLATE)).save(stream)
    return stream.getvalue()


@lru_cache(maxsize=1)
def short_pitch() -> Pitch:
    """What a CFO is told, cut to exhibits of one slide each: seven with a chart, the others without one."""
    results = build.evaluate(load(EXAMPLE))
    whole = pitch(results, build.FINANCE, build.certainty(results))
    slides, charts = counted(deck.render(whole))
    single = [exhibit for exhibit in whole.exhibits if slides[exhibit.id] == 1]
    drawn = [exhibit for exhibit in single if charts[exhibit.id] == 1][:CHARTS]
    plain = [exhibit for exhibit in single if not charts[exhibit.id]][: SLIDES - CHARTS]
    return replace(whole, exhibits=_in_order(whole.exhibits, (*drawn, *plain)))


def _in_order(all_of_them: Sequence[Exhibit], some: Sequence[Exhibit]) -> tuple[Exhibit, ...]:
    kept = {exhibit.id for exhibit in some}
    return tuple(exhibit for exhibit in all_of_them if exhibit.id in kept)


def counted(raw: bytes) -> tuple[Counter[str], Counter[str]]:
    """How many slides and native charts each exhibit of a deck has."""
    slides, charts = Counter[str](), Counter[str]()
    for slide in Presentation(io.BytesIO(raw)).slides:
        id = slide.shapes[0].name.partition("/")[0]
        slides[id] += 1
        charts[id] += sum(shape.has_chart for shape in slide.shapes)
    return slides, charts


def forget() -> None:
    """Lets nothing that was measured for one deck be there for the next; how wide characters are stays known."""
    for module in (measure, tables):
        for each in vars(module).values():
            if hasattr(each, "cache_parameters") and each.cache_parameters()["maxsize"] is not None:
                each.cache_clear()
