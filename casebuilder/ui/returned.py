"""The parts of the page on which an edited workbook comes home: its changes, one by one, and all that is no change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import streamlit as st

from casebuilder import build
from casebuilder.case import CaseError
from casebuilder.case.archive import MAX_BYTES
from casebuilder.pitch import numbers
from casebuilder.ui import state
from casebuilder.ui.wording import plain
from casebuilder.workbook.back import returned_words as words
from casebuilder.workbook.back.returned import Change, Returned

#: Workbooks that were read, kept for everybody by their bytes and the version they were read against.
MOST_READ = 8
Each = TypeVar("Each")
_FILE, _DONE = "returned:file", "returned:done"


def heading() -> None:
    """What this page does, and that nothing happens by itself."""
    st.title("Bring back finance's changes", anchor=False)
    st.markdown(
        "Finance changed inputs in the workbook and sent it back? Open it here. You see what each change is worth; "
        "nothing is taken over before you say so, and each change is yours to accept or refuse."
    )
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(plain(done))


def brought() -> Returned | None:
    """The workbook that was opened, read against the case as it stands; None before, or where it is refused."""
    file = st.file_uploader(
        "Workbook (.xlsx)",
        type="xlsx",
        key=_FILE,
        max_upload_size=MAX_BYTES // 2**20,
    )
    if file is None:
        st.caption("The workbook must be one that was made from this case, saved as .xlsx in any program.")
        return None
    raw, case = file.getvalue(), state.desk().case
    try:
        with st.spinner("Reading the workbook and computing what its changes are worth"):
            return _read(hashlib.sha256(raw).hexdigest(), case.fingerprint, file.name, raw)
    except CaseError as error:
        st.error("  \n".join(plain(str(problem)) for problem in error.problems))
        return None


@st.cache_resource(max_entries=MOST_READ, show_spinner=False)
def _read(digest: str, version: str, name: str, _raw: bytes) -> Returned:
    """A workbook read against a version of the open case; the file's name stands in messages."""
    return build.read_back(state.without_private(state.desk().case), Path(name), _raw)


def notices(found: Returned) -> None:
    """Which workbook it is, and what must be known before anything is taken over."""
    st.caption(plain(f"{found.name}: “{found.title}”, version {found.exported_as}"))
    for said in words.notices(found):
        st.warning(plain(said))
    if found.untouched:
        st.info("Nothing was changed in it.")


def choose(found: Returned) -> None:
    """Every change with a box to tick, and the button that takes the ticked ones over."""
    if not found.changes:
        return
    count = len(found.changes)
    st.header("One changed number" if count == 1 else f"{count} changed numbers", anchor=False)
    start, end = (numbers.money(value, found.currency) for value in (found.start, found.together))
    moved = numbers.money(found.together - found.start, found.currency, signed=True)
    st.markdown(
        plain(
            f"Net present value of what the decision asks for: {start} now, {end} with those that contradict nobody"
        )
        + f" (**{plain(moved)}**)"
    )
    ticked = [each for each in found.changes if _box(each, found)]
    st.button(
        f"Take over {len(ticked)} of {count}",
        key="returned:take",
        type="primary",
        disabled=not ticked,
        on_click=_take,
        args=(found, tuple(each.key for each in ticked)),
    )
    st.caption(
        "A number taken over becomes an estimate that says what stood there before: nobody has confirmed it."
    )


def _box(each: Change, found: Returned) -> bool:
    """One change with what it was, what it is and what it moves; one that the case changed too is not ticked.

    What was ticked or not belongs to the workbook and stays when the case moves on, as it does with every change taken.
    """
    key = state.key(f"returned:{found.exported_as}:{each.key}:{each.new!r}")
    said = plain(words.change(each, found))
    return st.checkbox(said, value=not each.conflict, key=key, persist_state="session")


def _take(found: Returned, keys: tuple[str, ...]) -> None:
    """Take changes over; where the case would contradict itself nothing is changed and the page says why."""
    try:
        state.adopt(build.applied(state.desk().case, found, keys))
    except CaseError as error:
        st.session_state[_DONE] = ""
        state.refuse("returned", " ".join(str(problem) for problem in error.problems))
        return
    count = len(keys)
    said = "One number" if count == 1 else f"{count} numbers"
    st.session_state[_DONE] = f"{said} from “{found.name}” stand in the case now."


def beside(found: Returned) -> None:
    """All that came home and is no change of the case, each kind under its title."""
    refusal = state.refused()
    if refusal is not None and refusal.path == "returned":
        st.error(plain(refusal.why))
    _listed("Not taken over: the case keeps its own number", found.refused, words.refused)
    _listed(
        "Changed, and nothing that a case keeps",
        found.not_kept,
        lambda each: f"{words.change(each, found)}; {words.instead(each)}",
    )
    _listed(
        "Changed in the case since the workbook was made",
        found.moved_on,
        lambda each: words.moved_on(each, found),
    )
    _listed("Shown in the workbook", found.selected, words.selected)
    _listed("Typed on Tracking", found.actuals, words.actual)
    _listed("Sheets, rows and columns", found.sheets, words.sheet)
    _listed("Formulas that are not ours", found.formulas, words.formula)


def _listed(title: str, found: Iterable[Each], say: Callable[[Each], str]) -> None:
    said = [f"- {plain(say(each))}" for each in found]
    if said:
        with st.expander(f"{title} ({len(said)})", expanded=len(said) <= 5):
            st.markdown("\n".join(said))
