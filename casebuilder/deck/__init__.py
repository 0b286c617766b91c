"""As PowerPoint: an editable deck from a pitch, in our own 16:9 design; it decides places, never words or numbers."""

from io import BytesIO
from itertools import groupby
from pathlib import Path

from pptx import Presentation

from casebuilder.deck import xml
from casebuilder.deck.compose import Deck
from casebuilder.deck.packing import creation, same_bytes
from casebuilder.deck.slides import draw
from casebuilder.pitch.records import Pitch

__all__ = ["render"]

TEMPLATE = Path(__file__).with_name("template.pptx")


def render(pitch: Pitch) -> bytes:
    """The .pptx of a pitch, exhibits in their order; the same bytes for the same pitch."""
    deck = Deck(Presentation(str(TEMPLATE)), pitch)
    sections: list[tuple[str, int]] = []
    for exhibit in pitch.exhibits:
        draw(deck, exhibit)
        sections += [(exhibit.section, slide.slide_id) for slide in list(deck.file.slides)[len(sections) :]]
    if any(name for name, _ in sections):
        groups = groupby(sections, key=lambda item: item[0])
        xml.add_sections(deck.file, [(name, [slide for _, slide in slides]) for name, slides in groups])
    created = creation(pitch.stamp.as_of)
    xml.set_properties(
        deck.file, pitch.case_title, f"{pitch.company}: {pitch.role}", pitch.stamp.line, created
    )
    stream = BytesIO()
    deck.file.save(stream)
    return same_bytes(stream.getvalue(), created)
