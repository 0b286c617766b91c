"""The one owner of session state: which case is open, what was changed since, and which scenario is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

import streamlit as st

from casebuilder import build
from casebuilder.case import Case, CaseError
from casebuilder.case.edits import Value, value_at, with_inputs
from casebuilder.case.merging import merged
from casebuilder.model.results import Results
from casebuilder.store import Kind, StoreError
from casebuilder.ui import files, kept
from casebuilder.ui.interruptions import uninterrupted
from casebuilder.ui.knobs import Knob, knobs_of, that_matter

#: Cases that stay as they were left while another is looked at.
MOST_CASES = 6
#: Evaluated cases kept for everybody, by fingerprint.
MOST_RESULTS = 8
#: How far back the changes of a case can be undone in one session.
MOST_STEPS = 40
#: The cases on the desk, by where they came from; the one that is open is the last.
_DESKS, _SCENARIO, _REFUSED = "desks", "scenario", "refused"
_BEFORE, _AFTER = "steps before", "steps after"
_MISSED = "missed"

Step = Callable[[], None]


@dataclass(frozen=True)
class Desk:
    """A case on the desk: where it came from, as it was opened, what was changed since, and the case that makes.

    What people answer is no trial: it becomes part of `opened`, on which the changes are made, so that they can be
    taken back without it. `file` is the case without the answers, `answers` counts them.
    """

    origin: str
    opened: Case
    case: Case
    edits: Mapping[str, Value] = field(default_factory=dict)
    file: Case | None = None
    answers: int = 0

    @property
    def version(self) -> str:
        """The version stamp of the case as it stands."""
        return self.case.fingerprint

    @property
    def opened_version(self) -> str:
        """The version stamp of the case as it was opened."""
        return self.opened.fingerprint


@dataclass(frozen=True)
class Refused:
    """A change that was not made, and why."""

    path: str
    why: str


def desk() -> Desk:
    """The case that is open; at first the saved one that the address of the page names, else an example."""
    if not st.session_state.get(_DESKS):
        _come_back()
    return cast(Desk, next(reversed(st.session_state[_DESKS].values())))


@uninterrupted()
def put(origin: str, case: Case) -> None:
    """Open a case; one that was open before comes back with its changes and answers, unless its file is another now.

    A case of somebody's own is kept from now on, an example from the first change on it.
    """
    _open(origin, case)
    if origin not in files.examples():
        here = desk()
        kept.keep(origin, here.opened, here.case, here.edits)


def _open(origin: str, case: Case) -> None:
    desks = cast(dict[str, Desk], st.session_state.setdefault(_DESKS, {}))
    before = desks.pop(origin, None)
    same = before is not None and case in (before.file, before.opened)
    desks[origin] = before if before is not None and same else Desk(origin, case, case, file=case)
    if desks[origin] is not before:
        _forget(origin)
    while len(desks) > MOST_CASES:
        gone = next(iter(desks))
        desks.pop(gone)
        _forget(gone)
    for key in (_SCENARIO, _REFUSED, _MISSED):
        st.session_state.pop(key, None)


@uninterrupted()
def _come_back() -> None:
    """Open the saved case that the address names; an example where it names none that can be opened."""
    case_id = st.query_params.get(kept.ADDRESS)
    why = put_kept(str(case_id)) if case_id else ""
    if why or not case_id:
        put(files.FIRST, files.example(files.FIRST))
    if why:
        st.session_state[_MISSED] = why


def missed() -> str:
    """Why the saved case that the address named is not open; empty where it is, and once another case is opened or
    something is changed.
    """
    return str(st.session_state.get(_MISSED, ""))


@uninterrupted()
def put_kept(case_id: str) -> str:
    """Open a saved case as it was left, with its changes; returns why that is not possible, empty where it was."""
    here = kept.origin_of(case_id)
    desks = st.session_state.get(_DESKS, {})
    if here is not None and here in desks:
        desks[here] = desks.pop(here)
        st.session_state.pop(_MISSED, None)
        return ""
    try:
        found = kept.found(case_id)
    except (CaseError, StoreError) as error:
        return str(error)
    _open(case_id, found.opened)
    st.session_state[_DESKS][case_id] = replace(desk(), case=found.case, edits=found.edits)
    kept.bind(case_id, found)
    st.session_state[_SCENARIO] = found.scenario
    return ""


def others() -> tuple[Desk, ...]:
    """The other cases of this session, the one left last first."""
    here = desk()
    return tuple(d for d in reversed(st.session_state[_DESKS].values()) if d.origin != here.origin)


def change(path: str, value: Value) -> None:
    """Change one value; where the case would not be valid then, nothing changes and `refused` says why.

    A value that is as it was at the opening is no change any more.
    """
    here = desk()
    edits = {other: kept for other, kept in here.edits.items() if other != path}
    try:
        if value != value_at(here.opened, path):
            edits[path] = value
        case = with_inputs(here.opened, edits) if edits else here.opened
    except CaseError as error:
        refuse(path, " ".join(str(fault) for fault in error.problems))
        return
    _keep(replace(here, case=case, edits=edits))


@uninterrupted()
def write(answer: Callable[[Case], Case], settled: str = "") -> str:
    """Write an answer into the case as it was opened, and make the changes since then once more.

    A change of the number at the path `settled` ends, for the answer has set that number. Where the case would not be
    valid, nothing changes; returns why not, empty where it was written.
    """
    here = desk()
    edits = {path: kept for path, kept in here.edits.items() if not _within(path, settled)}
    try:
        opened = answer(here.opened)
        case = with_inputs(opened, edits) if edits else opened
    except CaseError as error:
        return " ".join(str(fault) for fault in error.problems)
    _keep(replace(here, opened=opened, case=case, edits=edits, answers=here.answers + 1))
    if not edits:
        kept.rebase(here.origin)
    return ""


@uninterrupted()
def adopt(case: Case, kind: Kind = "read-back") -> None:
    """Make a case made from the open one the case as it was opened: changes that led to it are part of it now."""
    here = desk()
    _keep(replace(here, opened=case, case=case, edits={}, answers=here.answers + 1), kind)
    kept.rebase(here.origin)


@uninterrupted()
def snapshot(label: str) -> str:
    """Keep the case as it stands under a name; returns why that is not possible, empty where it was done."""
    here = desk()
    kept.keep(here.origin, here.opened, here.case, here.edits)
    return kept.snapshot(here.origin, label)


def take_theirs() -> None:
    """End a conflict with what somebody else saved; ours stays as a version."""
    conflict = kept.link(desk().origin).conflict
    if conflict is not None:
        _settle(conflict.theirs.case, theirs=True)


def keep_mine() -> None:
    """End a conflict with ours saved on top of theirs, which stays as a version."""
    _settle(desk().case, theirs=False)


def take_both() -> str:
    """End a conflict with our changes made on top of theirs; returns why that is not possible, empty where it was."""
    conflict = kept.link(desk().origin).conflict
    if conflict is None or conflict.base is None:
        return "It is not known where the two versions began: choose one of them."
    try:
        case = merged(conflict.base.case, conflict.theirs.case, desk().case).case
    except CaseError as error:
        return "Together they make no case that can be calculated: " + str(error)
    _settle(case, theirs=False)
    return ""


@uninterrupted()
def _settle(case: Case, theirs: bool) -> None:
    here = desk()
    kept.settle(here.origin, case, theirs)
    for way in (_BEFORE, _AFTER):
        _steps(way).clear()
    st.session_state[_DESKS][here.origin] = replace(here, opened=case, case=case, edits={}, file=None)
    st.session_state.pop(_REFUSED, None)


def reset() -> None:
    """Take every change back; what people answered stays."""
    _keep(replace(desk(), case=desk().opened, edits={}))


def can_undo() -> bool:
    """Whether a change or an answer of this session can be taken back."""
    return bool(_steps(_BEFORE))


def can_redo() -> bool:
    """Whether something that was taken back can be made again."""
    return bool(_steps(_AFTER))


def undo() -> None:
    """Take the last change or answer back, whatever it was; nothing where there is none."""
    _step(_BEFORE, _AFTER)


def redo() -> None:
    """Make the change or answer again that was taken back last; nothing where there is none."""
    _step(_AFTER, _BEFORE)


def refuse(path: str, why: str) -> None:
    """Remember why a change was not made, to be said beside its control."""
    st.session_state[_REFUSED] = Refused(path, why)


def refused() -> Refused | None:
    """The last change, if it was not made."""
    return cast("Refused | None", st.session_state.get(_REFUSED))


def knobs() -> tuple[dict[str, Knob], tuple[str, ...]]:
    """Every number of the open case that can be moved, by path, and the paths of those that matter most."""
    return _knobs(desk().opened_version, desk().opened)


def value(knob: Knob) -> float:
    """A number of the open case as it stands."""
    return float(desk().edits.get(knob.path, knob.opened))


def key(name: str) -> str:
    """The key of a field whose choice belongs to the open case."""
    return f"{name}:{desk().origin}"


def scenario() -> str:
    """The scenario that is looked at; at first the one that counts."""
    case = desk().case
    chosen = st.session_state.get(_SCENARIO)
    return chosen if chosen in case.scenario_table else case.headline


@uninterrupted()
def look_at(id: str) -> None:
    """Look at another scenario; the case stays as it is, and a reload comes back to this scenario."""
    st.session_state[_SCENARIO] = id
    kept.left(desk().origin, desk().edits)


def results() -> Results:
    """Every number of the open case as it stands."""
    return results_of(desk().version, desk().case)


def results_at_opening() -> Results:
    """Every number of the case as it was opened."""
    return results_of(desk().opened_version, desk().opened)


@st.cache_resource(max_entries=MOST_RESULTS, show_spinner=False)
def results_of(version: str, _case: Case) -> Results:
    """The results of a case without its private parts, by its version, from a bounded store that all sessions share."""
    return build.evaluate(without_private(_case))


@st.cache_resource(max_entries=MOST_RESULTS, show_spinner=False)
def _knobs(version: str, _case: Case) -> tuple[dict[str, Knob], tuple[str, ...]]:
    results = results_of(version, _case)
    table = knobs_of(results)
    return table, tuple(path for path in that_matter(results) if path in table)


def without_private(case: Case) -> Case:
    """The case without what stays between two people; its fingerprint is the same."""
    people = tuple(person.model_copy(update={"private": None}) for person in case.stakeholders)
    return case.model_copy(update={"stakeholders": people})


def _within(path: str, settled: str) -> bool:
    """Whether a path is the settled one or a part of it."""
    return bool(settled) and f"{path}.".startswith(f"{settled}.")


@uninterrupted()
def _keep(changed: Desk, kind: Kind = "edit") -> None:
    steps = _steps(_BEFORE)
    steps.append(desk())
    del steps[:-MOST_STEPS]
    _steps(_AFTER).clear()
    _place(changed, kind)


@uninterrupted()
def _step(back: str, forth: str) -> None:
    """The case as it stood one step away, and the way to where it stands now."""
    if _steps(back):
        _steps(forth).append(desk())
        _place(_steps(back).pop())


def _place(changed: Desk, kind: Kind = "edit") -> None:
    """Put the changed case where it stood, and keep it before anything else happens."""
    first = _steps(_BEFORE)[0].opened if _steps(_BEFORE) else changed.opened
    st.session_state[_DESKS][changed.origin] = changed
    for said in (_REFUSED, _MISSED):
        st.session_state.pop(said, None)
    kept.keep(changed.origin, first, changed.case, changed.edits, kind)


def _forget(origin: str) -> None:
    """Nothing of a case that is opened anew, or was left long ago, can be undone."""
    for way in (_BEFORE, _AFTER):
        st.session_state.get(way, {}).pop(origin, None)
    kept.release(origin)


def _steps(way: str) -> list[Desk]:
    """The open case as it stood before its last changes, or after those taken back; the nearest last."""
    every = cast("dict[str, list[Desk]]", st.session_state.setdefault(way, {}))
    return every.setdefault(desk().origin, [])
