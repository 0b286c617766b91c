"""The one place that opens files and knows YAML and JSON, so guarded that no text can hurt the process."""

from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from casebuilder.case.building import Builder, Parsed
from casebuilder.case.errors import CaseError, Fault
from casebuilder.case.jsontext import NotJson, read_json
from casebuilder.case.scalars import resolve

__all__ = ["MAX_BYTES", "Parsed", "parse", "read_data", "read_text", "yaml_text"]

#: A case is written by people: the largest we know has 40 KB.
MAX_BYTES = 256 * 1024
#: What PyYAML says, and what a person can do something with; the first clue that fits decides.
_SYNTAX = {
    "'\\t'": "a tab stands where YAML wants spaces",
    "mapping values are not allowed": "a colon or an indentation too many; put texts with a colon in quotes",
    "expected ',' or": "a comma or a closing bracket is missing",
    "expected the node content": "a value is missing, or a bracket or comma is too many",
    "could not find expected ':'": "a colon is missing after a key",
    "expected <block end>": "the indentation does not fit the lines above",
    "expected <document start>": "a line stands outside the blocks above it",
    "quoted scalar": "a quotation mark is not closed, or a backslash stands in a text in double quotes",
    "cannot start any token": "a text begins with a character that has a meaning in YAML; put it in quotes",
}
_TOO_LARGE = f"at most {MAX_BYTES // 1024} KB"


def read_text(path: str | Path) -> str:
    """The text of a UTF-8 file of at most 256 KB; raises CaseError for anything else and reads no further."""
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (
            error.strerror if isinstance(error, OSError) and error.strerror else "this is not a file name"
        )
        raise CaseError([Fault(name, None, "", f"the file cannot be read: {reason}")]) from None
    if len(raw) > MAX_BYTES:
        raise CaseError([Fault(name, None, "", "the file is too large for a case", _TOO_LARGE)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte {error.start + 1} is not UTF-8 text"
        raise CaseError([Fault(name, line, "", found, "a file saved as UTF-8")]) from None


def read_data(path: str | Path) -> Any:
    """The plain data of one of the product's own files; raises CaseError for a file that cannot be read."""
    parsed = parse(read_text(path), str(path))
    if parsed.flaws:
        raise parsed.error(parsed.flaws)
    return parsed.data


def parse(text: str, file: str) -> Parsed:
    """The plain data of a YAML or JSON text: dicts with text keys, lists, texts, numbers, booleans, None.

    A name ending in `.json` means JSON; otherwise a text that begins like a JSON object is tried as one first.
    Dates stay texts. Keys given twice are among `flaws` of the answer. Raises CaseError for what must not be
    read on: too large, too deep, too many values, aliases, tags, several documents, broken grammar.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise CaseError([Fault(file, None, "", "the text is too large for a case", _TOO_LARGE)])
    text = text.removeprefix("\ufeff")
    builder = Builder(file)
    named_json = file.lower().endswith(".json")
    if named_json or text.lstrip()[:1] == "{":
        try:
            read_json(text, builder)
            return builder.done()
        except NotJson as error:
            if named_json:
                raise _broken(
                    file, error.line, f"this is not JSON, {error.expected} is expected here"
                ) from None
            builder = Builder(file)
    _read_yaml(text, builder)
    return builder.done()


def _read_yaml(text: str, builder: Builder) -> None:
    """Feeds the one document in `text` to `builder`, event by event: nothing is constructed, nothing recurs."""
    line, documents = 1, 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = _line(event)
            documents += isinstance(event, DocumentStartEvent)
            if documents > 1:
                raise builder.refuse(line, "a second document begins here", "one case in one file")
            _feed(event, builder)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        found = f"the character U+{ord(text[error.position]):04X} is invisible and must not stand in a file"
        raise _broken(builder.file, line, found) from None
    except yaml.MarkedYAMLError as error:
        marks = [mark.line + 1 for mark in (error.problem_mark, error.context_mark) if mark is not None]
        raise _broken(builder.file, marks[0] if marks else line, _syntax(error)) from None
    except (ValueError, OverflowError):  # PyYAML's own slips on codes and versions that are too large
        raise _broken(
            builder.file, line, "the file is broken soon after this line: this is not YAML"
        ) from None


def _feed(event: Event, builder: Builder) -> None:
    line = _line(event)
    if isinstance(event, AliasEvent):
        raise builder.refuse(line, "an alias (*) repeats another part of the file", "every value written out")
    if isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent):
        if event.anchor is not None:
            raise builder.refuse(line, "an anchor (&) marks a part for repetition", "every value written out")
        if event.tag is not None:
            raise builder.refuse(
                line, "a tag (!) gives a value a type of its own", "plain texts, numbers and lists"
            )
    if isinstance(event, ScalarEvent):
        if builder.wants_key:
            builder.key(event.value, line)
        else:
            builder.value(resolve(event.value) if event.implicit[0] else event.value, line)
    elif isinstance(event, SequenceStartEvent | MappingStartEvent):
        if builder.wants_key:
            raise builder.refuse(
                line, "a list or a block of keys stands where a key belongs", "a plain word as key"
            )
        builder.open([] if isinstance(event, SequenceStartEvent) else {}, line)
    elif isinstance(event, SequenceEndEvent | MappingEndEvent):
        builder.close()


def _line(event: Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark is not None else 1


def _syntax(error: yaml.MarkedYAMLError) -> str:
    """What is wrong, in our words: PyYAML's own would repeat text of the file, which may be private."""
    said = " ".join(part for part in (error.context, error.problem) if part)
    ours = next((sentence for clue, sentence in _SYNTAX.items() if clue in said), "this is not YAML")
    return f"the file is broken here: {ours}"


def _broken(file: str, line: int, found: str) -> CaseError:
    return CaseError([Fault(file, line, "", found)])


def yaml_text(data: Any) -> str:
    """Plain data as YAML in its own order, small blocks on one line; `parse` reads it back to the same data."""
    style: Any = None  # blocks that hold only values are written in one line, all others one key a line
    written = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118, default_flow_style=style
    )
    return str(written)


class _Dumper(yaml.SafeDumper):
    """Writes every value out instead of referring to it, and quotes what `resolve` would not read as text."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "'" if "\n" not in text and not isinstance(resolve(text), str) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
