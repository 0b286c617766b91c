"""Makes a package byte for byte repeatable: the same pitch always gives the same file."""

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

#: The oldest time a zip file can hold; when a file was packed says nothing about the case.
_PACKED = (1980, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")

#: Stands where nothing is known about a date.
SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def same_bytes(package: bytes, created: datetime = SOME_DAY) -> bytes:
    """The package with fixed times in its zip directory and `created` as its date, in embedded workbooks too."""
    date = created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xlsx"):
                content = same_bytes(content, created)
            elif name == "docProps/core.xml":
                content = _DATES.sub(rb"\g<1>" + date + rb"\g<3>", content)
            new.writestr(zipfile.ZipInfo(name, _PACKED), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def creation(as_of: str) -> datetime:
    """The date of a stamp as the date of its file; some fixed day where it is no date."""
    try:
        return datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    except ValueError:
        return SOME_DAY
