"""The numbers as they are asked for: what is read and nothing else, by theme, the most important first."""

import pytest

from casebuilder.analysis.needed import needed, readable
from casebuilder.case import library
from casebuilder.pitch.asked_numbers import HARDLY, THEMES, not_needed, theme_of, themes
from tests.analysis.test_needed import effect, small


def test_every_input_has_one_theme() -> None:
    words = [word for word in library.inputs().values() if word.unit not in ("choice", "flag", "text")]
    assert {theme_of(word) for word in words} == set(THEMES)


def test_what_is_read_stands_there_once_and_nothing_else() -> None:
    case = small(effect("win_rate", "A"))
    found = themes(case, {})
    rows = [row for theme in found for row in (*theme.first, *theme.rest)]
    shown = [path for row in rows for path in row.paths.values()]
    assert len(shown) == len(set(shown))
    assert needed(case) <= set(shown)
    assert {row.word.id for row in rows} == {path.rpartition(".")[2] for path in needed(case)}


def test_segments_stand_side_by_side() -> None:
    rows = [
        row for theme in themes(small(effect("win_rate", "A")), {}) for row in (*theme.first, *theme.rest)
    ]
    (rate,) = [row for row in rows if row.word.id == "win_rate"]
    assert rate.paths == {"A": "segments[A].win_rate", "B": "segments[B].win_rate"}


def test_the_most_important_first_and_what_hardly_matters_apart() -> None:
    swings = {
        "people.attrition_rate": 50.0, "people.replacement_cost": 100.0,
        "people.frontline_headcount": 100 * HARDLY * 0.9,
    }  # fmt: skip
    (theme,) = [t for t in themes(small(effect("attrition_rate")), swings) if t.label == "Contact centre"]
    assert [row.word.id for row in theme.first] == ["replacement_cost", "attrition_rate"]
    assert [row.word.id for row in theme.rest] == ["frontline_headcount"]


def test_what_nothing_reads_is_named_once() -> None:
    case = small(effect("attrition_rate"))
    labels = not_needed(case)
    assert "Win rate" in labels and "Attrition" not in labels
    assert len(labels) == len({path.rpartition(".")[2] for path in readable(case)}) - len(needed(case))


@pytest.mark.parametrize("lever", ["churn_rate", "incidents_per_year"])
def test_a_theme_without_numbers_is_left_out(lever: str) -> None:
    labels = [theme.label for theme in themes(small(effect(lever)), {})]
    assert ("Risk" in labels) == (lever == "incidents_per_year")


def test_what_is_needed_and_not_stated_comes_first_though_it_moves_nothing_yet() -> None:
    case = small(effect("attrition_rate"), internal_fte=0.5)
    (theme,) = [t for t in themes(case, {"company.discount_rate": 10.0}) if t.label == "Company and finance"]
    assert [row.word.id for row in theme.first] == ["loaded_cost_per_fte", "discount_rate"]
    assert [row.lacking for row in theme.first] == [True, False]
    assert [row.word.id for row in theme.rest] == ["tax_rate"]
