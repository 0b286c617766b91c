"""What the repository holds, for the tests of its conventions."""

import ast
import functools
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUR_HIDDEN = {".ci", ".streamlit"}
MADE = {"demo", "__pycache__"}
BINARY = {".png", ".xlsx", ".pptx", ".potx", ".ttf", ".ico"}


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file that is or could be committed, relative to the root; from a plain walk where there is no git."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.check_output(listed, cwd=ROOT, text=True).split("\0")
        found = [Path(name) for name in names if name]
    else:
        found = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    return tuple(sorted(path for path in set(found) if (ROOT / path).is_file() and not left_behind(path)))


def left_behind(path: Path) -> bool:
    """True for what tools and our own commands leave behind."""
    hidden = {part for part in path.parts[:-1] if part.startswith(".")} - OUR_HIDDEN
    return bool(hidden) or not MADE.isdisjoint(path.parts)


def texts() -> tuple[Path, ...]:
    """Every text file."""
    return tuple(path for path in files() if path.suffix not in BINARY)


def sources(*folders: str) -> tuple[Path, ...]:
    """Every Python file under the folders (or of this name); the whole repository's without one."""
    python = (path for path in files() if path.suffix == ".py")
    return tuple(path for path in python if not folders or any(map(path.is_relative_to, folders)))


@functools.cache
def read(path: Path | str) -> str:
    """The text of a file, named relative to the root."""
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file, named relative to the root."""
    return ast.parse(read(path), str(path))


def code_blocks(path: Path | str, *languages: str) -> list[str]:
    """The fenced blocks of a Markdown file in these languages, as they stand."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```", read(path), flags=re.M | re.S)
    return [body for language, body in fenced if language in languages]


def make_targets() -> set[str]:
    """What `make` can be asked for."""
    return set(re.findall(r"^([a-z]+):(?!=)", read("Makefile"), flags=re.M))
