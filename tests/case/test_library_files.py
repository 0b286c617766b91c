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
    (
        "evidence.yaml",
        library.read_evidence,
        "counter: [lip-service]",
        "counter: [hearsay]",
        "evidence[cx-objective-gap].counter: 'hearsay'",
    ),
    (
        "evidence.yaml",
        library.read_evidence,
        "counter: [too-early]",
        "counter: [too-early, pace]",
        "evidence[churn-15].counter: 'pace' does not name 'churn-15'",
    ),
    (
        "evidence.yaml",
        library.read_evidence,
        "counter: [too-early]",
        "counter: [churn-15]",
        "evidence[churn-15].counter: 'churn-15' does not",
    ),
    ("evidence.yaml", library.read_evidence, "lever: referral_rate", "lever: luck", "].lever: 'luck'"),
    (
        "evidence.yaml",
        library.read_evidence,
        "    population: One company\n",
        "",
        "evidence[problem-not-had].population",
    ),
    ("evidence.yaml", library.read_evidence, "id: pace", "id: cascade", "'cascade' stands there twice"),
    ("starting_values.yaml", library.read_starting_values, "  leads: {", "  luck: {", "'luck' is not known"),
    (
        "starting_values.yaml",
        library.read_starting_values,
        "  leads: {value: 0",
        "  leads: {value: -1",
        "common.leads: -1 is outside its bounds, 0 or more",
    ),
    (
        "starting_values.yaml",
        library.read_starting_values,
        "churn_rate: {value: 0.15",
        "churn_rate: {value: 15",
        "shapes[subscription].churn_rate: 15 is outside its bounds, 0 to 1",
    ),
    (
        "starting_values.yaml",
        library.read_starting_values,
        "of: revenue_per_customer",
        "of: quota_per_rep",
        "shapes[subscription].acquisition_cost.of: 'quota_per_rep'",
    ),
    (
        "starting_values.yaml",
        library.read_starting_values,
        "common:\n",
        "common:\n  churn_rate: {value: 0, note: never}\n",
        "shapes[subscription]: 'churn_rate' stands more than once",
    ),
    (
        "starting_values.yaml",
        library.read_starting_values,
        "      win_rate: ",
        "      # win_rate: ",
        "shapes[subscription]: 'win_rate' stands nowhere",
    ),
    (
        "starting_values.yaml",
        library.read_starting_values,
        "neutral: true",
        "grade: A",
        "common.growth_per_customer.grade",
    ),
    (
        "starting_values.yaml",
        library.read_starting_values,
        "id: contract",
        "id: subscription",
        "'subscription' stands there twice",
    ),
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
        "effects[self_service_share].sources: 'a-friend' is not known",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "self_service.yaml",
        "against: [deflection-true]",
        "against: [a-foe]",
        "against: 'a-foe' is not known",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "self_service.yaml",
        "Our estimate, in points",
        "In points",
        "effects[self_service_share]: Value error, a size of grade J needs a note",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "coaching.yaml",
        "grade: J",
        "grade: B",
        "a size of grade B needs a source",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "coaching.yaml",
        "grade: J\n    sources: []",
        "grade: B\n    sources: [underused-tools]",
        "effects[minutes_per_assisted_contact].sources: a size of grade B needs a source of `use: effect`",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "playbook.yaml",
        "pilot: No credible",
        "pilot: null # No credible",
        "needs a pilot",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "playbook.yaml",
        "kinds: [internal_time",
        "kinds: [lunch",
        "cost_shape.kinds",
    ),
    (
        library.LIBRARY / "initiatives",
        library.read_initiatives,
        "playbook.yaml",
        "  attitudes:",
        "  moods:",
        "pace.",
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
