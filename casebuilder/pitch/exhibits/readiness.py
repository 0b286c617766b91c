"""What is most likely to stop delivery, the conditions to ask for, and what slower delivery would cost."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.readiness import Assessment, Gap, Rated, Slower
from casebuilder.case import library
from casebuilder.case.library import Factor
from casebuilder.pitch import numbers
from casebuilder.pitch.cited import study_named
from casebuilder.pitch.exhibits.choice import KEY, listed
from casebuilder.pitch.records import Chart, Exhibit, Figure, Role, Series, Table, role_of
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside

#: The highest rating, and the takeaways beside conditions.
HIGHEST, BESIDE = 5, 2
EVIDENCE = ("six-factors", "obstacle-silos")
#: What stands beside the self-rating as context: the pairs of it that are known.
PAIRS = "importance-effectiveness"
UNRATED = "not rated"


def readiness(view: View, found: Assessment) -> Exhibit:
    """How ready the company is to deliver what is asked for; a factor that nobody rated says so."""
    if found.mean is None and not found.gaps:
        return _not_rated(view, found)
    return Exhibit(
        "readiness",
        _title(found),
        takeaways=_takeaways(view, found),
        figures=_figures(view, found.slower),
        chart=_gap_chart(found.gaps) if found.gaps else _rating_chart(found),
        table=_table(found),
        source=_source(view, EVIDENCE + ((PAIRS,) if found.gaps else ())),
        notes=_notes(view, found),
    )


def _not_rated(view: View, found: Assessment) -> Exhibit:
    factors = [one.factor for one in found.factors]
    return Exhibit(
        "readiness",
        "Nobody has rated yet how ready the company is to deliver",
        takeaways=(
            f"Rate the {_many(len(factors))} together with those who will deliver it; nothing is assumed.",
        ),
        table=Table(
            ("To rate", f"{_rating(1)} looks like this", f"{_rating(HIGHEST)} looks like this"),
            tuple((factor.question, factor.one, factor.five) for factor in factors),
        ),
        source=_source(view, EVIDENCE),
        empty=True,
    )


def _title(found: Assessment) -> str:
    if found.weakest is not None and found.obstacle is not None:
        rating = _of_highest(found.weakest.rating)
        return f"Most likely to stop delivery: “{found.weakest.factor.label}” is rated only {rating}"
    firm = _of_highest(library.readiness().judgement.firm_from)
    known, missing = len(found.factors) - len(found.unrated), len(found.unrated)
    if not missing:
        return f"Nothing on file stands in the way of delivery: all {_many(known)} are rated {firm} or more"
    if not known:
        return f"None of the {_many(missing)} is rated: what could stop delivery is not known yet"
    rest = f"{numbers.count(missing)} {'is' if missing == 1 else 'are'} not rated"
    return f"{_many(known).capitalize()} {'is' if known == 1 else 'are'} rated {firm} or more; {rest}"


def _takeaways(view: View, found: Assessment) -> tuple[str, ...]:
    """Conditions to ask for, then what slower delivery would cost, the widest gap, and what nobody rated."""
    beside = [*_cost(view, found.slower), *_widest(found.gaps), *_missing(found)][:BESIDE]
    asks = [f"Ask for this: {inside(factor.condition)}" for factor in found.asks]
    return tuple([*asks[: 3 - len(beside)], *beside]) or ("There is no condition to ask for.",)


def _cost(view: View, slower: Slower | None) -> list[str]:
    """What the suggestion does to the return; it is in no number of the case."""
    if slower is None:
        return []
    now, then = view.text(slower.now, "money"), view.text(slower.both, "money")
    said = f"To be on the safe side, count on {_suggested(slower)}"
    if now == then:
        return [f"{said}; the return stays at {now}."]
    return [
        f"{said}; the return then goes from {now} to {then}. This is our estimate, and no other number includes it."
    ]


def _suggested(slower: Slower) -> str:
    times, less = slower.step.ramps_times, slower.step.adoption_less
    ramps = f"{numbers.percent(times - 1)} more months to full effect"
    return f"{ramps} and a take-up {numbers.points(less)} lower"


def _widest(gaps: Sequence[Gap]) -> list[str]:
    if not gaps:
        return []
    if gaps[0].gap <= 0:
        return ["Nothing that was rated falls short of what it matters."]
    names = [_item(one) for one in gaps if one.gap == gaps[0].gap]
    first = gaps[0]
    if len(names) > 1:
        return [f"The widest gaps between what matters and what is done: {_listed(names)}."]
    pair = (
        f"{_rating(first.importance)} for importance, {_rating(first.effectiveness)} for how well it is done"
    )
    return [f"The widest gap between what matters and what is done: {_listed(names)}, {pair}."]


def _missing(found: Assessment) -> list[str]:
    names = [factor.label for factor in found.unrated]
    return [f"Nobody has rated {_listed(names)}, and nothing is assumed."] if names else []


def _listed(labels: Sequence[str]) -> str:
    return listed([f"“{label}”" for label in labels])


def _rating_chart(found: Assessment) -> Chart:
    rows = [(one.factor.label, one.rating) for one in found.factors if one.rating is not None]
    values = tuple(float(rating) for _, rating in rows)
    weakest = found.weakest.factor.label if found.weakest else ""
    said = ", ".join(f"{name} {_rating(rating)}" for name, rating in rows)
    return Chart(
        "bars",
        tuple(name for name, _ in rows),
        (Series("Rating", values, "muted", key=f"{KEY}/readiness/ratings"),),
        "count",
        f"Rating, {_rating(1)} not at all to {_rating(HIGHEST)} fully",
        f"Bars of the rating of each success factor: {said}.",
        roles=tuple("programme" if name == weakest else "muted" for name, _ in rows),
    )


def _gap_chart(gaps: Sequence[Gap]) -> Chart:
    names = tuple(_item(one) for one in gaps)
    pairs = tuple(f"{_rating(one.importance)} against {_rating(one.effectiveness)}" for one in gaps)
    said = ", ".join(f"{name} {pair}" for name, pair in zip(names, pairs, strict=True))
    values = tuple(float(one.gap) for one in gaps)
    roles: tuple[Role, ...] = tuple(
        "programme" if one.gap > 0 and one.gap == gaps[0].gap else "muted" for one in gaps
    )
    return Chart(
        "bars",
        names,
        (Series("Importance less effectiveness", values, "muted", key=f"{KEY}/readiness/gaps"),),
        "count",
        f"Importance less effectiveness, each {_rating(1)} to {_rating(HIGHEST)}",
        f"Bars of importance less effectiveness: {said}.",
        roles=roles,
    )


def _table(found: Assessment) -> Table:
    """Every factor, those with a condition to ask for first, then what nobody rated."""
    order = [*found.asks, *found.unrated]
    rest = [one.factor for one in found.factors if one.factor not in order]
    ratings = {one.factor.id: one for one in found.factors}
    rows = tuple(_row(ratings[factor.id], found) for factor in (*order, *rest))
    return Table(("Success factor", "Rating", "Condition to ask for", "What builds it"), rows, frozenset({1}))


def _row(one: Rated, found: Assessment) -> tuple[str, ...]:
    factor = one.factor
    rating = UNRATED if one.rating is None else _of_highest(one.rating)
    asked = factor in found.asks
    return factor.label, rating, factor.condition if asked else "", _built(factor, found) if asked else ""


def _built(factor: Factor, found: Assessment) -> str:
    table = library.initiatives()
    return listed([table[id].name + (" (asked for)" if id in found.there else "") for id in factor.builds])


def _figures(view: View, slower: Slower | None) -> tuple[Figure, ...]:
    if slower is None:
        return ()
    text, key = view.text(slower.both, "money"), f"{KEY}/readiness/npv/slower"
    return (
        Figure(
            key,
            f"net present value with {_suggested(slower)}",
            slower.both,
            "money",
            text,
            role=role_of(slower.both),
        ),
    )


def _notes(view: View, found: Assessment) -> str:
    said = [] if found.obstacle is None else [f"What it guards against: {found.obstacle.phrase}."]
    if found.slower is not None:
        slow, few = (view.text(npv, "money") for npv in (found.slower.ramps, found.slower.takeup))
        said.append(f"More months alone leave {slow}, the lower take-up alone {few}.")
        said.append(library.readiness().judgement.note)
    if found.gaps:
        pairs = library.evidence()[PAIRS]
        said.append(f"Elsewhere, to compare: {pairs.statement} {pairs.caveat}")
    return " ".join([*said, library.evidence()[library.readiness().obstacles_source].statement])


def _item(one: Gap) -> str:
    return library.readiness().items[one.item].label


def _many(factors: int) -> str:
    return "one success factor" if factors == 1 else f"{numbers.count(factors)} success factors"


def _rating(rating: int) -> str:
    return numbers.count(rating)


def _of_highest(rating: int | None) -> str:
    return UNRATED if rating is None else f"{_rating(rating)} of {_rating(HIGHEST)}"


def _source(view: View, evidence: Sequence[str]) -> str:
    cited = [library.evidence()[id] for id in evidence]
    return "; ".join([view.basis, *dict.fromkeys(map(study_named, cited))])
