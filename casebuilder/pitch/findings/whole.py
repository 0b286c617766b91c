"""The finding about the case as a whole: value where those who decide it do not look."""

from __future__ import annotations

from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.themes import Balance, balances, weight_by_theme
from casebuilder.case import library
from casebuilder.pitch import numbers
from casebuilder.pitch.findings.finding import Finding, Ground, listed

#: A theme may have this much more of the value than of the weight of those who decide; our judgement.
BLIND = 0.3
#: So many other themes are named.
NAMED = 2


def of_the_case(certainty: Certainty) -> tuple[Finding, ...]:
    """Themes with far more of the case's value than of what those who approve or fund it are measured on.

    The value is what counts; where nothing does, what the case would earn if every metric had room to improve.
    """
    ground = Ground(certainty, certainty.results.case.stakeholders)
    if not weight_by_theme(ground.people):
        return ()
    counted = {one.lever.line: one.counted for one in ground.arguments}
    claimed = {one.lever.line: one.claimed_counted for one in ground.arguments}
    worth = counted if any(value > 0 for value in counted.values()) else claimed
    found = balances(worth, ground.people)
    total = sum(value for value in worth.values() if value > 0)
    claim = "" if worth is counted else ", if there were room to improve"
    return tuple(_finding(ground, each, found, total, claim) for each in found if each.over > BLIND)


def _finding(ground: Ground, blind: Balance, found: tuple[Balance, ...], total: float, claim: str) -> Finding:
    names = library.words().themes
    asked = sorted((each for each in found if each != blind and each.weight), key=lambda each: -each.weight)
    theirs = [f"“{names[each.theme]}” on {numbers.percent(each.weight, 0)}" for each in asked[:NAMED]]
    text = (
        f"“{names[blind.theme]}” is {numbers.percent(blind.value, 0)} of the value "
        f"({ground.money(blind.value * total)} of {ground.money(total)}{claim}) and bears on "
        f"{numbers.percent(blind.weight, 0)} of what those who decide are measured on"
    )
    text += f", {listed(theirs)}: what does the case do there?" if theirs else "."
    return Finding("cx_blind_spot", None, text, blind.over, blind.value * total)
