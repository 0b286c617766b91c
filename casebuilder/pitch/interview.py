"""The interview guide of one stakeholder: what we still have to learn from them, with room to write the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from casebuilder.analysis.certainty import Certainty
from casebuilder.case import Stakeholder, library
from casebuilder.pitch import interview_tables as tables
from casebuilder.pitch.interview_subject import Subject
from casebuilder.pitch.records import Stamp, Table
from casebuilder.pitch.view import stamp_of
from casebuilder.pitch.words import inside

#: What everybody is asked, and by which words a persona's own question is known to ask it already.
USUAL: Mapping[str, str] = {
    "year": "Which two or three numbers decide your year, where do they stand, and where must they be by when?",
    "tried": "",
    "believe": "Which of these claims would you not believe?",
    "sign": "",
    "no": "What would make you say no?",
    "give up": "What would you give up for this: money, people's time, something that is under way?",
    "90 days": "What must you have seen after 90 days to stay with it?",
    "agree": "Who else must agree, and who could stop it?",
}
ASKED_ALREADY: Mapping[str, str] = {
    "year": r"decide(s|d)? (whether|your)|in your pay|boss ask",
    "tried": r"\btr(y|ied)\b.*\b(already|last)|promised .*last time",
    "believe": r"not believe",
    "sign": r"low, likely and high",
    "no": r"say no\b",
    "give up": r"give up|would you stop|off the roadmap",
    "90 days": r"90 days|six months",
    "agree": r"who else|be consulted",
}
#: In this order they are asked at the end, after the questions of the persona that are like no other.
LAST = ("tried", "no", "give up", "90 days", "agree")
#: Somebody of whom nothing is asked has nothing to give up.
OF_THE_ASKED = ("no", "give up")
#: Lines to write an answer on, and how many questions leave room for that many.
LINES, MANY = 3, 7
PROMISE = (
    "For the person who asks. The answers stay with the author of the case: nothing said here is shown to anybody "
    "else unless you allow it."
)
CLOSING = "May we quote you in what we show to you (yes / no), and with which words?"


@dataclass(frozen=True)
class Question:
    """A question with so many empty lines for its answer, and what we know about it."""

    text: str
    known: str = ""
    lines: int = LINES


@dataclass(frozen=True)
class Section:
    """A part of the guide: its question, what we know, a table whose empty cells are to be filled in, questions."""

    title: str
    known: str = ""
    table: Table | None = None
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Guide:
    """Everything to ask one stakeholder, in order; nothing in it is private, theirs or anybody's.

    `about` are facts on whom we talk to, as pairs of a label and a text.
    """

    persona: str
    role: str
    case_title: str
    company: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    stamp: Stamp
    promise: str = PROMISE

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"Questions for the {self.role}"


def interview(found: Certainty, persona: str, person: Stakeholder | None = None) -> Guide:
    """The guide for a persona, about `person` where given, else the case's first stakeholder of that persona.

    KeyError where there is no such persona.
    """
    if persona not in library.personas():
        raise KeyError(persona)
    case = found.results.case
    known = person or next((s for s in case.stakeholders if s.persona == persona), None)
    subject = Subject(found, persona, known.model_copy(update={"private": None}) if known else None)
    return Guide(
        persona,
        subject.role,
        case.title,
        case.company.name,
        tuple(_about(subject)),
        tuple(_sections(subject)),
        stamp_of(case),
    )


def _about(subject: Subject) -> Iterator[tuple[str, str]]:
    persona, words = library.personas()[subject.persona], library.words()
    person = subject.person
    yield "Their words", ", ".join(persona.words)
    yield "They decide", persona.decides
    if person is not None:
        part = [words.parts[person.part]] if person.part else []
        yield "In this decision", "; ".join([*part, inside(words.meetings[person.status])])
    if person is not None and person.ask:
        yield "We would ask", person.ask


def _sections(subject: Subject) -> Iterator[Section]:
    own, rest = _sorted(library.personas()[subject.persona].questions)
    yield Section(own.get("year", USUAL["year"]), _of_the_year(subject), tables.year(subject))
    missing = tables.missing(subject)
    if missing.rows:
        yield Section(
            "What only you can tell us", "A number, or the name of somebody better to ask.", missing
        )
    yield _problems(subject)
    yield from _claims(subject, own)
    yield Section("What it would take", questions=_with_room(list(_last(subject, own, rest))))


def _sorted(questions: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The persona's own questions: those that ask something usual in their words, by what it is, and the others."""
    own: dict[str, str] = {}
    rest: list[str] = []
    for text in questions:
        topic = next((t for t, signs in ASKED_ALREADY.items() if re.search(signs, text, re.I)), None)
        if topic is None or topic in own:
            rest.append(text)
        else:
            own[topic] = text
    return own, rest


def _of_the_year(subject: Subject) -> str:
    if not subject.drivers:
        return "We have none of your numbers yet; these are the usual ones. Cross out what is not yours."
    apart = tables.apart(subject)
    doubt = f" {', '.join(apart)}: which of the two numbers for today is right?" if apart else ""
    return f"This is what we have. Please correct it and fill in what is missing.{doubt}"


def _problems(subject: Subject) -> Section:
    """Whether what the case improves is a problem they have."""
    table = tables.problems(subject)
    if not table.rows:
        return Section(
            "What would move these numbers?",
            "No investment of this case does it yet.",
            questions=(Question("Where is the problem, how do you know, and what was tried?"),),
        )
    known = "What the investments would improve, where it stands today, and the best we believe achievable."
    return Section("Is this a problem you have, and how do you know?", known, table)


def _claims(subject: Subject, own: Mapping[str, str]) -> Iterator[Section]:
    table = tables.claims(subject)
    if table.rows:
        known = "Beside each, the low, likely and high value that you would put your name to."
        yield Section(own.get("believe", USUAL["believe"]), known, table)


def _last(subject: Subject, own: Mapping[str, str], rest: Iterable[str]) -> Iterator[Question]:
    person = subject.person
    informed = person is not None and person.part == "informed"
    worse = tables.worse(subject)
    if worse:
        yield Question(f"{worse} How much of that could you live with?")
    yield from (Question(text) for text in rest)
    for topic in LAST:
        text = own.get(topic, USUAL[topic])
        if text and not (informed and topic in OF_THE_ASKED):
            yield Question(text, tables.checkpoint(subject) if topic == "90 days" else "")
    yield Question(CLOSING)


def _with_room(questions: list[Question]) -> tuple[Question, ...]:
    """The questions with empty lines: fewer where there are many of them, one for the last."""
    lines = LINES if len(questions) <= MANY else LINES - 1
    return tuple(replace(q, lines=lines if q is not questions[-1] else 1) for q in questions)
