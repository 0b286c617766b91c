"""The homework: numbers nobody has signed, what turns on each, who should confirm it; and how much is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from casebuilder.analysis.break_even import NOTHING
from casebuilder.analysis.facts import is_known
from casebuilder.analysis.ranges import Range, ranges
from casebuilder.analysis.signatures import effects_by_path, is_signed
from casebuilder.analysis.study import State, Study, in_force
from casebuilder.analysis.tornado import Bar, Tornado
from casebuilder.case import Case, Initiative, library
from casebuilder.case.catalogue import InputWord
from casebuilder.case.records.initiatives import Effect
from casebuilder.case.records.lines import HeadlineShare

Status = Literal["default", "estimate", "not_stated"]
#: Who answers for an amount of the company's own, or a share counted as cash, that names nobody.
KEEPS_THE_BOOKS = "cfo"


@dataclass(frozen=True)
class Task:
    """One assumption to confirm: its range and NPV at both ends (`bar`), who should, where it usually stands.

    `owner` is a persona of the catalogue or a name in the case's words, None where nobody comes to mind; `report` is
    empty where the catalogue knows none. `status`: `default` is a proposal of the catalogue as it came, `estimate`
    somebody's, `not_stated` neither. `flips`: at one end the case pays and with the value in force it does not, or the
    other way round; never for a fact without a range of its own.
    """

    bar: Bar
    owner: str | None
    report: str
    status: Status
    flips: bool

    @property
    def range(self) -> Range:
        """The assumption from low to high."""
        return self.bar.range

    @property
    def path(self) -> str:
        """Where it stands in the case."""
        return self.bar.range.path

    @property
    def swing(self) -> float:
        """How far NPV moves between its low and its high (money); 0 where NPV has no number there."""
        return self.bar.swing or 0.0


def homework(study: Study, tornado: Tornado) -> tuple[Task, ...]:
    """What nobody has signed, in the order of a tornado of NPV: the largest swing first.

    Raises ValueError for a tornado of another measure: what turns on a number is said in money.
    """
    if tornado.measure != "npv":
        raise ValueError("the homework is ranked by a tornado of net present value")
    case = study.case
    return tuple(
        Task(
            bar,
            owner(case, bar.range),
            _report(bar.range),
            status(case, bar.range),
            _flips(case, tornado, bar),
        )
        for bar in tornado.bars
        if not is_signed(case, bar.range.path)
    )


def signed_share(study: Study) -> float | None:
    """The share of the counted gains (present value) that stands with the signed effects and own amounts alone.

    0 where nobody has signed, at most 1: what is not signed may also be harm. None where nothing is gained.
    """
    force, factor = in_force(study), {f"scenarios.{study.scenario}.benefit_factor": 0.0}
    off = _unsigned(force)
    found = force.states([{}, factor, off, {**off, **factor}], ["pv_benefits"])["pv_benefits"]
    every, signed = float(found[0] - found[1]), float(found[2] - found[3])
    if every <= NOTHING * max(abs(float(value)) for value in found):
        return None
    return min(1.0, max(0.0, signed / every))


def _unsigned(study: Study) -> State:
    """No size for an effect that nobody signed, no amount for an own benefit that nobody signed."""
    case = study.case
    gains = {f"custom_lines[{line.name}]" for line in case.custom_lines if line.kind == "benefit"}
    return {
        each.key: 0.0
        for each in ranges(study)
        if (each.kind == "effect" or each.path.rpartition(".")[0] in gains) and not is_signed(case, each.path)
    }


def owner(case: Case, each: Range) -> str | None:
    """Who should confirm an assumption: named with the number, else with what it belongs to, else as usual."""
    stated, word = case.inputs.get(each.path), _word(each)
    if stated is not None and stated.owner:
        return stated.owner
    return _with_it(case, each) or (word.owner if word else None)


def _with_it(case: Case, each: Range) -> str | None:
    """The owner of the effect, investment, own line or share that a number belongs to."""
    effect, initiative = effects_by_path(case).get(each.path), _investment(case, each.path)
    if effect is not None and effect.owner:
        return effect.owner
    if initiative is not None:
        return initiative.owner or _usual_owner(initiative)
    lines = {f"custom_lines[{line.name}]": line.owner for line in case.custom_lines}
    record = each.path.rpartition(".")[0]
    if record in lines:
        return lines[record] or KEEPS_THE_BOOKS
    line = each.key.removeprefix("headline_shares.")
    if line == each.key:
        return None
    given = case.headline_shares[line]
    return (given.owner if isinstance(given, HeadlineShare) else None) or KEEPS_THE_BOOKS


def status(case: Case, each: Range) -> Status:
    """What an assumption that nobody signed is: a proposal as it came, an estimate, or not stated."""
    stated = case.inputs.get(each.path)
    if stated is not None and stated.status != "confirmed":
        return stated.status
    effect, initiative = effects_by_path(case).get(each.path), _investment(case, each.path)
    if effect is None or initiative is None:
        return "not_stated"
    return "default" if _as_proposed(initiative, effect) else "estimate"


def _as_proposed(initiative: Initiative, effect: Effect) -> bool:
    entry = library.initiatives().get(initiative.use or "")
    sizes = (effect.lever, effect.low, effect.base, effect.high)
    return any((p.lever, p.low, p.base, p.high) == sizes for p in (entry.effects if entry else ()))


def _usual_owner(initiative: Initiative) -> str | None:
    entry = library.initiatives().get(initiative.use or "")
    return entry.owner if entry else None


def _investment(case: Case, path: str) -> Initiative | None:
    return next((i for i in case.initiatives if path.startswith(f"initiatives[{i.id}].")), None)


def _report(each: Range) -> str:
    word = _word(each)
    return word.report if word else ""


def _word(each: Range) -> InputWord | None:
    """The catalogue's word on an input, or on the metric that an effect moves or a limit holds."""
    if each.kind == "effect":
        lever = each.path.partition(".effects[")[2].partition(",")[0]
        return library.inputs()[lever]
    if each.path.startswith(("custom_lines[", "headline_shares.", "initiatives[")):
        return None
    return library.inputs().get(each.path.rpartition(".")[2])


def _flips(case: Case, tornado: Tornado, bar: Bar) -> bool:
    if tornado.at is None or bar.swing is None or is_known(case, bar.range):
        return False
    pays = tornado.at >= 0
    return any((end >= 0) != pays for end in (bar.at_low, bar.at_high) if end is not None)
