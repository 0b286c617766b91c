"""Walks through an edited deck beside the fresh one and brings what is ours up to date, shape by shape."""

# mypy: allow-untyped-calls

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx import Presentation as opened
from pptx.presentation import Presentation
from pptx.slide import Slide

from casebuilder.deck.refresh import chart_data, facts, record
from casebuilder.deck.refresh.edited import STAMP, Edited
from casebuilder.deck.refresh.findings import Finding, Refreshed, What
from casebuilder.deck.refresh.lost_names import with_names
from casebuilder.deck.refresh.names import (
    NOTES,
    PAGE,
    Place,
    Shape,
    Tag,
    named,
    notes_of,
    on_one_line,
    paragraphs,
    place_of,
    plain,
    text_of,
    words_of,
)
from casebuilder.deck.refresh.names import STAMP as STAMPED
from casebuilder.deck.refresh.reset_chart import changed_values, reset_chart
from casebuilder.deck.refresh.reset_table import reset_table
from casebuilder.deck.refresh.rewords import reword, say_text, skeleton
from casebuilder.pitch.records import Pitch


@dataclass(frozen=True)
class Fresh:
    """A slide of the deck as the case is now: its shapes by piece and its notes."""

    slide: Slide
    shapes: Mapping[str, Shape]
    notes: Any


def refresh(deck: Edited, pitch: Pitch, fresh: bytes) -> Refreshed:
    """The edited deck with everything of ours as the case is now; `fresh` is the deck that the pitch gives today.

    CaseError where it is no deck of this case.
    """
    deck.check_ours()
    deck.check_case(pitch)
    return _Refresh(deck, pitch, opened(BytesIO(fresh))).run()


class _Refresh:
    """One run over one deck."""

    def __init__(self, deck: Edited, pitch: Pitch, fresh: Presentation) -> None:
        self.deck, self.pitch, self.known = deck, pitch, deck.record
        self.fresh_marks = record.read(fresh).marks
        self.fresh = dict(_places(fresh))
        self.seen: set[Place] = set()
        self.found: list[Finding] = []
        self.stamped = 0

    def run(self) -> Refreshed:
        """Everything, slide by slide in the order of the edited deck."""
        for number, slide in enumerate(self.deck.slides, start=1):
            self._slide(number, slide)
        for place, fresh in self.fresh.items():
            if place not in self.seen and facts.slide_fact(place) not in self.known:
                self._tell("added", 0, place, "slide", "", _title(fresh))
        properties = self.deck.file.core_properties
        properties.keywords = STAMP.sub(self.pitch.stamp.line, properties.keywords or "")[:255]
        self._remember()
        stream = BytesIO()
        self.deck.file.save(stream)
        case = self.deck.case
        renamed = (
            (case, self.pitch.case_title) if case and plain(case) != plain(self.pitch.case_title) else None
        )
        return Refreshed(
            self.deck.name,
            self.pitch.persona,
            stream.getvalue(),
            tuple(self.found),
            self.deck.stamp,
            self.pitch.stamp.line,
            self.stamped,
            bool(self.known),
            renamed,
        )

    def _slide(self, number: int, slide: Slide) -> None:
        shapes = with_names(slide, named(slide), self.fresh, self.known)
        self.seen |= {shape.tag.place for shape in shapes}
        for place in dict.fromkeys(shape.tag.place for shape in shapes):
            mine = [shape for shape in shapes if shape.tag.place == place]
            if place in self.fresh:
                self._place(number, place, mine)
            else:
                self._tell("gone", number, place, "slide", _words(mine))
        home = place_of(shapes)
        if home is not None and home in self.fresh:
            self._notes(number, home, slide)

    def _place(self, number: int, place: Place, shapes: Sequence[Shape]) -> None:
        """The shapes of one slide of an exhibit."""
        fresh, theme = self.fresh[place].shapes, facts.theme_of(shapes[0].slide)
        pairs = _paired(shapes, fresh)
        for shape, model in pairs:
            if shape.tag.piece == PAGE:
                continue
            if model is None or model.kind != shape.kind:
                if shape.kind in ("table", "chart") or text_of(shape.body).strip():
                    self._tell("gone", number, place, _piece(shape), text_of(shape.body))
                continue
            self._shape(number, shape, model, theme)
            if model.tag != shape.tag:
                shape.called(model.tag, model.properties.get("name"))
        taken = {model.tag for _, model in pairs if model is not None}
        for model in fresh.values():
            new = model.tag not in taken and facts.shape_fact(model.tag) not in self.known
            if new and self.known and model.tag.piece != PAGE:
                self._tell("added", number, place, _piece(model), "", text_of(model.body))

    def _shape(self, number: int, shape: Shape, model: Shape, theme: dict[str, str]) -> None:
        if shape.tag.piece == STAMPED:
            self._stamp(number, shape, model)
        elif shape.kind == "text":
            self._text(number, shape.tag, shape.body, model, theme)
        elif shape.kind == "table":
            self._table(number, shape, model)
        else:
            self._chart(number, shape, model, theme)

    # Texts

    def _stamp(self, number: int, shape: Shape, model: Shape) -> None:
        """The version of the case; words that somebody added around it stay."""
        new = self.pitch.stamp.line
        found = False
        for paragraph in paragraphs(shape.body):
            said = words_of(paragraph)
            if STAMP.search(said):
                found = True
                self.stamped += STAMP.search(said)[0] != new  # type: ignore[index]
                say_text(paragraph, STAMP.sub(new, said)) if STAMP.sub(new, said) != said else None
        if not found and plain(text_of(shape.body)) != plain(text_of(model.body)):
            self._tell("yours", number, shape.tag.place, STAMPED, text_of(shape.body), text_of(model.body))

    def _text(self, number: int, tag: Tag, body: Any, model: Shape, theme: dict[str, str]) -> None:
        old, new = text_of(body), text_of(model.body)
        if plain(old) == plain(new):
            return
        if not self._is_ours(tag, body, new):
            self._tell("yours", number, tag.place, _piece(model), old, new)
            return
        looks = facts.sizes_fact(tag, body) in self.known if self.known else True
        if facts.has_roles(tag) and self.known:
            looks = looks and any(facts.colours_fact(tag, body, each) in self.known for each in ({}, theme))
        reword(body, model.body, as_source=looks)
        self._tell("changed", number, tag.place, _piece(model), old, new)

    def _is_ours(self, tag: Tag, body: Any, new: str) -> bool:
        """Whether a text stands as it was written; without a record, whether its words are those of the new one."""
        if self.known:
            return facts.text_fact(tag, body) in self.known
        return skeleton(text_of(body)) == skeleton(new)

    def _notes(self, number: int, place: Place, slide: Slide) -> None:
        """Speaker notes that are still ours; notes that somebody wrote or took out stay so."""
        body, wanted = notes_of(slide), self.fresh[place].notes
        old, new = text_of(body), text_of(wanted)
        if plain(old) == plain(new):
            return
        if not plain(old):
            if facts.shape_fact(Tag(place, NOTES)) not in self.known:
                self._tell("added", number, place, NOTES, "", new)
            return
        if not self._is_ours(Tag(place, NOTES), body, new):
            self._tell("yours", number, place, NOTES, old, new)
        elif plain(new):
            reword(body, wanted, as_source=False)
            self._tell("changed", number, place, NOTES, old, new)
        else:
            self._tell("gone", number, place, NOTES, old)

    # Tables and charts

    def _table(self, number: int, shape: Shape, model: Shape) -> None:
        place, rows = shape.tag.place, len(facts.rows_of(shape.table))

        def tell(what: What, where: str, old: str, new: str) -> None:
            self._tell(what, number, place, ", ".join(filter(None, ("table", where))), old, new)

        reset_table(shape.tag, shape.element, shape.table, model.table, self.known, tell)
        self._described(shape, model)
        more = len(facts.rows_of(shape.table)) - rows
        if more > 0:
            rows_more = "one more row" if more == 1 else f"{more} more rows"
            self._tell(
                "look", number, place, "table", "", f"{rows_more}: see that all stands well on the slide"
            )

    def _chart(self, number: int, shape: Shape, model: Shape, theme: dict[str, str]) -> None:
        place, space, fresh = shape.tag.place, shape.chart._element, model.chart._element
        differing, count = changed_values(space, fresh)
        if not differing:
            self._described(shape, model)
            return
        if not self._shows_ours(shape.tag, space, fresh):
            self._tell(
                "yours", number, place, "chart", "", f"{differing} of its {count} numbers and words differ"
            )
            return
        anew = reset_chart(shape.tag, shape.chart, model.chart, self.known, theme)
        self._tell("redrawn" if anew else "changed", number, place, "chart", "", f"{differing} of {count}")
        if not anew and chart_data.axes_fact(model.tag, shape.chart._element) != chart_data.axes_fact(
            model.tag, fresh
        ):
            self._tell(
                "look", number, place, "chart", "", "its axes were set by hand: see that all values fit"
            )
        self._described(shape, model)

    def _shows_ours(self, tag: Tag, space: Any, fresh: Any) -> bool:
        if self.known:
            return chart_data.data_fact(tag, space) in self.known
        names = [
            [skeleton(chart_data.name(row)) for row in chart_data.series(each)] for each in (space, fresh)
        ]
        return names[0] == names[1]

    def _described(self, shape: Shape, model: Shape) -> None:
        """What a screen reader says, where that is ours or lost."""
        old, new = (each.properties.get("descr") or "" for each in (shape, model))
        ours = facts.alt_fact(shape.tag, old) in self.known if self.known else skeleton(old) == skeleton(new)
        if new and old != new and (not old or ours):
            shape.properties.set("descr", new)

    # What is kept

    def _remember(self) -> None:
        """Marks of what stands in the deck now and is ours: written today, or earlier and untouched since."""
        ours = self.known.marks | self.fresh_marks
        kept = record.marks(facts.facts(self.deck.file)) & ours
        gone = {facts.slide_fact(place) for place in self.fresh if place not in self.seen}
        gone |= {
            facts.shape_fact(model.tag) for fresh in self.fresh.values() for model in fresh.shapes.values()
        }
        gone |= {facts.shape_fact(Tag(place, NOTES)) for place in self.fresh}
        kept |= record.marks(fact for fact in gone if fact in self.known)
        persona, company, case = self.pitch.persona, self.pitch.company, self.pitch.case_title
        record.write(self.deck.file, record.Record(persona, company, case, self.known.design, kept))

    def _tell(self, what: What, number: int, place: Place, piece: str, old: str = "", new: str = "") -> None:
        exhibit = place.exhibit.replace("_", " ").capitalize()
        exhibit += f" ({place.number})" if place.number > 1 else ""
        self.found.append(Finding(what, number, exhibit, piece, on_one_line(old), on_one_line(new)))


def _places(presentation: Presentation) -> Iterable[tuple[Place, Fresh]]:
    for slide in presentation.slides:
        shapes = named(slide)
        place = place_of(shapes)
        if place:
            yield place, Fresh(slide, {shape.tag.piece: shape for shape in shapes}, notes_of(slide))


def _paired(shapes: Sequence[Shape], fresh: Mapping[str, Shape]) -> list[tuple[Shape, Shape | None]]:
    """Each shape with what it is in the fresh deck: by name, else the figure of the same subject, else the next."""
    pairs = {id(shape): fresh.get(shape.tag.piece) for shape in shapes}
    taken = {model.tag for model in pairs.values() if model}
    free = [model for model in fresh.values() if model.tag.is_figure and model.tag not in taken]
    lost = [shape for shape in shapes if shape.tag.is_figure and pairs[id(shape)] is None]
    for same in (True, False):
        for shape in [each for each in lost if pairs[id(each)] is None]:
            model = next((each for each in free if not same or each.tag.subject == shape.tag.subject), None)
            if model:
                pairs[id(shape)] = model
                free.remove(model)
    return [(shape, pairs[id(shape)]) for shape in shapes]


def _piece(shape: Shape) -> str:
    """What a piece is called: a number by what it counts, anything else by its name."""
    if not shape.tag.is_figure:
        return shape.tag.piece
    lines = [words_of(paragraph) for paragraph in paragraphs(shape.body)] if shape.body is not None else []
    return f"number “{re.split('[;:]', plain(lines[1]))[0]}”" if len(lines) > 1 else "number"


def _title(fresh: Fresh) -> str:
    return _words(fresh.shapes.values())


def _words(shapes: Iterable[Shape]) -> str:
    return next((text_of(shape.body) for shape in shapes if shape.tag.piece == "title"), "")
