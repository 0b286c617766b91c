"""The decks of the examples and of the hard cases, each evaluated and rendered once for all who judge them."""

from functools import cache
from pathlib import Path

import pytest
from pptx.presentation import Presentation as Deck

from casebuilder import build
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import Case, library, load
from casebuilder.deck import render
from casebuilder.model.results import Results
from casebuilder.pitch.records import Pitch
from casebuilder.pitch.story import pitch
from casebuilder.pitch.together import COMMITTEE
from tests.deck import hostile
from tests.deck.reading import opened

EXAMPLES = {path.stem: path for path in sorted(Path("examples").glob("*.yaml"))}

#: Read on every run.
OFTEN = {
    ("contract_services", "cfo"),
    ("growth_network", "sales"),
    ("many long names", "cfo"),
    ("no benefit", COMMITTEE),
    ("foreign", "coo"),
}


#: Read where every judge is required: whom the examples name, and who sees the money of a hard case.
READERS = {"ceo", "cfo", "sales", "service", COMMITTEE}


def _marked(name: str, persona: str) -> object:
    sample = persona in READERS if name in EXAMPLES else persona == "cfo"
    marks = () if (name, persona) in OFTEN else (pytest.mark.slow if sample else pytest.mark.thorough,)
    return pytest.param(name, persona, id=f"{name}-{persona}", marks=marks)


#: Example and reader: every persona, and those who decide together.
SHOWN = [_marked(name, persona) for name in EXAMPLES for persona in (*library.personas(), COMMITTEE)]

#: Hard case and reader: who sees the money, who their own number, and who all of it together.
HARD = [_marked(name, persona) for name in hostile.HOSTILE for persona in ("cfo", "coo", COMMITTEE)]

#: Of both, those that LibreOffice draws.
DRAWN = [_marked(name, persona) for name in EXAMPLES for persona in ("ceo", "sales", COMMITTEE)] + [
    _marked(name, persona) for name in hostile.HOSTILE for persona in ("cfo", "coo")
]


@cache
def case(name: str) -> Case:
    """An example, or a hard case."""
    return load(EXAMPLES[name]) if name in EXAMPLES else hostile.case(name)


@cache
def results(name: str) -> Results:
    """The case, evaluated."""
    return build.evaluate(case(name))


@cache
def certainty(name: str) -> Certainty:
    """How sure its return is, with every study made once."""
    return build.certainty(results(name))


@cache
def told(name: str, persona: str) -> Pitch:
    """What is said to a reader."""
    return pitch(results(name), persona, certainty(name))


@cache
def rendered(name: str, persona: str) -> bytes:
    """The deck of a reader."""
    return render(told(name, persona))


@cache
def read(name: str, persona: str) -> Deck:
    """The same as python-pptx reads it, for those who change nothing."""
    return opened(rendered(name, persona))
