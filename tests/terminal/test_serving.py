"""Several processes behind one address: a browser stays with its process, and one that ends is replaced."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebuilder.__main__ import main
from casebuilder.terminal import serving

ROOT = Path(__file__).parents[2]


@dataclass
class Served:
    """The running command, where it listens, and what it said so far is in `said`."""

    command: subprocess.Popen[bytes]
    port: int
    said: Path

    def get(self, path: str, cookie: str = "") -> tuple[int, str]:
        """The status of an address, and the cookie that came with it."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Cookie": cookie})
        with urllib.request.urlopen(asked, timeout=20) as answer:
            given = re.search(rf"{serving.COOKIE}=\w+", answer.headers.get("Set-Cookie") or "")
            return answer.status, given[0] if given else ""

    def behind(self) -> list[int]:
        """The ids of the processes that serve the app."""
        return sorted(
            int(folder.name)
            for folder in Path("/proc").iterdir()
            if folder.name.isdigit() and parent(folder) == self.command.pid and b"streamlit" in words(folder)
        )


def parent(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def words(folder: Path) -> bytes:
    try:
        return (folder / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def served(haproxy: str, tmp_path: Path) -> Iterator[Served]:
    (port,), said = serving.free_ports(1), tmp_path / "said"
    kept = {"CASEBUILDER_DATABASE_URL": f"sqlite:///{tmp_path}/cases.sqlite"}
    with said.open("wb") as log:
        command = subprocess.Popen(
            [sys.executable, "-m", "casebuilder", "serve", "--processes", "2", "--port", str(port)],
            cwd=ROOT, env={**os.environ, **kept}, stderr=log,
        )  # fmt: skip
    found = Served(command, port, said)
    until(lambda: "2 processes serve the app" in said.read_text(), command)
    yield found
    command.kill()
    command.wait()


def until(holds, command: subprocess.Popen[bytes]) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + 60
    while not holds():
        assert command.poll() is None, "the command ended"
        assert time.monotonic() < end, "not within a minute"
        time.sleep(0.1)


@pytest.mark.judge
@pytest.mark.slow
def test_browsers_are_shared_out_and_one_whose_process_ended_goes_on(served: Served) -> None:
    marks = {served.get("/")[1] for _ in range(6)}
    assert marks == {f"{serving.COOKIE}=app1", f"{serving.COOKIE}=app2"}
    assert served.get("/", next(iter(marks))) == (200, ""), "who has a process keeps it"
    before = served.behind()
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    until(lambda: "is started again" in served.said.read_text(), served.command)
    assert [served.get("/", mark)[0] for mark in sorted(marks)] == [200, 200]
    until(lambda: len(served.behind()) == 2, served.command)
    assert served.behind()[0] == before[1]
    served.command.send_signal(signal.SIGTERM)
    assert served.command.wait(30) == 0
    assert "Everything that was saved is kept" in served.said.read_text()
    assert served.behind() == [], "nothing is left behind"


def test_what_cannot_be_served_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["serve", "--processes", "0"]) == 2
    assert "1 to 64 are possible" in capsys.readouterr().err
    monkeypatch.setattr(serving, "haproxy", lambda: None)
    assert main(["serve"]) == 2
    assert "sudo apt install haproxy" in capsys.readouterr().err
    monkeypatch.setattr(serving, "haproxy", lambda: "/no/such/haproxy")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert "name another --port" in capsys.readouterr().err
    assert main(["serve", "--port", "99999"]) == 2
    assert "name another --port" in capsys.readouterr().err


def test_a_script_that_does_not_start_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(serving.Refused, match="make run to see why"),
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(serving, "haproxy", lambda: "/no/such/haproxy")
        with serving.served(tmp_path / "missing.py", 1, "127.0.0.1", *serving.free_ports(1)):
            pass


def test_a_process_that_ends_as_often_as_it_is_started_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    short = serving.Process("127.0.0.1", 1, [sys.executable, "-c", ""], os.environ)
    for _ in range(5):
        short.again()
    with pytest.raises(serving.Refused, match="again and again"):
        short.again()
    later = time.monotonic() + 3600
    monkeypatch.setattr(time, "monotonic", lambda: later)
    short.again()


@pytest.mark.judge
def test_haproxy_finds_nothing_wrong_with_its_settings(haproxy: str, tmp_path: Path) -> None:
    settings = tmp_path / "haproxy.cfg"
    settings.write_text(serving.written("127.0.0.1", 8501, [9001, 9002]), encoding="utf-8")
    checked = subprocess.run(
        [haproxy, "-c", "-f", str(settings)], check=False, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    assert "ALERT" not in checked.stderr and "WARNING" not in checked.stderr
