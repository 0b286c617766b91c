"""The library on screen: what it proposes for this case, then every investment, found by stage, metric or words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from casebuilder.case import Case, Problem, library
from casebuilder.case import investing as answer
from casebuilder.case.library import LibraryInitiative
from casebuilder.pitch import proposing
from casebuilder.pitch.findings.finding import Ground, label, listed
from casebuilder.pitch.proposing import Proposal
from casebuilder.pitch.proposing_card import Card, card, finds, moves_kpi
from casebuilder.pitch.words import plain_text
from casebuilder.ui import state
from casebuilder.ui import what_fields as fields
from casebuilder.ui.certainty import how_sure
from casebuilder.ui.live_fields import live
from casebuilder.ui.wording import chip, listing, plain

#: Suggestions shown, cards shown at once, and cases whose suggestions are kept.
MOST_PROPOSALS, AT_ONCE, MOST_CASES = 4, 6, 8
#: What a filter says that filters nothing.
ANY, NO_PROBLEM = "Any", "No problem on file"
_STAGE, _METRIC, _KPI, _SEARCH, _MORE = (
    f"what:filter:{n}" for n in ("stage", "metric", "kpi", "search", "more")
)
#: The problem that what is put into the case from the list answers.
_SOUGHT = "what:sought"


def search_stage(stage: str | None) -> None:
    """Show the library's investments at a stage of the journey, and nothing else filtered."""
    for name in (_METRIC, _KPI):
        st.session_state[state.key(name)] = None
    st.session_state[state.key(_SEARCH)] = ""
    st.session_state[state.key(_STAGE)] = stage
    fields.look_at(fields.LIBRARY)


def search_for(problem: Problem) -> None:
    """Show what could answer a problem: what is put into the case from there answers it."""
    search_stage(problem.journey_stage)
    _seek(problem.id)


def the_library() -> None:
    """Suggestions for this case, the filters, and the cards that pass them."""
    found = _found()
    filtered = len(found) < len(library.initiatives())
    if not filtered or _chosen():
        _suggestions()
    st.header("Everything in the library" if not filtered else "In the library", anchor=False)
    _filters()
    _sought_field(state.desk().case)
    st.caption(_count(len(found)))
    shown = int(st.session_state.get(state.key(_MORE), AT_ONCE))
    for entry in found[:shown]:
        _card(card(entry.id))
    if len(found) > shown:
        st.button(
            f"Show {min(AT_ONCE, len(found) - shown)} more",
            key=fields.key("more"),
            on_click=_more,
            args=(shown,),
        )


def _more(shown: int) -> None:
    st.session_state[state.key(_MORE)] = shown + AT_ONCE


def _count(found: int) -> str:
    whole = len(library.initiatives())
    if not found:
        return f"None of {whole} investments fits all of these: take one filter away."
    said = f"{whole} investments" if found == whole else f"{found} of {whole} investments"
    return f"{said}. Sizes are starting values to replace; the library knows no amounts of cost."


# Filters


def _filters() -> None:
    stage, metric, kpi, search = st.columns(4)
    stages, levers = fields.stages(), library.levers()
    people = _their_numbers(state.desk().case)
    stage.selectbox(
        "Where in the journey",
        [None, *stages],
        key=state.key(_STAGE),
        persist_state="session",
        on_change=_fewer,
        format_func=lambda id: stages[id] if id else ANY,
        placeholder=ANY,
    )
    metric.selectbox(
        "What it moves",
        [None, *levers],
        key=state.key(_METRIC),
        persist_state="session",
        on_change=_fewer,
        format_func=lambda id: levers[id].label if id else ANY,
        placeholder=ANY,
    )
    kpi.selectbox(
        "Whose number",
        [None, *people],
        key=state.key(_KPI),
        persist_state="session",
        on_change=_fewer,
        format_func=lambda id: people[id] if id else ANY,
        placeholder=ANY,
        help="Numbers of the people in this case that the model computes year by year.",
    )
    search.text_input(
        "Words",
        key=state.key(_SEARCH),
        persist_state="session",
        on_change=_fewer,
        placeholder="complaint, quote, portal",
    )


def _sought_field(case: Case) -> None:
    """Which problem is answered by what is put into the case; nothing where none is on file."""
    if not case.problems:
        return
    names = {each.id: plain_text(each.what) for each in case.problems}
    choices, sought = [None, *names], _sought(case)
    st.selectbox(
        "What I put into the case answers",
        choices,
        choices.index(sought),
        format_func=lambda id: names[id] if id else NO_PROBLEM,
        placeholder=NO_PROBLEM,
        **live(state.key("what:answers"), sought, _seek),
    )


def _seek(problem: str | None) -> None:
    st.session_state[state.key(_SOUGHT)] = problem


def _sought(case: Case) -> str | None:
    """The problem that is looked for; None where nobody chose one, or it has left the case."""
    chosen = st.session_state.get(state.key(_SOUGHT))
    return chosen if chosen in {each.id for each in case.problems} else None


def _chosen() -> tuple[str, ...]:
    """The problem that what is put into the case answers, where one was chosen."""
    sought = _sought(state.desk().case)
    return (sought,) if sought else ()


def _fewer() -> None:
    """What was opened further down belongs to other filters."""
    st.session_state.pop(state.key(_MORE), None)


def _their_numbers(case: Case) -> dict[str, str]:
    """KPIs of the people of the case that one metric or another moves, with whose they are."""
    found: dict[str, list[str]] = {}
    for person in case.stakeholders:
        for driver in person.drivers:
            known = library.kpis().get(driver.kpi)
            if known is not None and len(known.levers) < len(library.levers()):
                title = person.role or library.personas()[person.persona].title
                found.setdefault(driver.kpi, [label(driver)]).append(title)
    return {kpi: f"{name}: {listed(who)}" for kpi, (name, *who) in found.items()}


def _found() -> list[LibraryInitiative]:
    """The entries that pass every filter: along the journey, at each stage what pays most alone before the rest."""
    stage, metric, kpi = (st.session_state.get(state.key(name)) for name in (_STAGE, _METRIC, _KPI))
    search = str(st.session_state.get(state.key(_SEARCH)) or "")
    order = list(fields.stages())
    found = [
        entry
        for entry in library.initiatives().values()
        if (stage is None or entry.journey_stage == stage)
        and (metric is None or any(effect.lever == metric for effect in entry.effects))
        and (kpi is None or moves_kpi(entry, kpi))
        and finds(entry, search)
    ]
    paying = {entry: place for place, entry in enumerate(_worth(state.desk().version))}
    return sorted(
        found, key=lambda entry: (order.index(entry.journey_stage), paying.get(entry.id, len(paying)))
    )


# Suggestions


def _suggestions() -> None:
    st.header("Worth a look for this case", anchor=False)
    case = state.desk().case
    if not case.problems and not case.stakeholders:
        st.markdown(
            "Put a problem of your customers on file, or write down what somebody is measured on: what answers it "
            "then stands here first."
        )
        return
    found = _proposals(state.desk().version)
    if not found:
        unanswered = proposing.unanswered(case, [each.id for each in case.initiatives])
        problems = (
            "Nothing in the library speaks of what is left: the list below may still hold an answer"
            if unanswered
            else "Every problem is answered"
        )
        st.markdown(f"{problems}. No number of a person is left that the library could move.")
    columns = st.columns(2)
    for n, proposal in enumerate(found):
        with columns[n % 2].container(border=True):
            _proposal(proposal)


@st.cache_resource(max_entries=MOST_CASES, show_spinner=False)
def _ground(version: str) -> Ground:
    """What proposals and worth of the open case stand on, so that each investment is tried once; sessions share it."""
    found = how_sure()
    return Ground(found, found.results.case.stakeholders)


@st.cache_data(max_entries=MOST_CASES, show_spinner="Trying each investment of the library in this case")
def _proposals(version: str) -> tuple[Proposal, ...]:
    """What the library proposes for the open case as it stands."""
    return proposing.proposals(_ground(version), MOST_PROPOSALS)


@st.cache_data(max_entries=MOST_CASES, show_spinner="Trying each investment of the library in this case")
def _worth(version: str) -> dict[str, str]:
    """What each investment of the library pays alone in the open case as it stands."""
    return proposing.worth_alone(_ground(version))


def _proposal(proposal: Proposal) -> None:
    entry = library.initiatives()[proposal.entry]
    st.markdown(f"**{plain(entry.name)}**")
    for reason in proposal.reasons:
        st.markdown(plain(reason))
    st.caption(
        plain(
            " ".join(part for part in (proposal.pays, proposal.room, _pilot_words(entry.pilot or "")) if part)
        )
    )
    with st.container(horizontal=True):
        _put(entry.id, proposal.problems or _chosen(), "proposal")
        st.button(
            "Read about it",
            key=fields.key("read", entry.id),
            type="tertiary",
            on_click=read_about,
            args=(entry.id,),
        )


def _pilot_words(pilot: str) -> str:
    return "No size is known that we believe: begin with a pilot." if pilot else ""


def read_about(entry: str) -> None:
    """Show one investment of the library, with everything that is known of it."""
    search_stage(None)
    st.session_state[state.key(_SEARCH)] = library.initiatives()[entry].name
    st.session_state[state.key(f"what:card:{entry}")] = True


# Cards


def _card(shown: Card) -> None:
    room = proposing.no_room(state.desk().case, state.results().asked, shown.entry)
    with st.container(border=True):
        about, action = st.columns([4, 1])
        with about:
            st.markdown(f"**{plain(shown.name)}**")
            st.caption(plain(listing([shown.stage, shown.owner, shown.time])))
            st.markdown(plain(shown.does))
            _moves(shown)
            worth = _worth(state.desk().version).get(shown.entry, "")
            if worth and not room:
                st.caption(plain(worth))
            if room:
                st.markdown(f":orange[{plain(room)}]")
        with action:
            _put(shown.entry, _chosen(), "card")
        box = st.expander(
            "For whom it works, what speaks against it, what it takes",
            on_change="rerun",
            key=state.key(f"what:card:{shown.entry}"),
        )
        if box.open:
            with box:
                _details(shown)


def _moves(shown: Card) -> None:
    if not shown.moves:
        st.markdown("Moves no number by itself: it makes others possible, or nobody has measured it.")
    _bullets(shown.moves)
    if shown.pilot:
        st.markdown(f"{chip('Try it small first')} {plain(shown.pilot)}")


def _details(shown: Card) -> None:
    left, right = st.columns(2)
    with left:
        _part("Where it was seen", shown.seen or ("No study says where.",))
        _part("What speaks for it", shown.evidence or ("No study; the sizes are our estimate.",))
        _part("What speaks against it", shown.against or ("Nothing that we know of.",))
        st.markdown("**What that shows, and what not**")
        st.markdown(plain(shown.note))
    with right:
        st.markdown("**What it usually costs**")
        st.markdown(f"{plain(shown.cost)} Amounts are yours to ask: the library knows none.")
        _part("What it needs", (*(f"First: {name}" for name in shown.first), *shown.needs))
        _part("What has to change", tuple(f"{side}: {said}" for side, said in shown.pace))
        st.markdown("**When to look again**")
        st.markdown(plain(shown.checkpoint))


def _part(title: str, said: Sequence[str]) -> None:
    st.markdown(f"**{title}**")
    _bullets(said)


def _bullets(said: Sequence[str]) -> None:
    if said:
        st.markdown("\n".join(f"- {plain(each)}" for each in said))


# Into the case


def _put(entry: str, problems: tuple[str, ...], where: str) -> None:
    """The button that puts an investment into the case, or the way to it where it is there."""
    case = state.desk().case
    width: Literal["content", "stretch"] = "content" if where == "proposal" else "stretch"
    own = answer.in_the_case(case, entry)
    if own is not None:
        st.button(
            "Is in the case",
            key=fields.key(f"go {where}", entry),
            type="tertiary",
            width=width,
            icon=":material/check:",
            on_click=fields.bring_up,
            args=(own.id,),
            help=plain(f"As “{own.name}”. Press to see it."),
        )
        return
    first = [library.initiatives()[needed].name for needed in answer.missing(case, entry)]
    st.button(
        "Put into the case",
        key=fields.key(f"put {where}", entry),
        type="primary" if where == "proposal" else "secondary",
        width=width,
        on_click=put,
        args=(entry, problems),
        disabled=not case.segments,
        help=plain(f"Together with what it needs first: {listed(first)}.") if first else None,
    )


def put(entry: str, problems: tuple[str, ...] = ()) -> None:
    """Write an investment of the library into the case and open it; its costs are still to be asked."""
    before = {each.id for each in state.desk().case.initiatives}
    option = asked_option(state.desk().case)
    said = _put_words(state.desk().case, entry, problems)
    if fields.write(lambda case: answer.from_library(case, entry, problems, option), said):
        added = [each.id for each in state.desk().case.initiatives if each.id not in before]
        fields.bring_up(added[-1])


def _put_words(case: Case, entry: str, problems: tuple[str, ...]) -> str:
    """What came into the case and with what, what it answers, and what is still to be said of it."""
    first = [f"“{library.initiatives()[needed].name}”" for needed in answer.missing(case, entry)]
    needs = f", together with {listed(first)}, which it needs first" if first else ""
    answered = [f"“{plain_text(each.what)}”" for each in case.problems if each.id in problems]
    said = f"“{library.initiatives()[entry].name}” is in the case now{needs}"
    said += f", as an answer to {listed(answered)}. " if answered else ". "
    said += "Sizes and months are starting values to replace. Its costs are not stated: ask for them."
    if case.problems and not answered:
        said += " It answers no problem on file: if it does, say so under “Who, where, why”."
    return said


def asked_option(case: Case) -> str:
    """The named choice that the decision asks for; empty where all switches count as they are set."""
    return case.decision.stage_1.option if case.decision.stage_1 is not None else ""
