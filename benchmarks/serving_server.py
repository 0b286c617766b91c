"""A server of the app in a process of its own, with saved cases in a folder that goes when it goes."""

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
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Seconds until a server must answer.
_PATIENCE = 60


@contextmanager
def server(script: str, more: Mapping[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """Serve a script of this checkout: its port and the id of its process; RuntimeError where it does not start."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "CASEBUILDER_DATABASE_URL": f"sqlite:///{folder}/cases.sqlite",
            "PYTHONPATH": str(ROOT),
            "HOME": folder,
        }
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
        process = subprocess.Popen(
            [*command, "--server.headless", "true", "--logger.level", "error"],
            cwd=ROOT, env={**os.environ, **own, **(more or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait(port, process)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


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
