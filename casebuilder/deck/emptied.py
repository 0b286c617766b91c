"""Takes somebody's presentation down to its design: masters, layouts and theme stay, all that it said is gone."""

# mypy: allow-untyped-calls

import zipfile
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx import Presentation as opened
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation

#: What the main part of a deck is; a template (.potx) and a slide show (.ppsx) differ from it in this alone.
_MAIN = b"presentationml.presentation.main+xml"
_OTHER_MAINS = (b"presentationml.template.main+xml", b"presentationml.slideshow.main+xml")

#: What a presentation needs besides its slides, by the last word of the relationship's type.
_KEPT = {
    "slideMaster",
    "notesMaster",
    "handoutMaster",
    "theme",
    "tableStyles",
    "presProps",
    "viewProps",
    "font",
}

#: What a presentation says about slides that are no longer there, or about the people who made them.
_SAYS = ("custShowLst", "photoAlbum", "custDataLst", "modifyVerifier", "extLst")
_BARE = {"presProps": "presentationPr", "viewProps": "viewPr"}


@dataclass(frozen=True)
class Uses:
    """Which layouts the presentation's own slides used: that of the first one, and how often each, by part name."""

    first: str
    times: Counter[str]


def as_deck(raw: bytes) -> bytes:
    """A template or slide show as a deck that can be opened; a deck as it is."""
    with zipfile.ZipFile(BytesIO(raw)) as old:
        types = old.read("[Content_Types].xml")
        if not any(main in types for main in _OTHER_MAINS):
            return raw
        for main in _OTHER_MAINS:
            types = types.replace(main, _MAIN)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, types if name == "[Content_Types].xml" else old.read(name))
    return out.getvalue()


def uses(file: Presentation) -> Uses:
    """Which layouts its slides use."""
    names = [str(slide.slide_layout.part.partname) for slide in file.slides]
    return Uses(names[0] if names else "", Counter(names[1:]))


def empty(raw: bytes) -> tuple[bytes, Uses]:
    """The design alone, as a deck without slides, and what its slides had used. Whatever python-pptx raises."""
    file = opened(BytesIO(as_deck(raw)))
    used = uses(file)
    root = file._element
    for tag in _SAYS:
        for element in root.findall(qn(f"p:{tag}")):
            root.remove(element)
    root.attrib.pop("firstSlideNum", None)
    if root.sldIdLst is not None:
        root.remove(root.sldIdLst)
    _keep(file.part, _KEPT)
    _keep(file.part.package, {RT.OFFICE_DOCUMENT.rsplit("/", 1)[1]})
    _settings(file.part)
    _without_jumps(file)
    _notes(file)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue(), used


def _keep(part: Any, kinds: set[str]) -> None:
    """Only relationships of these kinds; parts that nothing leads to are not written."""
    for rel in list(part._rels.values()):
        if rel.reltype.rsplit("/", 1)[1] not in kinds:
            part._rels.pop(rel.rId)


def _settings(main: Part) -> None:
    """How somebody last looked at it: may lead to slides, and is nobody else's business."""
    for rel in main.rels.values():
        kind = rel.reltype.rsplit("/", 1)[1]
        if kind in _BARE:
            _keep(rel.target_part, set())
            said = (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<p:{_BARE[kind]} {nsdecls("p")}/>'
            )
            rel.target_part._blob = said.encode()


def _without_jumps(file: Presentation) -> None:
    """Links from masters and layouts to slides, which would bring these along."""
    for master in file.slide_masters:
        for part in (master.part, *(layout.part for layout in master.slide_layouts)):
            for rel in [rel for rel in part.rels.values() if rel.reltype == RT.SLIDE]:
                for link in part._element.xpath(f'.//*[@r:id="{rel.rId}"]'):
                    link.getparent().remove(link)
                part._rels.pop(rel.rId)


def _notes(file: Presentation) -> None:
    """A notes master without a place for text is left out: the library then makes one that has it."""
    try:
        master: Any = file.part.part_related_by(RT.NOTES_MASTER)
    except KeyError:
        return
    if not master._element.xpath('.//p:ph[@type="body"]'):
        for rel in [rel for rel in file.part.rels.values() if rel.reltype == RT.NOTES_MASTER]:
            file.part._rels.pop(rel.rId)
        for element in file._element.findall(qn("p:notesMasterIdLst")):
            file._element.remove(element)
