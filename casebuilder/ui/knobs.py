"""The numbers of a case that can be moved: in the reader's words, their unit, and bounds that can be said."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.analysis.needed import benefit_of
from casebuilder.case import ALL, Case, library
from casebuilder.case.catalogue import InputWord, settings
from casebuilder.case.records.initiatives import Effect, Initiative
from casebuilder.model.inputs import GROUPS, SIZES
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.ui.typed_fields import MONEY, outside, unit_words

_FIELDS = (
    "adoption",
    "one_time_cost",
    "annual_cost",
    "internal_fte",
    "start_month",
    "build_months",
    "ramp_months",
)
_SIZE_WORDS = {"low": "low", "base": "expected", "high": "high"}
#: From here on a slider counts money in thousands.
_THOUSANDS = 100_000
_PARTS = ("share", "points")


@dataclass(frozen=True)
class Knob:
    """One number that can be moved: path, words, unit, bounds in that unit, and its value at the opening.

    A slider has a unit of its own: a share counts as per cent, large money in thousands.
    """

    path: str
    label: str
    unit: str
    lower: float | None
    upper: float | None
    opened: float
    currency: str = ""
    effect: bool = False

    @property
    def factor(self) -> float:
        """What the number is multiplied with to stand on its slider."""
        if self.unit in MONEY and abs(self.opened) >= _THOUSANDS:
            return 0.001
        return 100.0 if self.unit in _PARTS else 1.0

    @property
    def typed_unit(self) -> str:
        """The unit it is typed in."""
        return unit_words(self.unit, self.currency)

    @property
    def slider_unit(self) -> str:
        """The unit its slider counts in."""
        return self.typed_unit + (" thousand" if self.factor < 1 else "")

    @property
    def slider_format(self) -> str:
        """How its slider writes the number; the slider fills in the digits."""
        if self.currency:
            return "%gK" if self.factor < 1 else "%g"
        return {"%": "%g%%", "": "%g"}.get(self.typed_unit, f"%g {self.typed_unit}")

    def slid(self, value: float) -> float:
        """The number in the unit of its slider."""
        return round(value * self.factor, 10)

    def value(self, slid: float) -> float:
        """The number that a slider stands at."""
        return round(slid / self.factor, 12)

    @property
    def step(self) -> float:
        """Ten presses of an arrow key, in the slider's unit: some hundredths of the number at the opening."""
        size = abs(self.slid(self.opened))
        return 10.0 ** (math.floor(math.log10(1.5 * size)) - 1) if size else 1.0

    @property
    def travel(self) -> tuple[float, float]:
        """Where the slider begins and ends, in its unit: from nothing to twice the number, within the bounds."""
        reach = self.slid(2 * self.opened) or 10 * self.step
        low, high = min(0.0, reach), max(0.0, reach)
        if self.lower is not None:
            low = max(low, self.slid(self.lower))
        if self.upper is not None:
            high = min(high, self.slid(self.upper))
        return (low, high) if low < high else (low, low + self.step)

    def moves(self, initiative: str, effect: Effect) -> bool:
        """Whether this is one of an effect's sizes."""
        return self.path.startswith(f"initiatives[{initiative}].effects[{effect.lever},{effect.segment}].")

    @property
    def sizes(self) -> dict[str, str]:
        """The paths of an effect's low, expected and high size, by their words; empty for any other number."""
        return (
            {words: self.path.rpartition(".")[0] + f".{size}" for size, words in _SIZE_WORDS.items()}
            if self.effect
            else {}
        )

    def text(self, value: float) -> str:
        """The number as people read it; an effect says which way it goes."""
        if not self.effect:
            return numbers.for_unit(value, self.unit, self.currency)
        size = numbers.for_unit(abs(value), self.unit)
        return "no effect" if value == 0 else f"{size} {'better' if value > 0 else 'worse'}"

    def refusal(self, value: float) -> str | None:
        """Why a value is not possible; None where it is."""
        return outside(value, self.unit, self.currency, self.lower, self.upper)


def knobs_of(results: Results) -> dict[str, Knob]:
    """Every number of the opened case that the model reads and a person may move, by path, segments first."""
    read = {line.key for line in results.model.lines if line.shape == "input"}
    return {knob.path: knob for knob in _all(results.case) if knob.path in read}


def _all(case: Case) -> Iterator[Knob]:
    currency = case.company.currency
    words = library.inputs()
    for segment in case.segments:
        for name, word in words.items():
            if word.group == "segments":
                yield _knob(
                    f"segments[{segment.name}].{name}",
                    f"{word.label}, {segment.name}",
                    word,
                    getattr(segment, name),
                    currency,
                )
    for group in GROUPS:
        for name, word in words.items():
            if word.group == group and word.unit not in ("flag", "choice", "text"):
                yield _knob(
                    f"{group}.{name}", word.label, word, getattr(getattr(case, group), name), currency
                )
    for name, limit in case.limits.items():
        yield _knob(
            f"limits.{name}", f"Best achievable: {library.levers()[name].label}", words[name], limit, currency
        )
    for initiative in case.initiatives:
        yield from _of_initiative(initiative, currency)
    for line in case.custom_lines:
        lower = 0.0 if line.kind == "cost" else None
        for year, amount in enumerate(line.by_year, 1):
            yield Knob(
                f"custom_lines[{line.name}].by_year[{year}]",
                f"{line.name}, year {year}",
                "money",
                lower,
                None,
                amount,
                currency,
            )


def _of_initiative(initiative: Initiative, currency: str) -> Iterator[Knob]:
    path = f"initiatives[{initiative.id}]"
    for effect in initiative.effects:
        for size in SIZES:
            yield _of_effect(path, initiative, effect, size)
    for field in _FIELDS:
        word = settings()[field]
        yield _knob(
            f"{path}.{field}",
            f"{word.label}: {initiative.name}",
            word,
            getattr(initiative, field),
            currency,
        )


def _of_effect(path: str, initiative: Initiative, effect: Effect, size: str) -> Knob:
    lever = library.levers()[effect.lever]
    where = "" if effect.segment == ALL else f", {effect.segment}"
    return Knob(
        f"{path}.effects[{effect.lever},{effect.segment}].{size}",
        f"{lever.label}{where}, {_SIZE_WORDS[size]} effect: {initiative.name}",
        "points" if lever.kind == "points" else "share",
        settings()["effect_size"].lower,
        settings()["effect_size"].upper,
        getattr(effect, size),
        effect=True,
    )


def _knob(path: str, label: str, word: InputWord, value: float, currency: str) -> Knob:
    money = currency if word.unit in MONEY else ""
    return Knob(path, label, word.unit, word.lower, word.upper, float(value), money)


def that_matter(results: Results, most: int = 4) -> tuple[str, ...]:
    """Paths of the numbers behind the largest benefits of what is asked for, and the hurdle rate.

    Of the largest benefit today's level and the largest effect, of the next ones the largest effect each.
    """
    asked, levers = results.asked, {lever.line: name for name, lever in library.levers().items()}
    lines = sorted(levers, key=lambda line: -abs(asked.amount(f"pv.{line}")))
    chosen: list[str] = []
    for line in lines:
        effect = _largest_effect(results, levers[line])
        if effect is None or not asked.amount(f"pv.{line}"):
            continue
        if not chosen:
            chosen.append(_level(results, levers[line], effect[1]))
        chosen.append(f"initiatives[{effect[0].id}].effects[{effect[1].lever},{effect[1].segment}].base")
        if len(chosen) >= most - 1:
            break
    return (*chosen[: most - 1], "company.discount_rate")


def _largest_effect(results: Results, lever: str) -> tuple[Initiative, Effect] | None:
    found = [
        (initiative, effect)
        for initiative in results.case.initiatives
        if results.asked.number(f"active[{initiative.id}]") == 1.0
        for effect in initiative.effects
        if effect.lever == lever
    ]
    return max(found, key=lambda item: abs(item[1].base), default=None)


def _level(results: Results, lever: str, effect: Effect) -> str:
    """The path of a metric's level today: in the segment that earns most by it of those the effect reaches."""
    if library.levers()[lever].scope == "company":
        return f"{library.inputs()[lever].group}.{lever}"
    reached = [each for each in results.case.segments if effect.segment in (ALL, each.name)]
    largest = max(reached, key=lambda each: (_earned(results, lever, each.name), each.customers))
    return f"segments[{largest.name}].{lever}"


def _earned(results: Results, lever: str, segment: str) -> float:
    """What a metric earns in a segment over all years, its sign left out (money)."""
    return abs(sum(results.asked.flow(benefit_of(results.model, lever, segment).key)))
