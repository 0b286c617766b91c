"""What python-pptx has no call for, or only a slow one: new slides and notes, sections, properties."""
# mypy: allow-untyped-calls

import copy
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml import ns, parse_xml
from pptx.oxml.ns import nsdecls
from pptx.parts.slide import NotesSlidePart
from pptx.presentation import Presentation
from pptx.slide import Slide, SlideLayout

from casebuilder.case.text import forbidden

_SECTIONS = "http://schemas.microsoft.com/office/powerpoint/2010/main"
#: Characters that every file can hold, although they count as not printable.
_ALLOWED = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\n", "\t")
#: The lowest number that the file format allows a slide.
_FIRST_SLIDE = 256
_SECTION_LIST = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"

#: The name of an element as its tag, "p:sp" for example; the library puts it together anew each time.
qn: Callable[[str], str] = cache(ns.qn)


def printable(text: str) -> str:
    """The text without what no file of this kind can hold and a case refuses: controls, halves of pairs, the like."""
    rest = text
    for allowed in _ALLOWED:
        rest = rest.replace(allowed, "")
    if rest.isprintable() or forbidden(text) is None:
        return text
    return "".join(c for c in text if forbidden(c) is None)


def count_parts(presentation: Presentation) -> None:
    """Numbers new slides, charts and notes by counting on; the library looks through the whole file for each."""
    package = presentation.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    last: dict[str, int] = {}

    def next_partname(template: str) -> PackURI:
        number = last.get(template, 0) + 1
        while template % number in taken:
            number += 1
        last[template] = number
        return PackURI(template % number)

    package.next_partname = next_partname  # type: ignore[assignment, method-assign]


def elements(text: str) -> list[Any]:
    """The elements that a text of the file format holds, one after another."""
    return list(parse_xml(f"<p:spTree {nsdecls('a', 'c', 'p', 'r')}>{text}</p:spTree>"))


def add_slide(presentation: Presentation, layout: SlideLayout) -> Slide:
    """A new slide without any shapes; the library would put one into each place of the layout."""
    slide: Slide
    relation, slide = presentation.part.add_slide(layout)
    listed = presentation._element.get_or_add_sldIdLst()
    taken = [int(each.get("id")) for each in listed]
    listed._add_sldId(rId=relation, id=max([_FIRST_SLIDE - 1, *taken]) + 1)
    return slide


def add_notes(slide: Slide, blank: Any, paragraphs: Sequence[str]) -> None:
    """Speaker notes on a copy of a blank page of notes."""
    package = slide.part.package
    page, name = copy.deepcopy(blank), package.next_partname("/ppt/notesSlides/notesSlide%d.xml")
    part = NotesSlidePart(name, CT.PML_NOTES_SLIDE, package, page)
    part.relate_to(package.presentation_part.notes_master_part, RT.NOTES_MASTER)
    part.relate_to(slide.part, RT.SLIDE)
    slide.part.relate_to(part, RT.NOTES_SLIDE)
    places = (place for place in page.iter(qn("p:ph")) if place.get("type") == "body")
    body = next(places).getparent().getparent().getparent().txBody
    for old in body.findall(qn("a:p")):
        body.remove(old)
    body.extend(elements("".join(f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>" for text in paragraphs)))


def add_sections(presentation: Presentation, names: Sequence[str]) -> None:
    """Groups slides under sections, given the name of the section of each slide; no sections where all are empty."""
    if not any(names):
        return
    slides = presentation._element.iterfind(f"{qn('p:sldIdLst')}/*")
    parts = "".join(_section(name, [next(slides).get("id") for _ in same]) for name, same in groupby(names))
    extension = parse_xml(
        f'<p:ext {nsdecls("p")} uri="{_SECTION_LIST}">'
        f'<p14:sectionLst xmlns:p14="{_SECTIONS}">{parts}</p14:sectionLst></p:ext>'
    )
    root = presentation._element
    listed = root.find(qn("p:extLst"))
    if listed is None:
        listed = parse_xml(f"<p:extLst {nsdecls('p')}/>")
        root.append(listed)
    listed.append(extension)


def _section(name: str, slides: Iterable[str]) -> str:
    ids = "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
    name = printable(name)
    unique = str(uuid.uuid5(uuid.NAMESPACE_OID, name)).upper()
    start = f'<p14:section name={quoteattr(name)} id="{{{unique}}}">'
    return f"{start}<p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>"


def set_properties(
    presentation: Presentation, title: str, subject: str, keywords: str, created: datetime
) -> None:
    """What the file says about itself; nothing about the machine or the person that made it."""
    properties = presentation.core_properties
    properties.title, properties.subject = printable(title)[:255], printable(subject)[:255]
    properties.keywords, properties.author = printable(keywords)[:255], "Casebuilder"
    properties.last_modified_by, properties.revision = "Casebuilder", 1
    properties.created = properties.modified = created
