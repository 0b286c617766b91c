"""The README tells the truth: its commands run, and the files, examples and outputs it names are there."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from casebuilder.case import library, load
from casebuilder.store import VARIABLE, Store
from tests.house.repository import ROOT, code_blocks, make_targets, read

TERMINAL = "python -m casebuilder "

#: Every command of the terminal.
COMMANDS = (
    "check", "evaluate", "bridge", "build", "review", "read-back", "refresh", "guide", "preread", "new",
    "cases", "backup", "verify", "restore", "migrate",
)  # fmt: skip
#: The database that the README names, which is another one at everybody's.
DATABASE = "postgresql://user@host/cases"


def commands(start: str) -> list[str]:
    """The command lines of the README's shell blocks that begin like this, without their comments."""
    lines = "\n".join(code_blocks("README.md", "sh", "bat")).splitlines()
    return [line.partition("  #")[0].strip() for line in lines if line.startswith(start)]


def test_its_make_commands_exist() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b(?=`)", read("README.md")))
    named |= {line.split()[1] for line in commands("make ")}
    assert {"run", "test", "judges", "demo", "check", "bench"} <= named <= make_targets()


def test_its_first_screen_shows_a_picture_and_the_two_commands() -> None:
    first = "\n".join(read("README.md").splitlines()[:25])
    assert re.search(r"!\[[^\]]+\]\(docs/images/[\w-]+\.png\)", first)
    assert commands("make ")[:2] == ["make run", "make test"]
    assert first.index("make run") < first.index("make test")
    assert "sudo apt install python3-venv make" in first
    assert "python -m venv .venv" in first


def test_its_windows_lines_install_the_tested_set_and_serve() -> None:
    (block,) = code_blocks("README.md", "bat")
    create, install, serve = block.splitlines()
    assert create == "python -m venv .venv"
    assert install.endswith("-m pip install -r requirements.txt -c constraints.txt")
    assert serve.endswith("-m streamlit run app.py")


@pytest.mark.slow
def test_its_terminal_commands_do_what_it_says(tmp_path: Path) -> None:
    """Every command shown runs, in order, in an empty folder with the examples in it, and the files named appear."""
    for name in ("examples", "personas"):
        (tmp_path / name).symlink_to(ROOT / name)
    kept = f"sqlite:///{tmp_path / 'cases.sqlite'}"
    with Store(kept) as store:
        store.create(load(ROOT / "examples" / "growth_network.yaml"), author="")
    shown = commands(TERMINAL)
    assert sum(DATABASE in line for line in shown) == 1
    assert {line.split()[3] for line in shown} == set(COMMANDS)
    for line in shown:
        done = subprocess.run(
            line.replace("python", shlex.quote(sys.executable), 1).replace(
                DATABASE, "sqlite:///there.sqlite"
            ),
            shell=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), VARIABLE: kept},
            stdin=subprocess.DEVNULL,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    promised = re.findall(r"`(demo/[\w.-]+)`", read("README.md"))
    assert len(promised) >= 2
    assert [name for name in promised if not (tmp_path / name).is_file()] == []


def test_every_command_of_the_terminal_is_in_it() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "casebuilder", "--help"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    for command in COMMANDS:
        assert command in told
        assert re.search(rf"{TERMINAL}{command}\b", read("README.md")), f"README does not show {command}"


def test_every_example_is_introduced() -> None:
    here = {f"examples/{path.name}" for path in (ROOT / "examples").glob("*.yaml")}
    introduced = set(re.findall(r"^\| `(examples/[\w.]+)` \|", read("README.md"), flags=re.M))
    assert introduced == here


def test_the_numbers_it_names_are_those_of_the_library() -> None:
    assert "Eighteen operational metrics move, nineteen benefits follow" in " ".join(
        read("README.md").split()
    )
    assert len(library.levers()) == 18
    assert len(library.words().lines) == 19
