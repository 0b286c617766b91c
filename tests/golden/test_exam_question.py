"""A textbook question with a published NPV and IRR, and a payback that is easily counted."""

from collections.abc import Callable
from typing import Any

from tests.golden.reading import warned


def test_npv_irr_and_payback_of_the_textbook(scenarios: Callable[..., Any], same: Callable[..., Any]) -> None:
    got = scenarios("exam_question")["base"]
    # as published
    assert round(got["npv"]) == -19_722
    assert int(got["irr"] * 10_000) / 100 == 8.65
    # -750,000 + 200,000/1.1 + 300,000/1.21 + 400,000/1.331
    assert got["npv"] == same(-19722.0135236664162284)
    assert got["roi"] == same(-0.0262960180315552)
    # -750,000 + 200,000/1.08655254807077 + 300,000/1.08655254807077^2 + 400,000/1.08655254807077^3 = 0.00000001
    assert got["irr"] == same(0.0865525480707757)
    assert got["irr_note"] is None
    # 200,000 + 300,000 leave 250,000 of the outlay; 250,000 / 400,000 of the third year: 24 + 7.5
    assert got["payback_months"] == same(31.5)
    assert got["payback_state"] == "reached"
    assert got["peak_funding"] == same(750000)
    # one line is all there is; nothing else to warn about, least of all revenue that no segment states
    assert warned(got) == {"one_line"}
