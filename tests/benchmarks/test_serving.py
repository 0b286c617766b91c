"""The app is timed as it is served: its own pages, beside pages that show the same without charts or arithmetic."""

import asyncio
import math

import pyarrow as pa
import pytest

from benchmarks import serving, serving_ways
from benchmarks.serving import BARE, FLOOR, OURS, Crowd, Plan, Ports, beside, together
from benchmarks.serving_client import Visit
from benchmarks.serving_server import PROCESSES, crowded, memory, server


def test_a_crowd_is_judged_by_its_slow_moves_and_those_that_came_too_late() -> None:
    found = together([Crowd(tuple(range(1, 96)), 0), Crowd((900.0,) * 4 + (2000.0,), 1)])
    assert (len(found.took), found.dropped) == (100, 1)
    assert 95 <= found.slowest <= 900


def test_a_ratio_is_that_of_moves_made_after_one_another() -> None:
    pair = beside([2.0, 40.0, 6.0], [1.0, 20.0, 2.0])
    assert (pair.ours, pair.by_hand, pair.ratio) == (6.0, 2.0, 2.0)


def test_plain_altair_charts_hold_what_ours_hold() -> None:
    steps = pa.table({"step": ["a"], "begin": [0.0], "end": [2.0], "edge": [2.0], "role": ["gain"],
                      "text": ["2"], "exact": ["2"]})  # fmt: skip
    years = pa.table({"year": ["1"], "value": [1.0], "name": ["x"], "text": ["1"]})
    for rows, mark in ((steps, "bar"), (years, "line")):
        layers = serving_ways.drawn(rows).to_dict(validate=True)["layer"]
        assert len(layers) >= 2
        assert layers[0]["mark"]["type"] == mark, "each kind of rows is drawn as its own kind of chart"


async def _seen(port: int) -> tuple[list[Visit], bool]:
    """The Answer page and the Review page after a move, and whether another move changed the Answer page."""
    visits = []
    for page in serving.PAGES:
        async with Visit(port, page) as visit:
            await visit.move(3)
            before = [part["told"] for part in visit.recording() if part["kind"] == "metric"]
            visits.append(visit)
            await visit.move(40)
            after = [part["told"] for part in visit.recording() if part["kind"] == "metric"]
    return visits, before != after


@pytest.mark.slow
def test_a_move_changes_the_numbers_and_every_way_of_serving_runs_through(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with server("app.py") as (ours, process):
        visits, moved = asyncio.run(_seen(ours))
        assert moved and all(visit.finished for visit in visits)
        assert visits[0].charts() == 2
        assert memory(process) > 50
        recordings = tmp_path / "recordings.json"
        recordings.write_text(serving.json.dumps(asyncio.run(serving.recorded(ours))), encoding="utf-8")
        with server(serving.OTHERS, {serving.RECORDINGS: str(recordings)}) as (others, _):
            ports = Ports(ours, others)
            found = asyncio.run(_kinds(ports))
            took = asyncio.run(serving.moves(ports, "answer", 1))
    assert all(len(each) == 1 and math.isfinite(each[0]) for each in took.values())
    for page in serving.PAGES:
        app, floor, bare = (found[page, way] for way in (OURS, FLOOR, BARE))
        assert "vega_lite_chart" not in floor + bare
        for kind in ("metric", "slider", "button", "text_input"):
            assert app.count(kind) == floor.count(kind) == bare.count(kind) > 0, (page, kind)


async def _kinds(ports: Ports) -> dict[tuple[str, str], list[str]]:
    """The kinds of everything a page shows, by page and way."""
    found = {}
    for page in serving.PAGES:
        for way in (OURS, FLOOR, BARE):
            async with ports.visit(page, way) as visit:
                await visit.move(3)
                found[page, way] = [str(part["kind"]) for part in visit.recording()]
    return found


@pytest.mark.judge
@pytest.mark.slow
def test_many_sessions_are_spread_over_two_processes(haproxy: str) -> None:
    """No goal is judged here, where others use the machine: every session moves, and no move is lost."""
    with crowded("app.py") as app, crowded(serving.OTHERS) as floor:
        assert len(app.processes) == PROCESSES
        before = [memory(each) for each in app.processes]
        found = {each.id: each for each in asyncio.run(serving.many(app, floor, Plan(1, 2)))}
        assert all(memory(process) > was + 20 for process, was in zip(app.processes, before, strict=True))
    assert found["many_dropped"].value <= 2 * 2 * serving.SESSIONS
    assert 0 < found["session_memory"].value < 100
    assert "2 processes" in found["many_dropped"].words
