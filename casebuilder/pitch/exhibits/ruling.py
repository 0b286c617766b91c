"""The verdict: what to do about what is asked for, and why, in numbers."""

from __future__ import annotations

import math
from collections.abc import Callable

from casebuilder.analysis.certainty import EXPECTED
from casebuilder.analysis.verdict import CALM, RISKY, WEAK, Grounds, Verdict
from casebuilder.pitch import numbers
from casebuilder.pitch.records import Exhibit
from casebuilder.pitch.view import View
from casebuilder.pitch.words import inside, scenario_label

#: What people read for each verdict.
NAMES = {
    "invest": "Invest",
    "stage": "Invest in stages",
    "pilot": "Pilot first",
    "do_not_invest": "Do not invest",
}


def verdict(view: View, found: Verdict) -> Exhibit:
    """The verdict in the title, its reasons beneath."""
    said = reasons(view, found)
    return Exhibit(
        "verdict",
        f"{NAMES[found.id]}: {inside(said[0]).rstrip('.')}",
        takeaways=said[1:4],
        source=view.basis,
        notes=" ".join((*said[4:], _rules())),
    )


def reasons(view: View, found: Verdict) -> tuple[str, ...]:
    """The verdict's reasons as sentences with their arithmetic, in its order."""
    return tuple(_SAID[id](view, found.grounds) for id in found.reasons)


def _pays(view: View, grounds: Grounds) -> str:
    return f"It returns {_counted(view, grounds)} for {_costs(view, grounds)}."


def _loses(view: View, grounds: Grounds) -> str:
    if grounds.counted == 0 and grounds.costs == 0:
        return "It costs nothing and returns nothing: there is nothing to decide."
    expected = ""
    if grounds.expected is not None:
        expected = (
            f"; as expected, without risk adjustment, it comes to {view.text(grounds.expected, 'money')}"
        )
    return f"It loses {view.text(-grounds.counted, 'money')} on costs of {_costs(view, grounds)}{expected}."


def _part_pays(view: View, grounds: Grounds) -> str:
    return f"A part of it pays: the version that returns most comes to {view.text(grounds.best, 'money')}."


def _adjusted(view: View, grounds: Grounds) -> str:
    label = inside(scenario_label(view.asked.scenario))
    return f"It loses {view.text(-grounds.counted, 'money')} {label}, on costs of {_costs(view, grounds)}."


def _expected(view: View, grounds: Grounds) -> str:
    label = inside(scenario_label(EXPECTED))
    return (
        f"As {label} it returns {view.text(grounds.expected, 'money')}: only the doubt about its sizes and timing "
        f"speaks against it, and a pilot settles that."
    )


def _weak(view: View, grounds: Grounds) -> str:
    left = remaining(view, grounds.proven, grounds.counted)
    part = "all of it" if grounds.proven <= 0 else f"more than {numbers.percent(WEAK)}"
    return f"Without vendor studies and our own estimates {left}: {part} rests on them."


def remaining(view: View, left: float, counted: float) -> str:
    """What is left of a return above zero, inside a sentence; a loss is said as one."""
    whole = view.text(counted, "money")
    if left < 0:
        return f"it loses {view.text(-left, 'money')} instead of returning {whole}"
    return f"{view.text(left, 'money')} is left of {whole}"


def _loss(view: View, grounds: Grounds) -> str:
    """The chance of a loss where errors move together first: a programme's effects share people and sponsor."""
    apart, together = chance(grounds.chance_apart), chance(grounds.chance_together)
    beside = "" if apart == together else f" and {apart} where they vary one by one"
    haircut = view.case.scenario_table[view.asked.scenario].haircut
    counted = "counted without the risk adjustment, " if haircut else ""
    return (
        f"The chance of a loss is {together} where effects succeed or fail together{beside}: {counted}each between "
        "its low and high, all else as it is."
    )


def chance(share: float) -> str:
    """A chance of a loss in whole per cent, rounded up; what no draw showed is not called impossible."""
    return "under 1%" if share < 0.01 else numbers.percent(math.ceil(round(100 * share, 6)) / 100, 0)


def _stress_loses(view: View, grounds: Grounds) -> str:
    return f"In the worst scenario it loses {view.text(-grounds.stress, 'money')}."


def _stress_pays(view: View, grounds: Grounds) -> str:
    return f"It pays in every scenario: the worst still returns {view.text(grounds.stress, 'money')}."


def _checkpoints(view: View, grounds: Grounds) -> str:
    several = "checkpoints" if grounds.checkpoints > 1 else "checkpoint"
    return f"{numbers.count(grounds.checkpoints)} {several} can stop it before all the money is spent."


def _no_checkpoint(view: View, grounds: Grounds) -> str:
    return "No investment in it has a checkpoint yet: agree on one before money is released."


def _counted(view: View, grounds: Grounds) -> str:
    return f"{view.text(grounds.counted, 'money')} {inside(scenario_label(view.asked.scenario))}"


def _costs(view: View, grounds: Grounds) -> str:
    return view.text(grounds.costs, "money")


def _rules() -> str:
    calm, risky = numbers.percent(CALM), numbers.percent(RISKY)
    return (
        "How the verdict is reached: a return at or below zero is refused, or piloted where no part of it pays and the "
        "expected return does. A positive one is piloted where most of it rests on weak evidence and the chance of a "
        f"loss is above {risky}; released in stages where it rests on weak evidence, a scenario loses, or that chance "
        f"is above {calm}; and released at once otherwise. These limits are our judgement."
    )


_SAID: dict[str, Callable[[View, Grounds], str]] = {
    "pays": _pays,
    "loses": _loses,
    "part_pays": _part_pays,
    "loses_when_adjusted": _adjusted,
    "pays_if_expected": _expected,
    "weak_evidence": _weak,
    "likely_loss": _loss,
    "some_loss": _loss,
    "rare_loss": _loss,
    "stress_loses": _stress_loses,
    "stress_pays": _stress_pays,
    "checkpoints": _checkpoints,
    "no_checkpoint": _no_checkpoint,
}
