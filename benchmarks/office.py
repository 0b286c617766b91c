"""LibreOffice driven over UNO: it opens a workbook, types, recalculates, and tells what cells hold.

LibreOffice, or a Python that has its bridge, may be missing: then it says so.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

#: Seconds for LibreOffice to start, and to do one job.
TO_START, TO_FINISH = 60.0, 300.0
SCRIPT = Path(__file__).with_name("uno_sheet.py")

Value = float | str | None
#: A cell to type into and what is typed: sheet, column, row (counted from 0), number or text.
Typing = tuple[str, int, int, float | str]
#: A rectangle of cells: sheet, first column, first row, last column, last row (counted from 0).
Area = tuple[str, int, int, int, int]


class Missing(Exception):
    """A program is not there, or does not work here; the message says which."""


@dataclass(frozen=True)
class Job:
    """Runs, each typed over what the run before left; after each the areas are read. At last the file may be saved."""

    runs: Sequence[Sequence[Typing]]
    read: Sequence[Area]
    save: str = ""


@dataclass(frozen=True)
class Done:
    """The values of every run by area and row, and the seconds that each run took."""

    answers: list[list[list[list[Value]]]]
    seconds: list[float]


Ask = Callable[[Path, Job], Done]


@contextmanager
def office() -> Iterator[Ask]:
    """LibreOffice without a window and with a profile of its own, ended with the block; Missing where it is not."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        raise Missing("not installed")
    python = _python_with_uno(soffice)
    with tempfile.TemporaryDirectory() as name:
        pipe = f"casebuilder{os.getpid()}"
        with _listening(soffice, Path(name) / "profile", pipe):
            yield lambda workbook, job: _over_uno(
                [python, str(SCRIPT), pipe, str(workbook), str(TO_START)], job
            )


def _python_with_uno(soffice: str) -> str:
    """LibreOffice brings a Python of its own, or the system's has its bridge."""
    own = Path(soffice).resolve().with_name("python")
    for python in (str(own), shutil.which("python3", path=os.defpath), sys.executable):
        if python and shutil.which(python):
            tried = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
            if tried.returncode == 0:
                return python
    raise Missing("no Python here has its bridge `uno` (Debian and Ubuntu: python3-uno)")


@contextmanager
def _listening(soffice: str, profile: Path, pipe: str) -> Iterator[None]:
    arguments = ["--headless", "--norestore", "--nologo", f"-env:UserInstallation={profile.as_uri()}"]
    program = subprocess.Popen(
        [soffice, *arguments, f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        program.wait()


def _over_uno(command: list[str], job: Job) -> Done:
    try:
        done = subprocess.run(
            command,
            input=json.dumps(asdict(job)),
            capture_output=True,
            text=True,
            timeout=TO_FINISH,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Missing(f"does not answer: {type(error).__name__}") from error
    return Done(**json.loads(done.stdout))
