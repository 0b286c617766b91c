"""What a speaker needs at each exhibit of a story: thirty seconds, the likely objection, where the numbers stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casebuilder.analysis.certainty import Certainty
from casebuilder.case import library
from casebuilder.case.library_records import Objection
from casebuilder.pitch.exhibits.bearing import borne_out
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View

#: Words that most people say in thirty seconds.
WORDS = 75
#: How the three parts begin.
SAY, HEAR, NUMBERS = "In thirty seconds: ", "You may hear: ", "Where the numbers come from: "


def spoken(view: View, certainty: Certainty, exhibit: Exhibit) -> Exhibit:
    """The exhibit with all three in its notes, before what else stands there; one paragraph each."""
    notes = [_thirty_seconds(exhibit), *_objection(view, certainty, exhibit), *_numbers(exhibit)]
    return replace(exhibit, notes="\n".join([*notes, *filter(None, (exhibit.notes,))]))


def _thirty_seconds(exhibit: Exhibit) -> str:
    """The conclusion, and as many of the takeaways as can be said in the time."""
    said = f"{exhibit.title}."
    for takeaway in exhibit.takeaways:
        if len(f"{said} {takeaway}".split()) > WORDS:
            break
        said = f"{said} {takeaway}"
    return SAY + said


def _objection(view: View, certainty: Certainty, exhibit: Exhibit) -> Iterator[str]:
    """What this reader usually says here, else what anybody may, with our answer and its number in this case."""
    usual = _usual(view, exhibit) or _anybody(exhibit)
    if usual is not None:
        said = borne_out(view, certainty, usual)
        proof = "" if said.rstrip(".") == exhibit.title else f" {said}"
        yield f"{HEAR}“{usual.says}” {usual.answer}{proof}"


def _usual(view: View, exhibit: Exhibit) -> Objection | None:
    persona = library.personas().get(view.persona)
    every = persona.objections if persona else ()
    return next((one for one in every if exhibit.id in one.shows), None)


def _anybody(exhibit: Exhibit) -> Objection | None:
    entry = library.speaking().get(exhibit.id)
    return entry.objection if entry else None


def _numbers(exhibit: Exhibit) -> Iterator[str]:
    entry = library.speaking().get(exhibit.id)
    if entry is not None:
        yield NUMBERS + entry.numbers
