"""Reads JSON text into a builder, without recursion and with the line of every value."""

import json
import re
from typing import Literal

from casebuilder.case.building import Builder
from casebuilder.case.scalars import LONGEST_NUMBER

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_WORD = re.compile(r"[-+.0-9A-Za-z_]+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_CONSTANTS = {"true": True, "false": False, "null": None}

_Expected = Literal["value", "value or ]", "key", "key or }", ":", ", or end", "end"]


#: What a person reads where something else stands.
_WANTED: dict[_Expected, str] = {
    "value": "a value",
    "value or ]": "a value or a closing bracket",
    "key": "a key in quotation marks",
    "key or }": "a key in quotation marks or a closing bracket",
    ":": "a colon",
    ", or end": "a comma or a closing bracket",
    "end": "the end of the file",
}


class NotJson(Exception):
    """The text breaks the grammar of JSON; carries the line and what was expected there."""

    def __init__(self, line: int, expected: str) -> None:
        self.line = line
        self.expected = expected
        super().__init__(expected)


def read_json(text: str, builder: Builder) -> None:
    """Feeds the one value in `text` to `builder`; raises NotJson where the grammar is broken."""
    _Reader(text, builder).read()


class _Reader:
    def __init__(self, text: str, builder: Builder) -> None:
        self.text = text
        self.builder = builder
        self.position = 0
        self.line = 1
        self.expected: _Expected = "value"

    def read(self) -> None:
        while True:
            self._skip_space()
            if self.position == len(self.text):
                break
            self._token(self.text[self.position])
        if self.expected != "end":
            raise self._unexpected()

    def _skip_space(self) -> None:
        match = _SPACE.match(self.text, self.position)
        assert match is not None
        self.line += match.group().count("\n")
        self.position = match.end()

    def _token(self, first: str) -> None:
        if first in "]}" and self.expected in (", or end", f"value or {first}", f"key or {first}"):
            self._close(first)
        elif first == "," and self.expected == ", or end":
            self._step("key" if self.builder.in_mapping else "value")
        elif first == ":" and self.expected == ":":
            self._step("value")
        elif self.expected in ("key", "key or }") and first == '"':
            self.builder.key(self._string(), self.line)
            self.expected = ":"
        elif self.expected in ("value", "value or ]"):
            self._value(first)
        else:
            raise self._unexpected()

    def _unexpected(self) -> NotJson:
        return NotJson(self.line, _WANTED[self.expected])

    def _step(self, expected: _Expected) -> None:
        self.position += 1
        self.expected = expected

    def _close(self, bracket: str) -> None:
        if (bracket == "}") != self.builder.in_mapping:
            raise self._unexpected()
        self.builder.close()
        self._step(", or end" if self.builder.inside else "end")

    def _value(self, first: str) -> None:
        if first in "{[":
            self.builder.open({} if first == "{" else [], self.line)
            self._step("key or }" if first == "{" else "value or ]")
            return
        self.builder.value(self._string() if first == '"' else self._word(), self.line)
        self.expected = ", or end" if self.builder.inside else "end"

    def _string(self) -> str:
        match = _STRING.match(self.text, self.position)
        if match is None:
            raise NotJson(self.line, "a text closed by a quotation mark, without bare control characters")
        self.position = match.end()
        try:
            return str(json.loads(match.group()))
        except json.JSONDecodeError:
            raise NotJson(self.line, "a letter that JSON knows after each backslash") from None

    def _word(self) -> object:
        match = _WORD.match(self.text, self.position)
        word = match.group() if match else ""
        self.position += len(word)
        if word in _CONSTANTS:
            return _CONSTANTS[word]
        if not _NUMBER.fullmatch(word):
            raise self._unexpected()
        if len(word) > LONGEST_NUMBER:
            raise self.builder.refuse(
                self.line, f"a number of {len(word)} characters stands here", "a finite number"
            )
        return int(word) if word.lstrip("-").isdigit() else float(word)
