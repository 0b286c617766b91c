"""Brings the data of an older file to the format of today; a newer one is refused."""

from collections.abc import Callable, Mapping
from typing import Any

from casebuilder.case.errors import Flaw
from casebuilder.case.words import said

#: The version of the file format this program reads and writes.
FORMAT = 1
VERSION_KEY = "casebuilder"

Step = Callable[[dict[str, Any]], dict[str, Any]]

#: Version -> what turns data of that version into data of the next. The first format is 1: nothing is older yet.
STEPS: Mapping[int, Step] = {}


def version_flaw(
    data: Mapping[str, Any], steps: Mapping[int, Step] = STEPS, newest: int = FORMAT
) -> Flaw | None:
    """Why the format of the data cannot be read, or None."""
    version = data.get(VERSION_KEY)
    place, allowed = (VERSION_KEY,), str(newest)
    if VERSION_KEY not in data:
        return Flaw(
            place, "the version of the file format is missing", f"{newest}, as in {VERSION_KEY}: {newest}"
        )
    if isinstance(version, bool) or not isinstance(version, int):
        return Flaw(place, f"{said(version)} stands where the version of the file format belongs", allowed)
    if version > newest:
        found = f"this case has format {version} and was written by a newer version of Casebuilder"
        return Flaw(place, found, f"{newest} in this version; update Casebuilder to open the case")
    if version < min([newest, *steps]):
        return Flaw(place, f"there is no format {version}", allowed)
    return None


def migrated(data: dict[str, Any], steps: Mapping[int, Step] = STEPS, newest: int = FORMAT) -> dict[str, Any]:
    """The data in the newest format, one step per version; data of the newest format comes back as it is."""
    for version in range(data[VERSION_KEY], newest):
        data = {**steps[version](data), VERSION_KEY: version + 1}
    return data
