"""docs/model.md says what the library says: it repeats the catalogue for people, and the two may not drift apart."""

from pathlib import Path

from casebuilder.case import library
from tests.case.tables import KPIS, LEVERS

PAGE = Path(__file__).parents[2] / "docs" / "model.md"


def rows(width: int) -> list[list[str]]:
    """The table rows of the page that have so many cells."""
    cells = [
        [cell.strip(" `") for cell in line.split("|")[1:-1]] for line in PAGE.read_text("utf-8").splitlines()
    ]
    return [row for row in cells if len(row) == width]


def test_the_page_states_the_same_levers() -> None:
    table = {row[0]: (*row[1:4], *row[5:]) for row in rows(7) if row[0] in LEVERS}
    assert table == LEVERS


def test_the_page_states_the_same_limits() -> None:
    stated = {row[0]: row[4] for row in rows(7) if row[0] in LEVERS}
    for lever in library.levers().values():
        written = set(stated[lever.id].replace("(", " ").replace(",", " ").replace(")", " ").split())
        numbers = {float(word) for word in written if word[0].isdigit()}
        rule = lever.limit.model_dump()
        assert numbers == {
            part for key, part in rule.items() if part is not None and (key, part) != ("share", 1.0)
        }
        assert ("b" in written) == (rule["share"] is not None), lever.id
        assert ("max" in written) == (rule["floor"] is not None), lever.id
        assert ("min" in written) == (rule["cap"] is not None), lever.id


def test_the_page_states_the_same_scenarios() -> None:
    words = library.words().scenarios
    assert {row[0]: row[1] for row in rows(6) if row[0] in words} == {k: w.lower() for k, w in words.items()}


def test_the_page_explains_every_kpi_and_input() -> None:
    text = PAGE.read_text("utf-8")
    for name in (*KPIS, *library.inputs()):
        assert f"`{name}`" in text, name


def test_the_page_gives_every_benefit_its_formula() -> None:
    text = PAGE.read_text("utf-8")
    for name in library.words().lines:
        assert f"| `{name}` | " in text or f"    {name} " in text, name
