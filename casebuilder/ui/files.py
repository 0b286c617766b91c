"""Files in and out: the examples, a case somebody brings, and what is built for download."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from casebuilder import build
from casebuilder.analysis.certainty import Certainty
from casebuilder.case import Case, CaseError, Fault, dump, load, loads
from casebuilder.case.reading import MAX_BYTES
from casebuilder.deck.brand import Template
from casebuilder.model.model import model_of
from casebuilder.model.results import Results
from casebuilder.model.structure import structure
from casebuilder.pitch import numbers

EXAMPLES = Path(__file__).parents[2] / "examples"
#: The example the app opens with.
FIRST = "growth_network"
#: The largest results one session may ask for (64 MB): everybody's are kept in the same memory.
MOST_NUMBERS = 8_000_000
#: Built files kept for everybody, by kind and fingerprint: the workbook and all decks of two cases.
MOST_FILES = 32


def examples() -> tuple[str, ...]:
    """The ids of the examples that come with the app."""
    return tuple(sorted(path.stem for path in EXAMPLES.glob("*.yaml")))


@st.cache_resource(max_entries=16, show_spinner=False)
def example(name: str) -> Case:
    """An example by its id."""
    return load(EXAMPLES / f"{name}.yaml")


def uploaded(name: str, raw: bytes) -> Case:
    """The case in a file that somebody brings; raises CaseError, naming the file, for anything else."""
    if len(raw) > MAX_BYTES:
        allowed = f"at most {MAX_BYTES // 1024} KB"
        raise CaseError([Fault(name, None, "", "the file is too large for a case", allowed)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte {error.start + 1} is not UTF-8 text"
        raise CaseError([Fault(name, line, "", found, "a file saved as UTF-8")]) from None
    case = loads(text, name)
    count = numbers_of(case)
    if count > MOST_NUMBERS:
        found = f"its scenarios, options, segments and periods together make {numbers.count(count)} numbers"
        allowed = (
            f"at most {numbers.count(MOST_NUMBERS)}; leave out scenarios or options, or use longer periods"
        )
        raise CaseError([Fault(name, None, "", found, allowed)])
    return case


def numbers_of(case: Case) -> int:
    """How many numbers the results of a case hold: lines by period, scenario and option."""
    shape = structure(case)
    lines = sum(line.shape == "period" for line in model_of(shape).lines)
    return lines * (shape.periods + 1) * len(shape.scenarios) * len(shape.options)


def case_file(case: Case, private: bool) -> bytes:
    """The case as a YAML file that can be opened again."""
    return dump(case, private=private).encode("utf-8")


def file_name(case: Case, kind: str, part: str = "") -> str:
    """The name of a download: title, stakeholder, version stamp of the case, ending."""
    return "-".join(filter(None, (build.slug(case.title), part, case.fingerprint))) + f".{kind}"


@st.cache_data(max_entries=MOST_FILES, show_spinner=False)
def built(
    fingerprint: str,
    persona: str,
    _results: Results,
    design: str = "",
    _template: Template | None = None,
    _sure: Certainty | None = None,
) -> bytes:
    """The workbook, or with a persona that stakeholder's deck; `design` names the template it is written in.

    `_sure` saves computing it again. ValueError where the results are not of the version that the file is kept under:
    an old file under a new stamp must not come into being.
    """
    check_version(fingerprint, _results)
    if persona:
        return build.deck_file(_results, persona, _sure, _template)
    return build.workbook_file(_results, _sure)


def check_version(fingerprint: str, results: Results) -> None:
    """ValueError where results are not of this version."""
    if results.case.fingerprint != fingerprint:
        raise ValueError(f"results of version {results.case.fingerprint} asked for as version {fingerprint}")


def bundle(parts: Mapping[str, bytes]) -> bytes:
    """Files by name as one zip, the same bytes for the same files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
