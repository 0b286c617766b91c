"""Opens a deck that somebody edited: whose it is, of which case, which version, and what was written into it."""

# mypy: allow-untyped-calls

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn

from pptx import Presentation as opened
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.presentation import Presentation
from pptx.slide import Slide

from casebuilder.case import CaseError, Fault, library
from casebuilder.case.archive import check_archive
from casebuilder.case.paths import shorten
from casebuilder.deck import brand
from casebuilder.deck.brand import Template
from casebuilder.deck.emptied import as_deck
from casebuilder.deck.refresh import record as records
from casebuilder.deck.refresh.names import elements, named, plain, text_of
from casebuilder.pitch.records import Pitch
from casebuilder.pitch.together import COMMITTEE

#: A stamp in a footer, on the cover or in the file's keywords; see `Stamp.line`.
STAMP = re.compile(r"Version [0-9a-f]{8,}\s·\smodel\s\S+\s·\s[^\s,;]+")
_FOR = re.compile(r"^For the (.+)$")
_AS_SAVED = "the deck as PowerPoint or LibreOffice saves it: open it there and save it again"


class Edited:
    """A deck from outside; CaseError in one sentence where it must not be opened or cannot be read."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name, self._raw = name, raw
        check_archive(raw, name, "pptx")
        try:
            self.file: Presentation = opened(BytesIO(as_deck(raw)))
            _settle_properties(self.file)
            self.slides: list[Slide] = list(self.file.slides)
            self.record = records.read(self.file)
            self.stamp = next(self._stamps(), "")
            self._tagged = any(named(slide) for slide in self.slides)
        except Exception:  # whatever a library says about a damaged part, it is one sentence here
            self._refuse("the deck is damaged or incomplete", _AS_SAVED)

    def _refuse(self, found: str, allowed: str) -> NoReturn:
        raise CaseError([Fault(self.name, None, "", found, allowed)]) from None

    @property
    def persona(self) -> str:
        """For whom it was made, as the file says; empty where it does not."""
        known = library.personas()
        if self.record.persona in (*known, COMMITTEE):
            return self.record.persona
        roles = [self._subject.rpartition(": ")[2], *self._for_whom()]
        return next((id for role in roles for id, persona in known.items() if persona.title == role), "")

    @property
    def company(self) -> str:
        """Whose case it was made from; empty where nothing says it."""
        return self.record.company or self._subject.rpartition(": ")[0]

    @property
    def case(self) -> str:
        """What the case was called; empty where nothing says it."""
        return self.record.case or (self.file.core_properties.title if self.record or self.stamp else "")

    @property
    def _subject(self) -> str:
        return str(self.file.core_properties.subject or "")

    def template(self) -> Template | None:
        """The design of somebody's own that it was made in; none where it has ours or that is no longer to be used."""
        if self.record.design != records.TEMPLATE:
            return None
        try:
            return brand.opened(self._raw, self.name)
        except CaseError:
            return None

    def check_ours(self) -> None:
        """CaseError where nothing in the deck is ours."""
        if not self._tagged and not self.record:
            allowed = "a deck that this program made, in which its shapes kept their names"
            self._refuse("no shape in it is one that this program made", allowed)

    def check_persona(self, persona: str) -> None:
        """CaseError where nobody says for whom the deck is."""
        if not persona:
            allowed = "a deck whose stakeholder is named beside it, as in --persona cfo"
            self._refuse("it does not say any more for whom it was made", allowed)

    def check_case(self, pitch: Pitch) -> None:
        """CaseError where it is the deck of another company's case."""
        if self.company and plain(self.company) != plain(records.kept(pitch.company)):
            found = f"this is a deck of {shorten(self.company, 80)}, and the case is one of {pitch.company}"
            self._refuse(found, "the case it was made from; nothing was changed")

    def _for_whom(self) -> Iterator[str]:
        """What covers say in the words of the deck."""
        for text in self._texts():
            for line in text.splitlines():
                found = _FOR.match(plain(line))
                if found:
                    yield found[1]

    def _stamps(self) -> Iterator[str]:
        for text in (*self._texts(), str(self.file.core_properties.keywords or "")):
            found = STAMP.search(text)
            if found:
                yield plain(found[0])

    def _texts(self) -> Iterator[str]:
        for slide in self.slides:
            for element in elements(slide):
                yield text_of(
                    element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}txBody")
                )


def _settle_properties(file: Presentation) -> None:
    """LibreOffice calls the way to the file's properties by another name, under which the library does not find it."""
    package = file.part.package
    for rel in list(package._rels.values()):
        if rel.reltype.endswith("/metadata/core-properties") and rel.reltype != RT.CORE_PROPERTIES:
            package.drop_rel(rel.rId)
            package.relate_to(rel.target_part, RT.CORE_PROPERTIES)
