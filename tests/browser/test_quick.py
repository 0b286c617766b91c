"""One thing right after the other, as fast as the network takes them: nothing typed is lost, and every click counts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.serving_client import Visit
from casebuilder.case import Doubt
from casebuilder.case.answers_in import without_stakeholder
from casebuilder.case.edits import with_inputs
from casebuilder.case.reviewed import with_doubts
from casebuilder.ui import files

pytestmark = [pytest.mark.slow]

WIN_RATE, HURDLE = "segments[Enterprise].win_rate", "company.discount_rate"
#: Milliseconds between two requests: both wait, the first is being taken up, its run has begun, it is half way.
GAPS = (0, 1, 2, 4, 6, 10, 15, 25, 45, 90)


def version(**values: float) -> str:
    """The stamp of the example with these numbers."""
    named = {"win_rate": WIN_RATE, "hurdle": HURDLE}
    return with_inputs(
        files.example(files.FIRST), {named[k]: value for k, value in values.items()}
    ).fingerprint


class Hasty(Visit):
    """A visitor who does not wait for the answer before the next request."""

    async def send(self, page: str, fields: Mapping[str, str | bool | float]) -> None:
        """Ask for a page, by its hash, with what stands in fields of it, or is pressed, by their ids."""
        said = BackMsg()
        state = said.rerun_script
        state.query_string, state.page_script_hash = self.query, page
        state.widget_states.SetInParent()
        for id, value in fields.items():
            widget = state.widget_states.widgets.add(id=id)
            if isinstance(value, float):
                widget.double_array_value.data.append(value)
            else:
                setattr(widget, "trigger_value" if value is True else "string_value", value)
        assert self._socket is not None
        await self._socket.send(said.SerializeToString())

    async def settled(self) -> None:
        """Read until a run has ended and nothing more comes."""
        assert self._socket is not None
        ended = False
        while True:
            try:
                raw = await asyncio.wait_for(self._socket.recv(), 0.8 if ended else 60)
            except TimeoutError:
                assert ended, "the app does not answer"
                return
            self.received.append(ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode()))
            kind = self.received[-1].WhichOneof("type")
            ended = kind == "script_finished" or (ended and kind != "new_session")

    def field(self, name: str) -> str:
        """The id of the field in which a number is typed, as it was painted last."""
        return self._last("text_input", f"-type:{name}:")

    def slider(self, name: str) -> str:
        """The id of the slider of a number, as it was painted last."""
        return self._last("slider", f"-slide:{name}:")

    def size(self, kind: str) -> str:
        """The id of the field in which the size of a doubt is typed."""
        return self._last("text_input", f"-review:size:{kind}:")

    def _last(self, kind: str, key: str) -> str:
        found = [getattr(each, kind).id for each in self._elements() if each.WhichOneof("type") == kind]
        return str([id for id in found if key in id][-1])

    def button(self, key: str) -> str:
        """The id of a button by its key."""
        buttons = [each.button.id for each in self._elements() if each.WhichOneof("type") == "button"]
        return next(id for id in buttons if id.endswith(f"-{key}"))

    def warned(self) -> list[str]:
        """What was said in warning."""
        return [each.alert.body for each in self._elements() if each.WhichOneof("type") == "alert"]

    def page_of(self, title: str) -> str:
        """The hash of a page by its title."""
        pages = next(
            said.navigation.app_pages for said in reversed(self.received) if said.HasField("navigation")
        )
        return next(str(page.page_script_hash) for page in pages if page.page_name == title)

    def shown(self) -> tuple[str, str]:
        """The hash of the page shown last, and the version that stands above it."""
        pages = [said.navigation.page_script_hash for said in self.received if said.HasField("navigation")]
        texts = [each.markdown.body for each in self._elements() if each.WhichOneof("type") == "markdown"]
        stamps = [
            found[1] for found in (re.search(r"version ([0-9a-f]{12})", text) for text in texts) if found
        ]
        return str(pages[-1]), stamps[-1]


async def _each_gap(address: str, steps: Any) -> list[tuple[int, str, tuple[str, str]]]:
    """For every gap the page that should be shown last, and what was."""
    found = []
    for gap in GAPS:
        first = "review" if steps is sized_and_pressed else "answer"
        async with Hasty(int(urlsplit(address).port or 0), first) as visit:
            requests, last = steps(visit)
            for page, fields in requests:
                await visit.send(visit.page_of(page), fields)
                await asyncio.sleep(gap / 1000)
            last = visit.page_of(last)
            await visit.settled()
            assert visit.warned() == [], f"a conflict with nobody else after {gap} ms"
            found.append((gap, last, visit.shown()))
    return found


def typed_and_left(visit: Hasty) -> Any:
    return [("Answer", {visit.field(WIN_RATE): "21.5"}), ("Pitch", {})], "Pitch"


def left_and_typed(visit: Hasty) -> Any:
    """As a tap does it, whose click comes before the field is told that it is left."""
    return [("Pitch", {}), ("Answer", {visit.field(WIN_RATE): "21.5"})], "Pitch"


def two_numbers(visit: Hasty) -> Any:
    first = {visit.field(WIN_RATE): "21.5"}
    return [("Answer", first), ("Answer", first | {visit.field(HURDLE): "9"})], "Answer"


def left_for_the_same_fields_and_typed(visit: Hasty) -> Any:
    """Review has the fields of Answer: what was typed on the one is not taken for what the other says."""
    return [("Review", {}), ("Answer", {visit.field(WIN_RATE): "21.5"})], "Review"


def slid_and_left_for_the_same_fields(visit: Hasty) -> Any:
    return [("Review", {}), ("Answer", {visit.slider(WIN_RATE): 21.5})], "Review"


def left_and_typed_twice(visit: Hasty) -> Any:
    first = {visit.field(WIN_RATE): "21.5"}
    return [("Pitch", {}), ("Answer", first), ("Answer", first | {visit.field(HURDLE): "9"})], "Pitch"


def sized_and_pressed(visit: Hasty) -> Any:
    """The size of a doubt, and at once the doubt: it is made in that size."""
    costs = visit.size("costs")
    return [
        ("Review", {costs: "30"}),
        ("Review", {costs: "30", visit.button("review:doubt:costs"): True}),
    ], "Review"


DOUBTED = with_doubts(files.example(files.FIRST), [Doubt(kind="costs", amount=1.3)]).fingerprint


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        (left_for_the_same_fields_and_typed, version(win_rate=0.215)),
        (slid_and_left_for_the_same_fields, version(win_rate=0.215)),
        (left_and_typed_twice, version(win_rate=0.215, hurdle=0.09)),
        (sized_and_pressed, DOUBTED),
        (typed_and_left, version(win_rate=0.215)),
        (left_and_typed, version(win_rate=0.215)),
        (two_numbers, version(win_rate=0.215, hurdle=0.09)),
    ],
)
def test_nothing_that_was_typed_is_lost_however_soon_the_next_click_comes(
    address: str, steps: Any, wanted: str
) -> None:
    for gap, page, (shown, stamp) in asyncio.run(_each_gap(address, steps)):
        assert stamp == wanted, f"lost after {gap} ms"
        assert shown == page, f"not on the way any more after {gap} ms"


@pytest.mark.parametrize("gap", [0, 6, 25, 90, 250])
def test_undo_counts_each_time_and_what_is_typed_after_it_stays_and_nobody_conflicts_with_themselves(
    address: str, gap: int
) -> None:
    """Two runs of one session at once would save on top of the same version."""

    async def undone() -> tuple[str, list[str]]:
        async with Hasty(int(urlsplit(address).port or 0), "answer") as visit:
            page = visit.page_of("Answer")
            for path, typed in ((WIN_RATE, "21.5"), (HURDLE, "9")):
                await visit.send(page, {visit.field(path): typed})
                await visit.settled()
            undo, field = visit.button("shell:undo"), visit.field(WIN_RATE)
            for pressed in ({undo: True}, {undo: True}, {field: "30"}):
                await visit.send(page, pressed)
                await asyncio.sleep(gap / 1000)
            await visit.settled()
            return visit.shown()[1], visit.warned()

    assert asyncio.run(undone()) == (version(win_rate=0.3), [])


@pytest.mark.parametrize("gap", [0, 15, 90, 250])
def test_a_number_that_is_typed_again_before_the_first_is_painted_counts(address: str, gap: int) -> None:
    """The first stands in another field by then, because it is written as a percentage there."""

    async def typed() -> str:
        async with Hasty(int(urlsplit(address).port or 0), "answer") as visit:
            page, field = visit.page_of("Answer"), visit.field(WIN_RATE)
            for text in ("21.5", "22", "23"):
                await visit.send(page, {field: text})
                await asyncio.sleep(gap / 1000)
            await visit.settled()
            return visit.shown()[1]

    assert asyncio.run(typed()) == version(win_rate=0.23)


def test_what_a_browser_still_says_of_a_number_that_was_undone_does_not_bring_it_back(address: str) -> None:
    """It sends every field with whatever is pressed, as it last painted them."""

    async def undone() -> str:
        async with Hasty(int(urlsplit(address).port or 0), "answer") as visit:
            page, field = visit.page_of("Answer"), visit.field(WIN_RATE)
            undo = visit.button("shell:undo")
            for pressed in ({field: "21.5"}, {field: "21.5", undo: True}, {field: "21.5"}):
                await visit.send(page, pressed)
                await visit.settled()
            return visit.shown()[1]

    assert asyncio.run(undone()) == files.example(files.FIRST).fingerprint


@pytest.mark.parametrize("gap", [0, 20, 60, 250])
def test_a_double_click_takes_one_person_out(address: str, gap: int) -> None:
    """The next person stands at the same place once the first is out."""

    async def taken_out() -> str:
        async with Hasty(int(urlsplit(address).port or 0), "people") as visit:
            out = next(
                each.button.id
                for each in visit._elements()
                if each.WhichOneof("type") == "button"
                and each.button.label.startswith("Take this person out")
            )
            for _ in range(2):
                await visit.send(visit.page_of("Who"), {out: True})
                await asyncio.sleep(gap / 1000)
            await visit.settled()
            return visit.shown()[1]

    assert asyncio.run(taken_out()) == without_stakeholder(files.example(files.FIRST), 0).fingerprint
