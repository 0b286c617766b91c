"""Recalculates a workbook in a LibreOffice that listens on a pipe; run by a Python that has `uno`, job in, answer out.

    python uno_sheet.py PIPE WORKBOOK SECONDS_TO_WAIT  < job  > answer

The job is `{"inputs": sheet, "answer": [sheet, column, row], "runs": [[[column, row, number], ...], ...]}`, places
counted from 0. Every run types its numbers over what the run before left, recalculates what depends on them, and
reads one cell. The answer is `{"answers": [number, ...], "seconds": [number, ...]}`.
"""

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any


def main() -> int:
    """Do the job."""
    pipe, workbook, patience = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    job = json.load(sys.stdin)
    print(json.dumps(_done(_desktop(pipe, patience), workbook, job)))
    return 0


def _desktop(pipe: str, patience: float) -> Any:
    """LibreOffice's desktop, once it answers."""
    uno = importlib.import_module("uno")
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    nobody = uno.getClass("com.sun.star.connection.NoConnectException")
    end = time.monotonic() + patience
    while True:
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except nobody:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _done(desktop: Any, workbook: Path, job: dict[str, Any]) -> dict[str, list[float]]:
    """Every run's answer and time."""
    hidden = importlib.import_module("uno").createUnoStruct("com.sun.star.beans.PropertyValue")
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(workbook.as_uri(), "_blank", 0, (hidden,))
    document.enableAutomaticCalculation(False)
    document.calculateAll()
    inputs = document.Sheets.getByName(job["inputs"])
    sheet, column, row = job["answer"]
    answer = document.Sheets.getByName(sheet).getCellByPosition(column, row)
    answers, seconds = [], []
    for run in job["runs"]:
        start = time.perf_counter()
        for at, down, number in run:
            inputs.getCellByPosition(at, down).Value = number
        document.calculate()
        answers.append(answer.Value)
        seconds.append(time.perf_counter() - start)
    document.close(True)
    return {"answers": answers, "seconds": seconds}


if __name__ == "__main__":
    sys.exit(main())
