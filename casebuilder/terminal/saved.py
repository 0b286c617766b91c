"""Commands for the cases that the app keeps: list them, back them up and restore them, verify them, move them.

The store is opened by the command that needs it, so that the others do not wait for its libraries.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder.terminal.speaking import BROKEN, Refused, say, tell

if TYPE_CHECKING:
    from casebuilder.store import SavedCase
    from casebuilder.store.moving import Moved

Command = Callable[[argparse.Namespace], int]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The five commands."""
    listed = _command(commands, "cases", "list the cases that the app keeps", _cases)
    listed.add_argument("--bin", action="store_true", help="those that were deleted, instead")
    backup = _command(commands, "backup", "copy the saved cases into one file, while the app runs", _backup)
    backup.add_argument("file", type=Path, metavar="FILE", help="the new file; it holds private notes")
    restore = _command(commands, "restore", "make the saved cases what they were in a backup", _restore)
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup; it stays as it is")
    restore.add_argument(
        "--replace", action="store_true", help="put them in the place of those there, which are copied before"
    )
    _command(commands, "verify", "say whether every saved version is still what was saved", _verify)
    migrate = _command(commands, "migrate", "copy the saved cases to another place, and compare", _migrate)
    migrate.add_argument(
        "to", metavar="TO", help="an empty place, as in postgresql://<user>@<host>/<database>"
    )


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str, run: Command
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words)
    parser.add_argument(
        "--store",
        metavar="URL",
        help="where the cases are; without it what CASEBUILDER_DATABASE_URL says, else the usual file",
    )
    parser.set_defaults(run=lambda given: _refusing(run, given))
    return parser


def _refusing(run: Command, given: argparse.Namespace) -> int:
    """Run a command; what the store does not do is refused in its own words."""
    from casebuilder.store import StoreError

    try:
        return run(given)
    except StoreError as error:
        raise Refused(str(error)) from error


def _url(given: argparse.Namespace) -> str:
    from casebuilder.store.address import FOLDER, default_url

    return given.store or default_url(FOLDER)


def _cases(given: argparse.Namespace) -> int:
    from casebuilder.store import Store
    from casebuilder.store.address import file_of, parsed, where

    address = parsed(_url(given))
    path = file_of(address)
    if path is not None and not path.exists():
        say(f"No case is kept yet: {path} is not there.")
        return 0
    with Store(_url(given)) as store:
        found = store.cases(in_bin=given.bin)
    for case in found:
        tell(_line(case))
    say(f"{_many(len(found), 'case')} in {where(address)}{', in the bin' if given.bin else ''}.")
    return 0


def _line(case: SavedCase) -> str:
    """A case with what tells it from others; the last part is its name in the app's address, after `?case=`."""
    waiting = f"{case.waiting} waiting for a choice" if case.waiting else ""
    said = [
        case.title, case.fingerprint, _many(case.versions, "version"), waiting,
        f"{case.saved_at:%Y-%m-%d %H:%M} UTC", f"by {case.author}" if case.author else "", case.id,
    ]  # fmt: skip
    return " · ".join(filter(None, said))


def _backup(given: argparse.Namespace) -> int:
    from casebuilder.store import backup

    moved = backup(_url(given), given.file)
    say(f"Wrote {given.file}: {_counted(moved)}, private notes included.")
    return 0


def _restore(given: argparse.Namespace) -> int:
    from casebuilder.store import restore
    from casebuilder.store.address import file_of, parsed, where

    address = parsed(_url(given))
    path = file_of(address)
    there = path is not None and path.exists()
    if there and not given.replace:
        raise Refused(
            f"{path} is there already and was left as it is; with --replace the backup takes its place, and what is "
            "there now is copied beside it first."
        )
    moved = restore(given.file, _url(given), replace=given.replace)
    beside = " What was there before lies in a file beside it." if there else ""
    say(f"{_counted(moved)} restored to {where(address)}.{beside} If the app runs, start it again.")
    return 0


def _verify(given: argparse.Namespace) -> int:
    from casebuilder.store import verify

    found = verify(_url(given))
    for problem in found.problems:
        tell(problem)
    looked = f"{_many(found.cases, 'case')}, {_many(found.versions, 'version')}"
    if found.problems:
        say(f"{looked}: {_many(len(found.problems), 'problem')}.")
        return BROKEN
    tell(f"{looked}: everything is as it was saved.")
    return 0


def _migrate(given: argparse.Namespace) -> int:
    from casebuilder.store import VARIABLE, migrate
    from casebuilder.store.address import parsed, where

    source, target = parsed(_url(given)), parsed(given.to)
    if source == target:
        raise Refused(f"The saved cases are in {where(target)} already; name where they are with --store.")
    moved = migrate(_url(given), given.to)
    say(
        f"{_counted(moved)} copied from {where(source)} to {where(target)}, and compared. Set {VARIABLE} to the new "
        "place and start the app again; what was there stays as it is."
    )
    return 0


def _counted(moved: Moved) -> str:
    return f"{_many(moved.cases, 'case')} with {_many(moved.versions, 'version')}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
