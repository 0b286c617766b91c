"""The app for many people at once: several processes of it behind one address, each browser staying with one of them.

One process works on one thing at a time, however many processors there are. HAProxy, which is installed beside, hands
new browsers to the process with the fewest, and marks each with a cookie: what somebody has open, uploads and downloads
is in the memory of one process. Saved cases are everybody's, so that a browser whose process ended goes on in another.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from casebuilder.terminal.speaking import Refused, say

ROOT = Path(__file__).parents[2]
#: The cookie that says which process a browser stays with.
COOKIE = "casebuilder_process"
MOST_PROCESSES = 64
_SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"
#: Seconds: until a process must answer, between two looks at them, and for one to end by itself.
_PATIENCE, _LOOK, _GOODBYE = 60.0, 0.2, 10.0
#: A process that ended is started again, so often within so many seconds.
_RESTARTS, _WITHIN = 5, 60.0
#: Debian keeps HAProxy out of the PATH of most people.
_ELSEWHERE = "/usr/sbin/haproxy"
_MISSING = (
    "Several processes need HAProxy to hand out the visitors, and it is not here: on Debian and Ubuntu "
    "'sudo apt install haproxy'; or serve the app with one process: make run."
)
#: A websocket is a tunnel, which may be quiet for long. Nothing of a request is written down.
_SETTINGS = """\
global
    maxconn 4096
defaults
    mode http
    timeout connect 5s
    timeout http-request 20s
    timeout http-keep-alive 60s
    timeout client 75s
    timeout server 75s
    timeout tunnel 24h
    option redispatch
    retries 3
frontend visitors
    bind {address}:{port}
    default_backend app
backend app
    balance leastconn
    cookie {cookie} insert indirect nocache httponly attr SameSite=Lax
    option httpchk
    http-check send meth GET uri /_stcore/health ver HTTP/1.1 hdr Host localhost
    default-server check inter 1s fall 2 rise 1
"""


@dataclass
class Process:
    """A program that listens on an address of this machine, and when it was started again."""

    address: str
    port: int
    command: Sequence[str]
    environment: Mapping[str, str]
    running: subprocess.Popen[bytes] | None = None
    restarts: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it; it answers a few seconds later."""
        self.running = subprocess.Popen(
            self.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def ended(self) -> bool:
        """Whether it is not running any more."""
        return self.running is None or self.running.poll() is not None

    def answers(self) -> bool:
        """Whether it serves the app by now; it answers to this name whatever its address is."""
        asked = urllib.request.Request(
            f"http://{self.address}:{self.port}/_stcore/health", headers={"Host": "localhost"}
        )
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(asked, timeout=1) as answer:
            return bool(answer.status == 200)
        return False

    def again(self) -> None:
        """Start it once more; Refused where it ends as often as it is started."""
        now = time.monotonic()
        self.restarts = [when for when in self.restarts if now - when < _WITHIN] + [now]
        if len(self.restarts) > _RESTARTS:
            raise Refused(
                "A process of the app ends again and again: start it alone with make run to see why."
            )
        say("A process of the app ended and is started again.")
        self.start()


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command `serve`."""
    parser = commands.add_parser("serve", help="serve the app to many people, with several processes")
    parser.add_argument("--address", default="127.0.0.1", help="where to listen; 127.0.0.1 without it")
    parser.add_argument("--port", type=int, default=8501, help="the port to listen on; 8501 without it")
    parser.add_argument(
        "--processes", type=int, default=processors(), metavar="N", help="as many as there are processors without it"
    )  # fmt: skip
    parser.set_defaults(run=_serve)


def processors() -> int:
    """How many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def haproxy() -> str | None:
    """The path of HAProxy; None where it is not on this machine."""
    return shutil.which("haproxy") or shutil.which(_ELSEWHERE)


def _serve(given: argparse.Namespace) -> int:
    if not 1 <= given.processes <= MOST_PROCESSES:
        raise Refused(f"--processes {given.processes}: 1 to {MOST_PROCESSES} are possible.")
    with _until_told(), served(ROOT / "app.py", given.processes, given.address, given.port) as processes:
        say(
            f"{given.processes} processes serve the app on http://{given.address}:{given.port}; Ctrl+C ends them."
        )
        watch(processes)
    return 0


@contextmanager
def served(
    script: Path, count: int, address: str, port: int, environment: Mapping[str, str] = os.environ
) -> Iterator[list[Process]]:
    """So many processes of a script behind one address; the first is HAProxy. Refused where they do not start."""
    program = haproxy()
    if program is None:
        raise Refused(_MISSING)
    _check_free(address, port)
    secret = secrets.token_hex(32)  # one for all: what one process signed, another takes for its own
    with (
        tempfile.TemporaryDirectory(prefix="casebuilder-") as folder,
        apps(script, count, {**environment, _SECRET: secret}) as behind,
    ):
        settings = Path(folder) / "haproxy.cfg"
        settings.write_text(written(address, port, [app.port for app in behind]), encoding="utf-8")
        front = Process(address, port, [program, "-db", "-f", str(settings)], environment)
        with _running([front], "HAProxy does not start; what it said stands above."):
            yield [front, *behind]


@contextmanager
def apps(script: Path, count: int, environment: Mapping[str, str] = os.environ) -> Iterator[list[Process]]:
    """So many processes of a script, each on a port of its own, ended afterwards. Refused where they do not start."""
    found = [_app(script, each, environment) for each in free_ports(count)]
    with _running(found, "The app does not start: start it alone with make run to see why."):
        yield found


def _app(script: Path, port: int, environment: Mapping[str, str]) -> Process:
    """A process of the app."""
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.address", "127.0.0.1"]
    command += ["--server.port", str(port), "--server.headless", "true", "--logger.level", "error"]
    return Process("127.0.0.1", port, command, environment)


def written(address: str, port: int, ports: Sequence[int]) -> str:
    """HAProxy's settings for an address and the ports of the processes behind it."""
    begun = _SETTINGS.format(address=address, port=port, cookie=COOKIE)
    lines = [f"    server app{n} 127.0.0.1:{each} cookie app{n}\n" for n, each in enumerate(ports, start=1)]
    return begun + "".join(lines)


def watch(processes: Sequence[Process]) -> None:
    """Start again what ends, for ever; Refused where the front ends or a process cannot be kept running."""
    front, *behind = processes
    while True:
        time.sleep(_LOOK)
        if front.ended():
            raise Refused(
                "HAProxy ended, and with it the address of the app. Nothing that was saved is lost."
            )
        for app in behind:
            if app.ended():
                app.again()


@contextmanager
def _running(processes: Sequence[Process], otherwise: str) -> Iterator[None]:
    """Start them, and end them afterwards; Refused where they do not start."""
    try:
        _start(processes, otherwise)
        yield
    finally:
        _end(processes)


def _start(processes: Sequence[Process], otherwise: str) -> None:
    """Start them and wait until all answer; Refused where one ended or takes too long."""
    for each in processes:
        each.start()
    end = time.monotonic() + _PATIENCE
    waiting = list(processes)
    while waiting := [each for each in waiting if not each.answers()]:
        if any(each.ended() for each in waiting) or time.monotonic() > end:
            raise Refused(otherwise)
        time.sleep(_LOOK)


def _end(processes: Sequence[Process]) -> None:
    """End them all; one that does not go by itself is killed."""
    running = [each.running for each in processes if each.running is not None]
    for each in running:
        each.terminate()
    for each in running:
        try:
            each.wait(_GOODBYE)
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()


def _check_free(address: str, port: int) -> None:
    """Refused where the address cannot be listened on."""
    try:
        with socket.create_server((address, port)):
            return
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Refused(f"{address}:{port} cannot be listened on ({why}): name another --port.") from error


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in held]
    for each in held:
        each.close()
    return ports


@contextmanager
def _until_told() -> Iterator[None]:
    """Ctrl+C and a polite kill end what runs inside, with everything that it started."""

    def told(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, told)
    try:
        yield
    except KeyboardInterrupt:
        say("Ended. Everything that was saved is kept.")
    finally:
        signal.signal(signal.SIGTERM, before)
