"""Buffers: a program computes what it did before its arrays got places, in few buffers, and nothing ends too early."""

import random
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.model.buffers import placed
from casebuilder.model.operators import NAMES
from tests.model.cases import few

N = 5
GIVEN = {"x0": np.linspace(1, 2, N), "x1": np.linspace(-3, 3, N), "z0": np.array(0.5), "d0": np.divide}


def written(rng: random.Random) -> tuple[list[str], set[str]]:
    """A random period: calls, larger expressions, names for the same array, rows that are kept; and what passes."""
    names, statements = ["x0", "x1"], []
    for number in range(rng.randrange(3, 30)):
        name, one, other = (
            f"{rng.choice('ev')}{number}",
            rng.choice(names),
            rng.choice(["z0", *names[-4:]]),
        )
        calls = [f"({one} {sign} {other})" for sign in "+-*"]
        calls += [f"np_{which}({one}, {other})" for which in ("minimum", "maximum")]
        others = [one, f"({one} if 1.0 == 1.0 else {other})", f"np_where({one} > 0, {one}, {other})"]
        text = rng.choice([*calls, *calls, f"d0({one}, z0)", *others])
        statements.append(f"{name} = {text}")
        names.append(name)
        if rng.random() < 0.2:
            statements.append(f"kept.append({rng.choice(names[2:])})")
    lasting = set(rng.sample(names[2:], len(names) // 5))
    return statements, set(names[2:]) - lasting


def done(statements: list[str], buffers: int, passing: set[str]) -> tuple[list[Any], dict[str, Any]]:
    """What the statements keep, and the names that last."""
    space: dict[str, Any] = {**NAMES, **GIVEN, "kept": []}
    space |= {f"b{number}": np.full(N, np.nan) for number in range(buffers)}
    exec("\n".join(statements), space)
    names = {name: value for name, value in space.items() if name[0] in "ev" and name[1:].isdigit()}
    return space["kept"], {name: value for name, value in names.items() if name not in passing}


@few(1)
@given(st.integers(0, 10**9))
def test_nothing_is_written_over_or_ends_too_early(seed: int) -> None:
    statements, passing = written(random.Random(seed))
    found = placed(statements, passing)
    kept, lasting = done(list(found.statements), found.buffers, passing)
    kept_before, lasting_before = done(statements, 0, passing)
    assert len(kept) == len(kept_before)
    assert all(np.array_equal(one, other) for one, other in zip(kept, kept_before, strict=True))
    assert lasting.keys() == lasting_before.keys()
    assert all(np.array_equal(lasting[name], lasting_before[name]) for name in lasting)


def test_a_chain_takes_two_buffers() -> None:
    statements = [
        "e0 = (x0 + x1)",
        *(f"e{n} = np_maximum(e{n - 1}, x1)" for n in range(1, 9)),
        "v9 = (e8 / z0)",
    ]
    found = placed(statements, {f"e{n}" for n in range(9)})
    assert found.buffers == 2
    assert found.statements[:2] == ("np_add(x0, x1, b0)", "np_maximum(b0, x1, out=b1)")
    assert found.statements[-1] == "v9 = (b0 / z0)"


def test_what_no_buffer_holds_ends_after_its_last_use() -> None:
    found = placed(["v1 = guarded(x0, x1, z0)", "v2 = (v1 + x0)", "h2.append(v2)"], {"v1"})
    assert found.statements == ("v1 = guarded(x0, x1, z0)", "v2 = (v1 + x0)", "del v1", "h2.append(v2)")
    assert found.buffers == 0
