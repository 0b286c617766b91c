"""Servers of the app in processes of their own, with saved cases in a folder that goes when they go."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casebuilder.terminal.serving import haproxy, served

ROOT = Path(__file__).parents[1]
#: Processes that serve many people: the machine that the goal speaks of has two processors.
PROCESSES = 2
#: Seconds until a server must answer.
_PATIENCE = 60


@dataclass(frozen=True)
class Crowded:
    """The app as many people use it: the address they share, and the ids of the processes behind it."""

    port: int
    processes: tuple[int, ...]

    def memory(self) -> float:
        """Megabytes of memory that all its processes hold."""
        return sum(memory(each) for each in self.processes)


@contextmanager
def crowded(script: str, more: Mapping[str, str] | None = None) -> Iterator[Crowded]:
    """Serve a script with two processes behind one address, as `serve` does; with one where there is no HAProxy."""
    if haproxy() is None:
        with server(script, more) as (port, process):
            yield Crowded(port, (process,))
        return
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(folder, more)
        with served(ROOT / script, PROCESSES, "127.0.0.1", port, environment) as (_, *apps):
            yield Crowded(port, tuple(app.running.pid for app in apps if app.running is not None))


@contextmanager
def server(script: str, more: Mapping[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """Serve a script of this checkout: its port and the id of its process; RuntimeError where it does not start."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
        process = subprocess.Popen(
            [*command, "--server.headless", "true", "--logger.level", "error"],
            cwd=ROOT, env=_environment(folder, more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait(port, process)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


def _environment(folder: str, more: Mapping[str, str] | None) -> dict[str, str]:
    """What a server finds around it: saved cases and settings of its own."""
    own = {
        "CASEBUILDER_DATABASE_URL": f"sqlite:///{folder}/cases.sqlite",
        "PYTHONPATH": str(ROOT),
        "HOME": folder,
    }
    return {**os.environ, **own, **(more or {})}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the server of the app does not answer")


def memory(process: int) -> float:
    """Megabytes of memory that a process holds."""
    said = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(float(line.split()[1]) / 1024 for line in said.splitlines() if line.startswith("VmRSS"))
