"""The parts of the step Numbers: only what the case reads, by theme, with who stands behind each number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from casebuilder.analysis.needed import needed
from casebuilder.analysis.study import study
from casebuilder.analysis.tornado import tornado
from casebuilder.analysis.unbacked import status_of, unbacked
from casebuilder.case import ALL, Case, library
from casebuilder.model.results import Results
from casebuilder.pitch import numbers
from casebuilder.pitch.asked_numbers import Asked, Theme, not_needed, themes
from casebuilder.pitch.echo import SCORES
from casebuilder.ui import state
from casebuilder.ui.numbers_step_row import COMPANY, number_row, row_columns
from casebuilder.ui.wording import chip, listing, plain

#: Segments that stand side by side; more of them are chosen from.
SIDE_BY_SIDE = 4
#: Cases whose swings are kept.
MOST_CASES = 8


@st.cache_resource(max_entries=MOST_CASES, show_spinner=False)
def _swings(version: str, _results: Results) -> Mapping[str, float]:
    """How far the return of what is asked for moves with each number (money), by path; all sessions share it."""
    bars = tornado(study(_results.case, option=_results.asked_option)).bars
    return {bar.range.path: bar.swing or 0.0 for bar in bars}


def heading(case: Case) -> None:
    """What this page is for, and who stands behind the numbers so far."""
    st.title("The numbers this case rests on", anchor=False)
    st.markdown(
        "Only what an investment or somebody's own number reads, the most important first. Type a value as you would "
        "write it, such as 8.2 %, 48 M or 120,000; nothing counts as confirmed until you say who stands behind it."
    )
    here, words = needed(case), library.words().statuses
    counts = Counter(status_of(case, path) for path in here)
    said = [
        f"{words[key]}: **{numbers.count(counts[key])}**" for key in ("confirmed", "estimate") if counts[key]
    ]
    st.markdown(" · ".join([*said, *_nobody(case, here)]))


def _nobody(case: Case, here: frozenset[str]) -> Iterator[str]:
    """How many numbers nobody stands behind: those of this page, then the others of the case with where they are."""
    every = unbacked(case).every
    mine = sum(path in here for path in every)
    ours = sum(path.startswith("initiatives[") for path in every)
    own = len(every) - mine - ours
    if every:
        yield chip(f"Nobody stands behind it yet: {numbers.count(mine)}")
    beside = [
        f"{numbers.count(ours)} of investments, on the page What" if ours else "",
        f"{numbers.count(own)} of the case's own lines and shares" if own else "",
    ]
    if ours or own:
        yield f":small[beside them {listing(beside)} · {numbers.count(len(every))} in the whole case]"


def table(case: Case) -> None:
    """Every theme, the numbers that matter open and the others behind a line; then what nothing reads."""
    places = _side_by_side(case)
    found = themes(case, _swings(state.desk().version, state.results()))
    if not any(effect for each in case.initiatives if each.enabled for effect in each.effects):
        st.info(
            "No investment has an effect yet, so that few numbers are read. Choose what to invest in first."
        )
    for theme in found:
        _theme(case, theme, places)
    left = not_needed(case)
    if left:
        many = f"{numbers.count(len(left))} further number{'' if len(left) == 1 else 's'}"
        with st.expander(f"{many} {'is' if len(left) == 1 else 'are'} not needed"):
            st.caption(
                plain(", ".join(left)) + ". They are read once an investment or somebody's number needs them."
            )


def scores(case: Case) -> None:
    """NPS and the like: what they are, and why they are worth no money by themselves."""
    if not case.experience_scores:
        return
    st.header("Beside the case", anchor=False)
    said = [
        listing([f"{each.name}: {numbers.factor(each.value)}", each.segment if each.segment != ALL else ""])
        for each in case.experience_scores
    ]
    st.markdown(plain("; ".join(said)))
    st.caption(SCORES)


def _side_by_side(case: Case) -> Sequence[str]:
    """The segments that are shown; all where they fit."""
    names = [segment.name for segment in case.segments]
    if len(names) <= SIDE_BY_SIDE:
        return names
    key = state.key("numbers:segments")
    st.multiselect(
        "Segments side by side", names, names[:SIDE_BY_SIDE], key=key, max_selections=SIDE_BY_SIDE,
        persist_state="session",
    )  # fmt: skip
    return [name for name in names if name in st.session_state[key]]


def _theme(case: Case, theme: Theme, places: Sequence[str]) -> None:
    st.header(theme.label, anchor=False)
    _rows(case, theme.first, places)
    if theme.rest:
        _rest(case, theme, places)


def _rows(case: Case, rows: Sequence[Asked], places: Sequence[str]) -> None:
    """What differs by segment under the names of the segments, then what holds for the whole company."""
    by_segment = [row for row in rows if COMPANY not in row.paths]
    whole = [row for row in rows if COMPANY in row.paths]
    if by_segment:
        _head(places)
    for row in by_segment:
        number_row(case, row, places)
    if by_segment and whole:
        _head(("Whole company",))
    for row in whole:
        number_row(case, row, (COMPANY,))


def _head(places: Sequence[str]) -> None:
    columns = row_columns(len(places))
    for column, place in zip(columns[1:], places, strict=False):
        column.markdown(f"**{plain(place)}**")


def _rest(case: Case, theme: Theme, places: Sequence[str]) -> None:
    """Numbers that are read and hardly change the return; sent only once they are asked for."""
    many = numbers.count(len(theme.rest))
    words = f"{many} more that hardly change{'s' if len(theme.rest) == 1 else ''} the return"
    door = st.expander(words, key=state.key(f"numbers:rest:{theme.label}"), on_change="rerun")
    if door.open:
        with door:
            _rows(case, theme.rest, places)
