"""The spine, from a case to its files, in one short walk: start reading here."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from casebuilder import deck, page, workbook
from casebuilder.analysis import results
from casebuilder.analysis.bridge import bridge
from casebuilder.analysis.certainty import Certainty
from casebuilder.analysis.standing import Standing
from casebuilder.case import Case, Stakeholder
from casebuilder.case.archive import read_archive
from casebuilder.deck import brand
from casebuilder.deck import refresh as refreshing
from casebuilder.deck.brand import Template
from casebuilder.deck.refresh import Edited, Refreshed
from casebuilder.model.results import Results
from casebuilder.model.structure import AS_SET
from casebuilder.page import minutes as paper
from casebuilder.pitch import answers as spoken
from casebuilder.pitch import summary
from casebuilder.pitch.blocks import blocks
from casebuilder.pitch.certainty import analysis
from casebuilder.pitch.forwarding import Forwarding, forwarding
from casebuilder.pitch.interview import interview
from casebuilder.pitch.minutes import minutes
from casebuilder.pitch.origin_keys import Spot
from casebuilder.pitch.origin_studies import kept
from casebuilder.pitch.preread import preread
from casebuilder.pitch.reviewing import Reviewed
from casebuilder.pitch.story import pitch
from casebuilder.pitch.view import View, stamp_of
from casebuilder.workbook.addresses import Address, address, address_of_kept
from casebuilder.workbook.back import read_back as reading
from casebuilder.workbook.back.returned import Returned
from casebuilder.workbook.back.returned_words import lines as in_sentences
from casebuilder.workbook.layout import Layout
from casebuilder.workbook.review import Findings
from casebuilder.workbook.review import review as judge

Progress = Callable[[str], None]
#: Whose eyes the workbook and the answers are made for.
FINANCE = "cfo"


def evaluate(case: Case) -> Results:
    """Every scenario and option of a case."""
    return results(case)


def certainty(results: Results) -> Certainty:
    """How sure we are of what the decision asks for; each study is made when it is asked for."""
    return Certainty(results, results.asked_option)


def answers(case: Case, how_sure: bool = False) -> dict[str, Any]:
    """The answers of a case as one plain object (see docs/model.md), ready for JSON.

    `how_sure` adds the analysis, of all switches as set, like the scenarios beside it.
    """
    found = evaluate(case)
    said = spoken.answers(found)
    if how_sure:
        said["analysis"] = analysis(View(found, FINANCE), Certainty(found, AS_SET))
    return said


def in_words(case: Case, how_sure: bool = False) -> list[str]:
    """The answer of a case in a few lines for a terminal; `how_sure` adds what many runs say about what is asked."""
    found = evaluate(case)
    said = summary.lines(found)
    if how_sure:
        said += summary.how_sure(View(found, FINANCE), certainty(found))
    return said


def what_changed(before: Case, after: Case) -> list[str]:
    """What took the return from one case to another, for a terminal; ValueError where they cannot be compared."""
    return summary.steps(View(evaluate(after), FINANCE), bridge(before, after))


def workbook_file(results: Results, sure: Certainty | None = None) -> bytes:
    """The live-formula workbook of evaluated results; `sure` saves computing it again."""
    said = blocks(View(results, FINANCE), sure or certainty(results))
    return workbook.render(results, stamp_of(results.case), said)


def cell_of(results: Results, spot: Spot) -> Address:
    """The cell in which the workbook has a number of a run; KeyError where it has no such line."""
    return address(results, Layout(results.case, results.model), spot)


def cell_of_study(results: Results, sure: Certainty, key: str) -> Address | None:
    """The cell in which the workbook keeps a number that takes many runs; None where it keeps none."""
    said = blocks(View(results, FINANCE), sure)
    place = kept(sure, said, key)
    return None if place is None else address_of_kept(said, place)


def review(path: Path, thorough: bool = False) -> Findings:
    """What a model reviewer would object to in a workbook; CaseError where the file is none that can be read.

    `thorough` also computes it again at the limits of every input, which takes minutes.
    """
    return judge(path, thorough)


def read_back(case: Case, path: Path, raw: bytes | None = None) -> Returned:
    """What came home in an edited workbook of a case; the case stays as it is.

    `raw` are the file's bytes where it was uploaded: `path` is then only its name. CaseError says in one sentence why
    the file is refused.
    """
    content = read_archive(path, "xlsx") if raw is None else raw
    return reading.read_back(evaluate(case), content, str(path))


def applied(case: Case, returned: Returned, keys: Collection[str] | None = None) -> Case:
    """The case with changes that came home taken over: those of these keys, or all that contradict nobody.

    ValueError where the case was changed since the workbook was read, KeyError where nothing of a key came home.
    """
    return reading.applied(case, returned, keys)


def what_came_home(returned: Returned) -> list[str]:
    """What came home in an edited workbook, for a terminal."""
    return in_sentences(returned)


def deck_file(
    results: Results, persona: str, sure: Certainty | None = None, template: Template | None = None
) -> bytes:
    """The deck for one stakeholder of evaluated results; `sure` saves computing it again.

    `template` is the design of the user's company, our own without it.
    """
    return deck.render(pitch(results, persona, sure), template)


def template_of(name: str, raw: bytes | None = None) -> Template:
    """The design in a .pptx or .potx: a file of this name, or its bytes where it was uploaded; CaseError says why."""
    return brand.opened(read_archive(name, "pptx") if raw is None else raw, name)


def refresh(case: Case, path: Path, persona: str = "", raw: bytes | None = None) -> Refreshed:
    """An edited deck of a case with everything of ours as the case is now; the file itself stays as it is.

    `persona` is asked for only where the deck does not say any more for whom it was made. `raw` are the file's bytes
    where it was uploaded: `path` is then only its name. CaseError says in one sentence why the file is refused.
    """
    edited = Edited(read_archive(path, "pptx") if raw is None else raw, str(path))
    edited.check_persona(persona or edited.persona)
    found = pitch(evaluate(case), persona or edited.persona)
    edited.check_case(found)
    return refreshing.refresh(edited, found, deck.render(found, edited.template()))


def what_was_refreshed(done: Refreshed) -> list[str]:
    """What a refresh did to a deck, for a terminal."""
    return refreshing.lines(done)


def guide_file(
    results: Results, persona: str, person: Stakeholder | None = None, sure: Certainty | None = None
) -> bytes:
    """The interview guide for one stakeholder of evaluated results, the first of the persona where none is given.

    `sure` saves computing it again.
    """
    return page.render(interview(sure or certainty(results), persona, person))


def preread_file(results: Results, persona: str, sure: Certainty | None = None) -> bytes:
    """The one page that somebody reads before the meeting; `sure` saves computing it again."""
    return page.preread(preread(results, persona, sure))


def email(results: Results, persona: str, sure: Certainty | None = None) -> Forwarding:
    """The five lines with which somebody passes the case on; `sure` saves computing it again."""
    return forwarding(results, persona, sure)


def minutes_file(
    results: Results,
    start: Case,
    before: Standing,
    found: Reviewed,
    held: date,
    present: str = "",
    versions: Sequence[tuple[str, Reviewed]] = (),
) -> bytes:
    """The minutes of a review that began with the case `start`, standing as `before`; `versions` are its snapshots."""
    return paper.render(minutes(results, start, before, found, held, present, versions))


def read_first(results: Results, name: str, persona: str, sure: Certainty | None = None) -> dict[str, bytes]:
    """What is read before a deck, by file name: `<name>-<persona>-preread.html` and `<name>-<persona>-email.txt`."""
    sure = sure or certainty(results)
    return {
        f"{name}-{persona}-preread.html": preread_file(results, persona, sure),
        f"{name}-{persona}-email.txt": email(results, persona, sure).text.encode(),
    }


def personas_of(case: Case) -> tuple[str, ...]:
    """The personas of the case's stakeholders, each once, in the case's order."""
    return tuple(dict.fromkeys(stakeholder.persona for stakeholder in case.stakeholders))


def slug(text: str) -> str:
    """A text as part of a file name: small letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "case"


def write_files(
    case: Case,
    name: str,
    folder: Path,
    personas: Iterable[str],
    say: Progress,
    prereads: bool = False,
    template: Template | None = None,
) -> list[Path]:
    """Write `<name>.xlsx` and a deck per persona; all of them or none. OSError where the folder cannot be written.

    With `prereads` also what each of them reads first. The persona `committee` stands for those who decide together.
    Everything is made first and written under temporary names; only then do the files get theirs.
    """
    say("Evaluating scenarios and options")
    found = evaluate(case)
    sure = certainty(found)
    made: dict[str, bytes] = {}
    say("Writing the workbook")
    made[f"{name}.xlsx"] = workbook_file(found, sure)
    for persona in personas:
        say(f"Writing the deck for {persona}")
        made[f"{name}-{persona}.pptx"] = deck_file(found, persona, sure, template)
        made |= read_first(found, name, persona, sure) if prereads else {}
    return write_together(folder, made)


def write_guide(case: Case, name: str, folder: Path, persona: str, say: Progress) -> list[Path]:
    """Write `<name>-<persona>-guide.html`, whole or not at all. OSError where the folder cannot be written."""
    say(f"Writing the interview guide for {persona}")
    return write_together(folder, {f"{name}-{persona}-guide.html": guide_file(evaluate(case), persona)})


def write_preread(case: Case, name: str, folder: Path, persona: str, say: Progress) -> list[Path]:
    """Write the pre-read and the e-mail of one persona, both or none. OSError where the folder cannot be written."""
    say(f"Writing the pre-read and the e-mail for {persona}")
    return write_together(folder, read_first(evaluate(case), name, persona))


def write_together(folder: Path, files: dict[str, bytes]) -> list[Path]:
    """Put files into a folder: all of them, each complete, or the folder stays as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Path, Path]] = []
    placed: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            waiting.append((_temporary(folder, content), folder / name))
        for temporary, target in waiting:
            before = temporary.with_suffix(".before")
            if target.exists():
                os.replace(target, before)
            placed.append((before, target))
            os.replace(temporary, target)
    except BaseException:
        for before, target in placed:
            target.unlink(missing_ok=True)
            if before.exists():
                os.replace(before, target)
        raise
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
            temporary.with_suffix(".before").unlink(missing_ok=True)
    return [target for _, target in waiting]


def _temporary(folder: Path, content: bytes) -> Path:
    """A finished file under a name of its own."""
    handle, name = tempfile.mkstemp(prefix=".casebuilder-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
