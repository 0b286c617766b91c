"""The bridge: single changes against the case edited by hand, interplay over all orders, sums to the last cent."""

import itertools

import pytest

from casebuilder.model.structure import AS_SET
from tests.analysis.bridging import Edit, check, checked, edited, effect, npv, of, put, step
from tests.model.cases import run, small

SINGLE: dict[str, tuple[Edit, str, float | None, float | None]] = {
    "an input of a segment": (
        put(0.3, "segments", 0, "win_rate"),
        "segments[North].win_rate",
        0.25,
        0.3,
    ),
    "an input of the company": (
        put(20, "service", "cost_per_assisted_contact"),
        "service.cost_per_assisted_contact",
        12,
        20,
    ),
    "the hurdle rate": (put(0.2, "company", "discount_rate"), "company.discount_rate", 0.1, 0.2),
    "discounting": (put("mid", "company", "discounting"), "company.discounting", None, None),
    "a cost": (put(60_000, "initiatives", 1, "one_time_cost"), "initiatives[act].one_time_cost", 30_000, 60_000),
    "take-up": (put(0.5, "initiatives", 1, "adoption"), "initiatives[act].adoption", 0.8, 0.5),
    "a switch": (put(False, "initiatives", 1, "enabled"), "initiatives[act].enabled", 1, 0),
    "a size": (effect(1, 0, base=0.08), "initiatives[act].effects[churn_rate,all]", 0.06, 0.08),
    "a grade": (effect(1, 0, grade="A"), "initiatives[act].effects[churn_rate,all]", 0.06, 0.06),
    "size and grade at once": (
        effect(1, 0, low=0.05, base=0.09, high=0.2, grade="B"),
        "initiatives[act].effects[churn_rate,all]",
        0.06,
        0.09,
    ),
    "the risk adjustment of a grade": (put({"C": 0.5}, "haircuts"), "haircuts.C", 0.3, 0.5),
    "a share counted as cash": (
        put({"self_service": 0.5, "repeat_contacts": 0.9}, "headline_shares"),
        "headline_shares.repeat_contacts",
        0.25,
        0.9,
    ),
    "a limit that comes": (put({"churn_rate": 0.149}, "limits"), "limits.churn_rate", None, 0.149),
    "the horizon": (put(3, "company", "years"), "company.years", 2, 3),
    "periods": (put(12, "company", "periods_per_year"), "company.periods_per_year", 4, 12),
    "an effect comes": (
        lambda data: data["initiatives"][0].update(
            effects=[{"lever": "discount", "low": 0.01, "base": 0.02, "high": 0.03, "grade": "A"}]
        ),
        "initiatives[listen].effects[discount,all]",
        None,
        0.02,
    ),
    "an effect goes": (
        lambda data: data["initiatives"][1]["effects"].pop(0),
        "initiatives[act].effects[churn_rate,all]",
        0.06,
        None,
    ),
    "an effect narrows to one segment": (
        effect(1, 0, segment="South"),
        "initiatives[act].effects[churn_rate,all]",
        0.06,
        None,
    ),
    "an investment comes": (
        lambda data: data["initiatives"].append({"id": "more", "one_time_cost": 9_000, "requires": ["act"]}),
        "initiatives[more]",
        None,
        None,
    ),
    "an investment goes": (
        lambda data: (data["initiatives"].pop(1), data),
        "initiatives[act]",
        None,
        None,
    ),
    "a segment goes": (
        lambda data: (data["segments"].pop(1), data),
        "segments[South]",
        None,
        None,
    ),
    "an own line comes": (
        put([{"name": "Fair", "kind": "cost", "by_year": [5_000, 4_000]}], "custom_lines"),
        "custom_lines[Fair]",
        None,
        None,
    ),
    "the scenario that counts": (put("base", "company", "headline"), "company.headline", None, None),
    "a scenario's settings": (
        put({"risk_adjusted": {"haircut": True, "cost_factor": 1.3, "delay_months": 5}}, "scenarios"),
        "scenarios.risk_adjusted",
        None,
        None,
    ),
    "the option asked for": (
        put({"stage_1": {"option": "ears_only", "until": "2027-06-30"}}, "decision"),
        "decision.stage_1.option",
        None,
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SINGLE)
def test_a_single_change_moves_the_whole_difference(name: str) -> None:
    edit, path, was, now = SINGLE[name]
    before, after = small(), edited(edit)
    found = checked(before, after)
    (only,) = found.steps
    assert (only.path, only.before, only.after) == (path, was, now)
    assert only.amount == pytest.approx(npv(after) - npv(before), rel=1e-9)
    assert found.error is None


@pytest.mark.parametrize(
    "name", ["an effect narrows to one segment", "an investment comes", "a segment goes", "periods"]
)
def test_the_way_back_is_the_same_way(name: str) -> None:
    before, after = edited(SINGLE[name][0]), small()
    forth, back = checked(after, before), checked(before, after)
    assert [step.path for step in back.steps] == [step.path for step in forth.steps]
    assert back.steps[0].amount == pytest.approx(-forth.steps[0].amount, rel=1e-9)


def test_interplay_is_shared_over_all_orders() -> None:
    """Three changes that work on each other: averages over all orders, each order played by hand."""
    edits: dict[str, Edit] = {
        "segments[North].win_rate": put(0.35, "segments", 0, "win_rate"),
        "initiatives[act].adoption": put(0.4, "initiatives", 1, "adoption"),
        "initiatives[act].effects[win_rate,North]": effect(1, 1, base=0.07),
    }
    worth = {
        chosen: npv(edited(*(edits[path] for path in chosen)))
        for size in range(4)
        for chosen in itertools.combinations(edits, size)
    }
    found = checked(small(), edited(*edits.values()))
    for path in edits:
        added = []
        for order in itertools.permutations(edits):
            earlier = order[: order.index(path)]
            with_it, without = (
                tuple(p for p in edits if p in chosen) for chosen in ((*earlier, path), earlier)
            )
            added.append(worth[with_it] - worth[without])
        assert step(found, path).amount == pytest.approx(sum(added) / 6, rel=1e-9), path


def test_all_at_once() -> None:
    """Everything of the list that can stand together, and more than 12 changes: sampled, the sum exact all the same."""
    left_out = {"an investment goes", "a segment goes", "an effect goes", "an effect narrows to one segment"}
    left_out |= {"a switch", "a scenario's settings", "the option asked for"}
    edits = [edit for name, (edit, *_) in SINGLE.items() if name not in left_out]
    after = edited(
        *edits,
        put([], "initiatives", 1, "requires"),
        lambda data: data["custom_lines"][0].update(by_year=[5_000, 4_000, 3_000]),
    )
    after["initiatives"][1]["effects"][1]["segment"] = "all"
    found = checked(small(), after)
    assert len(found.steps) > 12
    assert found.error is not None
    assert 0 < found.error < abs(found.end - found.start)
    assert of(small(), after) == found


def test_nothing_changed() -> None:
    found = checked(small(), small(title="Another title"))
    assert (found.steps, found.silent, found.start) == ((), (), found.end)


def test_changes_that_move_nothing_are_named() -> None:
    """What is off, not in force, or has no room; low and high stand beside the size that counts."""
    before = edited(put(False, "initiatives", 1, "enabled"))
    after = edited(
        put(False, "initiatives", 1, "enabled"),
        effect(1, 0, base=0.08),
        put(["act"], "options", "ears_only"),
        put({"risk_adjusted": "builtin", "base": {"cost_factor": 3.0}}, "scenarios"),
    )
    before["scenarios"] = {"risk_adjusted": "builtin", "base": "builtin"}
    found = checked(before, after)
    assert found.steps == ()
    assert set(found.silent) == {
        "initiatives[act].effects[churn_rate,all]",
        "scenarios.base",
        "options.ears_only",
    }
    ranged = checked(small(), edited(effect(1, 0, low=0.0, high=0.3)))
    assert (ranged.steps, ranged.silent) == ((), ("initiatives[act].effects[churn_rate,all]",))


def test_two_that_do_nothing_alone_and_something_together() -> None:
    """People without a cost and a cost without people: neither is called silent."""
    before = edited(put(0, "initiatives", 1, "internal_fte"), put(0, "company", "loaded_cost_per_fte"))
    after = edited(put(2, "initiatives", 1, "internal_fte"), put(90_000, "company", "loaded_cost_per_fte"))
    found = checked(before, after)
    one, two = found.steps
    assert one.amount == pytest.approx(two.amount)
    assert one.amount < 0


def test_one_scenario_and_all_switches_as_set() -> None:
    before = small(decision={"stage_1": {"option": "ears_only", "until": "2027-06-30"}})
    after = edited(put(0.3, "segments", 0, "win_rate"), data=before)
    found = of(before, after, scenario="optimistic", option=AS_SET)
    check(found, run(before).scenario("optimistic").npv, run(after).scenario("optimistic").npv)
    assert found.steps
    assert of(before, after).steps == ()
    for wrong in ({"scenario": "dream"}, {"option": "half"}):
        with pytest.raises(ValueError, match="A small case has no"):
            of(before, after, **wrong)


def test_a_kpi_in_a_year() -> None:
    before = small()
    after = edited(
        put(0.3, "segments", 0, "win_rate"), effect(1, 1, base=0.08), put(0.2, "company", "tax_rate")
    )
    for kpi, year in (("new_customers", 2), ("win_rate", 1), ("clv_to_cac", 2)):
        found = of(before, after, measure=kpi, year=year)
        start, end = (run(data).asked.kpi(kpi, "with")[year - 1] or 0.0 for data in (before, after))
        check(found, start, end)
        assert found.start != found.end
        assert "company.tax_rate" in found.silent
    funding = of(before, after, measure="peak_funding")
    check(funding, run(before).asked.amount("peak_funding"), run(after).asked.amount("peak_funding"))
    assert funding.year is None


def test_what_has_no_bridge() -> None:
    euro, dollar = small(), edited(put("USD", "company", "currency"))
    with pytest.raises(ValueError, match="EUR, the other in USD"):
        of(euro, dollar)
    with pytest.raises(ValueError, match="not a KPI"):
        of(euro, euro, measure="happiness")
    for year in (None, 0, 3):
        with pytest.raises(ValueError, match="years 1 to 2"):
            of(euro, euro, measure="revenue", year=year)
    loss = edited(put(900_000, "initiatives", 1, "annual_cost"))
    with pytest.raises(ValueError, match="no number"):
        of(euro, loss, measure="payback")
