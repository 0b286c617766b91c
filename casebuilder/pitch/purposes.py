"""Why a slide stands in a story: what it is there to settle, said to the author and never to the reader."""

from __future__ import annotations

from collections.abc import Mapping

from casebuilder.case import library
from casebuilder.case.library_records import ExhibitKind
from casebuilder.pitch.numbers import factor
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside

#: What each exhibit is there to settle.
PURPOSES: Mapping[ExhibitKind, str] = {
    "cover": "So that a deck on a shared drive says whose case it is and of which version.",
    "decision": "The answer first: whoever reads one slide has to know what is asked and what it returns.",
    "kpi": "People follow their own number before they follow the company's.",
    "benefits": "Nobody believes a total before seeing what it is made of, cost included.",
    "money": "Cash, promises and what is not counted are kept apart before anybody asks for it.",
    "cash_flow": "A return says nothing about how much is out at the worst moment, and for how long.",
    "scenarios": "One number invites a fight about it; a range shows that the answer survives worse assumptions.",
    "assumptions": "What the return rests on, each with the name of whoever stands behind it.",
    "verdict": "What we ourselves conclude from all studies, with the reasons that speak against it.",
    "tornado": "Discussion time is short: it belongs to the few numbers that move the answer.",
    "must_be_true": "“What would have to be true?” is easier to agree on than “is this true?”.",
    "homework": "What nobody has signed is better named by us than found by them.",
    "distribution": "How likely a loss is, for readers who decide on chances.",
    "attribution": "What each investment adds, so that cutting one is a decision and not a gesture.",
    "versions": "A choice of versions turns yes or no into which.",
    "frontier": "What a smaller budget still buys, before somebody halves it.",
    "stages": "What is lost by stopping at a checkpoint is the real price of a first yes.",
    "bridge": "What changed since they last saw it, and by how much.",
    "cuts": "A reader who cuts should see how far one can cut before it does not pay.",
    "lifetime_value": "What one customer is worth: the unit in which all other benefits are earned.",
    "value_at_stake": "Where customers meet the problem, in money, before any promise is made.",
    "fit": "How far this closes the gap that the person is held to.",
    "change": "How an investment moves this number, step by step, so that nobody has to take it on trust.",
    "against": "The strongest doubt, said by us: it is heard better than when it comes from the other side.",
    "proof": "When everybody will know whether it works, and what happens if it does not.",
    "roadmap": "What happens when, and who owns it.",
    "ask": "A story without an ask ends in “interesting”.",
    "asks": "What is asked of whom: each has to hear their part in front of the others.",
    "heads_up": "Nothing is asked of this reader, who should not hear of it from somebody else.",
    "objections": "Answers kept ready for what is usually said, to be shown only when it is.",
    "cascade": "Which investment reaches whose scorecard, and whose it does not reach.",
    "readiness": "Whether the organisation can carry it: the usual reason why a good case fails.",
    "others": "What it does to the numbers of the others, so that nobody is surprised by a colleague.",
    "sources": "The studies behind the effects, with what speaks against them.",
    "method": "How it is computed, for whoever checks it.",
}


def purpose(view: View, exhibit: Exhibit) -> str:
    """Why an exhibit stands where it does for this reader; their own number is named with its weight."""
    said = PURPOSES[exhibit.id]
    if exhibit.id != "kpi" or not view.has_reader:
        return said
    driver = view.driver
    label = inside(view.kpi.label)
    if driver is None:
        return f"{said} Nobody has told us theirs: {label} is what this function is usually measured on."
    return f"{said} The {view.role} is measured on {label}, importance {factor(driver.importance)} of 5."


def order_of(view: View) -> str:
    """Where the order of a reader's story comes from, in a sentence."""
    persona = library.personas().get(view.persona)
    if persona is None:
        return "The order for people who decide together: what is asked, what it returns, what speaks against it."
    first = (
        "The company's return comes first"
        if view.starts_with_money
        else "Their own number comes before money"
    )
    return f"{first}: the order that serves a {persona.title} best."
