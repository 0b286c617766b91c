"""What all records of a case share: frozen, no unknown keys, strict types, clean texts, dates."""

from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, TypeVar

from babel.numbers import list_currencies
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from casebuilder.case.paths import shorten
from casebuilder.case.text import LONGEST_NAME, LONGEST_TEXT, clean, forbidden, utf16_length
from casebuilder.case.words import A_DAY

T = TypeVar("T")
#: Texts that were found to be good: nearly all of a case stay as they are from one change of it to the next.
_REMEMBERED = 2048


class Record(BaseModel):
    """A frozen record; a text is never taken for a number, nor yes for 1, and a number is always finite."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
        use_attribute_docstrings=True,
    )


def wrong(found: str, allowed: str = "") -> PydanticCustomError:
    """The error a validator raises: what was found, and what is allowed."""
    return PydanticCustomError("case", "{found}; allowed is {allowed}", {"found": found, "allowed": allowed})


@lru_cache(maxsize=_REMEMBERED)
def _text(value: str) -> str:
    return _visible(clean(_short(value, LONGEST_TEXT)), lines=True)


@lru_cache(maxsize=_REMEMBERED)
def _name(value: str) -> str:
    value = _visible(clean(_short(value, LONGEST_NAME)).strip(), lines=False)
    if not value:
        raise wrong("the text is empty", f"a text of 1 to {LONGEST_NAME} characters")
    return value


def _short(value: str, longest: int) -> str:
    if utf16_length(value) > longest:
        raise wrong(f"the text has {utf16_length(value):,} characters", f"at most {longest:,} characters")
    return value


def _visible(value: str, lines: bool) -> str:
    bad = forbidden(value, lines)
    if bad:
        raise wrong(
            f"the text holds {bad}", "visible characters" + (" and line ends" if lines else " on one line")
        )
    return value


def _currency(value: str) -> str:
    """One of the codes of ISO 4217, which Babel knows with their names."""
    known = list_currencies()
    if value not in known:
        upper = value.strip().upper()
        hint = f" (did you mean {upper}?)" if upper in known else ""
        raise wrong(
            f"{shorten(value)!r} is not the code of a currency{hint}",
            "a code of ISO 4217 such as EUR, GBP or USD",
        )
    return value


def _whole(value: object) -> object:
    if type(value) is not int:
        raise PydanticCustomError("whole_type", "not a whole number")
    return value


def _day(value: object) -> object:
    """A date from its ISO text; a YAML file, a JSON file and a form then mean the same."""
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            if value.replace("-", "").isdigit() and value[4] + value[7] == "--":
                raise wrong(f"{value} is not a day of the calendar", A_DAY) from None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise PydanticCustomError("day_type", "not a date")
    return value


#: Words of any length up to 5,000 characters, with line ends.
Text = Annotated[str, AfterValidator(_text)]
#: A name, title or label on one line, 1 to 200 characters, without blanks around it.
Name = Annotated[str, AfterValidator(_name)]
#: A short name for references.
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]
#: A date, also as its ISO text.
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
#: The ISO 4217 code of a currency.
Currency = Annotated[str, AfterValidator(_currency)]
#: A whole number that is counted out, such as 1, 4 or 12; never yes for 1.
Whole = BeforeValidator(_whole)
#: A list of the file, kept as a tuple.
Many = Annotated[tuple[T, ...], Field(strict=False)]
