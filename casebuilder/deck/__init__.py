"""As PowerPoint: an editable deck from a pitch, in our own design or another; it decides places, never words."""

from casebuilder.deck import brand, design, xml
from casebuilder.deck.brand import Template
from casebuilder.deck.compose import Deck
from casebuilder.deck.dress import dress
from casebuilder.deck.links import connect
from casebuilder.deck.packing import creation, packed
from casebuilder.deck.refresh import facts, record
from casebuilder.deck.slides import draw
from casebuilder.pitch.records import Exhibit, Pitch

__all__ = ["render"]


def render(pitch: Pitch, template: Template | bytes | None = None) -> bytes:
    """The .pptx of a pitch, exhibits in their order; the same bytes for the same pitch and template.

    `template` is somebody's own design, opened by `brand.opened` or as its file; without it the deck has ours.
    CaseError where the file is none that we can use.
    """
    if isinstance(template, bytes):
        template = brand.opened(template, "the template")
    deck = Deck(template.design() if template else design.own(), pitch)
    xml.count_parts(deck.file)
    drawn: list[Exhibit] = []
    for exhibit in pitch.exhibits:
        draw(deck, exhibit)
        drawn += [exhibit] * (len(deck.file.slides) - len(drawn))
    slides = list(deck.file.slides)
    connect(list(zip(drawn, slides, strict=True)))
    if template:
        for slide in slides:
            dress(slide, template)
    xml.add_sections(deck.file, [exhibit.section for exhibit in drawn])
    created = creation(pitch.stamp.as_of)
    xml.set_properties(
        deck.file, pitch.case_title, f"{pitch.company}: {pitch.role}", pitch.stamp.line, created
    )
    facts.remember(deck.file, pitch, record.TEMPLATE if template else record.OWN)
    return packed(deck.file)
