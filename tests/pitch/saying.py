"""What the tests of the pitch share: every text of a record, keys read back from Results, a case full of secrets."""

import dataclasses
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from casebuilder.analysis.certainty import Certainty
from casebuilder.model.results import CASE_LINES, Results
from casebuilder.pitch import numbers
from tests.model.cases import small

#: Stands in every private field; found in any output, something leaked.
CANARY = "Kanarienvogel"
#: What a sentence for people never holds: leftovers of programs, doubled or missing words, a plural of one.
SPOILED = re.compile(
    r"\bNone\b(?! of )|\bnan\b|\binf\b|[{}_]|  |\.\.|,,| ,|;;|\(\)|(?<![.,\d])1 (years|investments|effects|months)\b"
)


def texts(record: Any) -> Iterator[str]:
    """Every text inside a record, dict or list, keys included."""
    if isinstance(record, str):
        yield record
    elif dataclasses.is_dataclass(record):
        for field in dataclasses.fields(record):
            yield from texts(getattr(record, field.name))
    elif isinstance(record, dict):
        yield from texts(list(record.keys()))
        yield from texts(list(record.values()))
    elif isinstance(record, list | tuple):
        for part in record:
            yield from texts(part)


_SURE: deque[Certainty] = deque(maxlen=40)


def sure_of(results: Results) -> Certainty:
    """How sure we are of what is asked for; every reader and every test of the same results shares the studies."""
    for sure in _SURE:
        if sure.results is results:
            return sure
    _SURE.append(Certainty(results, results.asked_option))
    return _SURE[-1]


def row_of(results: Results, key: str) -> list[float | None]:
    """What a key of the form scenario/option/line names: one number as a list, or a row.

    A minus in front turns the sign, a plus adds results up; `kpi/<id>/<world>` is a KPI by year, and `/<year>` one of
    its years.
    """
    if "+" in key:
        return [sum(value or 0.0 for part in key.split("+") for value in row_of(results, part))]
    if key.startswith("-"):
        return [-(value or 0.0) for value in row_of(results, key[1:])]
    scenario, option, line = key.split("/", 2)
    outcome = results.outcome(scenario, option)
    if line.startswith("kpi/"):
        _, kpi, world, *year = line.split("/")
        row = list(outcome.kpi(kpi, "with" if world == "with" else "without"))
        assert world in ("with", "without")
        return [row[int(year[0]) - 1]] if year else row
    line = CASE_LINES.get(line, line)
    shape = results.model[line].shape
    return list(outcome.flow(line)) if shape == "period" else [outcome.number(line)]


def shown(results: Results, value: float | None, unit: str) -> str:
    """The one way to write a number."""
    return numbers.for_unit(value, unit, results.case.company.currency)


def secretive() -> dict[str, Any]:
    """A case in which everything that is private says the canary's name, in a way of its own."""

    def secret(place: str) -> str:
        return f"{CANARY} {place}"

    private = {
        "stance": secret("stance"),
        "notes": secret("notes"),
        "objections": [secret("objection"), secret("2")],
    }
    spoken = {"kpi": "quota_attainment", "importance": 5, "target": 0.95, "words": secret("words of sales")}
    shared = {
        "kpi": "churn_rate",
        "importance": 5,
        "target": 0.1,
        "words": "Keep them",
        "words_may_be_shown": True,
    }
    return small(
        decision={"ask": "Release it", "decider": "cfo", "by": "2027-02-01"},
        problems=[
            {
                "id": "late",
                "journey_stage": "onboard",
                "what": "It takes long",
                "quote": secret("quote"),
                "quote_may_be_shown": False,
            }
        ],
        stakeholders=[
            {
                "persona": "sales",
                "role": "CRO",
                "drivers": [spoken],
                "ask": "Half a person",
                "private": private,
            },
            {"persona": "service", "role": "Head of Service", "drivers": [shared], "private": private},
            {"persona": "cfo", "part": "approves", "private": private},
        ],
    )
