"""The order of the rooms: the import contracts of pyproject.toml hold, and nothing escapes them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.repository import ROOT, sources, tree

CHECK = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"

ROOMS = ("case", "model", "analysis", "pitch", "workbook", "deck", "page", "store", "ui", "terminal")


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """The verdict of import-linter on the package in `folder`; its own process, because it imports what it checks."""
    return subprocess.run(
        [sys.executable, "-c", CHECK], cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )


def test_the_rooms_keep_their_order() -> None:
    verdict = check(ROOT)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house under the same contracts: every room there, every outside library at home."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = tmp_path / "casebuilder"
    for room in ROOMS:
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").write_text("")
    for name, text in {
        "__init__": "",
        "__main__": "import casebuilder.build, casebuilder.terminal",
        "build": "import casebuilder.deck, casebuilder.workbook, casebuilder.case",
        "ui/parts": "import altair, streamlit, casebuilder.build",
        "workbook/sheets": "import openpyxl, xlsxwriter",
        "deck/slides": "import pptx, casebuilder.pitch",
        "store/tables": "import alembic, sqlalchemy, sqlite3, casebuilder.case",
        "pitch/numbers": "import babel, casebuilder.analysis",
        "case/reading": "import yaml",
    }.items():
        (package / f"{name}.py").write_text(text + "\n")
    return tmp_path


def test_the_small_house_keeps_the_order(house: Path) -> None:
    verdict = check(house)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


@pytest.mark.parametrize(
    ("module", "text", "complaint"),
    [
        (
            "model/lines",
            "import casebuilder.analysis",
            "casebuilder.model is not allowed to import casebuilder.analysis",
        ),
        (
            "deck/slides",
            "import pptx, casebuilder.workbook.sheets",
            "casebuilder.deck.slides -> casebuilder.workbook",
        ),
        ("workbook/more", "import casebuilder.build", "casebuilder.workbook.more -> casebuilder.build"),
        ("deck/more", "import streamlit", "casebuilder.deck.more -> streamlit"),
        ("ui/more", "import xlsxwriter", "casebuilder.ui.more -> xlsxwriter"),
        ("case/more", "import openpyxl", "casebuilder.case.more -> openpyxl"),
        ("workbook/more", "from pptx import Presentation", "casebuilder.workbook.more -> pptx"),
        ("case/records", "import yaml", "casebuilder.case.records -> yaml"),
        ("deck/more", "from babel.numbers import format_decimal", "casebuilder.deck.more -> babel"),
        ("ui/more", "import sqlalchemy", "casebuilder.ui.more -> sqlalchemy"),
        ("workbook/more", "import sqlite3", "casebuilder.workbook.more -> sqlite3"),
        ("store/more", "import casebuilder.deck.slides", "casebuilder.store.more -> casebuilder.deck"),
        ("terminal/more", "import casebuilder.ui", "casebuilder.terminal.more -> casebuilder.ui"),
        (
            "__main__",
            "import casebuilder.ui.parts",
            "casebuilder.__main__ is not allowed to import casebuilder.ui",
        ),
        ("attic", "", "casebuilder.attic"),
    ],
)
def test_each_contract_catches_its_breach(house: Path, module: str, text: str, complaint: str) -> None:
    (house / "casebuilder" / f"{module}.py").write_text(text + "\n")
    verdict = check(house)
    assert verdict.returncode == 1
    assert complaint in " ".join(verdict.stdout.split())


def test_every_folder_with_code_is_a_package() -> None:
    """import-linter follows packages only: a folder without `__init__.py` would import what it likes."""
    folders = {path.parent for path in sources("casebuilder")}
    assert [str(folder) for folder in sorted(folders) if not (ROOT / folder / "__init__.py").is_file()] == []


def test_the_door_imports_nothing_but_the_browser_room() -> None:
    door = tree(Path("app.py"))
    names = {alias.name for node in ast.walk(door) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(door) if isinstance(node, ast.ImportFrom)}
    outside = {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}
    strangers = {name for name in outside if name != "streamlit" and not name.startswith("casebuilder")}
    assert strangers == set()
