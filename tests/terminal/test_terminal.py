"""The command line: answers on standard output, all else on standard error, 2 for what is wrong, and no half file."""

import errno
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from casebuilder import __version__, build
from casebuilder.__main__ import UNHEARD, WRONG
from casebuilder.build import answers
from casebuilder.case import dump, library, load
from tests.model.cases import case_of, flows, small
from tests.terminal.acting import FULL, Refusing, inside, run

ROOT = Path(__file__).parents[2]
COMMANDS = ("check", "evaluate", "evaluate --json", "build")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A quick case in a folder of its own: a table of cash flows with two stakeholders."""
    people = [{"persona": "cfo"}, {"persona": "ceo"}, {"persona": "cfo", "role": "Controller"}]
    path = tmp_path / "in" / "my-case.yaml"
    path.parent.mkdir()
    path.write_text(dump(case_of(flows([-100.0, 60.0, 70.0]) | {"stakeholders": people})), encoding="utf-8")
    return path


def command(name: str, path: Path, out: Path) -> list[str]:
    """A whole command line on a case."""
    return [*name.split(), str(path), *(["--all", "--out", str(out)] if name == "build" else [])]


# ---- what is right


def test_check(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", case) == 0
    said = capsys.readouterr()
    assert said.out == ""
    first, *rest = said.err.splitlines()
    assert first == f"{case}: A table of cash flows. The file is valid."
    assert [line.partition(": ")[0] for line in rest] == ["Worth a look (one_line)"]


def test_evaluate_as_json(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", case, "--json") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.count("\n") == 1
    assert json.loads(said.out) == answers(load(case))


def test_evaluate_in_words(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", case) == 0
    said = capsys.readouterr()
    assert said.err == ""
    # -100 + 60/1.1 + 70/1.21 = 12.4; back after 1 year and 40/70 of another
    text = said.out.replace("\u00a0", " ")
    assert "net present value     EUR 12.4" in text
    assert "paid back after 19 months" in text
    assert load(case).fingerprint in text


def of(*personas: str) -> list[str]:
    """The files of these personas where all are built, in the order of a folder."""
    return sorted(f"my-case-{p}{end}" for p in personas for end in ("-email.txt", "-preread.html", ".pptx"))


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        ([], ["my-case.xlsx"]),
        (["--persona", "sales"], ["my-case-sales.pptx", "my-case.xlsx"]),
        (["--persona", "sales", "--persona", "sales"], ["my-case-sales.pptx", "my-case.xlsx"]),
        (["--committee"], ["my-case-committee.pptx", "my-case.xlsx"]),
        (["--all"], [*of("ceo", "cfo", "committee"), "my-case.xlsx"]),
        (
            ["--all", "--persona", "ceo", "--persona", "cio"],
            [*of("ceo", "cfo", "cio", "committee"), "my-case.xlsx"],
        ),
    ],
)
def test_build(
    case: Path, tmp_path: Path, arguments: list[str], made: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a" / "b"
    assert run("build", case, "--out", out, *arguments) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "Writing the workbook" in said.err
    assert all(f"Wrote {out / name}" in said.err for name in made)
    assert inside(out) == made
    starts = {".pptx": b"PK", ".xlsx": b"PK", ".html": b"<!", ".txt": b"Su"}
    assert all((out / name).read_bytes()[:2] == starts[Path(name).suffix] for name in made)
    assert {oct((out / name).stat().st_mode & 0o777) for name in made} == {"0o644"}


def test_building_twice_gives_the_same_bytes(case: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert run("build", case, "--all", "--out", tmp_path / folder) == 0
    for name in inside(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_building_again_replaces_the_files(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "my-case.xlsx").write_text("old")
    (out / "notes.txt").write_text("mine")
    assert run("build", case, "--out", out) == 0
    assert inside(out) == ["my-case.xlsx", "notes.txt"]
    assert (out / "my-case.xlsx").read_bytes()[:2] == b"PK"
    assert (out / "notes.txt").read_text() == "mine"


def test_a_json_case(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "case.json"
    other.write_text(dump(load(case), "json"), encoding="utf-8")
    assert run("evaluate", other, "--json") == 0
    assert json.loads(capsys.readouterr().out) == answers(load(case))


# ---- what is wrong


def broken(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that are no case, and what the message must name."""
    data = {"bounds": dump(case_of(small())).replace("churn_rate: 0.15", "churn_rate: 1.5")}
    data |= {"grammar": "a: [", "empty": "", "json.json": "{", "other": "title: x"}
    made = {}
    for name, text in data.items():
        path = folder / (name if "." in name else f"{name}.yaml")
        path.write_text(text, encoding="utf-8")
        made[name] = (path, "segments[North].churn_rate" if name == "bounds" else path.name)
    (folder / "latin.yaml").write_bytes("title: Größe".encode("latin-1"))
    made["latin"] = (folder / "latin.yaml", "UTF-8")
    made["missing"] = (folder / "missing.yaml", "No such file")
    made["folder"] = (folder, "directory")
    return made


@pytest.mark.parametrize(
    "name", ["bounds", "grammar", "empty", "json.json", "other", "latin", "missing", "folder"]
)
@pytest.mark.parametrize("what", COMMANDS)
def test_a_bad_case(name: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, a sentence that names the file and the place, nothing on standard output, nothing written."""
    path, named = broken(tmp_path)[name]
    before = inside(tmp_path)
    assert run(*command(what, path, tmp_path / "out")) == WRONG
    said = capsys.readouterr()
    assert said.out == ""
    assert named in said.err
    assert str(path) in said.err
    assert "Traceback" not in said.err
    assert all(line.endswith(".") for line in said.err.splitlines())
    assert inside(tmp_path) == before


def test_a_file_that_is_not_there_is_one_clear_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere.yaml"
    assert run("evaluate", path) == WRONG
    assert capsys.readouterr().err == f"{path}: the file cannot be read: No such file or directory.\n"


def test_amounts_no_computer_can_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Finite as typed, infinite once multiplied: a sentence, not a traceback and not Infinity."""
    data = small()
    data["segments"][0] |= {"customers": 1e200, "revenue_per_customer": 1e200}
    path = tmp_path / "case.yaml"
    path.write_text(dump(case_of(data)), encoding="utf-8")
    for what in COMMANDS:
        assert run(*command(what, path, tmp_path / "out")) == WRONG
        said = capsys.readouterr()
        assert said.out == ""
        assert "too large" in said.err
    assert inside(tmp_path) == ["case.yaml"]


def test_an_unknown_persona(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", case, "--out", tmp_path / "out", "--persona", "wizard") == WRONG
    said = capsys.readouterr()
    assert said.out == ""
    assert "wizard" in said.err
    assert all(persona in said.err for persona in library.personas())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments", [[], ["sing"], ["build", "case.yaml"], ["evaluate"], ["evaluate", "a", "b"], ["new"]]
)
def test_a_wrong_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == WRONG
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: casebuilder")


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"{__version__}\n"
    for words in ([], ["check"], ["evaluate"], ["build"], ["new"]):
        assert run(*words, "--help") == 0
        assert "usage: casebuilder" in capsys.readouterr().out


# ---- nothing half done


def test_a_folder_that_cannot_be_made(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file stands where the folder should be, at its place or above it."""
    (tmp_path / "taken").write_text("mine")
    for out in (tmp_path / "taken", tmp_path / "taken" / "below"):
        before = inside(tmp_path)
        assert run("build", case, "--all", "--out", out) == WRONG
        said = capsys.readouterr()
        assert said.out == ""
        assert str(tmp_path / "taken") in said.err
        assert "Nothing was written." in said.err
        assert inside(tmp_path) == before
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_folder_that_may_not_be_written(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / "out"))
    monkeypatch.setattr(tempfile, "mkstemp", Refusing(tempfile.mkstemp, 1, denied))
    assert run("build", case, "--out", tmp_path / "out") == WRONG
    assert capsys.readouterr().err.endswith(f"{tmp_path / 'out'}: Permission denied. Nothing was written.\n")
    assert inside(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("function", "at"),
    [
        ("tempfile.mkstemp", 1),
        ("tempfile.mkstemp", 2),
        ("os.fsync", 1),
        ("os.fsync", 3),
        ("os.chmod", 2),
        ("os.replace", 1),
        ("os.replace", 2),
        ("os.replace", 3),
    ],
)
def test_a_disk_that_fails_midway(
    function: str,
    at: int,
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All files or none: what was there before is there after, and nothing else."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "my-case.xlsx").write_text("old")
    module, name = function.split(".")
    real = getattr(sys.modules[module], name)
    monkeypatch.setattr(sys.modules[module], name, Refusing(real, at, FULL))
    assert run("build", case, "--all", "--out", out) == WRONG
    assert "No space left on device. Nothing was written." in capsys.readouterr().err
    assert inside(out) == ["my-case.xlsx"]
    assert (out / "my-case.xlsx").read_text() == "old"


@pytest.mark.parametrize(("function", "at"), [("deck.render", 1), ("deck.render", 2), ("workbook.render", 1)])
@pytest.mark.parametrize("error", [FULL, RuntimeError("a bug")])
def test_a_file_that_cannot_be_made(
    function: str, at: int, error: Exception, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is made before anything is written; a mistake of ours is not hidden."""
    module, name = function.split(".")
    monkeypatch.setattr(
        getattr(build, module), name, Refusing(getattr(getattr(build, module), name), at, error)
    )
    if isinstance(error, OSError):
        assert run("build", case, "--all", "--out", tmp_path / "out") == WRONG
    else:
        with pytest.raises(RuntimeError, match="a bug"):
            run("build", case, "--all", "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


# ---- as a program of its own


def program(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """`python -m casebuilder` in a process of its own."""
    environment = {**os.environ, **more.pop("env", {})}
    given = [sys.executable, "-m", "casebuilder", *map(str, arguments)]
    pipes = more or {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.run(given, cwd=ROOT, env=environment, check=False, timeout=120, text=False, **pipes)


def test_as_a_program(case: Path) -> None:
    done = program("evaluate", case, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == answers(load(case))
    wrong = program("evaluate", case.with_name("nowhere.yaml"), "--json")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b"Traceback" not in wrong.stderr


def test_output_is_utf_8_whatever_the_machine_speaks(tmp_path: Path) -> None:
    """Otherwise a redirected `new` writes a file that `check` cannot read."""
    name, path = "Größe 大", tmp_path / "case.yaml"
    done = program(
        *(
            "new",
            "--name",
            name,
            "--currency",
            "EUR",
            "--revenue",
            "1000",
            "--customers",
            "10",
            "--gross-margin",
            "0.5",
        ),
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    path.write_bytes(done.stdout)
    assert load(path).company.name == name
    said = program("evaluate", path, env={"PYTHONIOENCODING": "cp1252"})
    assert said.returncode == 0
    assert name in said.stdout.decode()


@pytest.mark.skipif(os.name != "posix", reason="pipes of another kind")
@pytest.mark.parametrize("arguments", [["--json"], []])
def test_a_reader_who_stops_reading_is_no_reason_to_complain(case: Path, arguments: list[str]) -> None:
    """As in `casebuilder evaluate case.yaml --json | head`."""
    read, write = os.pipe()
    os.close(read)
    done = program("evaluate", case, *arguments, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == UNHEARD


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_output_that_cannot_be_written(case: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = program("evaluate", case, "--json", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == WRONG
    assert done.stderr.decode().splitlines() == ["No space left on device. Nothing was written."]
