"""Our conventions: what a reader of this repository may rely on in every file."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files, read, sources, texts, tree

LONGEST_FILE = 400
LONGEST_DOOR = 40
#: What is read from top to bottom beside the model's page, and would only be harder to follow in pieces.
LONG_FOR_A_REASON = {
    "tests/agreement/plain.py": "the whole model once more, in plain Python",
    "tests/golden/test_every_lever.py": "the arithmetic of every lever, by hand",
}
DATA = ("casebuilder/library", "personas", "examples")
THIS = Path("tests/house/test_conventions.py")

#: What would tie the text to the machine or the day it was written on, each with a text it must catch.
OUT_OF_PLACE = {
    "a path of somebody's machine": (
        re.compile(r"(?<![\w.:/)\]}])/(?:home|root|Users|work|tmp|mnt|srv|opt)/\w|\b[A-Z]:\\\\?Users\b"),
        "see /home/ann/cases",
    ),
    "the address of a package index": (
        re.compile(r"index[-_]url|/simple/|deb\.debian\.org|registry\.npmjs|files\.pythonhosted", re.I),
        "pip install --index-url https://example.org",
    ),
    "a hidden folder that is not ours": (
        re.compile(r"(?<![\w*.)\]}/])\.(?!venv|ci/|streamlit|git|cache)[a-z]\w+/\w"),
        "as noted in .notes/monday",
    ),
    "a task instead of the product": (
        re.compile(
            r"\b(?:issue|task|ticket) #?\d\b(?!\d)|\bthe (?:brief|spec)\b|\bTODO\b|\bFIXME\b|\bXXX\b", re.I
        ),
        "left for issue 4",
    ),
}


def first_paragraph(path: Path) -> str:
    """The first paragraph of a module's docstring on one line; empty without one."""
    return " ".join((ast.get_docstring(tree(path)) or "").partition("\n\n")[0].split())


def calls(path: Path, name: str) -> list[int]:
    """The lines on which the built-in `name` is called."""
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def test_every_module_opens_with_one_sentence() -> None:
    assert {str(path): said for path in sources() if (said := opening_fault(path))} == {}


def opening_fault(path: Path) -> str:
    """What is wrong with the first sentence of a module; empty where nothing is."""
    if path.is_relative_to("tests") and path.name == "__init__.py" and not read(path):
        return ""  # an empty marker of a folder of tests
    sentence = first_paragraph(path)
    if not sentence:
        return "does not say what it is"
    if sentence[-1] not in ".:":
        return f"not a sentence: {sentence}"
    return (
        f"more than one sentence: {sentence}" if re.search(r"(?<!e\.g)(?<!i\.e)[.!?] [A-Z]", sentence) else ""
    )


def test_files_are_short_enough_to_read_in_a_sitting() -> None:
    long = {str(path): len(read(path).splitlines()) for path in sources()}
    long = {path: lines for path, lines in long.items() if lines > LONGEST_FILE}
    assert set(long) - set(LONG_FOR_A_REASON) == set()
    assert max(long.values(), default=0) <= 1000


def test_the_door_is_small() -> None:
    assert len(read("app.py").splitlines()) < LONGEST_DOOR


def test_only_the_terminal_prints() -> None:
    printing = {str(path): calls(path, "print") for path in sources("casebuilder", "app.py")}
    printing.pop("casebuilder/terminal/speaking.py", None)
    assert {path: lines for path, lines in printing.items() if lines} == {}


def test_no_text_is_evaluated_as_code() -> None:
    """`exec` stands once, where the model runs the code that it spelled itself, by index and never by label."""
    evaluating = {str(path): calls(path, "eval") for path in sources("casebuilder", "app.py")}
    assert {path: lines for path, lines in evaluating.items() if lines} == {}
    executing = [str(path) for path in sources("casebuilder", "app.py") for _ in calls(path, "exec")]
    assert len(executing) <= 1
    assert all(path.startswith("casebuilder/model/") for path in executing)


@pytest.mark.parametrize("folder", DATA)
def test_content_is_data(folder: str) -> None:
    inside = [path for path in files() if path.is_relative_to(folder)]
    assert any(path.suffix == ".yaml" for path in inside), f"{folder} holds no content"
    assert [str(path) for path in inside if path.suffix not in {".yaml", ".json", ".md"}] == []


def test_pages_are_files_of_the_browser_room() -> None:
    assert not (ROOT / "pages").exists(), (
        "a folder pages/ beside app.py switches streamlit to its old behaviour"
    )
    pages = [path for path in sources("casebuilder/ui/pages") if path.name != "__init__.py"]
    assert pages
    door = read("app.py") + "".join(read(path) for path in sources("casebuilder/ui"))
    assert [str(path) for path in pages if path.stem not in door] == [], "a page that no navigation names"


def test_pages_are_named_by_their_file() -> None:
    """`st.Page` takes a function too, but streamlit's own test driver cannot open such a page."""
    for path in sources("app.py", "casebuilder/ui"):
        functions = {node.name for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)}
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "Page"
            ):
                assert not isinstance(node.args[0], ast.Name) or node.args[0].id not in functions, path


@pytest.mark.parametrize("what", OUT_OF_PLACE)
def test_the_patterns_catch_what_they_are_for(what: str) -> None:
    pattern, example = OUT_OF_PLACE[what]
    assert pattern.search(example)


@pytest.mark.parametrize("what", OUT_OF_PLACE)
def test_nothing_is_out_of_place(what: str) -> None:
    pattern, _ = OUT_OF_PLACE[what]
    found = [
        f"{path}:{number}: {line.strip()}"
        for path in texts()
        if path != THIS
        for number, line in enumerate(read(path).splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_what_a_text_points_to_is_there() -> None:
    """A Markdown file named anywhere, and a path in the documentation, exists, seen from the root or beside it."""
    lost = []
    for path in texts():
        if path == THIS:
            continue
        names = set(re.findall(r"(?<![\w/*<.-])(?:[\w.-]+/)*[\w.-]+\.md\b", read(path)))
        if path.suffix == ".md":
            names |= set(re.findall(r"`([\w./*-]+/[\w./*-]*)`", read(path)))
            names |= set(re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", read(path)))
        lost += [f"{path}: {name}" for name in sorted(names) if not is_there(name, path.parent)]
    assert lost == []


def is_there(name: str, folder: Path) -> bool:
    """True where the path or glob names something, or something that `make` or the app makes."""
    if name.startswith(("demo/", ".venv/")):
        return True
    return any(any((ROOT / base).glob(name.strip("/"))) for base in (Path(), Path("docs"), folder))
