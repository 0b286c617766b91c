"""Each of the rules W5 and W6, broken alone in a workbook of ours, is the one that is reported, with its place."""

import pytest

from casebuilder.workbook.review import RULES
from casebuilder.workbook.review.records import BookRead
from casebuilder.workbook.review.rules_content import FORBIDDEN, PARTS
from tests.workbook.review.seeds import OURS, Edit, as_made, holding, only, seeded

BASE, LABEL = "Calc base", "Number of periods"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def formula(text: str, attributes: str = "") -> tuple[Edit, str]:
    """The original with another formula in a constant of a Calc sheet, and where."""
    edit = Edit()
    place = edit.at(BASE, LABEL, "C")
    return edit.formula(BASE, place, text, attributes=attributes), place


def named(text: str) -> Edit:
    """The original with one more defined name."""
    new = f'<definedNames><definedName name="own">{text}</definedName>'
    return Edit().replace("xl/workbook.xml", "<definedNames>", new)


@pytest.mark.parametrize("piece", PARTS)
def test_w5_a_forbidden_part(piece: str) -> None:
    name = piece if piece.startswith("xl/") else f"xl/{piece}1.bin"
    (broken,) = RULES["W5"].find(BookRead((), parts=(name.upper(),)))
    assert PARTS[piece] in broken.text


def test_w5_macros() -> None:
    edit = Edit()
    edit.parts["xl/vbaProject.bin"] = b"\0"
    assert "macros" in only(edit, "W5")[0].text


def texts(rule: str, formula: str) -> list[str]:
    """What a rule says of one formula."""
    return [each.text for each in RULES[rule].find(holding(formula))]


def test_w5_a_volatile_function() -> None:
    edit, place = formula("IF($C$28=0,OFFSET($C$28,1,0),$C$28)")
    (broken,) = only(edit, "W5")
    assert (broken.sheet, broken.cell) == (BASE, place)


@pytest.mark.parametrize("name", [*FORBIDDEN, "CUBEVALUE"])
@pytest.mark.parametrize("prefix", ["", "_xlfn.", "_xlfn._xlws."])
def test_w5_a_forbidden_function(name: str, prefix: str) -> None:
    (text,) = texts("W5", f"IF($C$28=0,{prefix}{name}($C$28,$C$28),$C$28)")
    assert text.startswith(f"{name} ")


@pytest.mark.parametrize("text", ['IF($C$28=0,"NOW()",1)', "MAXNPV($C$28)", "$C$28*NPV", "'NOW()'!$C$28"])
def test_w5_the_name_of_a_function_where_it_is_no_call(text: str) -> None:
    assert not texts("W5", text)


@pytest.mark.parametrize("text", ["[1]Sheet1!$A$1", "'[1]My sheet'!$A$1+$C$28", "'C:\\[other.xlsx]A'!$A$1"])
def test_w5_another_file(text: str) -> None:
    assert texts("W5", text) == ["refers to another file"]


def test_w5_another_program() -> None:
    assert texts("W5", "cmd|'/c calc'!A0") == ["calls another program (DDE)"]


def test_w5_an_array_formula() -> None:
    place = Edit().at(BASE, LABEL, "C")
    edit, _ = formula("SUM($C$28*$C$28)", f' t="array" ref="{place}"')
    assert [each.cell for each in only(edit, "W5")] == [place]


@pytest.mark.parametrize("text", ["OFFSET(Inputs!$C$12,1,1)", "[1]Sheet1!$A$1"])
def test_w5_in_a_name(text: str) -> None:
    assert only(named(text), "W5")[0].text.startswith("the name own")


def test_w5_in_a_validation() -> None:
    edit = Edit().sheet("Inputs", "<formula1>[^<]*</formula1>", "<formula1>INDIRECT(Inputs!$A$1)</formula1>")
    assert only(edit, "W5")[0].sheet == "Inputs"


def test_w5_a_picture_that_is_fetched() -> None:
    link = f'<Relationship Id="rId99" Type="{_RELATIONSHIPS}/image" Target="http://x/y.png" TargetMode="External"/>'
    edit = Edit().replace("xl/_rels/workbook.xml.rels", "</Relationships>", f"{link}</Relationships>")
    assert "http://x/y.png" in only(edit, "W5")[0].text


def test_w5_a_plain_hyperlink_is_free() -> None:
    link = f'<Relationship Id="rId99" Type="{_RELATIONSHIPS}/hyperlink" Target="http://x/" TargetMode="External"/>'
    edit = Edit().replace("xl/_rels/workbook.xml.rels", "</Relationships>", f"{link}</Relationships>")
    assert not seeded(edit.bytes(), OURS)


def test_w6_a_tax_rate_inside_a_formula() -> None:
    edit, place = formula("$C$28*1.19")
    assert [(each.sheet, each.cell) for each in only(edit, "W6")] == [(BASE, place)]


@pytest.mark.parametrize("number", ["1.19", "0.5", "3", "1E3", "5%", '"3"', '"7%"', '">=0.5"'])
def test_w6_a_number_in_a_formula(number: str) -> None:
    assert texts("W6", f"$C$28*{number}")


@pytest.mark.parametrize(
    "number", ["0", "1", "-1", "2", "12", "60", "100", "365", '"<=1"', '"3 months"', '"0.0%"']
)
def test_w6_a_number_that_may_stand_there(number: str) -> None:
    assert not texts("W6", f"$C$28*{number}+LOG10($C$28)")


@pytest.mark.parametrize("sheet", [BASE, "Summary", "Checks"])
def test_w6_a_typed_number(sheet: str) -> None:
    edit = Edit()
    read = edit.book.sheet(sheet)
    assert read
    # A cell that nothing else refers to by its being a formula: the first number in a column of values.
    row = next(
        row
        for row, column in sorted(read.cells)
        if row > 8 and column in (2, 4) and read.formula(row, column)
    )
    place = f"{'C' if read.formula(row, 2) else 'E'}{row + 1}"
    assert (sheet, place) in [
        (each.sheet, each.cell) for each in only(edit.cell(sheet, place, "<v>5</v>"), "W6")
    ]


def test_w6_a_number_with_a_name() -> None:
    assert only(named("0.19"), "W6")[0].text == "the name own holds the number 0.19"


def test_w6_values_of_the_export_and_of_many_runs_are_free() -> None:
    edit = Edit()
    options, sure = edit.book.sheet("Options"), edit.book.sheet("How sure")
    assert options
    assert sure
    for sheet in (options, sure):
        assert any(isinstance(cell.value, float) and not cell.formula for cell in sheet.cells.values())
    assert not list(RULES["W6"].find(edit.book))


def test_the_original_breaks_none() -> None:
    assert not [each.line for id in ("W5", "W6") for each in RULES[id].find(as_made())]
