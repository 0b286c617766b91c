"""Print the measurements as a table, or as JSON with --json; exit code 1 where a goal is missed."""

from __future__ import annotations

import json
import sys

from benchmarks.measure import MEASUREMENTS, agreement


def main() -> int:
    """Measure, print, and say whether every goal is met."""
    off = agreement()
    if not off < 1e-9:
        print(
            f"The kernel and the model differ by {off:.3g} of the largest result: no timing means anything.",
            file=sys.stderr,
        )
        return 1
    figures = [measure() for measure in MEASUREMENTS]
    if "--json" in sys.argv[1:]:
        print(
            json.dumps(
                {
                    figure.id: {"value": figure.value, "goal": figure.goal, "ok": figure.ok}
                    for figure in figures
                }
            )
        )
    else:
        for figure in figures:
            verdict = "ok" if figure.ok else "missed"
            print(f"{figure.words:<52} {figure.value:8.2f} {figure.unit:<6} goal {figure.goal:g}  {verdict}")
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
