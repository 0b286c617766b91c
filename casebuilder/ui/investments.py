"""The investments on screen: a switch for each that is asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from casebuilder.case import Initiative
from casebuilder.model.results import Results
from casebuilder.model.structure import AS_SET
from casebuilder.pitch import numbers
from casebuilder.pitch.words import option_label
from casebuilder.ui import state
from casebuilder.ui.live_fields import live
from casebuilder.ui.wording import plain


def investments(results: Results) -> None:
    """A switch for each investment of what is asked for, and the names of those left out of it."""
    case, asked = results.case, results.asked_option
    outside = []
    for initiative in case.initiatives:
        if asked == AS_SET or initiative.id in case.option_table[asked]:
            _switch(initiative, results)
        else:
            outside.append(initiative.name)
    if outside:
        st.caption(plain(f"Not in {option_label(asked)}: {', '.join(outside)}"))


def _switch(initiative: Initiative, results: Results) -> None:
    switch(initiative, f"on:{initiative.id}", plain(initiative.name), plain(_about(initiative, results)))


def switch(initiative: Initiative, name: str, label: str, about: str | None = None) -> None:
    """On or off, which is a change like any other."""
    on = initiative.enabled
    st.toggle(label, on, help=about, **live(name, on, partial(_switched, initiative.id)))


def _switched(id: str, on: bool) -> None:
    state.change(f"initiatives[{id}].enabled", on)


def _about(initiative: Initiative, results: Results) -> str:
    """What an investment costs and needs, for its help."""
    currency = results.case.company.currency
    names = {other.id: other.name for other in results.case.initiatives}
    once, yearly = initiative.one_time_cost, initiative.annual_cost
    parts = [f"{numbers.money(once, currency)} once, {numbers.money_per_year(yearly, currency)}"]
    if initiative.internal_fte:
        parts.append(f"{numbers.fte(initiative.internal_fte)} of our own people")
    if initiative.requires:
        parts.append(f"needs first: {', '.join(names[needed] for needed in initiative.requires)}")
    return "; ".join(parts) + "."
