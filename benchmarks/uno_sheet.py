"""Recalculates a workbook in a LibreOffice that listens on a pipe; run by a Python that has `uno`, job in, answer out.

    python uno_sheet.py PIPE WORKBOOK SECONDS_TO_WAIT  < job  > answer

The job is `{"runs": [[[sheet, column, row, number or text], ...], ...], "read": [[sheet, first column, first row,
last column, last row], ...], "save": path or ""}`, places counted from 0. Every run types over what the run before
left, recalculates what depends on it, and reads the areas; at last the workbook is saved as xlsx where a path is given.
The answer is `{"answers": [[rows of an area, ...], ...], "seconds": [number, ...]}`; an error is null.
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


def _done(desktop: Any, workbook: Path, job: dict[str, Any]) -> dict[str, list[Any]]:
    """Every run's answers and time."""
    document = desktop.loadComponentFromURL(workbook.as_uri(), "_blank", 0, (_property("Hidden", True),))
    document.enableAutomaticCalculation(False)
    document.calculateAll()
    areas = [document.Sheets.getByName(sheet).getCellRangeByPosition(*place) for sheet, *place in job["read"]]
    answers, seconds = [], []
    for run in job["runs"]:
        start = time.perf_counter()
        for place in run:
            _type(document, *place)
        document.calculate()
        answers.append([area.getDataArray() for area in areas])
        seconds.append(time.perf_counter() - start)
    if job["save"]:
        document.storeToURL(Path(job["save"]).as_uri(), (_property("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)
    return {"answers": answers, "seconds": seconds}


def _type(document: Any, sheet: str, column: int, row: int, value: Any) -> None:
    cell = document.Sheets.getByName(sheet).getCellByPosition(column, row)
    if isinstance(value, str):
        cell.String = value
    else:
        cell.Value = value


def _property(name: str, value: Any) -> Any:
    made = importlib.import_module("uno").createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


if __name__ == "__main__":
    sys.exit(main())
