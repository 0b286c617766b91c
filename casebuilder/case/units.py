"""The closed list of units a number of a case can have."""

from typing import Literal, get_args

#: `money` is an amount in the case's currency, `money_per_year` an amount for each year; `share` is a part of
#: one (0.2 is 20 %), `points` a difference between two shares; `per_year` a count for each year; `fte` full-time
#: equivalents; `ratio` one quantity over another that may exceed 1; `period` the number of a model period;
#: `factor` a multiplier; `flag` yes or no; `choice` one of a list; `text` anything in words.
Unit = Literal[
    "money",
    "money_per_year",
    "share",
    "points",
    "count",
    "per_year",
    "days",
    "months",
    "minutes",
    "hours",
    "fte",
    "ratio",
    "flag",
    "choice",
    "text",
    "period",
    "factor",
]

UNITS: tuple[str, ...] = get_args(Unit)
