"""Every number that is shown can be asked: its origin comes to it exactly, rests on the case, and is the cell named."""

import io
from functools import cache
from pathlib import Path

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from casebuilder import build
from casebuilder.case import load
from casebuilder.case.edits import with_input
from casebuilder.model.inputs import values
from casebuilder.pitch.origin_inputs import inputs_of
from casebuilder.pitch.origin_keys import value
from casebuilder.pitch.origin_points import point, points
from casebuilder.pitch.story import pitch
from casebuilder.pitch.together import COMMITTEE
from tests.workbook import sheets

EXAMPLES = sorted(path.stem for path in Path("examples").glob("*.yaml"))
#: The same number from two roads: only the order of a sum may differ.
EXACT = {"rel": 1e-9, "abs": 1e-9}

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("example", EXAMPLES)]


@cache
def results(example):
    return build.evaluate(load(Path("examples") / f"{example}.yaml"))


@cache
def sure(example):
    return build.certainty(results(example))


@cache
def exhibits(example):
    people = (*build.personas_of(results(example).case), COMMITTEE)
    stories = [pitch(results(example), persona, sure(example)) for persona in people]
    return [exhibit for story in stories for exhibit in story.exhibits]


@cache
def shown(example):
    """Every number of every exhibit, each once."""
    found = [point for exhibit in exhibits(example) for point in points(results(example), exhibit)]
    return tuple({(each.key, each.text, each.spots): each for each in found}.values())


@cache
def cells(example, scenario=""):
    """The stored values of the workbook, of a scenario that it opens with; else the one that counts."""
    found = results(example)
    if scenario:
        found = build.evaluate(with_input(found.case, "company.headline", scenario))
        return sheets.cached(io.BytesIO(build.workbook_file(found)))
    return sheets.cached(io.BytesIO(build.workbook_file(found, sure(example))))


def held(example, address, scenario=""):
    """What the cells of an address hold together."""
    first, _, last = address.cells.partition(":")
    row, begin = coordinate_to_tuple(first)
    end = coordinate_to_tuple(last or first)[1]
    found = [cells(example, scenario)[address.sheet, row, column] for column in range(begin, end + 1)]
    together = sum(found) if len(found) > 1 else found[0]
    return -together if address.negative else together


def test_every_figure_and_every_value_of_a_chart_has_an_origin(example):
    for exhibit in exhibits(example):
        for figure in exhibit.figures:
            found = point(results(example), figure)
            assert found.spots or found.done, (exhibit.id, figure.key)
        for series in exhibit.chart.series if exhibit.chart else ():
            known = sum(bool(each) for each in series.values)
            asked = [p for p in points(results(example), exhibit) if p.label.endswith(series.name)]
            if len(exhibit.chart.series) > 1:
                assert len(asked) >= known, (exhibit.id, series.name)
        if exhibit.chart and len(exhibit.chart.series) == 1:
            asked = points(results(example), exhibit)
            assert len(asked) >= len(exhibit.chart.categories), exhibit.id


def test_what_makes_a_number_comes_to_it(example):
    asked = [point for point in shown(example) if point.spots]
    assert len(asked) > 60
    for each in asked:
        found = [value(results(example), spot) for spot in each.spots]
        if each.value is None:
            assert None in found, each
        else:
            assert sum(found) == pytest.approx(each.value, **EXACT), each.key


def test_what_a_number_rests_on_is_in_the_case(example):
    known = values(results(example).case, results(example).model.shape)
    for line in {spot.line for each in shown(example) for spot in each.spots}:
        rests = inputs_of(results(example), line)
        assert rests, line
        for given in rests:
            assert given.key in known or given.key.startswith("run."), given.key


def test_the_cell_that_is_named_holds_the_number(example):
    checked = 0
    for spot in {spot for each in shown(example) for spot in each.spots}:
        address = build.cell_of(results(example), spot)
        if address.choose and example != EXAMPLES[-1]:
            continue  # one example shows what another choice on Inputs leads to: each takes a workbook of its own
        found = held(example, address, spot.scenario if address.choose else "")
        expected = value(results(example), spot)
        if expected is None:
            assert found in ("", None), spot
        else:
            assert found == pytest.approx(expected, **EXACT), (spot, address)
        checked += 1
    assert checked > 50


def test_values_that_take_many_runs_are_where_they_are_kept(example):
    kept = 0
    for each in shown(example):
        place = build.cell_of_study(results(example), sure(example), each.key) if each.done else None
        if place is not None:
            assert held(example, place) == pytest.approx(each.value, **EXACT), each.key
            kept += 1
    assert kept >= 3
