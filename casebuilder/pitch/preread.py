"""The one page that is read before a meeting: the conclusions of a story's own exhibits, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebuilder.analysis.certainty import Certainty
from casebuilder.case import library
from casebuilder.case.library_records import ExhibitKind
from casebuilder.model.results import Results
from casebuilder.pitch.exhibits.asking import COSTED, decided
from casebuilder.pitch.records import Exhibit, Figure, Stamp, Table
from casebuilder.pitch.starting import marked
from casebuilder.pitch.story import TOGETHER, TOLD, Tellers, is_informed, needed_to_pay
from casebuilder.pitch.together import COMMITTEE, Together
from casebuilder.pitch.view import View, stamp_of

#: Headings of the page, each with the exhibit whose conclusion stands under it and how many of its takeaways.
Parts = Sequence[tuple[str, ExhibitKind, int]]
OF_READER: Parts = (
    ("Your number", "kpi", 1),
    ("What changes for customers", "change", 1),
    ("The money", "money", 3),
    ("What must be true", "must_be_true", 1),
    ("What speaks against it", "against", 0),
    ("How we will know, and when we stop", "proof", 1),
    ("What we need from you", "ask", 1),
)
OF_COMMITTEE: Parts = (
    ("What changes for customers", "change", 1),
    ("The money", "money", 3),
    ("What must be true", "must_be_true", 1),
    ("What speaks against it", "against", 0),
    ("How we will know, and when we stop", "proof", 0),
    ("What we need", "asks", 1),
)
OF_INFORMED: Parts = (("What changes, and what we need to hear", "heads_up", 3),)
#: The columns of the choices that a page has room for, by their place in the exhibit, and rows at most.
COLUMNS, ROWS = (0, 2, 3, 4), 6
#: Longest text on the page, below a number and in a table; a longer one ends in an ellipsis.
LONGEST, LONGEST_LABEL, LONGEST_CELL = 300, 110, 80


@dataclass(frozen=True)
class Point:
    """One heading with its conclusion, and what stands behind it in a sentence or two."""

    heading: str
    conclusion: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreRead:
    """One page for one reader, or for those who decide together; every text and number is one of their exhibits'.

    `decision` says what is asked and who decides by when; `choices` has doing nothing and a smaller version beside it.
    """

    persona: str
    role: str
    company: str
    case_title: str
    title: str
    decision: tuple[str, ...]
    figures: tuple[Figure, ...]
    points: tuple[Point, ...]
    choices: Table | None
    source: str
    stamp: Stamp


def preread(results: Results, persona: str, certainty: Certainty | None = None) -> PreRead:
    """The page for one stakeholder, or for those who decide together; KeyError where there is no such persona.

    `certainty` is that of what the decision asks for, where it is known already.
    """
    sure = certainty or Certainty(results, results.asked_option)
    if persona == COMMITTEE:
        return _page(Together(results), sure, TOGETHER, "decision", OF_COMMITTEE)
    if persona not in library.personas():
        raise KeyError(persona)
    view = View(results, persona)
    if is_informed(view):
        return _page(view, sure, TOLD, "heads_up", OF_INFORMED)
    return _page(view, sure, TOLD, "decision", OF_READER)


def _page(view: View, sure: Certainty, tellers: Tellers, first: ExhibitKind, parts: Parts) -> PreRead:
    tellers = tellers | {"must_be_true": needed_to_pay}
    opening = marked(view, sure, tellers[first](view, sure))
    decision = _decision(view, opening)
    points = (_point(heading, tellers[id](view, sure), more, decision) for heading, id, more in parts)
    return PreRead(
        persona=view.persona,
        role=view.role,
        company=view.case.company.name,
        case_title=view.case.title,
        title=_short(opening.title),
        decision=tuple(map(_short, decision)),
        figures=tuple(replace(f, label=_short(f.label, LONGEST_LABEL)) for f in opening.figures),
        points=tuple(points),
        choices=_choices(tellers["versions"](view, sure)) if first == "decision" else None,
        source=opening.source,
        stamp=stamp_of(view.case),
    )


def _decision(view: View, opening: Exhibit) -> tuple[str, ...]:
    """What is asked and who decides by when; what is asked of the reader has its own heading."""
    said = opening.takeaways if opening.id == "decision" else ()
    return tuple(dict.fromkeys(each for each in (*said, *decided(view)) if not each.startswith("From you: ")))


def _point(heading: str, exhibit: Exhibit, more: int, said: Sequence[str]) -> Point:
    """The conclusion of an exhibit as a sentence, and so many of its takeaways that the page does not say already."""
    others = [each for each in exhibit.takeaways if each not in (*said, COSTED)]
    return Point(heading, _short(f"{exhibit.title}."), tuple(map(_short, others[:more])))


def _short(text: str, most: int = LONGEST) -> str:
    """A text that leaves room for the others; the whole of it stands in the deck."""
    line = " ".join(text.splitlines())
    if len(line) <= most:
        return line
    return f"{line[: most - 1].rpartition(' ')[0] or line[: most - 1]}…"


def _choices(versions: Exhibit) -> Table | None:
    """The exhibit's own rows without the column of contents, those that repeat an earlier one left out."""
    table = versions.table
    if table is None:
        return None
    seen: set[tuple[str, ...]] = set()
    kept = []
    for place, row in enumerate(table.rows):
        numbers = row[2:]
        if place == table.emphasised or numbers not in seen:
            kept.append(place)
        seen.add(numbers)
    kept = kept[:ROWS]
    return Table(
        tuple(table.columns[column] for column in COLUMNS),
        tuple(tuple(_short(table.rows[place][column], LONGEST_CELL) for column in COLUMNS) for place in kept),
        numeric=frozenset(range(1, len(COLUMNS))),
        emphasised=kept.index(table.emphasised) if table.emphasised in kept else None,
    )
