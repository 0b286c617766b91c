"""The parts of the page of versions: the list, what moved between two of them, names for some, and going back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import streamlit as st

from casebuilder import build
from casebuilder.analysis.bridge import bridge
from casebuilder.case import Case, CaseError
from casebuilder.pitch import exhibits
from casebuilder.pitch.view import View
from casebuilder.store import StoreError, Version
from casebuilder.ui import exhibit, kept, shell, state, visitor
from casebuilder.ui.versions_list import Fold, beginning, folded, stamped
from casebuilder.ui.wording import listing, plain

#: Lines of the list that are shown, the rest on request; and versions of one line that are shown one by one.
MOST_LINES, MOST_FOLDED = 20, 100
_ANSWER = "casebuilder/ui/pages/answer.py"
_BEFORE, _AFTER, _ALL, _PROBLEM = "versions:before", "versions:after", "versions:all", "versions:problem"
_STAMP, _OPEN = "versions:stamp", "versions:open"
_KINDS = {
    "new": "begun", "import": "as opened", "edit": "changed", "read-back": "finance's changes taken over",
    "restore": "an earlier version taken back", "duplicate": "copied", "merge": "two people's changes put together",
}  # fmt: skip
_STATES = {"aside": "waits for a choice", "settled": "not chosen, kept beside"}


def heading() -> None:
    """What is kept, and by whom."""
    st.title("Versions", anchor=False)
    st.markdown(
        "Every change is kept as it happens. Nothing is overwritten: going back makes one version more."
    )
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(plain(problem))


def some() -> bool:
    """Whether anything is kept of the open case; says what to do where nothing is."""
    try:
        there = bool(_versions())
    except StoreError as error:
        st.error(plain(str(error)))
        return False
    if not there:
        st.info(
            "Nothing was changed in this case yet. With the first change it is kept, as it was opened and since: "
            "move an assumption or answer a question, and this page shows what that did to the return."
        )
        st.page_link(_ANSWER, label="Move an assumption on the page Answer")
    return there


def _versions() -> tuple[Version, ...]:
    return kept.versions(state.desk().origin)


def compare() -> None:
    """What moved the return from one version to another."""
    first = kept.link(state.desk().origin).opened
    names = {version.number: _name(version) for version in _to_choose_from(first)}
    numbers = list(names)
    before, after = st.columns(2)
    keys = [state.key(_BEFORE), state.key(_AFTER)]
    for column, key, label, usual in zip(
        (before, after),
        keys,
        ("From", "To"),
        (first if first in names else numbers[-1], numbers[0]),
        strict=True,
    ):
        if st.session_state.get(key) not in names:
            st.session_state[key] = usual
        column.selectbox(label, numbers, key=key, format_func=lambda n: plain(names[n]))
    _moved(*(int(st.session_state[key]) for key in keys))


def _to_choose_from(first: int) -> Iterable[Version]:
    """Every version that the list shows, those chosen, and the one that the case was opened at."""
    every = _versions()
    chosen = {st.session_state.get(state.key(key)) for key in (_BEFORE, _AFTER)}
    found = {each.number for each in stamped(every, _typed())}
    shown = {each.number for line in _lines(every) for each in _shown(line)}
    wanted = {first, *chosen, *found, *shown}
    return (version for version in every if version.number in wanted)


def _typed() -> str:
    """What was typed of a version stamp."""
    return str(st.session_state.get(state.key(_STAMP)) or "")


def _lines(every: tuple[Version, ...]) -> tuple[Fold, ...]:
    """The list folded; what is on the screen and what it was opened at stand by themselves."""
    here = kept.link(state.desk().origin)
    return folded(every, datetime.now(UTC), (here.number, here.opened))


def _moved(before: int, after: int) -> None:
    if before == after:
        st.caption("Choose two versions to see what moved the return from one to the other.")
        return
    try:
        was, now = (state.without_private(_read(number)) for number in (before, after))
        found = bridge(was, now)
    except (CaseError, StoreError, ValueError) as error:
        st.error(plain(f"These two cannot be compared: {error}"))
        return
    view = View(state.results_of(now.fingerprint, now), build.FINANCE)
    exhibit.show(exhibits.bridge(view, found), view.currency, table=False)


def _read(number: int) -> Case:
    return kept.content(kept.link(state.desk().origin).case_id, number)


def history() -> None:
    """Every version: small changes as one line that opens, or those of a version stamp."""
    st.header("Everything that was kept", anchor=False)
    st.text_input(
        "Find a version by its stamp", key=state.key(_STAMP), max_chars=200, placeholder="The first characters do",
        help="Every file has it in its name and on its sheets, slides or pages: Version and twelve characters.",
    )  # fmt: skip
    if _typed().strip():
        _found(_typed())
        return
    lines = _lines(_versions())
    every = len(lines) <= MOST_LINES or st.toggle(f"All {len(lines)} lines", key=_ALL)
    for line in lines if every else lines[:MOST_LINES]:
        _folded(line)


def _found(typed: str) -> None:
    """The versions of a stamp, each by itself; the same case may have been kept more than once."""
    found = stamped(_versions(), typed)
    if not found:
        start = beginning(typed)
        st.info(
            f"No version of this case has a stamp that begins with {start}."
            if start
            else "A stamp has twelve characters, the digits 0 to 9 and the letters a to f. Type how it begins."
        )
    for version in found[:MOST_FOLDED]:
        _line(Fold((version,)))


def _folded(line: Fold) -> None:
    """A line, and where it was opened the versions behind it one by one."""
    _line(line)
    behind = _shown(line)[1:]
    if behind:
        with st.container(border=True, key=f"versions:behind:{line.newest.number}"):
            for version in behind:
                _line(Fold((version,)))
            if len(line.versions) > MOST_FOLDED:
                st.caption(f"{len(line.versions) - MOST_FOLDED} earlier ones are found by their stamp.")


def _shown(line: Fold) -> tuple[Version, ...]:
    """The versions of a line that are shown: the newest, and where it was opened those behind it."""
    return line.versions[: MOST_FOLDED if line.newest.number in _opened() else 1]


def _opened() -> frozenset[int]:
    """The lines that were opened, by the number of their newest version."""
    found: frozenset[int] = st.session_state.get(state.key(_OPEN), frozenset())
    return found


def _open(number: int) -> None:
    """Open a line, or close it again."""
    st.session_state[state.key(_OPEN)] = _opened() ^ {number}


def _line(line: Fold) -> None:
    version, many = line.newest, len(line.versions)
    here = kept.link(state.desk().origin)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        said = [
            plain(f"{version.number}. {_KINDS[version.kind]}"), plain(version.comment),
            plain(f"by {' and '.join(line.authors)}") if line.authors else "", shell.ago(version.saved_at),
            _STATES.get(version.state, ""),
        ]  # fmt: skip
        names = " ".join(f":blue-badge[{plain(name)}]" for name in version.snapshots)
        st.markdown(f"{listing(said)} {names} :small[:gray[{version.fingerprint}]]", width="stretch")
        if many > 1:
            shown = version.number in _opened()
            st.button(
                "Close" if shown else f"{many} changes", key=f"open:{version.number}", on_click=_open,
                args=(version.number,), type="tertiary", icon=f":material/expand_{'less' if shown else 'more'}:",
                help="Small changes of one time stand together; open them to go back to any.",
            )  # fmt: skip
        if version.number == here.number:
            st.caption("on screen", width="content")
        else:
            _ways(version, here)
        with st.popover("Name", key=f"name:{version.number}"):
            key = f"label:{version.number}"
            st.text_input("A name for this version, such as who saw it and when", key=key, max_chars=80)
            st.button(
                "Give it this name", key=f"give:{version.number}", on_click=_call, args=(version.number, key)
            )


def _ways(version: Version, here: kept.Link) -> None:
    """What can be done with a version that is not on the screen."""
    number = version.number
    if number in here.aside:
        st.caption("yours: choose above", width="content")
        return
    st.button("Go back to it", key=f"restore:{number}", on_click=_restore, args=(number,))
    if version.state == "aside":
        st.button(
            "Leave it aside", key=f"leave:{number}", on_click=_leave, args=(number,),
            help="It waits no longer and stays in this list; Wait again takes that back.",
        )  # fmt: skip
    elif version.state == "settled":
        st.button("Wait again", key=f"wait:{number}", on_click=_wait, args=(number,), type="tertiary")


def _restore(number: int) -> None:
    """Go back to a version; one that waited is decided about, if going back was kept."""
    try:
        state.adopt(_read(number), "restore")
        here = kept.link(state.desk().origin)
        if not here.problem and here.conflict is None:
            kept.store().settle(here.case_id, number)
    except (CaseError, StoreError) as error:
        st.session_state[_PROBLEM] = str(error)


def _leave(number: int) -> None:
    _try(lambda case_id: kept.store().settle(case_id, number))


def _wait(number: int) -> None:
    _try(lambda case_id: kept.store().wait_again(case_id, number))


def _call(number: int, key: str) -> None:
    label = st.session_state[key]
    _try(lambda case_id: kept.store().snapshot(case_id, number, label, author=visitor.author()))


def _try(what: Callable[[str], object]) -> None:
    """Something done to the saved case; why it was not is said on the next run."""
    try:
        what(kept.link(state.desk().origin).case_id)
    except StoreError as error:
        st.session_state[_PROBLEM] = str(error)


def _name(version: Version) -> str:
    """A version in a list to choose from."""
    names = ", ".join(version.snapshots)
    said = [f"{version.number}", names or _KINDS[version.kind], version.author, shell.ago(version.saved_at)]
    return listing([*said, "" if version.state == "kept" else "kept beside"])
