"""Peak memory of a batch of draws above its inputs and kept outputs; run as a process of its own, prints MiB."""

from __future__ import annotations

import sys
import tracemalloc

from benchmarks.measure import KEPT_TOTALS
from benchmarks.questions import drawn_by_the_product, draws


def main(count: int) -> None:
    """Print the peak of what numpy and Python allocate while the batch runs, less what it returns."""
    drawn_by_the_product(draws(64), KEPT_TOTALS)
    sizes = draws(count)
    tracemalloc.start()
    found = drawn_by_the_product(sizes, KEPT_TOTALS)
    _, peak = tracemalloc.get_traced_memory()
    kept = sum(array.nbytes for array in found.values())
    print((peak - kept) / 2**20)


if __name__ == "__main__":
    main(int(sys.argv[1]))
