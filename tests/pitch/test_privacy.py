"""What is private stays in the case: a canary in every private field is found in nothing that is said."""

import io
import zipfile
from pathlib import Path

import pytest

from casebuilder import build
from casebuilder.__main__ import main
from casebuilder.case import Case, dump, library
from casebuilder.pitch.answers import answers
from casebuilder.pitch.story import pitch
from casebuilder.pitch.summary import lines
from tests.model.cases import case_of, run
from tests.pitch.saying import CANARY, secretive, texts


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of(secretive())


def test_the_canary_is_where_it_should_be(case: Case) -> None:
    """In the case, in every private place; otherwise these tests could not fail."""
    assert dump(case).count(CANARY) == 3 * 4 + 2
    assert CANARY not in dump(case_of(secretive() | {"stakeholders": [], "problems": []}))


def test_a_copy_without_private_parts_has_none_of_them(case: Case) -> None:
    for way in ("yaml", "json"):
        assert dump(case, way, private=False).count(CANARY) == 2


def test_answers_and_summary(case: Case) -> None:
    found = run(secretive())
    assert [text for text in texts([answers(found), lines(found)]) if CANARY in text] == []


@pytest.mark.parametrize("persona", library.personas())
def test_every_pitch(persona: str) -> None:
    assert [text for text in texts(pitch(run(secretive()), persona)) if CANARY in text] == []


def test_a_driver_s_words_stand_in_their_own_pitch_only() -> None:
    found = run(secretive())
    saying = {
        persona
        for persona in library.personas()
        if any("Keep them" in t for t in texts(pitch(found, persona)))
    }
    assert saying == {"service"}
    assert not any("Keep them" in text for text in texts(answers(found)))


def test_the_stamp_does_not_tell() -> None:
    """Two cases that differ in what is private have one stamp: nobody can guess at it and compare."""
    other = secretive()
    for person in other["stakeholders"]:
        person["private"] = {"notes": "another"}
    assert case_of(other).fingerprint == case_of(secretive()).fingerprint


@pytest.mark.parametrize("command", ["check", "evaluate", "evaluate --json", "build"])
def test_the_terminal(command: str, case: Case, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither said nor written: every part of every file, decompressed, names of files included."""
    file, out = tmp_path / "case.yaml", tmp_path / "out"
    file.write_text(dump(case), encoding="utf-8")
    more = ["--all", "--out", str(out)] if command == "build" else []
    assert main([*command.split(), str(file), *more]) == 0
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err
    made = sorted(out.glob("*"))
    assert len(made) == (1 + 3 * 4 if command == "build" else 0)
    for path in made:
        if path.suffix in (".html", ".txt"):
            assert CANARY not in path.read_text(encoding="utf-8"), path.name
            continue
        parts = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        for name in parts.namelist():
            content = parts.read(name)
            assert CANARY.encode() not in content, f"{path.name}, {name}"
            assert CANARY.encode("utf-16-le") not in content, f"{path.name}, {name}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("stance: Kanarienvogel stance", "stance: [Kanarienvogel, 2]"),
        ("stance: Kanarienvogel stance", "stanse: Kanarienvogel"),
        ("stance: Kanarienvogel stance", "Kanarienvogel: 1"),
        ("stance: Kanarienvogel stance", "stance: 'Kanarienvogel"),
        ("stance: Kanarienvogel stance", "stance: Kanarienvogel: Kanarienvogel"),
        ("stance: Kanarienvogel stance", "stance: !Kanarienvogel x"),
        ("stance: Kanarienvogel stance", "stance: &Kanarienvogel x"),
        ("churn_rate: 0.15", "churn_rate: 1.5"),
    ],
)
def test_a_message_about_what_is_wrong(
    before: str, after: str, case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = dump(case)
    assert before in text
    file = tmp_path / "case.yaml"
    file.write_text(text.replace(before, after), encoding="utf-8")
    assert main(["check", str(file)]) == 2
    said = capsys.readouterr()
    assert said.err
    assert CANARY not in said.out + said.err


def test_the_spine_hands_out_no_case_in_the_workbook(case: Case) -> None:
    """No cell, comment or property repeats the file itself."""
    parts = zipfile.ZipFile(io.BytesIO(build.workbook_file(build.evaluate(case))))
    written = [parts.read(name) for name in parts.namelist()]
    assert not any(b"casebuilder: 1" in part or b"accountability" in part for part in written)
    assert not any(CANARY.encode() in part for part in written)
