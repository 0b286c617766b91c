"""`new`: a case from those of the twelve totals that somebody knows on day one."""

from __future__ import annotations

import argparse
import math
from datetime import date
from pathlib import Path

from casebuilder.case import dump, library
from casebuilder.case.catalogue import totals
from casebuilder.case.totals import derive, read_totals
from casebuilder.terminal.speaking import Refused, check_free, say, tell, write


def add(new: argparse.ArgumentParser) -> None:
    """Name, currency and one option for every total; a total left out is "don't know"."""
    new.add_argument("--name", required=True, help="the company")
    new.add_argument("--currency", required=True, help="three letters of ISO 4217, as in USD")
    new.add_argument("--title", default="", help="what the case is called")
    new.add_argument(
        "--decision-date",
        type=date.fromisoformat,
        metavar="DAY",
        help="as in 2027-01-31; today without it",
    )
    new.add_argument(
        "--out", type=Path, metavar="CASE", help="case file to write; standard output without it"
    )
    shapes = ", ".join(f"{id} ({shape.label})" for id, shape in library.starting_values().items())
    new.add_argument(
        "--shape",
        metavar="ID",
        help=f"what comes closest, to begin with its starting values where a number is not known: {shapes}; "
        "without it, what is not known is worth nothing",
    )
    for name, word in totals().items():
        text = ". ".join(
            filter(None, (f"{word.label}, {word.unit.replace('_', ' ')}", word.report, word.note))
        )
        new.add_argument(_option(name), metavar="NUMBER", help=text.replace("%", "%%"))
    new.add_argument(
        "--support-in-margin", action="store_true", help="the books took support off the gross margin already"
    )
    new.set_defaults(run=_new)


def _new(given: argparse.Namespace) -> int:
    check_free(given.out)
    known = {
        name: _number(name, getattr(given, name)) for name in totals() if getattr(given, name) is not None
    }
    told = read_totals(known | {"support_in_margin": given.support_in_margin}, "the totals")
    start = _shape(given.shape) if given.shape else None
    day = given.decision_date or date.today()
    derived = derive(told, given.name, given.currency, day, title=given.title, start=start)
    for step in derived.provenance:
        say(f"{step.path} = {step.value:g}: {step.formula}")
    text = dump(derived.case)
    if given.out is None:
        tell(text.removesuffix("\n"))
    else:
        write(given.out, text.encode())
    return 0


def _shape(id: str) -> library.StartingValues:
    """What a company of a shape begins with."""
    shapes = library.starting_values()
    if id not in shapes:
        raise Refused(f"--shape {id}: there is no such shape; allowed are {', '.join(shapes)}.")
    return shapes[id]


def _number(name: str, text: str) -> float:
    try:
        number = float(text.replace(",", "").replace("_", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Refused(
            f"{_option(name)} {text}: that is not a number; allowed are digits as in 48000000 or 0.7."
        )
    return int(number) if number.is_integer() else number


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
