"""The outside programs that judge us.

LibreOffice recalculates, poppler draws, Chromium browses, PostgreSQL keeps, HAProxy hands out visitors.

A judge that is missing skips its tests with the reason; with `CASEBUILDER_JUDGES=required` in the environment
(as in CI) it fails them instead, so that silence never counts as agreement.
"""

import atexit
import contextlib
import functools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

INSTALL = "`make judges` installs it on Debian and Ubuntu"

#: Flags for a Chromium that tests drive: no sandbox (root in containers), no traffic of its own.
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

CHROMIUM_NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")

#: Always recalculate what is loaded. The default profile trusts the cached values that we wrote ourselves, so a
#: test that compares them would compare us with us. The last two items keep a judged file from fetching or
#: running anything.
PROFILE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">\
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">\
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">\
<prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


class JudgeFailed(AssertionError):
    """A judge was there but did not do its work; says which program, on which file, and what it printed."""


def required() -> bool:
    """Whether every judge must be there and heavy tests run, as in CI."""
    return os.environ.get("CASEBUILDER_JUDGES") == "required"


def missing(what: str) -> None:
    """Skip the running test because `what` is not on this machine, or fail it where judges are required."""
    reason = f"{what} is not on this machine; {INSTALL}"
    if required():
        pytest.fail(f"CASEBUILDER_JUDGES=required, but {reason}", pytrace=False)
    pytest.skip(reason)


def require(found: str | None, what: str) -> str:
    """`found` where there is one; otherwise as `missing`."""
    if found is None:
        missing(what)
    assert found is not None
    return found


def soffice() -> str:
    """Path of LibreOffice, or skip or fail."""
    return require(shutil.which("soffice") or shutil.which("libreoffice"), "LibreOffice (soffice)")


def pdftoppm() -> str:
    """Path of poppler's pdftoppm, or skip or fail."""
    return require(shutil.which("pdftoppm"), "poppler (pdftoppm)")


def chromium() -> str:
    """Path of a Chromium or Chrome that answers, or skip or fail; `CASEBUILDER_CHROMIUM` names one."""
    return require(find_chromium(), "Chromium")


def haproxy() -> str:
    """Path of HAProxy, or skip or fail; Debian keeps it out of the PATH of most people."""
    return require(shutil.which("haproxy") or shutil.which("/usr/sbin/haproxy"), "HAProxy")


def postgres() -> Path:
    """The folder of PostgreSQL's programs, or skip or fail; Debian keeps them out of the PATH."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    there = [str(path) for path in found if (path / "initdb").exists() and (path / "postgres").exists()]
    return Path(require(there[-1] if there else None, "PostgreSQL"))


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of this process alone, gone at the end: the address of its first database.

    It listens on a socket in a folder of its own and on no port, and runs as a user without rights, because it refuses
    to run as root. What it keeps need not survive, so it does not wait for the disk.
    """
    programs = postgres()
    user = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="casebuilder-pg-", dir="/tmp") as folder:
        data = Path(folder) / "data"
        if user:
            shutil.chown(folder, user)
        made = [
            str(programs / "initdb"),
            "-D",
            str(data),
            "-U",
            "tests",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run([*made, "--locale=C"], check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
        serve = [str(programs / "postgres"), "-D", str(data), "-k", folder]
        for setting in ("listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=60"):
            serve += ["-c", setting]
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(serve, user=user, cwd=folder, stdout=log, stderr=log)
        try:
            _await_postgres(process, programs, folder)
            yield f"postgresql://tests@/postgres?host={folder}"
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: what it keeps is thrown away
            process.wait(timeout=60)


def _await_postgres(process: subprocess.Popen[bytes], programs: Path, folder: str) -> None:
    """Wait until the server answers; JudgeFailed with what it said where it does not."""
    asked = [str(programs / "pg_isready"), "-q", "-h", folder, "-d", "postgres"]
    for _ in range(300):
        if subprocess.run(asked, check=False).returncode == 0:
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise JudgeFailed(f"PostgreSQL does not start: {(Path(folder) / 'log').read_text(errors='replace')}")


@functools.cache
def find_chromium() -> str | None:
    """The first browser that answers to --version; Ubuntu's stand-in for a missing snap does not."""
    named = os.environ.get("CASEBUILDER_CHROMIUM")
    names = (named,) if named else CHROMIUM_NAMES
    downloaded = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    for path in [shutil.which(name) for name in names] + [str(path) for path in downloaded]:
        if path and answers(path):
            return path
    return None


def answers(program: str) -> bool:
    """True where the program runs and tells its version."""
    asked = subprocess.run([program, "--version"], check=False, capture_output=True, timeout=60)
    return asked.returncode == 0


@functools.cache
def profile() -> Path:
    """LibreOffice's profile of this process alone (two cannot share one), always recalculating; removed at exit."""
    folder = Path(tempfile.mkdtemp(prefix="casebuilder-soffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    return folder


def run(command: Sequence[str], timeout: float) -> str:
    """What a judge printed; `JudgeFailed` where it fails or needs more than `timeout` seconds, and is then killed."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        printed, _ = process.communicate()
        raise JudgeFailed(f"{command[0]} took more than {timeout:.0f} s: {printed.strip()}") from None
    if process.returncode:
        raise JudgeFailed(f"{' '.join(command)} ended with {process.returncode}: {printed.strip()}")
    return printed


def convert(path: Path, to: str, out_dir: Path, timeout: float = 120) -> Path:
    """`path` as LibreOffice saves it in `out_dir`; `to` is a suffix and, after a colon, a filter of LibreOffice.

    LibreOffice exits with 0 even when it wrote nothing: an output left from before is removed first, and one that
    is not there afterwards is a failure.
    """
    out = out_dir / path.with_suffix("." + to.partition(":")[0]).name
    if out.resolve() == path.resolve():
        raise ValueError(f"{path} would be overwritten: convert into another folder")
    out_dir.mkdir(parents=True, exist_ok=True)
    out.unlink(missing_ok=True)
    office = [soffice(), f"-env:UserInstallation={profile().as_uri()}", "--headless", "--norestore"]
    printed = run([*office, "--convert-to", to, "--outdir", str(out_dir), str(path)], timeout)
    if not out.is_file() or not out.stat().st_size:
        raise JudgeFailed(f"LibreOffice wrote no {out.name}: {printed.strip()}")
    return out


def libreoffice_recalculate(xlsx_path: Path, out_dir: Path) -> Path:
    """The workbook as LibreOffice saves it in `out_dir`, every formula recalculated whatever was cached."""
    return convert(xlsx_path, "xlsx:Calc MS Excel 2007 XML", out_dir)


def to_pdf(path: Path, out_dir: Path | None = None) -> Path:
    """A workbook or deck as PDF, beside it or in `out_dir`."""
    return convert(path, "pdf", out_dir or path.parent)


def render_pages(pdf: Path, resolution: int = 80) -> list[Path]:
    """One PNG per page beside the PDF, in page order; `resolution` in dots per inch."""
    stem = pdf.with_name(f"{pdf.stem}-page")
    for old in pdf.parent.glob(f"{stem.name}-*.png"):
        old.unlink()
    run([pdftoppm(), "-r", str(resolution), "-png", str(pdf), str(stem)], timeout=120)
    pages = sorted(pdf.parent.glob(f"{stem.name}-*.png"))
    if not pages:
        raise JudgeFailed(f"pdftoppm drew no page of {pdf}")
    return pages
