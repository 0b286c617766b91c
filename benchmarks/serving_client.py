"""A visitor without a browser: one session of the app over its websocket, in the messages that streamlit sends."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Self

from google.protobuf.json_format import MessageToDict  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Visit:
    """One session on one page; `query` is the query string of its address, and follows what the page makes of it."""

    port: int
    page: str
    query: str = ""
    milliseconds: float = 0.0
    finished: bool = False
    received: list[ForwardMsg] = field(default_factory=list, repr=False)
    _hash: str = ""
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        """Connect, open the page, and wait until it was shown once."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self._socket = await connect(address, subprotocols=["streamlit"], max_size=None, compression=None)  # type: ignore[list-item]
        await self.run({})
        return self

    async def __aexit__(self, *_: object) -> None:
        """Hang up."""
        assert self._socket is not None
        await self._socket.close()

    async def run(self, values: dict[str, float]) -> None:
        """Set widgets by id and wait until the page was run through; says how long that took (`milliseconds`)."""
        assert self._socket is not None
        asked = self._asked(values)
        start = time.perf_counter()
        await self._socket.send(asked)
        self.received, begun = [], False
        while True:
            raw = await self._socket.recv()
            said = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            self.received.append(said)
            kind = said.WhichOneof("type")
            begun = begun or kind == "new_session"
            if kind == "navigation":
                self._hash = said.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = said.page_info_changed.query_string
            elif kind == "script_finished" and begun:
                break
        self.milliseconds = 1000 * (time.perf_counter() - start)
        self.finished = said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _asked(self, values: dict[str, float]) -> bytes:
        said = BackMsg()
        state = said.rerun_script
        state.query_string, state.page_script_hash = self.query, self._hash
        state.page_name = "" if self._hash else self.page
        state.context_info.url = f"http://127.0.0.1:{self.port}/{self.page}"
        state.widget_states.SetInParent()
        for id, value in values.items():
            widget = state.widget_states.widgets.add()
            widget.id = id
            widget.double_array_value.data.append(value)
        return bytes(said.SerializeToString())

    async def move(self, step: int) -> None:
        """Move the first slider of the page to its `step`-th value, counted round and round."""
        if not hasattr(self, "_slider"):
            self._slider = self._first_slider()
        slider = self._slider
        steps = round((slider.max - slider.min) / slider.step) - 1
        await self.run({slider.id: slider.min + (1 + step % steps) * slider.step})

    def _first_slider(self) -> Any:
        return next(each.slider for each in self._elements() if each.WhichOneof("type") == "slider")

    def _elements(self) -> list[Any]:
        deltas = [said.delta for said in self.received if said.WhichOneof("type") == "delta"]
        return [delta.new_element for delta in deltas if delta.WhichOneof("type") == "new_element"]

    def recording(self) -> list[dict[str, Any]]:
        """What the last run showed, in its order: the place of each part, its kind, and what streamlit was told."""
        found = []
        for said in self.received:
            kind = said.delta.WhichOneof("type") if said.WhichOneof("type") == "delta" else None
            if kind in ("new_element", "add_block"):
                part = getattr(said.delta, kind)
                named = part.WhichOneof("type")
                told = MessageToDict(getattr(part, named), preserving_proto_field_name=True) if named else {}
                place = list(said.metadata.delta_path)
                found.append({"place": place, "kind": named or "container", "told": told})
        return found

    def charts(self) -> int:
        """How many charts the last run showed."""
        return sum(each.WhichOneof("type") == "vega_lite_chart" for each in self._elements())
