"""Servers of the app in processes of their own, with saved cases in a folder that goes when they go."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casebuilder.terminal.serving import Process, apps, free_ports, haproxy, served

ROOT = Path(__file__).parents[1]
#: Processes that serve many people: the machine that the goal speaks of has two processors.
PROCESSES = 2


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
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(folder, more)
        with served(ROOT / script, PROCESSES, "127.0.0.1", port, environment) as (_, *behind):
            yield Crowded(port, _ids(behind))


@contextmanager
def server(script: str, more: Mapping[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """Serve a script of this checkout: its port and the id of its process; Refused where it does not start."""
    with (
        tempfile.TemporaryDirectory() as folder,
        apps(ROOT / script, 1, _environment(folder, more)) as alone,
    ):
        (process,) = _ids(alone)
        yield alone[0].port, process


def _ids(processes: Sequence[Process]) -> tuple[int, ...]:
    """The ids of what runs."""
    return tuple(each.running.pid for each in processes if each.running is not None)


def _environment(folder: str, more: Mapping[str, str] | None) -> dict[str, str]:
    """What a server finds around it: saved cases and settings of its own."""
    own = {
        "CASEBUILDER_DATABASE_URL": f"sqlite:///{folder}/cases.sqlite",
        "PYTHONPATH": str(ROOT),
        "HOME": folder,
    }
    return {**os.environ, **own, **(more or {})}


def memory(process: int) -> float:
    """Megabytes of memory that a process holds."""
    said = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(float(line.split()[1]) / 1024 for line in said.splitlines() if line.startswith("VmRSS"))
