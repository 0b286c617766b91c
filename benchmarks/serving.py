"""The app as it is served: a slider moved on a page beside the same page without charts, alone and by many at once.

A move is timed by the clock from the message that a slider moved to the message that the page was run through. All ways
of serving a page take turns, so that whatever slows the machine slows all of them.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving_browser import painted
from benchmarks.serving_client import Visit
from benchmarks.serving_server import Crowded, crowded, server
from benchmarks.serving_ways import RECORDINGS
from benchmarks.timing import Figure, Pair

PAGES = ("answer", "review")
#: What serves the pages in other ways.
OTHERS = "benchmarks/serving_page.py"
#: At most so many times the page without charts: a move alone, and the 95th percentile of many at once.
MOST, MOST_OF_MANY = 1.75, 5.0
SESSIONS = 20
#: The app itself, and the same page in other ways (serving_ways).
OURS, FLOOR, ALTAIR, UNSAVED, BARE = "whole", "without", "altair", "unsaved", "bare"
#: Moves that are not counted, and a moment for the server to put away a run.
_WARM, _PAUSE = 3, 0.03
#: Seconds of many sessions that are not counted: everything is done for the first time in each process.
_FIRST = 2


@dataclass(frozen=True)
class Plan:
    """How much is measured: moves of each way of each page, and twice so many seconds of many sessions."""

    moves: int = 25
    seconds: int = 10


QUICK = Plan(10, 4)


@dataclass(frozen=True)
class Ports:
    """The server of the app, and the server of its other ways."""

    ours: int
    others: int

    def visit(self, page: str, way: str) -> Visit:
        """A session on a page, served in a way."""
        if way == BARE:
            return Visit(self.others, "", f"as={way}&page={page}")
        return Visit(self.others, page, f"as={way}")


@dataclass(frozen=True)
class Crowd:
    """Moves of many sessions: milliseconds of each, from when it was due, and how many took over a second."""

    took: tuple[float, ...]
    dropped: int

    @property
    def slowest(self) -> float:
        """The 95th percentile, milliseconds."""
        return statistics.quantiles(self.took, n=20)[-1]


def serving(plan: Plan | None = None) -> list[Figure]:
    """Every measurement of the app as it is served."""
    given = plan or Plan()
    with tempfile.TemporaryDirectory() as folder, server("app.py") as (ours, _):
        recordings = Path(folder) / "recordings.json"
        recordings.write_text(json.dumps(asyncio.run(recorded(ours))), encoding="utf-8")
        with server(OTHERS, {RECORDINGS: str(recordings)}) as (others, _):
            found = asyncio.run(_measured(Ports(ours, others), given))
        found += painted(ours)
    with crowded("app.py") as app, crowded(OTHERS) as floor:
        return [*found, *asyncio.run(many(app, floor, given))]


async def recorded(port: int) -> dict[str, list[dict[str, object]]]:
    """What each page shows after a slider was moved."""
    found = {}
    for page in PAGES:
        async with Visit(port, page) as visit:
            await visit.move(3)
            found[page] = visit.recording()
    return found


async def _measured(ports: Ports, plan: Plan) -> list[Figure]:
    found: list[Figure] = []
    for page in PAGES:
        found += _of_a_page(page, await moves(ports, page, plan.moves))
    return found


# ---- one session ------------------------------------------------------------------------------------------------


async def moves(ports: Ports, page: str, count: int) -> dict[str, list[float]]:
    """Milliseconds of so many moves in every way, by way; no two of them move to the same value."""
    ways = (OURS, FLOOR, ALTAIR, UNSAVED, BARE)
    took: dict[str, list[float]] = {way: [] for way in ways}
    async with AsyncExitStack() as open:
        visits = {way: await open.enter_async_context(ports.visit(page, way)) for way in ways}
        for number in range(_WARM + count):
            for place, way in enumerate(ways):
                await visits[way].move(number * len(ways) + place)
                if not visits[way].finished:
                    raise RuntimeError(f"the page {page} did not run through")
                took[way].append(visits[way].milliseconds)
                await asyncio.sleep(_PAUSE)
    return {way: each[_WARM:] for way, each in took.items()}


def _of_a_page(page: str, took: Mapping[str, Sequence[float]]) -> list[Figure]:
    name, saving = page.capitalize(), [a - b for a, b in zip(took[OURS], took[UNSAVED], strict=True)]
    about = f"a slider moved on {name}"
    return [
        beside(took[OURS], took[FLOOR]).figure(f"{page}_move", f"{about}, beside it without charts", MOST),
        beside(took[ALTAIR], took[FLOOR]).figure(
            f"{page}_altair", "the same with charts in plain altair", None
        ),
        beside(took[OURS], took[BARE]).figure(
            f"{page}_bare", "ours beside its parts alone, nothing calculated", None
        ),
        Figure(f"{page}_saved", "of ours, keeping the change", "ms", statistics.median(saving)),
    ]


def beside(ours: Sequence[float], theirs: Sequence[float]) -> Pair:
    """Both medians, and the median of the ratios of all rounds."""
    ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
    return Pair(statistics.median(ours), statistics.median(theirs), ratio)


# ---- many sessions ----------------------------------------------------------------------------------------------


async def many(app: Crowded, without: Crowded, plan: Plan) -> list[Figure]:
    """Twenty sessions of the app, taking turns with as many of it without charts."""
    await _used_once(app)
    async with AsyncExitStack() as open:
        before = app.memory()
        ours = [await open.enter_async_context(Visit(app.port, "answer")) for _ in range(SESSIONS)]
        floor = [
            await open.enter_async_context(Visit(without.port, "answer", f"as={FLOOR}"))
            for _ in range(SESSIONS)
        ]
        for visits in (ours, floor):
            await crowd(visits, _FIRST)
        turns = [(await crowd(ours, plan.seconds), await crowd(floor, plan.seconds)) for _ in range(2)]
        after = (app.memory() - before) / SESSIONS
    ours_all, floor_all = (together([turn[n] for turn in turns]) for n in (0, 1))
    said = "process" if len(app.processes) == 1 else "processes"
    about = f"{SESSIONS} sessions, a move a second each, {len(app.processes)} {said}"
    return [
        Figure("many_dropped", f"{about}: moves not answered within it", "moves", ours_all.dropped, 0.0),
        Figure("many_dropped_floor", "the same without charts", "moves", floor_all.dropped),
        Figure(
            "many_slowest", "95th percentile, beside it without charts", "times",
            ours_all.slowest / floor_all.slowest, MOST_OF_MANY, ours_all.slowest, floor_all.slowest,
        ),
        Figure("session_memory", f"memory of a session after {2 * plan.seconds + _FIRST} moves", "MB", after),
    ]  # fmt: skip


async def _used_once(app: Crowded) -> None:
    """Somebody was there in every process: what all sessions share is in memory."""
    async with AsyncExitStack() as open:
        for _ in app.processes:
            visit = await open.enter_async_context(Visit(app.port, "answer"))
            await visit.move(1)


def together(parts: Sequence[Crowd]) -> Crowd:
    """Several crowds as one."""
    return Crowd(tuple(ms for part in parts for ms in part.took), sum(part.dropped for part in parts))


async def crowd(visits: Sequence[Visit], seconds: int) -> Crowd:
    """All sessions move their slider every second, not all in the same moment; late is dropped."""
    found = await asyncio.gather(
        *(_one_of_many(visit, n, n / len(visits), seconds) for n, visit in enumerate(visits))
    )
    return together(found)


async def _one_of_many(visit: Visit, number: int, wait: float, seconds: int) -> Crowd:
    """A session's moves: one that takes more than its second is dropped, and so are those that fall due meanwhile."""
    took, dropped, begin = [], 0, time.perf_counter() + wait
    for second in range(seconds):
        due = begin + second
        if time.perf_counter() > due + 1:
            dropped += 1
            continue
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await visit.move(number * 17 + second * 5)
        took.append(1000 * (time.perf_counter() - due))
        dropped += took[-1] > 1000 or not visit.finished
    return Crowd(tuple(took), dropped)
