"""Versions of a review: doubts kept under a name beside ours, and snapshots side by side."""

from __future__ import annotations

from datetime import date

import streamlit as st

from casebuilder.analysis.cuts import as_scenario, cuts_of
from casebuilder.case import Doubt, KeptDoubts
from casebuilder.case.reviewed import scenario_id, with_doubts, with_kept, without_kept
from casebuilder.pitch.assumed import person
from casebuilder.pitch.exhibits.moving import cut_label
from casebuilder.pitch.reviewing import compared, short_day
from casebuilder.pitch.words import day, scenario_label
from casebuilder.ui import kept, review_moment, state
from casebuilder.ui.exhibit import rows
from casebuilder.ui.review_agree import said, whom, write
from casebuilder.ui.review_moment import Moment, Snapshot
from casebuilder.ui.wording import listing, plain

_SHOWN = "review:compare"
#: Snapshots kept of one case, and how many of them stand beside the case as it is.
MOST, BESIDE = 12, 3


def keeping(moment: Moment) -> None:
    """Keep the doubts that are made under a name; those kept before, to be taken up again."""
    made = moment.view.case.review.doubts
    st.markdown("**Keep these doubts beside ours**")
    if made:
        _keep_form(moment, made)
    elif not moment.view.case.review.kept:
        st.caption("Make a doubt with its key first. Kept doubts change no number of the case.")
    for each in moment.view.case.review.kept:
        _kept(moment, each)
    said()


def _keep_form(moment: Moment, made: tuple[Doubt, ...]) -> None:
    columns = st.columns([3, 2, 1], vertical_alignment="bottom")
    usual = (
        f"{person(moment.view.case, moment.view.case.decision.decider or 'cfo')}, {short_day(date.today())}"
    )
    name = columns[0].text_input("Name", usual, key=state.key("review:keep:name"), max_chars=200)
    with columns[1]:
        by = whom("Whose doubts", state.key("review:keep:by"))
    columns[2].button(
        "Keep", key="review:keep", on_click=_keep, args=(moment, name, by, made), disabled=not name.strip(),
        width="stretch",
    )  # fmt: skip


def _keep(moment: Moment, name: str, by: str, made: tuple[Doubt, ...]) -> None:
    """Under their name in the case; as a scenario too where one says all of them."""
    scenario = as_scenario(moment.study, cuts_of(made))
    taken = scenario_id(name) in moment.view.case.scenario_table
    own = any(scenario_id(kept.name) == scenario_id(name) for kept in moment.view.case.review.kept)
    if taken and not own:
        write(f"There is a scenario of the name {scenario_label(scenario_id(name))} already.", "")
        return
    why = state.write(lambda case: with_kept(case, name, by, date.today(), made, scenario))
    write(why, f"{name} is kept: {_where(scenario is not None)}.")


def _where(is_scenario: bool) -> str:
    """Where kept doubts are found again."""
    if is_scenario:
        return "a scenario of its own on screen, in the workbook and in the deck"
    return (
        "no scenario can say all of it: the workbook shows it in full, the deck what it leaves of the return"
    )


def _kept(moment: Moment, each: KeptDoubts) -> None:
    case, key = moment.view.case, each.name
    is_scenario = scenario_id(each.name) in case.scenarios
    about = listing([
        person(case, each.by) if each.by else "", day(each.on) if each.on else "",
        "; ".join(cut_label(one) for one in cuts_of(each.doubts)), _where(is_scenario),
    ])  # fmt: skip
    columns = st.columns([5, 1, 1], vertical_alignment="center")
    columns[0].markdown(f"**{plain(each.name)}** {plain(about)}")
    columns[1].button("Take up", key=f"review:up:{key}", on_click=_take_up, args=(each,), width="stretch")
    columns[2].button("Drop", key=f"review:drop:{key}", on_click=_drop, args=(each.name,), width="stretch")


def _take_up(each: KeptDoubts) -> None:
    write(state.write(lambda case: with_doubts(case, each.doubts)), "")


def _drop(name: str) -> None:
    write(state.write(lambda case: without_kept(case, name)), "")


def snapshots(moment: Moment) -> None:
    """Take the case as it stands, and see up to three of those taken beside it."""
    st.markdown("**Snapshots side by side**")
    found = taken()
    columns = st.columns([3, 1, 4], vertical_alignment="bottom")
    name = columns[0].text_input(
        "Name of the snapshot", f"Version {len(found)}", key=state.key(f"review:snapshot:{len(found)}")
    )
    columns[1].button("Take", key="review:snapshot", on_click=_take, args=(name,), width="stretch")
    names = [snapshot.name for snapshot in found]
    with columns[2]:
        chosen = st.multiselect(
            "Beside the case as it is", names, names[:1], key=state.key(_SHOWN), max_selections=BESIDE
        )
    versions = [(s.name, review_moment.of(s).found) for s in found if s.name in chosen]
    rows(compared(moment.view, [*versions, ("Now", moment.found)]), "Versions of the case side by side")


def taken() -> tuple[Snapshot, ...]:
    """The start of the review and the snapshots that were kept of this case, the newest ones."""
    found = [
        Snapshot(name, state.without_private(case)) for name, case in kept.snapshots(state.desk().origin)
    ]
    return (review_moment.start(), *found[-MOST:])


def _take(name: str) -> None:
    """One more snapshot; a second one of a name is told from the first by a number."""
    names = {snapshot.name for snapshot in taken()} | {"Now"}
    clean = " ".join(name.split()) or "Snapshot"
    free = next(n for n in (clean, *(f"{clean} ({k})" for k in range(2, MOST + 3))) if n not in names)
    write(state.snapshot(free), f"{free} is kept.")
