"""The parts of the start page: the road, the examples, a case somebody brings, and the open one as a file."""

from __future__ import annotations

import streamlit as st

from casebuilder.case import Case, CaseError
from casebuilder.case.reading import MAX_BYTES
from casebuilder.pitch.words import day
from casebuilder.ui import files, state
from casebuilder.ui.wording import listing, plain

ANSWER, NEW = "casebuilder/ui/pages/answer.py", "casebuilder/ui/pages/new.py"
#: Sentences of a refused file that are shown; the rest is counted.
MOST_SENTENCES = 12
_UPLOAD, _PROBLEMS, _PRIVATE, _PREPARED = "case:upload", "case:problems", "case:private", "case:prepared"


def heading() -> None:
    """The road in a line, and the case that is open."""
    desk = state.desk()
    case = desk.case
    st.title("Start", anchor=False)
    st.markdown(
        "From left to right: **who** decides, **what** is broken for customers and what would mend it, the **numbers** "
        "it rests on, the **answer**, and a **pitch** for each of them."
    )
    counts = (
        ("investment", len(case.initiatives)),
        ("segment", len(case.segments)),
        ("stakeholder", len(case.stakeholders)),
    )
    said = [
        plain(case.company.industry),
        f"decision on {day(case.company.decision_date)}",
        *(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts),
        _changed(len(desk.edits)),
    ]
    st.caption(listing(said))


def begin() -> None:
    """A case of one's own, from what people know on day one."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            "**A case of your own**  \nTwelve totals that stand in reports you have; what you do not know can wait.",
            width="stretch",
        )
        if st.button("Begin", key="new:begin", type="primary"):
            st.switch_page(NEW)


def _changed(count: int) -> str:
    return (
        f"{count} change{'' if count == 1 else 's'} since opening"
        if count
        else "nothing changed since opening"
    )


def examples() -> None:
    """The examples, and the other cases of this session as they were left."""
    st.header("Open an example", anchor=False)
    names = files.examples()
    for column, name in zip(st.columns(len(names)), names, strict=True):
        with column.container(border=True, height="stretch"):
            _card(name, files.example(name))
    own = [desk for desk in state.others() if desk.origin not in names]
    if own:
        st.header("Also open in this session", anchor=False)
    for desk in own:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(desk.case.title)}**, {_changed(len(desk.edits))}", width="stretch")
            _open_button(desk.origin, desk.opened)


def _card(name: str, case: Case) -> None:
    st.markdown(f"**{plain(case.title)}**")
    st.caption(plain(listing([case.company.name, case.company.industry])))
    left = next((desk for desk in state.others() if desk.origin == name and desk.edits), None)
    if left is not None:
        st.caption(f"As you left it: {_changed(len(left.edits))}")
    st.space("stretch")
    _open_button(name, case)


def _open_button(origin: str, case: Case) -> None:
    here = state.desk().origin == origin
    if st.button("Go on with it" if here else "Open", key=f"open:{origin}", width="stretch"):
        if not here:
            state.put(origin, case)
        st.switch_page(ANSWER)


def bring() -> None:
    """A case file of one's own; what was open stays open."""
    st.header("Open a file of your own", anchor=False)
    st.file_uploader(
        f"A case file, YAML or JSON, up to {MAX_BYTES // 1024} KB",
        ["yaml", "yml", "json"],
        key=_UPLOAD,
        on_change=_brought,
        max_upload_size=1,
    )
    problems = st.session_state.get(_PROBLEMS)
    if problems is None:
        return
    if not problems:
        st.success(
            f"Open now: {plain(state.desk().case.title)}. What was open before stays open in this session."
        )
        st.page_link(ANSWER, label="Go to the answer")
        return
    st.error("This file was not opened; the case that was open is as it was.")
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in problems[:MOST_SENTENCES]))
    if len(problems) > MOST_SENTENCES:
        st.caption(f"and {len(problems) - MOST_SENTENCES} more")


def _brought() -> None:
    """Open the file that was brought, or remember why it cannot be opened."""
    file = st.session_state[_UPLOAD]
    st.session_state.pop(_PROBLEMS, None)
    if file is None:
        return
    try:
        case = files.uploaded(file.name, file.getvalue())
    except CaseError as error:
        st.session_state[_PROBLEMS] = [str(problem) for problem in error.problems]
        return
    state.put(f"{file.name} {case.fingerprint}", case)
    st.session_state[_PROBLEMS] = []


def keep() -> None:
    """The case as a file: prepared on request, so that what is downloaded is what was on screen."""
    st.header("Keep this case", anchor=False)
    desk = state.desk()
    st.markdown(
        "A file to pass on, to open on another machine or in a terminal; every change here is kept anyway."
    )
    private = st.toggle(
        "With private notes about people",
        key=_PRIVATE,
        help="Stance, notes and objections of stakeholders; leave them out of any file you pass on.",
    )
    wanted = (desk.version, private)
    if st.button("Prepare the case file", key="case:prepare"):
        st.session_state[_PREPARED] = wanted
    if st.session_state.get(_PREPARED) == wanted:
        st.download_button(
            "Download the case file, " + ("with private notes" if private else "without private notes"),
            files.case_file(desk.case, private),
            files.file_name(desk.case, "yaml", "private" if private else ""),
            "application/yaml",
            key="case:download",
            on_click="ignore",
            type="primary",
            icon=":material/download:",
        )
