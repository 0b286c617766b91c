"""What the tests of the terminal share: running a command, looking into a folder, and a system that fails."""

import errno
import os
from pathlib import Path
from typing import Any

from casebuilder.__main__ import main


def run(*arguments: Any) -> int:
    """The exit code; argparse's own ends count as one."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def inside(folder: Path) -> list[str]:
    """Everything below a folder, hidden files too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


class Refusing:
    """Stands in for a function of the system and fails at its n-th call."""

    def __init__(self, real: Any, at: int, error: Exception) -> None:
        self.real, self.left, self.error = real, at, error

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            raise self.error
        return self.real(*arguments, **named)


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
