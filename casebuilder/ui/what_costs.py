"""What an investment costs and when it works: its numbers, each with what it means, and who has looked at them."""

from __future__ import annotations

import streamlit as st

from casebuilder.analysis.unbacked import of_investment
from casebuilder.case import Case, Initiative, library
from casebuilder.case import investing as answer
from casebuilder.case.catalogue import settings
from casebuilder.model.timeline import period_end
from casebuilder.pitch import numbers
from casebuilder.pitch.words import day
from casebuilder.ui import state
from casebuilder.ui import what_fields as fields
from casebuilder.ui.what_cost_items import cost_items
from casebuilder.ui.what_number import Number, Writer, number_field
from casebuilder.ui.wording import chip, plain

_COSTS = ("one_time_cost", "annual_cost", "internal_fte")
_TIMES = ("start_month", "build_months", "ramp_months", "adoption")


def cost_and_time(each: Initiative) -> None:
    """Its cost with the parts of it, then when it works and for whom."""
    _unstated(each)
    for column, field in zip(st.columns(len(_COSTS)), _COSTS, strict=True):
        with column:
            number_field(_number(each, field), _writer(each.id, field))
    cost_items(each)
    for column, field in zip(st.columns(len(_TIMES)), _TIMES, strict=True):
        with column:
            number_field(_number(each, field), _writer(each.id, field))
    _stand_behind(each)


def _unstated(each: Initiative) -> None:
    """Costs that nobody stated count as nothing, and that is said, with what they usually are."""
    silent = [settings()[f].label.lower() for f in _COSTS if f not in each.model_fields_set]
    if not silent:
        return
    entry = library.initiatives().get(each.use or "")
    usual = f" {entry.cost_shape.words}" if entry else ""
    st.markdown(
        f"{chip('Not stated: ' + ', '.join(silent))} "
        + plain(f"Not stated is not zero, yet it counts as nothing until you type it.{usual}")
    )


def _stand_behind(each: Initiative) -> None:
    """Starting values of the library become one's own with one press; those that nothing reads are not counted."""
    case = state.desk().case
    begun = {path for path, said in case.inputs.items() if said.status == "default"}
    begun = {path for path in begun if path.startswith(f"initiatives[{each.id}].")}
    many = len(begun.intersection(of_investment(case, each)))
    if begun:
        st.button(
            f"We looked at {_all(many or len(begun))} of this one: our own estimate now",
            key=fields.key("stand", each.id),
            on_click=_stood,
            args=(each.id,),
            type="tertiary",
            icon=":material/done_all:",
            help=_idle(len(begun) - many) if many else None,
        )


def _all(many: int) -> str:
    return "the one starting value" if many == 1 else f"all {numbers.count(many)} starting values"


def _idle(many: int) -> str | None:
    """What is said of starting values that nothing reads: they are confirmed with the others."""
    if not many:
        return None
    return f"{numbers.count(many)} more begin{'s' if many == 1 else ''} with a starting value and change nothing here."


def _stood(id: str) -> None:
    fields.write(lambda case: answer.as_estimates(case, id), "They count as your own estimate now.")


def _number(each: Initiative, field: str) -> Number:
    word, stated = settings()[field], field in each.model_fields_set
    return Number(
        path=f"initiatives[{each.id}].{field}",
        label=word.label,
        unit=word.unit,
        lower=word.lower,
        upper=word.upper,
        value=float(getattr(each, field)) if stated else None,
        echo=lambda value: _meaning(state.desk().case, field, value),
        silent=_SILENT.get(field, "nothing"),
    )


#: What counts while nobody says otherwise.
_SILENT = {
    "start_month": "at the decision",
    "build_months": "none",
    "ramp_months": "at once",
    "adoption": "everybody",
}


def _meaning(case: Case, field: str, value: float) -> str:
    """A number of an investment in the words of whoever has to believe it."""
    if field == "one_time_cost":
        return f"{fields.money(value)} once"
    if field == "annual_cost":
        return f"{fields.money(value)} a year, {fields.money(value / 12)} a month"
    if field == "internal_fte":
        return (
            f"{numbers.fte(value)} of our own, {_positions(value * case.company.loaded_cost_per_fte, value)}"
        )
    if field == "adoption":
        return f"{numbers.percent(value)} of the effect arrives"
    if field == "start_month":
        return (
            f"Begins {day(period_end(case.company.decision_date, int(value)))}"
            if value
            else "Begins at the decision"
        )
    ends = {"build_months": "until the first effect", "ramp_months": "from the first effect to all of it"}
    return f"{numbers.months(value)} {ends[field]}"


def _positions(year: float, people: float) -> str:
    """What positions cost a year; where nobody said what one costs, that they count as nothing and where to say it."""
    if people and not year:
        return "which cost nothing until the page Numbers says what a full-time position costs"
    return f"{fields.money(year)} a year"


def _writer(id: str, field: str) -> Writer:
    return lambda value: fields.settle(
        id, lambda case: answer.with_investment_fields(case, id, {field: value})
    )
