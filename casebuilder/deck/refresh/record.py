"""What was written into a deck, as short marks in its properties: tells our words from those that somebody changed.

Marks are kept as the file's own properties, which PowerPoint and LibreOffice both save. A mark is made of a shape's
name and what it holds; nobody can read from it what was said.
"""

# mypy: allow-untyped-calls

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation

from casebuilder.deck import xml

#: Something that stands in a deck: what it is, where, and what it says.
Fact = tuple[object, ...]

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_OURS = "Casebuilder "
_PERSONA, _COMPANY, _CASE, _DESIGN, _MADE = (
    f"{_OURS}{what}" for what in ("persona", "company", "case", "design", "made")
)
#: Whose design a deck has: ours or that of a template.
OWN, TEMPLATE = "own", "template"

#: Characters of a mark (30 bits: two marks in a million coincide) and of a property, which may hold 255.
_MARK, _LONGEST = 5, 250


@dataclass(frozen=True)
class Record:
    """For whom a deck was made, of which case, in whose design, and the marks of what was written; empty if unknown."""

    persona: str = ""
    company: str = ""
    case: str = ""
    design: str = OWN
    marks: frozenset[str] = field(default=frozenset(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.marks)

    def __contains__(self, fact: Fact) -> bool:
        return mark(fact) in self.marks


def mark(fact: Fact) -> str:
    """The mark of a fact."""
    text = "\x1f".join(map(str, fact))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:_MARK])[:_MARK].decode()


def marks(facts: Iterable[Fact]) -> frozenset[str]:
    """The marks of facts."""
    return frozenset(map(mark, facts))


def read(presentation: Presentation) -> Record:
    """What the deck's properties say; an empty record where they say nothing."""
    said = dict(_properties(presentation))
    made = [value for name, value in said.items() if name.startswith(f"{_MADE} ")]
    cut = (text[at : at + _MARK] for text in made for at in range(0, len(text), _MARK))
    found = frozenset(text for text in cut if len(text) == _MARK)
    whose = said.get(_PERSONA, ""), said.get(_COMPANY, ""), said.get(_CASE, "")
    return Record(*whose, said.get(_DESIGN, OWN), found)


def write(presentation: Presentation, record: Record) -> None:
    """Puts a record into the deck's properties in place of an older one; other properties stay."""
    package = presentation.part.package
    old = _part(presentation)
    others = [element for element in _elements(old) if not (element.get("name") or "").startswith(_OURS)]
    taken = max([1, *(int(element.get("pid") or 0) for element in others)])
    said = "".join(
        f'<property fmtid="{_FORMAT}" pid="{taken + number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(xml.printable(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(_said(record).items(), start=1)
    )
    head = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}">'
    root = etree.fromstring(f"{head}{said}</Properties>")
    root[:0] = others
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if old is not None:
        old._blob = blob
    else:
        name = PackURI("/docProps/custom.xml")
        package.relate_to(Part(name, CT.OFC_CUSTOM_PROPERTIES, package, blob), RT.CUSTOM_PROPERTIES)


def _said(record: Record) -> Mapping[str, str]:
    everything = "".join(sorted(record.marks))
    cut = [everything[at : at + _LONGEST] for at in range(0, len(everything), _LONGEST)]
    named = {
        _PERSONA: record.persona,
        _COMPANY: kept(record.company),
        _CASE: kept(record.case),
        _DESIGN: record.design,
    }
    return named | {f"{_MADE} {number:03}": text for number, text in enumerate(cut, start=1)}


def kept(text: str) -> str:
    """A text as far as a property holds it."""
    return xml.printable(text)[:255]


def _properties(presentation: Presentation) -> Iterator[tuple[str, str]]:
    for element in _elements(_part(presentation)):
        yield element.get("name") or "", "".join(element.itertext())


def _elements(part: Any) -> list[Any]:
    """The properties of a file as elements; none where they cannot be read."""
    if part is None:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return list(etree.fromstring(part.blob, parser))
    except etree.XMLSyntaxError:
        return []


def _part(presentation: Presentation) -> Any:
    try:
        return presentation.part.package.part_related_by(RT.CUSTOM_PROPERTIES)
    except KeyError:
        return None
