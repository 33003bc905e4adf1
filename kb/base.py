"""The closed, frozen base model and the scalar types that records are made of.

Records arrive as text with structure: every scalar is a string, and the type of its field reads it.
Numbers written in a source stay `Printed`, so that `25.0` never turns into `25`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from kb.printed import p_value
from kb.printed.number import decimals, is_number
from kb.printed.state import STATES, state_named
from kb.sentences import FORBIDDEN, suggestion

__all__ = [
    "Bound",
    "Duration",
    "Flag",
    "Model",
    "PValue",
    "PartialDate",
    "Printed",
    "Slug",
    "Text",
    "Whole",
    "Word",
    "fail",
    "one_or_many",
    "term",
]


def fail(rule: str, message: str) -> PydanticCustomError:
    """An error that carries its rule id and its sentence through pydantic unchanged."""
    return PydanticCustomError(rule, "{sentence}", {"sentence": message})


class Model(BaseModel):
    """A piece of a record: unknown fields refused, nothing changes after reading."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="forbid",
        allow_inf_nan=False,
        arbitrary_types_allowed=True,
    )
    noun: ClassVar[str] = "an entry"


class Printed(str):
    """A number exactly as a source prints it; compares and hashes as its text.

    `number` is its value as a Decimal, `decimals` how many places were printed.
    """

    __slots__ = ()

    @property
    def number(self) -> Decimal:
        """The value, exact."""
        return Decimal(self)

    @property
    def decimals(self) -> int:
        """Printed decimal places; they are the rounding."""
        return decimals(self)

    def __float__(self) -> float:
        return float(str(self))

    @classmethod
    def read(cls, value: object) -> Printed:
        """Read a printed number; a JSON number has lost its decimals and is refused."""
        if isinstance(value, str) and is_number(value):
            return cls(value)
        if isinstance(value, (int, float)):
            raise fail("not-a-number", f"expected a printed number as text, got the number {value}")
        raise fail("not-a-number", f"expected a number, got {shown(value)}")

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: object, _handler: object) -> dict[str, Any]:
        return {"type": ["number", "string"]}


def shown(value: object) -> str:
    """A value as an error message shows it: short, quoted, and named by its shape."""
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…'"


def read_bound(value: object) -> Printed | str:
    """A bound is a printed number or one of the three states."""
    if isinstance(value, str) and value in STATES:
        return value
    if isinstance(value, str) and is_number(value):
        return Printed(value)
    raise fail(
        "not-a-bound",
        f"expected a number or one of {', '.join(STATES)}, got {shown(value)}{_meant(value)}",
    )


def _meant(value: object) -> str:
    """What was probably meant by something that is no bound: a state, or the bare number."""
    if not isinstance(value, str):
        return ""
    bare = value.replace("%", "").replace("·", ".").replace("−", "-").strip(" +")
    bare = re.sub(r",(?=[0-9]{1,2}$)", ".", bare)
    words = [state_named(value), bare]
    return suggestion([one for one in words if one in STATES or is_number(one)])


def read_whole(value: object) -> int:
    """A count: at most nine digits, from 0."""
    if isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,8}", value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise fail("not-a-count", f"expected a whole number from 0, got {shown(value)}")


def read_flag(value: object) -> bool:
    """`true` or `false`."""
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise fail("not-a-flag", f"expected true or false, got {shown(value)}")


def read_text(value: object) -> str:
    """Text that is not blank and holds no control or direction characters."""
    if not isinstance(value, str):
        raise fail("not-text", f"expected text, got {shown(value)}")
    if not value.strip():
        raise fail("empty-value", "expected text, got nothing")
    if found := FORBIDDEN.search(value):
        raise fail("forbidden-character", f"text holds the character U+{ord(found[0]):04X}")
    return str(value)


def read_date(value: object) -> str:
    """A year, a year and month, or a day, checked against the calendar; `PartialDate`."""
    text = read_text(value)
    if found := re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text):
        year, month, day = (int(part or 1) for part in found.groups())
        try:
            dt.date(year, month, day)
        except ValueError:
            raise fail("no-such-date", f"{text} is not a date that exists") from None
        return text
    raise fail("no-such-date", f"expected YYYY, YYYY-MM or YYYY-MM-DD, got {shown(value)}")


def read_p(value: object) -> str:
    """A p-value as printed: `.19`, `0.04`, `<.001`, `6.5 x 10^-4`, `NS`."""
    text = read_text(value)
    if p_value.read(text) is not None:
        return text
    raise fail("not-a-p-value", f"expected a p-value such as .19 or <.001, got {shown(value)}")


def read_slug(value: object) -> str:
    """An id: lower-case letters, digits and hyphens."""
    return _id(value, r"[a-z0-9][a-z0-9-]{0,79}")


def read_word(value: object) -> str:
    """A word of the vocabulary: an id that may also hold dots, such as `recist-1.1`."""
    return _id(value, r"[a-z0-9][a-z0-9.-]{0,79}")


def _id(value: object, pattern: str) -> str:
    if isinstance(value, str) and re.fullmatch(pattern, value):
        return value
    plain = re.sub(r"[^a-z0-9.]+", "-", str(value).casefold()).strip("-.")
    near = [plain] if isinstance(value, str) and re.fullmatch(pattern, plain) else []
    raise fail(
        "malformed-id",
        f"expected an id of lower-case letters, digits and hyphens, got {shown(value)}"
        f"{suggestion(near)}",
    )


NUMERIC: Final = WithJsonSchema({"type": ["number", "string"]})
TEXTUAL: Final = WithJsonSchema({"type": "string"})
Text = Annotated[str, PlainValidator(read_text), NUMERIC]
Slug = Annotated[str, PlainValidator(read_slug), TEXTUAL]
Word = Annotated[str, PlainValidator(read_word), TEXTUAL]
Whole = Annotated[int, PlainValidator(read_whole), NUMERIC]
Flag = Annotated[bool, PlainValidator(read_flag), WithJsonSchema({"type": "boolean"})]
Bound = Annotated[Printed | str, PlainValidator(read_bound), NUMERIC]
PartialDate = Annotated[str, PlainValidator(read_date), NUMERIC]
PValue = Annotated[str, PlainValidator(read_p), NUMERIC]


class Duration(Model):
    """A stretch of time in the unit that was printed: exactly one of four."""

    noun = "a duration"
    days: Printed | None = None
    weeks: Printed | None = None
    months: Printed | None = None
    years: Printed | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Duration:
        if len(self.model_fields_set) != 1:
            raise fail("not-a-duration", "expected exactly one of days, weeks, months, years")
        if self.amount.number < 0:
            raise fail("negative", f"a duration cannot be negative, got {self.amount}")
        return self

    @property
    def unit(self) -> str:
        """`days`, `weeks`, `months` or `years`."""
        return next(iter(self.model_fields_set))

    @property
    def amount(self) -> Printed:
        """The printed number."""
        number: Printed = getattr(self, self.unit)
        return number


def one_or_many(value: object) -> object:
    """Let a field that holds a list also take its only member."""
    return value if isinstance(value, list) or value is None else [value]


@dataclass(frozen=True)
class Lookup:
    """Marks a field that holds a word of the vocabulary.

    The word is looked up by the function that the validation context carries under
    `explain_term`; without a context only its form is checked. Records use ids, queries may use
    synonyms.
    """

    kind: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        def known(value: str, info: core_schema.ValidationInfo) -> str:
            explain = (info.context or {}).get("explain_term")
            if explain is not None and (sentence := explain(self.kind, value)):
                raise fail(f"unknown-{self.kind}", sentence)
            return value

        return core_schema.with_info_after_validator_function(known, handler(source))


def term(kind: str) -> Lookup:
    """What an Annotated type carries to say of which kind of term its word is."""
    return Lookup(kind)
