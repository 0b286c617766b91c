"""Which edition of this program wrote a workbook: how it prints a case follows from nothing else."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

#: The parts of the program that decide what stands in a workbook.
_PARTS = ("library", "case", "model", "analysis", "pitch", "workbook")
_TEXTS = (".py", ".yaml")


@lru_cache(maxsize=1)
def edition() -> str:
    """Twelve characters that are others as soon as anything in these parts is."""
    root, digest = Path(__file__).parents[1], hashlib.sha256()
    for part in _PARTS:
        for path in sorted((root / part).rglob("*")):
            if path.suffix in _TEXTS:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
