"""The files of the pitch: built on a click, and handed out only while they are of the version on screen."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import streamlit as st

from casebuilder.case import Case
from casebuilder.ui import files, preread, state, template
from casebuilder.ui.pitch_reader import readers
from casebuilder.ui.studies import how_sure
from casebuilder.ui.wording import plain

_BUILT = "downloads:built"
_WORKBOOK = ""
_MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html",
    "txt": "text/plain",
    "zip": "application/zip",
}
Say = Callable[[float, str], object]


@dataclass(frozen=True)
class Built:
    """What was built in this session: of which case and version, in which design, for whom, and as one file too."""

    origin: str
    version: str
    design: str
    people: tuple[str, ...]
    everything: bool = False


def files_of(reader: str) -> None:
    """The box of files for one reader; it works nothing out, so that what is out of date goes at once."""
    desk = state.desk()
    role = readers(desk.case)[reader]
    with st.container(border=True, key="files"):
        st.markdown(f"**Files** :small[of version **{plain(desk.version)}**, exactly what stands below]")
        with st.container(horizontal=True, vertical_alignment="center"):
            one = st.button(f"Build the files for the {plain(role)}", key="downloads:build", type="primary")
            every = st.button("Build everything as one zip", key="downloads:everything")
        waiting = st.empty()
        if one:
            _build(desk.version, (reader,), waiting.progress, everything=False)
        elif every:
            _build(desk.version, tuple(readers(desk.case)), waiting.progress, everything=True)
        waiting.empty()
        _offer(desk.case, desk.version, reader)


def _build(version: str, people: tuple[str, ...], progress: Say, everything: bool) -> None:
    """Build the workbook and what these people get, one after another, and remember of which version."""
    names = readers(state.desk().case)
    before = _built(version)
    for number, reader in enumerate((_WORKBOOK, *people)):
        what = f"the files for the {names[reader]}" if reader else "the workbook"
        progress(number / (1 + len(people)), plain(f"Building {what}, {number + 1} of {1 + len(people)}"))
        _file(version, reader)
        if reader:
            _beside(version, reader)
    known = before.people if before else ()
    st.session_state[_BUILT] = Built(
        state.desk().origin,
        version,
        _design(),
        tuple(dict.fromkeys((*known, *people))),
        everything or (before is not None and before.everything),
    )


def _built(version: str) -> Built | None:
    """What was built of this version in the design in use; None where nothing was."""
    found: Built | None = st.session_state.get(_BUILT)
    return found if found is not None and (found.version, found.design) == (version, _design()) else None


def _design() -> str:
    design = template.in_use()
    return design.digest if design else ""


def _file(version: str, reader: str) -> bytes:
    """The workbook or a deck of a version, made where it is not there yet; the design is that of decks."""
    design, results, sure = template.in_use(), state.results(), how_sure()
    if design is None or not reader:
        return files.built(version, reader, results, _sure=sure)
    return files.built(version, reader, results, design.digest, design.template, sure)


def _beside(version: str, reader: str) -> preread.Beside:
    return preread.made(version, reader, state.results(), how_sure())


def _offer(case: Case, version: str, reader: str) -> None:
    """What was built, as long as it is of the version on screen."""
    found, last = _built(version), st.session_state.get(_BUILT)
    if found is None:
        if last is None or last.origin != state.desk().origin:
            return
        if last.version != version:
            st.caption(f"The case has changed since version {last.version} was built: build again.")
        else:
            st.caption("The design of the decks has changed since: build again.")
        return
    if found.everything:
        _get("Everything as one zip", case, "zip", "all", _everything(case, version, found.people))
    if reader in found.people:
        _offer_reader(case, version, reader)


def _offer_reader(case: Case, version: str, reader: str) -> None:
    """The files of one reader, and the lines to forward as text."""
    role, beside = plain(readers(case)[reader]), _beside(version, reader)
    _get("Workbook", case, "xlsx", "", _file(version, _WORKBOOK))
    _get(f"Deck for the {role}", case, "pptx", reader, _file(version, reader))
    _get(f"Pre-read for the {role}", case, "html", f"{reader}-preread", beside.page)
    if beside.guide is not None:
        _get(f"Interview guide for the {role}", case, "html", f"{reader}-guide", beside.guide)
    with st.expander(f"Five lines for the {role} to forward", key=f"downloads:email:{reader}"):
        for title, text in (("Subject", beside.email.subject), ("Text", beside.email.body)):
            st.caption(title)
            st.code(text, language=None, wrap_lines=True)


def _get(label: str, case: Case, kind: str, part: str, content: bytes) -> None:
    """A button that hands a file out, with its name, which holds the version stamp."""
    name = files.file_name(case, kind, part)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            label,
            content,
            name,
            _MIME[kind],
            key=f"downloads:get:{kind}:{part}",
            on_click="ignore",
            icon=":material/download:",
        )
        st.caption(plain(name))


def _everything(case: Case, version: str, people: Collection[str]) -> bytes:
    """The workbook and what each reader gets, as one file."""
    parts = {files.file_name(case, "xlsx"): _file(version, _WORKBOOK)}
    for reader in people:
        beside = _beside(version, reader)
        parts[files.file_name(case, "pptx", reader)] = _file(version, reader)
        parts[files.file_name(case, "html", f"{reader}-preread")] = beside.page
        parts[files.file_name(case, "txt", f"{reader}-email")] = beside.email.text.encode()
        if beside.guide is not None:
            parts[files.file_name(case, "html", f"{reader}-guide")] = beside.guide
    return files.bundle(parts)
