"""Rows inserted and taken out by LibreOffice itself; run by a Python that has `uno`: PIPE SOURCE TARGET EDITS.

EDITS is a JSON list of [sheet, row counted from 0, how many], fewer than 0 to take out; they are made in order.
"""

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any


def main() -> int:
    """Open, edit, recalculate, save."""
    pipe, source, target, edits = sys.argv[1:]
    uno = importlib.import_module("uno")
    document = _desktop(uno, pipe).loadComponentFromURL(
        Path(source).as_uri(), "_blank", 0, (_property(uno, "Hidden", True),)
    )
    for name, row, count in json.loads(edits):
        rows = document.Sheets.getByName(name)
        rows.unprotect("")
        (rows.Rows.insertByIndex if count > 0 else rows.Rows.removeByIndex)(row, abs(count))
    document.calculateAll()
    document.storeToURL(Path(target).as_uri(), (_property(uno, "FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)
    return 0


def _desktop(uno: Any, pipe: str) -> Any:
    """LibreOffice's desktop, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    nobody = uno.getClass("com.sun.star.connection.NoConnectException")
    for _ in range(600):
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except nobody:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def _property(uno: Any, name: str, value: Any) -> Any:
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


if __name__ == "__main__":
    sys.exit(main())
