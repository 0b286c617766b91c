"""The problems customers have, by stage of the journey: what goes wrong, for how many, and what answers it."""

from __future__ import annotations

import streamlit as st

from casebuilder.case import ALL, Case, Problem, library
from casebuilder.case import problems_in as answer
from casebuilder.pitch import numbers
from casebuilder.pitch.words import inside, plain_text
from casebuilder.ui import state
from casebuilder.ui import what_fields as fields
from casebuilder.ui.typed_fields import LONGEST, Unreadable, read, reading, shown
from casebuilder.ui.what_library import search_for
from casebuilder.ui.wording import chip, listing, plain

_NEW = ""
_TEXTS = ("what", "evidence", "source")


def problems() -> None:
    """Every problem by stage, and a form for another one."""
    case = state.desk().case
    if not case.problems:
        _empty()
    for stage, name in fields.by_stage():
        found = [problem for problem in case.problems if problem.journey_stage == stage]
        if found:
            st.header(name, anchor=False)
        for problem in found:
            with st.container(border=True):
                _problem(case, problem)
    if fields.edited() == _NEW or not case.problems:
        with st.container(border=True):
            _form(None)
    else:
        st.button(
            "Put another problem on file",
            key=fields.key("another"),
            icon=":material/add:",
            on_click=fields.edit_problem,
            args=(_NEW,),
        )


def _empty() -> None:
    st.markdown(
        "**No problem is on file yet.** People pay to end a problem they know. Say what goes wrong for customers, for "
        "how many, and how you know: then each investment answers something."
    )
    st.caption(
        "For example: “A quote takes nine working days” · 1,850 prospects a year · 31 of 74 buyers interviewed after a "
        "lost deal signed with whoever quoted first."
    )


def _problem(case: Case, problem: Problem) -> None:
    about, actions = st.columns([5, 1])
    with about:
        st.markdown(f"**{plain(plain_text(problem.what))}**")
        people = problem.customers_affected
        affected = f"{numbers.count(people)} affected" if people is not None else ""
        where = "" if problem.segment == ALL else problem.segment
        st.caption(plain(listing([affected, where, plain_text(problem.evidence), problem.source])))
        lacking = _lacking(problem)
        if lacking:
            st.markdown(chip(f"Still to say: {lacking}"))
        if problem.quote and problem.quote_may_be_shown:
            st.markdown(f"*“{plain(problem.quote)}”*")
        _answered(case, problem)
    with actions:
        here = fields.edited() == problem.id
        st.button(
            "Close" if here else "Change",
            key=fields.key("edit", problem.id),
            width="stretch",
            on_click=fields.edit_problem,
            args=(None if here else problem.id,),
        )
    if fields.edited() == problem.id:
        _form(problem)


def _lacking(problem: Problem) -> str:
    """What nobody has told about a problem yet."""
    told = {
        "how many it affects": problem.customers_affected is not None,
        "how you know": bool(problem.evidence),
        "where in the journey": problem.journey_stage is not None,
    }
    return ", ".join(what for what, there in told.items() if not there)


def _answered(case: Case, problem: Problem) -> None:
    """What answers it, the metrics that moves and who delivers it; where nothing does, the way to what could."""
    found = [each for each in case.initiatives if problem.id in each.problems]
    for each in found:
        labels = [inside(library.levers()[effect.lever].label) for effect in each.effects]
        moves = f"moves {'; '.join(dict.fromkeys(labels))}" if labels else "moves no number by itself"
        off = "" if each.enabled else "switched off"
        st.markdown(
            f":small[Answered by **{plain(each.name)}**: "
            + plain(listing([moves, fields.owner_name(each.owner), off]))
            + "]"
        )
    if not found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(chip("Nothing answers it yet"), width="content")
            st.button(
                "See what could",
                key=fields.key("could", problem.id),
                type="tertiary",
                on_click=search_for,
                args=(problem,),
            )


def _form(problem: Problem | None) -> None:
    """The fields of a problem; of a known one also what answers it, its quote, and the way out of the case."""
    case, stages = state.desk().case, fields.stages_or_none()
    public = problem.model_copy(update={"quote": ""}) if problem else None
    name: str = problem.id if problem else _NEW
    with st.form(fields.key("problem", name, public), border=False, enter_to_submit=False):
        st.text_area(
            "What goes wrong, as a customer would say it",
            problem.what if problem else "",
            height=68,
            key=fields.key("what", name, public),
        )
        first, second, third = st.columns(3)
        first.selectbox(
            "Where in the journey",
            stages,
            index=stages.index(problem.journey_stage if problem else None),
            format_func=fields.stage_name,
            key=fields.key("journey_stage", name, public),
        )
        second.text_input(
            "How many it affects",
            shown(problem.customers_affected if problem else None, "count"),
            max_chars=LONGEST,
            placeholder="not known",
            autocomplete="off",
            key=fields.key("customers_affected", name, public),
            help="Customers, or prospects before they buy. Leave it empty rather than guess.",
        )
        segments = [ALL, *(segment.name for segment in case.segments)]
        third.selectbox(
            "Whom",
            segments,
            index=segments.index(problem.segment) if problem else 0,
            format_func=lambda id: "All customers" if id == ALL else id,
            key=fields.key("segment", name, public),
        )
        first, second = st.columns(2)
        first.text_area(
            "How you know",
            problem.evidence if problem else "",
            height=68,
            key=fields.key("evidence", name, public),
            placeholder="What was counted or heard, and over how many",
        )
        second.text_area(
            "Where that stands",
            problem.source if problem else "",
            height=68,
            key=fields.key("source", name, public),
            placeholder="Report or system, and its date",
        )
        st.multiselect(
            "What answers it",
            [each.id for each in case.initiatives],
            default=[each.id for each in case.initiatives if name and name in each.problems],
            format_func={each.id: each.name for each in case.initiatives}.__getitem__,
            key=fields.key("answers", name, public),
            placeholder="Nothing yet",
        )
        st.form_submit_button(
            fields.WRITE,
            type="primary",
            on_click=_write,
            args=(name, public),
            key=fields.key("submit", name, public),
        )
    if problem is not None:
        _quote(problem)
        st.button(
            "Take this problem out of the case",
            key=fields.key("out", problem.id),
            type="tertiary",
            on_click=_remove,
            args=(problem.id,),
        )


def _write(name: str, public: Problem | None) -> None:
    given = {
        field: st.session_state[fields.key(field, name, public)]
        for field in (*_TEXTS, "journey_stage", "segment")
    }
    if not given["what"].strip():
        fields.refuse("Say what goes wrong: a few words are enough.")
        return
    text = st.session_state[fields.key("customers_affected", name, public)]
    try:
        affected = read(text, "count", "")
    except Unreadable as problem:
        fields.refuse(f"How many it affects: {problem}")
        return
    given["customers_affected"] = affected.value if affected else None
    chosen = st.session_state[fields.key("answers", name, public)]
    record = {field: value for field, value in given.items() if value not in ("", None)}

    def made(case: Case) -> Case:
        told = answer.with_problem(case, name or None, record)
        return answer.with_answers(told, name or told.problems[-1].id, chosen)

    if fields.write(made, f"Written into the case. {reading(text, affected, 'count', '')}".strip()):
        fields.edit_problem(None)


def _remove(id: str) -> None:
    if fields.write(
        lambda case: answer.without_problem(case, id), "Taken out; what answered it stays in the case."
    ):
        fields.edit_problem(None)


def _quote(problem: Problem) -> None:
    """What a customer said; closed at first, and without leave not even sent before it is opened."""
    box = st.expander(
        "What a customer said, word for word",
        icon=":material/lock:",
        on_change="rerun",
        key=fields.key("quote door", problem.id),
    )
    if not box.open:
        return
    with box, st.form(fields.key("quote form", problem), border=False, enter_to_submit=False):
        st.text_area("Quote", problem.quote, key=fields.key("quote", problem), height=68)
        st.toggle(
            "They gave leave to show it",
            problem.quote_may_be_shown,
            key=fields.key("leave", problem),
            help="Without leave it stands in no deck, workbook or page; only the case file keeps it.",
        )
        st.form_submit_button(
            fields.WRITE, on_click=_write_quote, args=(problem,), key=fields.key("quote submit", problem)
        )


def _write_quote(problem: Problem) -> None:
    said = {
        "quote": st.session_state[fields.key("quote", problem)],
        "quote_may_be_shown": st.session_state[fields.key("leave", problem)],
    }
    record = problem.model_dump(exclude={"id"}, exclude_unset=True) | said
    fields.write(lambda case: answer.with_problem(case, problem.id, record), "The quote is in the case.")
