"""From a file, a text or plain data to a Case, with everything that is wrong said at once."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casebuilder.case.building import MOST_FLAWS, Parsed
from casebuilder.case.errors import CaseError, Fault
from casebuilder.case.faults import flaws_of
from casebuilder.case.migrate import migrated, version_flaw
from casebuilder.case.reading import parse, read_text
from casebuilder.case.records import Case
from casebuilder.case.records.case import case_shape
from casebuilder.case.rules import broken_rules
from casebuilder.case.use import filled
from casebuilder.case.words import said


def load(path: str | Path) -> Case:
    """The case in a YAML or JSON file; raises CaseError with every fault of the file."""
    return loads(read_text(path), str(path))


def loads(text: str, name: str = "case.yaml") -> Case:
    """The case in a YAML or JSON text; `name` is what messages call it."""
    return _checked(parse(text, name))


def from_data(data: Mapping[str, Any], name: str = "the case") -> Case:
    """The case in plain data, such as a form's; raises CaseError like `load`, without lines.

    Keys are those of the file, dates may be dates or texts.
    """
    return _checked(Parsed(name, dict(data), {}))


def _checked(parsed: Parsed) -> Case:
    if not isinstance(parsed.data, dict):
        what = "the file is empty" if parsed.data is None else f"{said(parsed.data)} stands here"
        raise CaseError(
            [Fault(parsed.file, parsed.line_of(()), "", what, "a case, which begins with casebuilder: 1")]
        )
    version = version_flaw(parsed.data)
    if version is not None:
        raise parsed.error([*parsed.flaws, version])
    data = filled(migrated(parsed.data))
    parsed = Parsed(parsed.file, data, parsed.lines, parsed.flaws)
    flaws = [*parsed.flaws, *islice(broken_rules(data, case_shape()), MOST_FLAWS)]
    try:
        case = Case.model_validate(data, context={"rules_checked": True}, by_alias=True, by_name=False)
    except ValidationError as error:
        flaws += islice(flaws_of(error, case_shape()), MOST_FLAWS)
        raise parsed.error(flaws) from None
    if flaws:
        raise parsed.error(flaws)
    return case
