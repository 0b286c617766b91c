"""Peak memory of a batch of draws above its inputs and kept outputs; run as a process of its own, prints MiB."""

from __future__ import annotations

import sys
import tracemalloc

from benchmarks.measure import KEPT_TOTALS, draws, frozen
from casebuilder.model.model import evaluate


def main(count: int) -> None:
    """Print the peak of what numpy and Python allocate while the batch runs, less what it returns."""
    case = frozen()
    keep = case.keep(KEPT_TOTALS)
    evaluate(case.model, case.drawn(draws(64)), keep)
    inputs = case.drawn(draws(count))
    tracemalloc.start()
    found = evaluate(case.model, inputs, keep)
    _, peak = tracemalloc.get_traced_memory()
    kept = sum(array.nbytes for array in found.values())
    print((peak - kept) / 2**20)


if __name__ == "__main__":
    main(int(sys.argv[1]))
