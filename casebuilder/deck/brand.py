"""The user's own .pptx or .potx as the design of a deck: what of it serves, and what is not usable, in sentences."""

# mypy: allow-untyped-calls

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from pptx import Presentation as opened_file

from casebuilder.case.archive import check_archive
from casebuilder.case.errors import CaseError, Fault
from casebuilder.deck import fitting, places, styles, typefaces
from casebuilder.deck.canvas import COMPANY, EXHIBIT, SOURCE, TAKEAWAYS
from casebuilder.deck.colours import READABLE
from casebuilder.deck.design import Design, Layout
from casebuilder.deck.emptied import Uses, empty
from casebuilder.deck.fitting import Fitted
from casebuilder.deck.ground import Ground
from casebuilder.deck.kept import Kept, beside, kept, on_panel
from casebuilder.deck.palette import Palette, blank, palette, readable
from casebuilder.deck.places import Found, Slot
from casebuilder.deck.theme import Box

_SUBTITLE = 1
#: So many masters are looked at for one with a plain ground.
_TRIED = 6
#: Placeholders that hold words.
_WORDS = ("obj", "body")
_WHOLE = "a deck or template as PowerPoint saves it (.pptx or .potx), with a title and a place for content on a slide"


@dataclass(frozen=True)
class Dress:
    """How the text of a slide follows the design: what each part says for itself, and the colours of the rest.

    `panel` is a plain rectangle behind what cannot be read on the design's own ground, in inches, with its fill.
    """

    kept: Mapping[str, Kept]
    palette: Palette
    panel: tuple[Box, str] | None = None


@dataclass(frozen=True)
class Template:
    """Somebody's design: the file without its slides, where things stand in it, and what to tell its owner.

    `layouts` says for each of our slides which layout of the file serves it, counted over all masters.
    """

    file: bytes
    said: tuple[str, ...]
    layouts: Mapping[str, tuple[int, Mapping[int, int]]]
    inner: Dress
    cover: Dress
    fitted: Fitted
    typeface: str

    def design(self) -> Design:
        """The design, freshly opened, for one deck."""
        file = opened_file(BytesIO(self.file))
        every = [layout for master in file.slide_masters for layout in master.slide_layouts]
        layouts = {
            use: Layout(every[number], where, self.fitted.footers)
            for use, (number, where) in self.layouts.items()
        }
        return Design(file, layouts, self.fitted.grid)


def opened(raw: bytes, name: str) -> Template:
    """The design in a file that somebody brings; CaseError with one sentence where it is none that we can use."""
    check_archive(raw, name, "pptx")
    try:
        content, used = empty(raw)
        return _template(content, used, name)
    except CaseError:
        raise
    except Exception:
        # Whatever the libraries raise on a file that is none of ours: the sentence is the same.
        _refuse(name, "the file is no deck that can be read: it is damaged, or saved as Strict Open XML")
        raise AssertionError from None


def _refuse(name: str, found: str) -> None:
    raise CaseError([Fault(name, None, "", found, _WHOLE)]) from None


def _template(content: bytes, used: Uses, name: str) -> Template:
    """What the emptied file holds for us."""
    file = opened_file(BytesIO(content))
    if file.slide_width < file.slide_height:
        _refuse(name, "its slides stand upright")
    listed, said = places.all_layouts(file), []
    main = _plainest(places.content(listed, used)[:_TRIED])
    if main is None:
        main = places.title_alone(listed, used)
        said.append("No layout of it has a place for content below a title: content stands on one without.")
    if main is None or main.title is None:
        _refuse(name, "no layout of it has a title across the top and room for content below it")
    assert main is not None
    assert main.title is not None
    inner = _inner(main, main.title, name)
    said += inner.said
    opening = places.cover(listed, used)
    if opening is None:
        said.append("It has no layout for a title slide: the cover uses the one for content.")
    front = _front(opening or main, inner)
    layouts = _layouts(listed, main, _twin(listed, main, inner)) | {"Cover": front.layout(listed)}
    return Template(content, tuple(said), layouts, inner.dress, front.dress, front.fitted, inner.typeface)


def _plainest(found: tuple[Found, ...]) -> Found | None:
    """The first layout on whose ground nothing is drawn and text can be read, else the first of all."""
    for each in found:
        ground = Ground(each.layout, each.width, each.height)
        room = ground.clear(each.room) if each.room else None
        if room and not ground.is_drawn_on(room) and readable(ground, [room], [], READABLE):
            return each
    return found[0] if found else None


@dataclass(frozen=True)
class _Inner:
    """The slides after the cover."""

    ground: Ground
    fitted: Fitted
    dress: Dress
    typeface: str
    said: tuple[str, ...]


def _inner(main: Found, title: Slot, name: str) -> _Inner:
    ground = Ground(main.layout, main.width, main.height)
    usual = styles.typeface_of_theme(main.layout.slide_master)
    text = styles.style_of(main.layout, main.contents[0].element) if main.contents else styles.Style()
    heading = styles.style_of(main.layout, title.element)
    face = text.typeface or usual
    room = ground.clear(main.room or _below(main, title))
    scale = fitting.scale_for(main, room, typefaces.room(face))
    if scale is None:
        _refuse(name, "the place for content on its slides is too small for a chart with words beside it")
    assert scale is not None
    wide = typefaces.room(heading.typeface or face)[0]
    feet = {slot.kind: slot for kind in ("ftr", "sldNum") for slot in main.of(kind)[:1]}
    written = {kind: said for kind, slot in feet.items() if (said := kept(main, slot, ground))}
    usable = tuple(feet[kind] for kind in written)
    fitted = fitting.fitted(main, title, room, usable, scale, ground, wide, heading.size)
    colours = palette(ground, fitted.room, text.colour)
    head = kept(main, title, ground, fitted.title)
    bare = [] if head else [fitted.title or title.box]
    sheet, ink = blank(ground.scheme)
    behind = [*bare, fitted.room] if colours.panel else bare
    written["title"] = head or on_panel(main, title, ink, fitted.title)
    dress = Dress(written, colours, (places.around(behind), sheet.xml) if behind else None)
    told = (*colours.said, *_told(main, fitted, {face, heading.typeface or face}))
    return _Inner(ground, fitted, dress, face if face != usual else "", told)


def _below(main: Found, title: Slot) -> Box:
    """The room between a title and what stands at the foot, as wide as the title."""
    top = title.box.bottom + 0.03 * main.height
    feet = [slot.box.top for slot in main.of("dt", "ftr", "sldNum") if slot.box.top > top]
    bottom = min([*feet, 0.93 * main.height]) - 0.02 * main.height
    left = max(title.inner.left, 0.04 * main.width)
    return Box(left, top, min(title.inner.right, 0.96 * main.width) - left, bottom - top)


def _told(main: Found, fitted: Fitted, faces: set[str]) -> list[str]:
    """What the owner of the design should know about type and the foot of the slides."""
    told = []
    for face in sorted(face for face in faces if face and not typefaces.is_known(face)):
        told.append(f"How wide text in its typeface {face} runs is not known: text keeps a wide margin.")
    if fitting.is_small(main, fitted.scale):
        told.append(
            "Its place for content is small, or its typeface wide: type is smaller than in our own design."
        )
    if fitted.title:
        told.append(
            "Its place for titles is too low for two lines, or something is drawn on it: titles were moved."
        )
    if "sldNum" not in fitted.footers:
        told.append("It has no place for slide numbers that can be used: they stand beside the source line.")
    return told


@dataclass(frozen=True)
class _Front:
    """The cover."""

    found: Found
    fitted: Fitted
    dress: Dress
    slots: tuple[Slot, ...]

    def layout(self, listed: list[Found]) -> tuple[int, Mapping[int, int]]:
        """Which layout it is, and where title, subtitle, company and stamp stand on it."""
        numbers = zip((_SUBTITLE, COMPANY, SOURCE), self.slots, strict=False)
        assert self.found.title is not None
        places_of = {0: self.found.title.at, **{number: slot.at for number, slot in numbers}}
        return listed.index(self.found), {n: at for n, at in places_of.items() if at is not None}


def _front(cover: Found, inner: _Inner) -> _Front:
    ground, title = Ground(cover.layout, cover.width, cover.height), cover.title
    assert title is not None
    usual = inner.typeface or styles.typeface_of_theme(cover.layout.slide_master)
    heading = styles.style_of(cover.layout, title.element)
    wide = typefaces.room(heading.typeface or usual)[0]
    fitted, slots = fitting.with_cover(inner.fitted, cover, title, wide)
    return _Front(
        cover, fitted, _cover_dress(cover, title, slots, fitted, ground, inner.dress.palette), slots
    )


def _cover_dress(
    cover: Found, title: Slot, slots: tuple[Slot, ...], fitted: Fitted, ground: Ground, colours: Palette
) -> Dress:
    """Each word in its own slot or as the first of them is; all of them on a panel where one cannot be read."""
    grid, first = fitted.grid, slots[0] if slots else title
    boxes = [fitted.scale.theirs(box) for box in (grid.cover_subtitle, grid.cover_company, grid.cover_stamp)]
    said = {"title": kept(cover, title, ground)}
    plain = {"title": on_panel(cover, title, blank(ground.scheme)[1])}
    for number, (word, box) in enumerate(zip(("subtitle", "company", "stamp"), boxes, strict=True)):
        own = number < len(slots)
        holder = slots[number] if own else first
        said[word] = kept(cover, holder, ground) if own else beside(cover, holder, ground, box)
        plain[word] = on_panel(cover, holder, blank(ground.scheme)[1], own=own)
    if all(said.values()):
        return Dress({word: each for word, each in said.items() if each}, colours)
    return Dress(plain, colours, (places.around([title.box, *boxes]), blank(ground.scheme)[0].xml))


def _twin(listed: list[Found], main: Found, inner: _Inner) -> Found | None:
    """The layout with two places side by side, where its ground is as plain as that of the main one."""
    twin = places.pair(listed, main)
    if twin is None:
        return None
    ground, room = Ground(twin.layout, twin.width, twin.height), inner.fitted.room
    return twin if ground.colours(room) == inner.ground.colours(room) else None


def _told_apart(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The slots, or none where a slide could not tell which is which."""
    numbers = {slot.element.xpath("string(.//p:ph/@idx)") for slot in slots}
    return slots if len(numbers) == len(slots) else ()


def _layouts(
    listed: list[Found], main: Found, twin: Found | None
) -> dict[str, tuple[int, Mapping[int, int]]]:
    """Which layout serves each of our slides, and which of its placeholders what we show."""
    assert main.title is not None
    title = {0: main.title.at}
    wide = sorted(_told_apart(main.contents), key=lambda slot: -slot.box.width)
    shows = dict((EXHIBIT, slot.at) for slot in wide[:1] if slot.kind != "body")
    says = dict((TAKEAWAYS, slot.at) for slot in wide[:1] if slot.kind in _WORDS)
    beside = dict((TAKEAWAYS, slot.at) for slot in wide[1:2] if slot.kind in _WORDS)
    chosen: dict[str, tuple[Found, dict[int, int | None]]] = {
        "Exhibit": (main, title | shows | beside),
        "Wide exhibit": (main, title | shows),
        "Table": (main, title | shows),
        "Text": (main, title | says),
    }
    if twin is not None and twin.title is not None:
        left, right = sorted(twin.contents, key=lambda slot: slot.box.left)
        chosen["Exhibit"] = (twin, {0: twin.title.at, EXHIBIT: left.at, TAKEAWAYS: right.at})
    return {
        use: (listed.index(found), {number: at for number, at in where.items() if at is not None})
        for use, (found, where) in chosen.items()
    }
