"""What a field of a record takes, in words: its values, its kind of term, or its kind of text."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from kb import base
from kb.base import Duration, Lookup, Model, Printed
from kb.printed.state import STATES
from kb.vocabulary.kinds import KINDS

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

READERS: Final[dict[Callable[..., Any], str]] = {
    base.read_whole: "a whole number",
    base.read_flag: "true or false",
    base.read_date: "a date: YYYY, YYYY-MM or YYYY-MM-DD",
    base.read_p: "a p-value as printed",
    base.read_bound: f"a number as printed, or {', '.join(STATES)}",
    base.read_slug: "an id of lower-case letters, digits and hyphens",
    base.read_text: "text",
}
"""What the functions that read scalars read."""


def takes(field: FieldInfo) -> str:
    """What a field takes: `one of a, b`, `a drug of the vocabulary (kb terms drug)`, `text`."""
    found = _taken(field.annotation, tuple(field.metadata))
    said = field.description or ""
    if not said:
        return found
    told = (said if said[1:2].isupper() else said[0].lower() + said[1:]).rstrip(".")
    return f"{found}: {told}" if found and not told.startswith("one of") else told


def fields_of(model: type[Model]) -> list[str]:
    """The fields of a model by the names that records use."""
    return [field.alias or name for name, field in model.model_fields.items()]


def field_of(model: type[Model], key: str) -> FieldInfo | None:
    """The field that a key of a record names."""
    for name, field in model.model_fields.items():
        if (field.alias or name) == key:
            return field
    return None


def _taken(annotation: Any, metadata: tuple[Any, ...] = ()) -> str:
    for one in metadata:
        if isinstance(one, Lookup):
            return f"{KINDS[one.kind].noun} of the vocabulary (kb terms {one.kind})"
        reader = READERS.get(getattr(one, "func", None))  # type: ignore[arg-type]  # None is none
        if reader:
            return reader
    origin, members = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _taken(members[0], members[1:])
    if origin is Literal:
        return f"one of {', '.join(map(str, members))}"
    if origin in (Union, types.UnionType):
        found = dict.fromkeys(_taken(one) for one in members if one is not type(None))
        return " or ".join(one for one in found if one)
    if origin in (tuple, list):
        inner = _taken(members[0])
        return f"a list, each {inner}" if inner else "a list"
    return _class(annotation)


def _class(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Printed):
        return "a number as printed"
    if annotation is Duration:
        return "a duration such as {weeks: 12}"
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return f"a map of {', '.join(fields_of(annotation))}"
    return ""
