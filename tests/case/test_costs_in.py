"""Parts of a cost: its whole is always their sum, and what was stated as a whole is broken down, not raised."""

from pathlib import Path

import pytest

from casebuilder.case import Case, CaseError, load
from casebuilder.case.costs_in import with_cost_item, without_cost_item
from casebuilder.case.edits import with_input

EXAMPLES = Path(__file__).parents[2] / "examples"
WHOLE, SPLIT = "lost_sale_analysis", "quote_in_two_days"


@pytest.fixture(scope="module")
def case() -> Case:
    return load(EXAMPLES / "growth_network.yaml")


def of(case: Case, id: str):
    return next(each for each in case.initiatives if each.id == id)


def parts(case: Case, id: str) -> list[tuple[str, float | None, float | None, float | None]]:
    return [(item.name, item.one_time, item.annual, item.fte) for item in of(case, id).cost_items]


def test_a_changed_part_changes_the_whole_and_nobody_confirms_it(case: Case) -> None:
    changed = with_cost_item(case, SPLIT, 1, {"one_time": 70_000.0})
    assert of(changed, SPLIT).one_time_cost == 127_000 + 70_000
    assert parts(changed, SPLIT)[0] == parts(case, SPLIT)[0]
    said = changed.inputs[f"initiatives[{SPLIT}].one_time_cost"]
    assert said.status == "estimate"
    assert "185000" in said.source
    assert of(changed, SPLIT).annual_cost == of(case, SPLIT).annual_cost, "running cost is not broken down"


def test_a_name_or_kind_leaves_the_whole_to_whoever_confirmed_it(case: Case) -> None:
    changed = with_cost_item(case, SPLIT, 1, {"name": "Price book", "category": "data"})
    assert changed.inputs == case.inputs
    assert (of(changed, SPLIT).cost_items[1].name, of(changed, SPLIT).cost_items[1].category) == (
        "Price book",
        "data",
    )


def test_the_first_part_of_a_whole_is_taken_out_of_it(case: Case) -> None:
    new = {"name": "Agency", "category": "other", "one_time": 30_000.0}
    changed = with_cost_item(case, WHOLE, None, new)
    assert of(changed, WHOLE).one_time_cost == of(case, WHOLE).one_time_cost == 36_000
    assert parts(changed, WHOLE) == [
        ("Agency", 30_000, None, None),
        ("Other one-time cost", 6_000, None, None),
    ]
    assert changed.inputs == case.inputs
    more = with_cost_item(
        changed, WHOLE, None, {"name": "Training", "category": "change", "one_time": 4_000.0}
    )
    assert of(more, WHOLE).one_time_cost == 40_000, "then the whole is the sum"
    all_of_it = with_cost_item(case, WHOLE, None, new | {"one_time": 36_000.0})
    assert len(of(all_of_it, WHOLE).cost_items) == 1


def test_a_cost_nobody_had_stated_is_stated_by_its_first_part(case: Case) -> None:
    path = f"initiatives[{WHOLE}].annual_cost"
    free = with_input(case, path, 0.0)
    changed = with_cost_item(free, WHOLE, None, {"name": "Support", "category": "running", "annual": 5_000.0})
    assert of(changed, WHOLE).annual_cost == 5_000


def test_a_removed_part_takes_its_amount_along_and_the_last_one_the_whole(case: Case) -> None:
    one = without_cost_item(case, SPLIT, 0)
    assert of(one, SPLIT).one_time_cost == 58_000
    none = without_cost_item(one, SPLIT, 0)
    assert of(none, SPLIT).cost_items == ()
    assert "one_time_cost" not in of(none, SPLIT).model_fields_set, "not stated, which is not zero"
    assert of(none, SPLIT).annual_cost == of(case, SPLIT).annual_cost


@pytest.mark.parametrize(
    ("id", "place", "fields", "said"),
    [
        (
            SPLIT,
            None,
            {"name": "Price book and approvals", "category": "data", "one_time": 1.0},
            "is a cost called",
        ),
        (SPLIT, None, {"name": "  ", "category": "data", "one_time": 1.0}, "a cost needs a name"),
        (SPLIT, None, {"name": "New", "category": "data"}, "“New” needs an amount"),
        (SPLIT, 1, {"one_time": None}, "needs an amount"),
        (SPLIT, 1, {"annual": 62_001.0}, "Running cost: this part is larger than the 62,000"),
        (SPLIT, 1, {"one_time": -1.0}, "below what is possible"),
        (SPLIT, 7, {"one_time": 1.0}, "there is no “7” here any more"),
        ("nothing", 0, {"one_time": 1.0}, "there is no “nothing” here any more"),
    ],
)
def test_what_cannot_be_says_why(
    case: Case, id: str, place: int | None, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(CaseError, match=said):
        with_cost_item(case, id, place, fields)
