"""Puts new words into a text that somebody formatted: a word that stays keeps its look, a new one takes one on."""

# mypy: allow-untyped-calls

import copy
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from casebuilder.deck.refresh.names import paragraphs, plain, words_of
from casebuilder.deck.xml import qn

#: Words, and the spaces and breaks between them; a number and its currency are one word, joined by a hard space.
_WORDS = re.compile(r"[ \t\n\v]+|[^ \t\n\v]+")
_RUNS = (qn("a:r"), qn("a:fld"))
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

#: A number with its currency, magnitude or per cent; what is left of a text without them are its words.
NUMBER = re.compile(r"(?:[A-Z]{3}[\s\xa0])?[−+-]?\d(?:[\d.,\u202f]*\d)?(?:[\s\xa0]?(?:[KMBT]\b|%))?")


def skeleton(text: str) -> str:
    """The words of a text without its numbers."""
    return plain(NUMBER.sub("#", plain(text)))


def reword(body: Any, source: Any, *, as_source: bool) -> None:
    """Makes a text body say what the source says, paragraph by paragraph, in the formats that it has.

    `as_source` also takes over type sizes, spacing and colours, for a text whose looks are ours.
    """
    old, new = paragraphs(body), paragraphs(source)
    for paragraph, model in zip(old, new, strict=False):
        if as_source and _mixed(model) and len(_runs(paragraph)) != len(_runs(model)):
            body.replace(paragraph, portable(model))
            continue
        say(paragraph, model)
        if as_source:
            _dress(paragraph, model)
    for model in new[len(old) :]:
        body.append(portable(model) if as_source or not old else _like(old[-1], model))
    for paragraph in old[max(1, len(new)) :]:
        body.remove(paragraph)


def say(paragraph: Any, model: Any) -> None:
    """Makes a paragraph say what the model says; where it says so already it is left as it is."""
    text = words_of(model)
    if plain(words_of(paragraph)) == plain(text):
        return
    if not _runs(paragraph):
        for child in _runs(model):
            _before_end(paragraph, portable(child))
    else:
        say_text(paragraph, text)


def say_text(paragraph: Any, text: str) -> None:
    """Makes a paragraph with runs say a text; words that stay keep their formats and line breaks their place."""
    owners = [child for child in paragraph if child.tag in (*_RUNS, qn("a:br"))]
    before = words_of(paragraph)
    belongs = [owner for owner in owners for _ in _said(owner)]
    spoken = dict.fromkeys(owners, "")
    broken = set()
    for character, at in _woven(before, text):
        owner = belongs[at] if belongs else owners[0]
        if owner.tag == qn("a:br"):
            if character == "\v":
                broken.add(owner)
                continue
            owner = _nearest(owners, owner)
        spoken[owner] += character
    for owner in owners:
        if owner.tag == qn("a:br"):
            if owner not in broken:
                paragraph.remove(owner)
        elif spoken[owner]:
            _text(owner, spoken[owner])
        else:
            paragraph.remove(owner)


def _woven(old: str, new: str) -> Iterator[tuple[str, int]]:
    """The characters of the new text, each with the place in the old one whose format it takes."""
    before, after = _cut(old), _cut(new)
    known, wanted = ([plain(text) or " " for text, _ in words] for words in (before, after))
    for kind, a, a_end, b, b_end in SequenceMatcher(None, known, wanted, False).get_opcodes():
        if kind == "equal":
            yield from ((c, at + i) for text, at in before[a:a_end] for i, c in enumerate(text))
            continue
        for step, (text, _) in enumerate(after[b:b_end]):
            at = _beside(before, len(old), min(a + step, a_end - 1) if a < a_end else a - 1)
            yield from ((c, at) for c in text.replace("\v", " "))


def _beside(words: Sequence[tuple[str, int]], length: int, number: int) -> int:
    """Where in a text the format stands that a new word takes: that of the word it replaces, else of the one before."""
    if not words:
        return 0
    start = words[max(0, number)][1]
    return min(start, length - 1)


def _cut(text: str) -> list[tuple[str, int]]:
    return [(found.group(), found.start()) for found in _WORDS.finditer(text)]


def _said(owner: Any) -> str:
    return "\v" if owner.tag == qn("a:br") else owner.findtext(qn("a:t")) or ""


def _nearest(owners: Sequence[Any], at: Any) -> Any:
    """The run beside a line break."""
    place = owners.index(at)
    return next(owner for owner in (*reversed(owners[:place]), *owners[place:]) if owner.tag in _RUNS)


def _text(run: Any, text: str) -> None:
    run.find(qn("a:t")).text = text


def _runs(paragraph: Any) -> list[Any]:
    return [child for child in paragraph if child.tag in _RUNS]


def _mixed(paragraph: Any) -> bool:
    return len(_runs(paragraph)) > 1


def _before_end(paragraph: Any, child: Any) -> None:
    end = paragraph.find(qn("a:endParaRPr"))
    if end is None:
        paragraph.append(child)
    else:
        end.addprevious(child)


def _like(paragraph: Any, model: Any) -> Any:
    """A further paragraph in the format of one that is there."""
    other = portable(paragraph)
    if _runs(other):
        say_text(other, words_of(model))
    else:
        say(other, model)
    return other


# Looks


def sizes(body: Any) -> str:
    """Type sizes of a text, one for each paragraph."""
    return " ".join(_size(paragraph) for paragraph in paragraphs(body))


def _size(paragraph: Any) -> str:
    return next(
        (str(p.get("sz")) for run in _runs(paragraph) if (p := run.find(qn("a:rPr"))) is not None), ""
    )


def colours(body: Any, theme: dict[str, str]) -> str:
    """Colours of a text, run by run; those of the theme as what they are in it where one is given."""
    return " ".join(
        colour(run.find(qn("a:rPr")), theme) for paragraph in paragraphs(body) for run in _runs(paragraph)
    )


def colour(properties: Any, theme: dict[str, str]) -> str:
    """The first colour that a format names."""
    if properties is None:
        return ""
    for element in properties.iter(qn("a:schemeClr"), qn("a:srgbClr")):
        value = str(element.get("val"))
        return theme.get(value, value).lower()
    return ""


def _dress(paragraph: Any, model: Any) -> None:
    """Type size, colour and the space below of the model, which has the same runs or one look for all of them."""
    runs, models = _runs(paragraph), _runs(model)
    if not models:
        return
    matched = len(runs) == len(models)
    for number, run in enumerate(runs):
        source = models[number if matched else 0].find(qn("a:rPr"))
        _dress_run(run, source)
    for space in model.findall(f"{qn('a:pPr')}/{qn('a:spcAft')}"):
        for old in paragraph.findall(f"{qn('a:pPr')}/{qn('a:spcAft')}"):
            old.getparent().replace(old, copy.deepcopy(space))


def _dress_run(run: Any, source: Any) -> None:
    if source is None:
        return
    properties = run.find(qn("a:rPr"))
    if properties is None:
        run.insert(0, portable(source))
        return
    if source.get("sz"):
        properties.set("sz", source.get("sz"))
    if colour(properties, {}) != colour(source, {}):
        recolour(properties, source)


def recolour(properties: Any, source: Any) -> None:
    """Gives a format the fill that another one has."""
    fill = source.find(qn("a:solidFill"))
    old = properties.find(qn("a:solidFill"))
    if fill is not None and old is not None:
        properties.replace(old, copy.deepcopy(fill))
    elif fill is not None:
        line = properties.find(qn("a:ln"))
        properties.insert(0 if line is None else 1, copy.deepcopy(fill))


def portable(element: Any) -> Any:
    """A copy that leads to no other part of its package: without links and pictures."""
    copied = copy.deepcopy(element)
    for child in [
        child for child in copied.iter() if any(str(name).startswith(_RELATIONS) for name in child.attrib)
    ]:
        if child is not copied:
            child.getparent().remove(child)
    return copied
