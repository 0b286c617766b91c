"""A wrong file of the library says what is wrong, and a persona is added by adding a file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.case import library
from casebuilder.case.library import LibraryError
from tests.case.tables import PERSONAS

Read = Callable[[Path], object]

WRONG: list[tuple[str, Read, str, str, str]] = [
    ("levers.yaml", library.read_levers, "way: down", "way: sideways", "'sideways'"),
    ("levers.yaml", library.read_levers, "id: leads", "id: churn_rate", "twice"),
    ("levers.yaml", library.read_levers, "id: leads", "id: heads", "'heads' is not known"),
    (
        "levers.yaml",
        library.read_levers,
        "{share: 0.5, floor: 0.02}",
        "{share: 0.5, cap: 0.02}",
        "by falling",
    ),
    ("levers.yaml", library.read_levers, "line: retention", "line: retention\n    colour: red", "colour"),
    ("kpis.yaml", library.read_kpis, "levers: [win_rate]", "levers: [luck]", "'luck' is not known"),
    ("kpis.yaml", library.read_kpis, "direction: up", "direction: north", "'north'"),
    ("kpis.yaml", library.read_kpis, "unit: money", "unit: pesos", "'pesos'"),
    ("kpis.yaml", library.read_kpis, "id: revenue\n", "id: revenue\n    id: revenue\n", "twice"),
]


@pytest.mark.parametrize(("name", "read", "old", "new", "said"), WRONG)
def test_a_wrong_file_says_what_is_wrong(
    tmp_path: Path, name: str, read: Read, old: str, new: str, said: str
) -> None:
    text = (library.LIBRARY / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        read(tmp_path / name)
    assert name in str(caught.value)
    assert said in str(caught.value)


WRONG_IN_FOLDER: list[tuple[Path, Read, str, str, str, str]] = [
    (library.PERSONAS, library.read_personas, "sales.yaml", "win_rate", "luck", "'luck' is not known"),
    (library.PERSONAS, library.read_personas, "sales.yaml", "id: sales", "id: seller", "not the name"),
    (library.PERSONAS, library.read_personas, "sales.yaml", "success-drivers", "hearsay", "'hearsay'"),
    (library.PERSONAS, library.read_personas, "sales.yaml", "title: Head of Sales", "title: ''", "empty"),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "coaching.yaml",
        "high: 0.06",
        "high: 0.02",
        "low <= base <= high",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "coaching.yaml",
        "lever: minutes_per_assisted_contact",
        "lever: minutes",
        "'minutes' is not known",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "coaching.yaml",
        "requires: []",
        "requires: [magic]",
        "'magic' is not known",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "coaching.yaml",
        "owner: service",
        "owner: nobody",
        "'nobody' is not known",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "self_service.yaml",
        "sources: [deflection-true",
        "sources: [a-friend",
        "'a-friend' is not known",
    ),
]


@pytest.mark.parametrize(("folder", "read", "name", "old", "new", "said"), WRONG_IN_FOLDER)
def test_a_wrong_file_of_a_folder_says_what_is_wrong(
    tmp_path: Path, folder: Path, read: Read, name: str, old: str, new: str, said: str
) -> None:
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    text = (copy / name).read_text(encoding="utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        read(copy)
    assert name in str(caught.value)
    assert said in str(caught.value)


def test_an_empty_folder_is_not_taken_for_an_answer(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"no \.yaml file"):
        library.read_personas(tmp_path)


def test_a_persona_is_added_by_adding_a_file(tmp_path: Path) -> None:
    copy = tmp_path / "personas"
    shutil.copytree(library.PERSONAS, copy)
    text = (copy / "sales.yaml").read_text(encoding="utf-8")
    (copy / "partners.yaml").write_text(text.replace("id: sales", "id: partners"), encoding="utf-8")
    assert set(library.read_personas(copy)) == PERSONAS | {"partners"}
