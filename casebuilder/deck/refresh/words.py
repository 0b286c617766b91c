"""What a refresh did, in sentences: for the terminal, and one by one for the screen."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from casebuilder.case.paths import shorten
from casebuilder.deck.refresh.findings import Finding, Refreshed
from casebuilder.deck.refresh.names import plain
from casebuilder.deck.refresh.rewords import NUMBER

#: Longest text that is quoted, most places of a text that are told one by one, and most findings of a kind.
_LONGEST, _MOST_PLACES, _SHOWN = 160, 3, 80
#: A text of which more than this part is new is quoted as a whole.
_MOST_NEW = 0.6

TITLES = {
    "changed": "Follows the case now",
    "redrawn": "Drawn anew, in our looks",
    "yours": "Yours, left alone",
    "gone": "Not in the case's deck any more, left as it was",
    "added": "Not in this deck",
    "look": "Worth a look",
}


def lines(done: Refreshed) -> list[str]:
    """Everything, for a terminal."""
    said = [f"{done.name}: the deck for {done.persona}", *notices(done)]
    for kind, title in TITLES.items():
        found = [each for each in done.findings if each.what == kind]
        if found:
            shown = [f"  {sentence(each)}" for each in found[:_SHOWN]]
            more = len(found) - _SHOWN
            said += ["", f"{title} ({len(found)}):", *shown, *([f"  and {more} more"] if more > 0 else [])]
    return said


def notices(done: Refreshed) -> Iterator[str]:
    """What must be known about the deck as a whole."""
    if done.stamped:
        places = "one place" if done.stamped == 1 else f"{done.stamped} places"
        yield f"Stamp, in {places}: {done.before} → {done.after}"
    if done.renamed:
        old, new = done.renamed
        yield f"Careful: the deck was made of “{old}”, and the case is called “{new}” now."
    if not done.known:
        yield (
            "The deck does not say what was written into it: a text whose words, numbers aside, "
            "are not those of the new one was left alone."
        )
    if not done.findings:
        yield (
            "Everything else in it is as the case is."
            if done.stamped
            else "It is as the case is: nothing changed."
        )


def sentence(found: Finding) -> str:
    """One finding: where, and what was and is."""
    where = ", ".join([f"slide {found.slide}"] * bool(found.slide) + [found.exhibit, found.piece])
    if found.what == "changed" and found.old and found.new:
        return f"{where}: {change(found.old, found.new)}"
    if found.what in ("changed", "redrawn") and found.piece == "chart":
        return f"{where}: {found.new} numbers and words are new"
    if found.what == "yours":
        return f"{where}: {_yours(found)}"
    return ": ".join(filter(None, (where, _quoted(found.old or found.new, found.what))))


def _yours(found: Finding) -> str:
    if not found.old:
        return f"changed by hand; against the case {found.new}"
    said = (
        f"“{_short(found.old)}”; ours would be “{_short(found.new)}”"
        if found.new
        else f"“{_short(found.old)}”"
    )
    only = numbers_only_in(found.old, found.new) if found.new else []
    return said + (f"; only in yours: {', '.join(only)}" if only else "")


def numbers_only_in(old: str, new: str) -> list[str]:
    """Numbers of one text that another does not have."""
    there = set(NUMBER.findall(new))
    return [number for number in dict.fromkeys(NUMBER.findall(old)) if number not in there]


def change(old: str, new: str) -> str:
    """What of a text is new: the places that differ, or all of it where most does."""
    before, after = old.split(" "), new.split(" ")
    codes = SequenceMatcher(None, before, after, False).get_opcodes()
    parts = [(before[a:b], after[c:d]) for kind, a, b, c, d in codes if kind != "equal"]
    if sum(len(part) for _, part in parts) > _MOST_NEW * len(after):
        return f"{_short(old)} → {_short(new)}"
    said = [f"{_words(a)} → {_words(b)}" for a, b in parts[:_MOST_PLACES]]
    more = len(parts) - _MOST_PLACES
    return "; ".join([*said, *([f"and {more} more places"] if more > 0 else [])])


def _words(words: Sequence[str]) -> str:
    return _short(" ".join(words)).rstrip(",;:.") or "nothing"


def _quoted(text: str, kind: str) -> str:
    return text if kind == "look" else f"“{_short(text)}”" if text else ""


def _short(text: str) -> str:
    return shorten(plain(text), _LONGEST)
