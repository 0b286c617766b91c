"""Processes of their own that save into a store: editors side by side, and one that is killed while it writes."""

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from casebuilder.case import Case
from casebuilder.store import Conflict, Store
from tests.store.samples import case, titled

#: Processes start from one that has imported everything: a start takes milliseconds, and nothing is shared.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__])

#: What an editor's save came to: its title, and the number of the version that holds it.
Saved = tuple[str, int]


def edit(url: str, case_id: str, name: str, times: int, answers: Connection) -> None:
    """Save `times` edits, each made from the newest version seen, and answer with every version that holds one."""
    like, kept = case(), list[Saved]()
    with Store(url) as store:
        expected = store.about(case_id).version
        for turn in range(times):
            title = f"{name}-{turn}"
            try:
                expected = store.save(case_id, titled(title, like), expected=expected, author=name).number
                kept.append((title, expected))
            except Conflict as conflict:
                expected = conflict.theirs.version.number
                kept.append((title, conflict.mine.version.number))
    answers.send(kept)


def write_until_killed(url: str, name: str, answers: Connection) -> None:
    """Make cases and save into them without end, telling each save after it was answered."""
    like: Case = case()
    with Store(url) as store:
        turn = 0
        while True:
            version = store.create(titled(f"{name}-{turn}", like), author=name)
            answers.send((version.case_id, version.number, version.title))
            for _ in range(20):
                turn += 1
                title = f"{name}-{turn}"
                version = store.save(
                    version.case_id, titled(title, like), expected=version.number, author=name
                )
                answers.send((version.case_id, version.number, title))


def started(target: object, *given: object) -> tuple[ForkServerProcess, Connection]:
    """A process at work, and the end of a pipe from which its answers come."""
    mine, theirs = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=target, args=(*given, theirs))  # type: ignore[arg-type]
    process.start()
    theirs.close()
    return process, mine
