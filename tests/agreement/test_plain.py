"""The product and the plain second implementation give the same answers: random cases, and every example."""

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from casebuilder import build
from casebuilder.case import Case, dump, load, loads
from tests.agreement import plain
from tests.agreement.compare import differences, unlike
from tests.agreement.random_cases import cases, random_case

EXAMPLES = Path(__file__).parents[2] / "examples"
#: A third of them on every run, where hypothesis draws others; all of them where every judge is required.
SEEDS = [pytest.param(seed, marks=() if seed < 20 else pytest.mark.slow) for seed in range(60)]


class Written(yaml.SafeDumper):
    """YAML without aliases, which a case file may not have."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        return True


def loaded(data: dict[str, Any]) -> Case:
    """Plain data through a file's text and the product's only door."""
    return loads(yaml.dump(data, Dumper=Written, sort_keys=False))


def disagreements(case: Case, data: dict[str, Any]) -> list[str]:
    """Scenarios and options of a case, by the product and by the plain implementation."""
    found = differences(build.answers(case), plain.answers(data))
    for name, outcome in build.evaluate(case).options.items():
        theirs = plain.option(data, name)
        for key, ours in (("npv", outcome.npv), ("net", list(outcome.flow("net")))):
            found += unlike(f"option {name}: {key}", ours, theirs[key], theirs["scale"])
        for key, ours in (("irr", outcome.irr), ("payback_months", outcome.payback_months)):
            found += unlike(f"option {name}: {key}", ours, theirs[key])
        if outcome.payback_state != theirs["payback_state"]:
            found.append(f"option {name}: {outcome.payback_state}, not {theirs['payback_state']}")
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_random_cases_agree(seed: int) -> None:
    data = random_case(random.Random(seed))
    assert disagreements(loaded(data), data) == []


@given(cases())
def test_any_case_agrees(data: dict[str, Any]) -> None:
    assert disagreements(loaded(data), data) == []


def test_examples_agree() -> None:
    paths = sorted(EXAMPLES.glob("*.yaml"))
    assert paths, "no examples to compare"
    for path in paths:
        case = load(path)
        # as the product saves it: what `use` takes from the library is then written out
        data = yaml.safe_load(dump(case))
        assert disagreements(case, data) == [], path.name


def test_every_part_of_the_model_is_reached() -> None:
    """The seeds above are worth something: each line, state, note and warning occurs among them."""
    lines, states, warnings = set(), set(), set()
    for seed in range(60):
        for result in plain.answers(random_case(random.Random(seed)))["scenarios"].values():
            lines |= {line for line, values in result["benefits"].items() if any(values)}
            states |= {result["payback_state"], result["irr_note"]}
            warnings |= {warning["id"] for warning in result["warnings"]}
    assert lines >= set(plain.LINES)
    assert states == {
        *("reached", "not_reached", "no_investment"),
        *(None, "no_sign_change", "not_meaningful", "several_possible"),
    }
    assert warnings == {
        *("at_limit", "requirement_off", "beyond_horizon", "above_revenue", "one_line"),
        *("only_optimistic", "actuals", "plan", "coarse_periods"),
    }


@pytest.mark.parametrize("seed", range(60))
def test_the_lines_add_up(seed: int) -> None:
    """The identities of the model, to 1e-9, in the plain implementation by itself."""
    for name, result in plain.answers(random_case(random.Random(seed)))["scenarios"].items():
        assert all(check["ok"] for check in result["checks"]), (name, result["checks"])
        npv = result["pv_benefits"] - result["pv_costs"] - result["pv_tax"]
        assert unlike("npv", result["npv"], npv, result["scale"]) == []


@pytest.mark.parametrize(
    ("net", "irr", "note"),
    [
        ([-100, 110], 0.10, None),
        ([-1000, 500, 400, 300, 100], 0.14488844278725654, None),
        # 5.0 = 500 %: q^2 = 36
        ([-36, 0, 1296], 5.0, None),
        # a loss: 100 becomes 50 in two years, 0.5^0.5 - 1
        ([-100, 0, 50], -0.2928932188134525, None),
        # the running total changes sign once, at 600: one root above zero, Excel's IRR gives 185 %
        ([-50, -100, 600, 300, -100], 1.8544178284561776, None),
        # 1.25^2 - 2.75 * 1.25 + 1.875 = 0 and 1.5^2 - 2.75 * 1.5 + 1.875 = 0: 25 % and 50 % both
        ([-1000, 2750, -1875], None, "several_possible"),
        ([-100, -50], None, "no_sign_change"),
        ([0, 0, 0], None, "no_sign_change"),
        ([0, 30, 30], None, "no_sign_change"),
        ([100, -50, -60], None, "not_meaningful"),
        # 100 becomes 1200 within the year: beyond 1000 %
        ([-100, 1200], None, "not_meaningful"),
        # 100 becomes 10: below -80 %
        ([-100, 10], None, "not_meaningful"),
        # what is within 1e-9 of the largest flow is no flow
        ([1e-8, -100, 110], 0.10, None),
    ],
)
def test_irr_of_textbooks(net: list[float], irr: float | None, note: str | None) -> None:
    rate, said = plain.yearly_irr(net, 1)
    assert said == note
    assert rate == (None if irr is None else pytest.approx(irr, abs=1e-9))


def test_irr_of_quarters_is_a_yearly_rate() -> None:
    # 2 % a quarter: 1.02^4 - 1
    assert plain.yearly_irr([-100, 2, 2, 102], 4)[0] == pytest.approx(0.08243216, abs=1e-9)


@pytest.mark.parametrize(
    ("net", "months", "state"),
    [
        ([-100, 50, 50, 50], 24.0, "reached"),
        ([-100, 50, 80, 50], 19.5, "reached"),  # 12 + 12 * 50 / 80
        ([-100, 150, -100, 80], 31 + 0.5, "reached"),  # back to -50 after 24 months; 24 + 12 * 50 / 80
        ([-100, 50, 30], None, "not_reached"),
        ([-100, 150, -60], None, "not_reached"),
        ([0, 10, 10], None, "no_investment"),
        ([0, 0], None, "no_investment"),
        ([-100, 100 - 1e-8, 0], 12.0, "reached"),  # within 1e-9 of the largest flow is zero
    ],
)
def test_payback_by_hand(net: list[float], months: float | None, state: str) -> None:
    got, said = plain.payback(net, 1)
    assert said == state
    assert got == (None if months is None else pytest.approx(months))
