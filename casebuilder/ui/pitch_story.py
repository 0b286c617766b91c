"""The story as it stands in the deck: every slide in its order, with why it is there and what to say."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from casebuilder.analysis.certainty import Certainty
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch import story as telling
from casebuilder.pitch.findings import findings
from casebuilder.pitch.purposes import order_of, purpose
from casebuilder.pitch.records import Exhibit, Pitch
from casebuilder.pitch.together import look
from casebuilder.pitch.view import View, stamp_of
from casebuilder.pitch.words import option_label, scenario_label
from casebuilder.ui import exhibit, files, state
from casebuilder.ui.studies import how_sure
from casebuilder.ui.wording import listing, plain

#: Stories kept for everybody: those of all personas of one case.
MOST_STORIES = 12
_PART, _NOTES = "pitch:part", "pitch:notes"
_FOR_YOU = "Only you see this"


@st.cache_resource(max_entries=MOST_STORIES, show_spinner="Writing the story")
def _told(version: str, persona: str, _results: Results, _sure: Certainty) -> Pitch:
    """The pitch that the deck of this version is drawn from."""
    files.check_version(version, _results)
    return telling.pitch(_results, persona, _sure)


def story(persona: str) -> None:
    """The parts of the deck to choose from, and what belongs to the author alone; only what is chosen is sent."""
    results = state.results()
    view, told = look(results, persona), _told(state.desk().version, persona, results, how_sure())
    parts = {name: list(found) for name, found in groupby(told.exhibits[1:], key=lambda each: each.section)}
    _basis(results)
    with st.container(horizontal=True, vertical_alignment="center"):
        first = next(iter(parts))  # the cover stands before it
        labels = {
            name: f"{name or 'Slides'} ({len(found) + (name == first)})" for name, found in parts.items()
        }
        chosen = st.segmented_control(
            "Part", [*parts, _FOR_YOU], key=_PART, default=next(iter(parts)), required=True,
            label_visibility="collapsed", format_func=lambda name: labels.get(name, name),
        )  # fmt: skip
        notes = st.toggle("Spoken notes", key=_NOTES, disabled=chosen == _FOR_YOU)
    if chosen == _FOR_YOU:
        _left_out(told)
        _for_you(view)
        return
    st.caption(
        plain(
            f"{order_of(view)} Numbered by subject: one with a long table takes several slides in the deck."
        )
    )
    if chosen == next(iter(parts)):
        _slide(view, told.exhibits[0], 1, notes)
    before = 2 + sum(
        len(found) for name, found in parts.items() if list(parts).index(name) < list(parts).index(chosen)
    )
    for number, shown in enumerate(parts[chosen], before):
        _slide(view, shown, number, notes)


def _basis(results: Results) -> None:
    """What the files say of the case: what is asked for, under which scenario, under which stamp."""
    asked, case = results.asked, results.case
    npv = numbers.money(asked.npv, case.company.currency)
    said = [
        f"Asked for: {option_label(asked.option)}",
        f"{scenario_label(asked.scenario)}: net present value {npv}",
        stamp_of(case).line,
    ]
    st.caption(plain(listing(said)))


def _slide(view: View, shown: Exhibit, number: int, notes: bool) -> None:
    """One slide: title, numbers, picture, table, takeaways, source; below it why it is there, and what to say."""
    with st.container(border=True, key=f"slide:{shown.id}"):
        exhibit.slide(shown, view.currency, f"{number} · **Why this slide**: {plain(purpose(view, shown))}")
        if notes and shown.notes:
            said = [f"- {plain(line)}" for line in shown.notes.splitlines() if line.strip()]
            st.info("\n".join(said), icon=":material/record_voice_over:")


def _left_out(told: Pitch) -> None:
    """Slides that have nothing to say yet, with what is missing: readers see none of them."""
    if told.left_out:
        said = [" ".join((f"{each.title}.", *each.takeaways)) for each in told.left_out]
        st.markdown("**Not in the deck yet, because there is nothing to say**")
        st.markdown("\n".join(f"- {plain(text)}" for text in said))


def _for_you(view: View) -> None:
    """Findings about one reader, for the author's eyes."""
    person = view.stakeholder
    if person is None:
        st.markdown("Findings are about one person: choose one of the people above.")
        return
    sure = how_sure()
    place = next(n for n, each in enumerate(view.case.stakeholders) if each is person)
    fit = sure.fits[place].value
    closes = "named no number yet"
    if fit is not None:
        closes = f"{numbers.percent(fit / 100, 0)} of the gap over all they are measured on closes"
    st.markdown(f"**What stands between this case and the yes of the {plain(view.role)}**: {plain(closes)}")
    found = findings(sure, person)
    st.markdown("\n".join(f"- {plain(each.text)}" for each in found) or "Nothing found against it.")
    st.caption("None of this stands in a file, and it is gone from the screen once you choose another part.")
