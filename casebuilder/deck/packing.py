"""Packs a presentation byte for byte repeatably: the same pitch always gives the same file."""

# mypy: allow-untyped-calls

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
from pptx.opc.spec import default_content_types
from pptx.presentation import Presentation

#: The oldest time a zip file can hold; when a file was packed says nothing about the case.
_PACKED = (1980, 1, 1, 0, 0, 0)
#: How hard files are made small: a deck is small anyway, and the usual 6 takes a twentieth of the time of writing it.
_EFFORT = 1
_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_NAMES = "http://schemas.openxmlformats.org/package/2006"

#: Stands where nothing is known about a date.
SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def packed(presentation: Presentation) -> bytes:
    """The file of a presentation; the library's own way of saving writes the time of day into it."""
    package = presentation.part.package
    parts = list(package.iter_parts())
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        member(file, CONTENT_TYPES_URI.membername, _content_types(parts))
        member(file, PACKAGE_URI.rels_uri.membername, _relationships(package._rels, PACKAGE_URI.baseURI))
        for part in parts:
            member(file, part.partname.membername, part.blob)
            if part.rels:
                member(
                    file, part.partname.rels_uri.membername, _relationships(part.rels, part.partname.baseURI)
                )
    return stream.getvalue()


def member(file: zipfile.ZipFile, name: str, content: bytes | str, small: bool = True) -> None:
    """Adds a file to an archive, made small or as it is, without the time at which that was done."""
    way = zipfile.ZIP_DEFLATED if small else zipfile.ZIP_STORED
    file.writestr(zipfile.ZipInfo(name, _PACKED), content, way, _EFFORT)


def _relationships(rels: Any, folder: str) -> str:
    """The relationships of a part that stands in a folder of the package."""
    found = "".join(
        f'<Relationship Id="{id}" Type="{rel.reltype}" Target={_target(rel, folder)}/>'
        for id, rel in sorted(rels.items(), key=lambda each: (len(each[0]), each[0]))
    )
    return f'{_HEAD}<Relationships xmlns="{_NAMES}/relationships">{found}</Relationships>'


def _target(rel: Any, folder: str) -> str:
    """Where a relationship leads, as seen from the folder; the library takes a multiple of the time for the same."""
    if rel.is_external:
        return f'{quoteattr(rel.target_ref)} TargetMode="External"'
    here, there = folder.strip("/").split("/"), rel.target_part.partname.strip("/").split("/")
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    up = len(here) - shared if folder != "/" else 0
    return quoteattr("/".join([".."] * up + there[shared:]))


def _content_types(parts: Iterable[Any]) -> str:
    """Types of parts by the ending of their names where that says it, else one by one."""
    endings, others = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML}, {}
    for part in parts:
        ending = part.partname.ext.lower()
        if (ending, part.content_type) in default_content_types:
            endings[ending] = part.content_type
        else:
            others[part.partname] = part.content_type
    said = [f'<Default Extension="{ending}" ContentType="{endings[ending]}"/>' for ending in sorted(endings)]
    said += [
        f'<Override PartName={quoteattr(name)} ContentType="{others[name]}"/>' for name in sorted(others)
    ]
    return f'{_HEAD}<Types xmlns="{_NAMES}/content-types">{"".join(said)}</Types>'


def creation(as_of: str) -> datetime:
    """The date of a stamp as the date of its file; some fixed day where it is no date."""
    try:
        return datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    except ValueError:
        return SOME_DAY
