"""The same road from a terminal, one command for each thing that the app does, and those for the cases it keeps.

Answers go to standard output, everything else to standard error; exit code 2 means that something given is wrong.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from casebuilder import __version__, build
from casebuilder.case import Case, CaseError, dump, library, load
from casebuilder.deck.brand import Template
from casebuilder.pitch.plausibility import warnings
from casebuilder.pitch.together import COMMITTEE
from casebuilder.terminal import beginning, saved, serving
from casebuilder.terminal.speaking import BROKEN, UNHEARD, WRONG, Refused, check_free, say, tell, write


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = _parser().parse_args(arguments)
    _write_utf8()
    try:
        code = int(given.run(given))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _stop_writing()
        return UNHEARD
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        say(f"{about}{error.strerror or error}. Nothing was written.")
        _stop_writing()
    except (CaseError, Refused) as error:
        say(str(error))
    return WRONG


def _write_utf8() -> None:
    """Whatever the machine's own encoding: a case file written to standard output must be one that we read again."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=stream.errors)


def _stop_writing() -> None:
    """What could not be written is not tried again, and complained about again, when the program ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="casebuilder", description="Sell a CX investment inside your company."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what is wrong with a case file, or that nothing is")
    evaluate = commands.add_parser("evaluate", help="print what a case is worth")
    build = commands.add_parser("build", help="write the workbook and decks of a case")
    bridge = commands.add_parser("bridge", help="say what changed the return from one case file to another")
    bridge.add_argument("before", type=Path, metavar="BEFORE", help="the earlier case file")
    bridge.add_argument("after", type=Path, metavar="AFTER", help="the later case file")
    bridge.set_defaults(run=_bridge)
    guide = commands.add_parser("guide", help="write the questions for one stakeholder, to print and fill in")
    read_back = commands.add_parser("read-back", help="say what an edited workbook changed, and take it over")
    read_back.add_argument(
        "--apply", type=Path, metavar="OUT", help="write the case with the changes taken over to a new file"
    )
    read_back.set_defaults(run=_read_back)
    for command in (check, evaluate, build, read_back, guide):
        command.add_argument("case", type=Path, metavar="CASE", help="case file, YAML or JSON")
    read_back.add_argument("workbook", type=Path, metavar="WORKBOOK", help="the workbook that came home")
    check.set_defaults(run=_check)
    evaluate.add_argument("--json", action="store_true", help="everything, as one JSON object")
    evaluate.add_argument(
        "--analysis",
        action="store_true",
        help="also how sure we are: what matters most, how likely, what to do",
    )
    evaluate.set_defaults(run=_evaluate)
    build.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    build.add_argument(
        "--persona",
        action="append",
        default=[],
        metavar="ID",
        help="also a deck for this persona; may be repeated",
    )
    build.add_argument("--committee", action="store_true", help="also a deck for those who decide together")
    build.add_argument(
        "--all",
        action="store_true",
        help="a deck, a pre-read and an e-mail for every stakeholder of the case and for the committee",
    )
    build.add_argument(
        "--template", metavar="FILE", help="your company's .pptx or .potx: the decks take its design"
    )
    build.set_defaults(run=_build)
    guide.add_argument("--persona", required=True, metavar="ID", help="whom to ask, as in sales or cfo")
    guide.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the file")
    guide.set_defaults(run=_guide)
    preread = commands.add_parser(
        "preread", help="write one page to read first, and five lines to forward it"
    )
    preread.add_argument("case", type=Path, metavar="CASE", help="case file, YAML or JSON")
    preread.add_argument(
        "--persona", required=True, metavar="ID", help=f"for whom, as in sales or {COMMITTEE}"
    )
    preread.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    preread.set_defaults(run=_preread)
    review = commands.add_parser(
        "review", help="say which rules of model review a workbook breaks, and where"
    )
    _review_arguments(review)
    review.set_defaults(run=_review)
    refresh = commands.add_parser("refresh", help="bring an edited deck up to date with its case")
    refresh.add_argument("deck", type=Path, metavar="DECK", help="the deck, pptx")
    refresh.add_argument("case", type=Path, metavar="CASE", help="case file, YAML or JSON")
    _refresh_arguments(refresh)
    refresh.set_defaults(run=_refresh)
    new = commands.add_parser("new", help="make a case from the totals people have on day one")
    beginning.add(new)
    saved.add(commands)
    serving.add(commands)
    return parser


def _refresh_arguments(refresh: argparse.ArgumentParser) -> None:
    refresh.add_argument(
        "--persona", default="", metavar="ID", help="whose deck it is, if it does not say so"
    )
    refresh.add_argument(
        "--out",
        type=Path,
        metavar="NEW",
        help="the new deck; DECK-refreshed.pptx beside the old one without it",
    )


def _review_arguments(review: argparse.ArgumentParser) -> None:
    review.add_argument("workbook", type=Path, metavar="WORKBOOK", help="workbook, xlsx")
    review.add_argument("--json", action="store_true", help="as one JSON object")
    review.add_argument(
        "--recalculate",
        action="store_true",
        help="also compute it again at the limits of every input; takes minutes",
    )


def _check(given: argparse.Namespace) -> int:
    case = load(given.case)
    say(f"{given.case}: {case.title}. The file is valid.")
    found = build.evaluate(case)
    for warning in warnings(found, found.asked):
        say(f"Worth a look ({warning.id}): {warning.text}")
    return 0


def _evaluate(given: argparse.Namespace) -> int:
    case = load(given.case)
    if given.json:
        tell(json.dumps(build.answers(case, given.analysis), ensure_ascii=False, allow_nan=False))
    else:
        for line in build.in_words(case, given.analysis):
            tell(line)
    return 0


def _build(given: argparse.Namespace) -> int:
    case = load(given.case)
    personas = _personas(case, given.persona, given.all)
    personas += [COMMITTEE] if given.committee or given.all else []
    template = _template(given.template) if given.template else None
    for path in build.write_files(case, given.case.stem, given.out, personas, say, given.all, template):
        say(f"Wrote {path}")
    return 0


def _template(name: str) -> Template | None:
    """The design in a file; None, and the reason said, where the decks have to keep the built-in one."""
    try:
        template = build.template_of(name)
    except CaseError as error:
        say(f"{error} The decks have the built-in design.")
        return None
    for sentence in template.said:
        say(f"{name}: {sentence}")
    return template


def _bridge(given: argparse.Namespace) -> int:
    before, after = load(given.before), load(given.after)
    try:
        for line in build.what_changed(before, after):
            tell(line)
    except ValueError as error:
        raise Refused(f"{given.before} and {given.after}: {error}.") from error
    return 0


def _review(given: argparse.Namespace) -> int:
    found = build.review(given.workbook, given.recalculate)
    if given.json:
        shown = [asdict(each) for each in found.shown]
        said = {"violations": shown, "count": len(found.violations), "not_checked": found.unjudged}
        tell(json.dumps(said, ensure_ascii=False))
    else:
        for line in found.lines:
            tell(line)
    return BROKEN if found.violations else 0


def _read_back(given: argparse.Namespace) -> int:
    case = load(given.case)
    check_free(given.apply)
    returned = build.read_back(case, given.workbook)
    for line in build.what_came_home(returned):
        tell(line)
    if given.apply is None:
        return 0
    if not returned.open:
        raise Refused(f"{given.workbook}: there is nothing to take over. Nothing was written.")
    text = dump(build.applied(case, returned))
    write(given.apply, text.encode())
    return 0


def _refresh(given: argparse.Namespace) -> int:
    case = load(given.case)
    out = given.out or given.deck.with_name(f"{given.deck.stem}-refreshed.pptx")
    check_free(out)
    _personas(case, [given.persona] if given.persona else [], False)
    done = build.refresh(case, given.deck, given.persona)
    for line in build.what_was_refreshed(done):
        tell(line)
    write(out, done.content)
    return 0


def _guide(given: argparse.Namespace) -> int:
    case = load(given.case)
    (persona,) = _personas(case, [given.persona], False)
    for path in build.write_guide(case, given.case.stem, given.out, persona, say):
        say(f"Wrote {path}")
    return 0


def _preread(given: argparse.Namespace) -> int:
    case = load(given.case)
    if given.persona != COMMITTEE:
        _personas(case, [given.persona], False)
    for path in build.write_preread(case, given.case.stem, given.out, given.persona, say):
        say(f"Wrote {path}")
    return 0


def _personas(case: Case, named: Sequence[str], every: bool) -> list[str]:
    for persona in named:
        if persona not in library.personas():
            raise Refused(
                f"--persona {persona}: there is no such persona; allowed are {', '.join(library.personas())}."
            )
    return list(dict.fromkeys([*named, *(build.personas_of(case) if every else ())]))


if __name__ == "__main__":
    sys.exit(main())
