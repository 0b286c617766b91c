"""What is broken for customers: where in their journey, for how many, how we know, and what stays broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebuilder.case.records.customers import Problem
from casebuilder.pitch import numbers
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, plain_text

#: Problems told in one cell, or in one sentence.
TOLD = 2
#: Parts of a customer's journey as people say them, by the stages in which something goes wrong.
WHERE = {
    frozenset({"aware", "evaluate", "buy"}): "before customers sign",
    frozenset({"onboard"}): "when customers start",
    frozenset({"support"}): "when customers ask for help",
}


def broken(problems: Sequence[Problem]) -> str:
    """The problems in the case's words, with how many meet them."""
    if not problems:
        return "No problem on file"
    more = f"; and {len(problems) - TOLD} more" if len(problems) > TOLD else ""
    return "; ".join(map(_named, problems[:TOLD])) + more


def _named(problem: Problem) -> str:
    many = problem.customers_affected
    return plain_text(problem.what) + (f" ({numbers.count(many)} affected)" if many else "")


def where(problems: Iterable[Problem]) -> str:
    """Where in the journey things go wrong."""
    stages = {problem.journey_stage for problem in problems}
    return next((words for part, words in WHERE.items() if stages <= part), "for customers")


def wrong(problems: Sequence[Problem]) -> list[str]:
    """What goes wrong, by name and number, those that meet most people first; nothing where no problem is on file."""
    most = sorted(problems, key=lambda problem: -(problem.customers_affected or 0.0))
    return [f"What goes wrong: {broken(most)}."] if most else []


def evidence(problems: Sequence[Problem]) -> list[str]:
    """The evidence of the first problem that has any, with its source, and a quote that may be shown."""
    if not problems:
        return []
    known = [problem for problem in problems if problem.evidence.strip()]
    if not known:
        said = ["No evidence is on file for what goes wrong: it rests on what people say."]
    else:
        source = f" ({plain_text(known[0].source)})" if known[0].source.strip() else ""
        said = [f"How we know: {inside(plain_text(known[0].evidence))}{source}."]
    quoted = [p for p in known or problems if p.quote.strip() and p.quote_may_be_shown]
    return said + [f"A customer said: “{plain_text(p.quote)}”." for p in quoted[:1]]


def left(view: View, addressed: Sequence[Problem]) -> list[str]:
    """Problems of the case that nothing in what is asked for addresses."""
    ids = {problem.id for problem in addressed}
    found = [_named(problem) for problem in view.case.problems if problem.id not in ids]
    more = f"; and {len(found) - 1} more" if len(found) > 1 else ""
    return [f"Stays broken for now: {inside(found[0])}{more}."] if found else []
