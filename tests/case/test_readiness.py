"""The self-assessment's file, and the self-rating of a case: what it takes, what it refuses, and back again."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from casebuilder.case import Readiness, dump, library, loads
from casebuilder.case.library import LIBRARY, LibraryError
from casebuilder.case.readiness_records import FactorId, ItemId
from tests.case.sample import TEXT, changed, fault, faults

LINE = "readiness: {coordination: 3, "
RATED = "coordination: {importance: 5, effectiveness: 2}"


def with_rating(rating: str) -> str:
    """The sample with a self-rating."""
    return changed(LINE, f"{LINE}self_rating: {{{rating}}}, ")


def test_the_file_rates_what_a_case_can_hold() -> None:
    file = library.readiness()
    assert [*(factor.id for factor in file.factors), "self_rating"] == list(Readiness.model_fields)
    assert list(file.items) == [id for part in get_args(ItemId) for id in (get_args(part) or (part,))]
    assert len(file.items) == 10


def test_every_obstacle_is_guarded_against_in_the_order_of_the_evidence() -> None:
    file = library.readiness()
    assert [obstacle.id for obstacle in file.obstacles] == ["cooperation", "strategy", "follow_through"]
    words = ("cooperate", "no CX strategy", "follow-through")
    places = [library.evidence()[file.obstacles_source].statement.index(word) for word in words]
    assert places == sorted(places)
    assert {factor.obstacle for factor in file.factors} == {obstacle.id for obstacle in file.obstacles}


def test_the_factors_are_those_of_the_evidence() -> None:
    words = ["coordination", "strategy", "all employees", "lifetime value", "key drivers", "funded"]
    said = library.evidence()["six-factors"].statement
    assert [said.index(word) for word in words] == sorted(said.index(word) for word in words)
    assert len(words) == len(get_args(FactorId))
    assert all("six-factors" in factor.sources for factor in library.readiness().factors)
    assert all("pace" in item.sources for item in library.readiness().pace)


def test_every_under_used_practice_is_asked_about_somewhere() -> None:
    asked = [practice for factor in library.readiness().factors for practice in factor.practices]
    assert {practice.source for practice in asked} == {"underused-practices", "underused-tools"}
    assert all(practice.asks.endswith("?") for practice in asked)
    assert all(item.question.endswith("?") for item in library.readiness().items.values())


WRONG = [
    ("builds: [cx_coordination", "builds: [magic", "coordination.builds: 'magic' is not known"),
    ("sources: [six-factors, strategy", "sources: [rumour, strategy", "strategy.sources: 'rumour'"),
    ("source: underused-tools}", "source: hearsay}", "coordination.practices: 'hearsay'"),
    ("obstacles_source: obstacle-silos", "obstacles_source: silos", "obstacles_source: 'silos'"),
    ("obstacle: follow_through", "obstacle: budget", "factors[results_shared].obstacle"),
    ("  - id: coordination\n", "  - id: courage\n", "factors[courage].id"),
    ("  - id: attitudes\n", "  - id: processes\n", "each once and in this order"),
    ("{id: strategy, phrase", "{id: cooperation, phrase", "its obstacles are"),
    ("below: 2.5", "below: 4.5", "from the lowest mean to the highest"),
    ("note: Our estimate.", "note: Measured.", "says that it is our estimate"),
    ("firm_from: 4", "firm_from: 6", "judgement.firm_from"),
    ("    condition: Hours", "    wish: Hours", "factors[funded_collaboration]"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[said for *_, said in WRONG])
def test_a_wrong_file_says_what_is_wrong(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "readiness.yaml"
    shutil.copy(LIBRARY / "readiness.yaml", path)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LibraryError) as error:
        library.read_readiness(path)
    assert said in str(error.value)


def test_a_self_rating_comes_back() -> None:
    case = loads(with_rating(f"{RATED}, evaluation: {{importance: 4, effectiveness: 4}}"))
    own = case.readiness.self_rating
    assert {item: (one.importance, one.effectiveness) for item, one in own.items()} == {
        "coordination": (5, 2),
        "evaluation": (4, 4),
    }
    for kind in ("yaml", "json"):
        assert loads(dump(case, kind), f"case.{kind}") == case
    assert "self_rating" not in dump(loads(TEXT))
    assert case.fingerprint != loads(TEXT).fingerprint


@pytest.mark.parametrize(
    ("rating", "path", "found", "allowed"),
    [
        (
            "coordination: {importance: 6, effectiveness: 2}",
            "readiness.self_rating.coordination.importance",
            "6 is above what is possible",
            "a whole number, 1 to 5",
        ),
        (
            "attitudes: {importance: 3, effectiveness: 0}",
            "readiness.self_rating.attitudes.effectiveness",
            "0 is below what is possible",
            "a whole number, 1 to 5",
        ),
        (
            "attitudes: {importance: much, effectiveness: 1}",
            "readiness.self_rating.attitudes.importance",
            "the text 'much' stands here",
            "a whole number, 1 to 5",
        ),
        (
            "attitudes: {importance: 3}",
            "readiness.self_rating.attitudes.effectiveness",
            "this is missing",
            "a whole number, 1 to 5",
        ),
        (
            "culture: {importance: 5, effectiveness: 2}",
            "readiness.self_rating.culture",
            "this key cannot stand here",
            "coordination, strategy",
        ),
        ("attitudes: 3", "readiness.self_rating.attitudes", "3", "a block"),
    ],
)
def test_a_wrong_rating_is_refused_in_a_sentence(rating: str, path: str, found: str, allowed: str) -> None:
    text = with_rating(rating)
    one = fault(text)
    assert [other.path for other in faults(text)] == [one.path]
    assert one.path == path
    assert found in one.found
    assert allowed in one.allowed
    assert str(one).startswith(f"case.yaml, line {one.line}, {path}: ")
