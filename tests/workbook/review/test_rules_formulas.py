"""Rules W9 and W14, each broken alone in a workbook of ours, are the ones that are reported."""

import pytest

from casebuilder.workbook.review import RULES
from tests.workbook.review.faults import CALC, Fault, clean, found, only

#: A row of months further down than the months of the horizon ($C$28), which it may read.
MONTHS = "Ready, without delay: Listen"
HORIZON = "$C$28"


def test_our_own_workbook_breaks_no_rule() -> None:
    assert not [each.line for rule in RULES.values() for each in rule.find(clean())]


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (HORIZON + "*1" * 60, "125 characters"),
        (f"MAX({','.join([HORIZON] * 9)})", "9 cells"),
        (f"IF({HORIZON}>0,1,2)*IF({HORIZON}>0,1,2)", "2 IF"),
        (f"IF({HORIZON}>0,IF({HORIZON}>1,1,2),0)", "inside an IF"),
        (f"MAX(IF({HORIZON}>0,ABS(IF({HORIZON}>1,1,2)),0),1)", "inside an IF"),
        (f"IFERROR({HORIZON},0)", "IFERROR masks"),
        (f"IF(ISERROR({HORIZON}),0,{HORIZON})", "ISERROR inside an IF"),
        (f"IF(ISNA({HORIZON}),0,{HORIZON})", "ISNA inside an IF"),
    ],
)
def test_a_formula_that_is_long_nested_or_masks(formula: str, said: str) -> None:
    (broken,) = found(Fault().put(MONTHS, formula), "W9")
    assert said in broken.text


def test_a_formula_that_breaks_nothing_else() -> None:
    fault = Fault().put(MONTHS, f"IF({HORIZON}>0,IF({HORIZON}>1,1,2),0)")
    (broken,) = only(fault, "W9")
    assert (broken.sheet, broken.cell) == (CALC, f"C{fault.row(MONTHS) + 1}")


@pytest.mark.parametrize(
    "formula",
    [
        HORIZON + "*1" * 57,
        f"MAX({','.join([HORIZON] * 8)})",
        f'IF({HORIZON}>0,{HORIZON},"IF(IF(")*1',
        f"SUMPRODUCT(--ISERROR({HORIZON}))",
    ],
)
def test_a_formula_at_the_limit(formula: str) -> None:
    assert not found(Fault().put(MONTHS, formula), "W9")


@pytest.mark.parametrize(
    "formula",
    [
        f"ROUND({HORIZON},0)",
        f"ROUNDUP({HORIZON},0)",
        f"TRUNC({HORIZON})",
        f"MROUND({HORIZON},12)",
        f"INT({HORIZON})",
        f"CEILING({HORIZON},1)",
    ],
)
def test_a_formula_that_rounds(formula: str) -> None:
    (broken,) = found(Fault().put(MONTHS, formula), "W14")
    assert broken.text.startswith(formula.partition("(")[0])


def test_rounding_breaks_nothing_else() -> None:
    fault = Fault().put(MONTHS, f"ROUND({HORIZON},0)")
    (broken,) = only(fault, "W14")
    assert (broken.sheet, broken.cell) == (CALC, f"C{fault.row(MONTHS) + 1}")


def test_a_row_that_counts_periods_makes_whole_numbers() -> None:
    fault = Fault()
    row = fault.row("Number of periods")
    assert not found(fault.put(row, "INT(Inputs!$C$13*Inputs!$C$14)"), "W14")
    assert found(fault.put(row, "ROUND(Inputs!$C$13*Inputs!$C$14,0)"), "W14")
