"""pydantic's errors as sentences: the only place that knows its error types."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from kb.base import Model, shown
from kb.sentences import suggestion
from kb.store.field_words import field_of, fields_of, takes
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError

Path = tuple[str | int, ...]


def explain(
    error: ValidationError, data: Any, model: type[Model]
) -> Iterator[tuple[Path, str, str, bool]]:
    """Each failure as (path in the data, rule, sentence, whether the key itself is meant)."""
    for one in error.errors(include_url=False):
        path, at_key = _path(one["loc"], data), False
        kind, given = one["type"], one.get("input")
        where, parent = _named(path), path[:-1]
        if kind == "missing":
            name = str(one["loc"][-1])
            lacking = class_at(model, path, data)
            field = field_of(lacking, name) if lacking else None
            tail = f", {takes(field)}" if field else ""
            owner = lacking.noun if lacking else "this entry"
            yield path, "missing-field", f"{owner} needs `{name}`{tail}", False
        elif kind == "extra_forbidden":
            name = str(one["loc"][-1])
            owner_class = class_at(model, parent, data)
            fields = fields_of(owner_class) if owner_class else []
            noun = owner_class.noun if owner_class else "this entry"
            near = suggestion(nearest(name, fields))
            known = f"ts fields are {', '.join(fields)}" if fields else ""
            tail = f"{near}{' I' if near else '; i'}{known}" if known else near
            if name.isdigit():
                tail = "; inside { } a comma ends a field, so decimals take a point"
            yield path, "unknown-field", f"{noun} has no field {name!r}{tail}", True
        elif kind == "literal_error":
            choices = _choices(one["ctx"]["expected"])
            tail = suggestion(nearest(str(given), choices)) if isinstance(given, str) else ""
            listed = ", ".join(choices)
            sentence = f"{where} is one of {listed}, got {shown(given)}{tail}"
            yield path, "unknown-word", sentence, False
        elif kind in ("model_type", "model_attributes_type", "dict_type"):
            yield path, "not-a-map", f"{where} is a map of fields, got {shown(given)}", False
        elif kind in ("tuple_type", "list_type"):
            yield path, "not-a-list", f"{where} is a list, got {shown(given)}", False
        elif kind == "too_short":
            least = one["ctx"]["min_length"]
            if isinstance(given, list) and len(given) >= least:
                continue  # its members failed, and are spoken of by themselves
            yield path, "too-few", f"{where} needs at least {least} of them", False
        elif "sentence" in one.get("ctx", {}):
            at_key = one["loc"][-1:] == ("[key]",)
            sentence = one["ctx"]["sentence"]
            needs_name = isinstance(path[-1] if path else None, str) and "`" not in sentence
            yield path, kind, f"{where}: {sentence}" if needs_name else sentence, at_key
        else:
            yield path, kind.replace("_", "-"), f"{where}: {one['msg']}", False


def _choices(expected: str) -> list[str]:
    return [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]


def _named(path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    return f"`{names[-1]}`" if names else "the record"


def _path(loc: Path, data: Any) -> Path:
    """The part of an error's location that exists in the data; union tags are dropped."""
    path: list[str | int] = []
    for part in loc:
        if _holds(data, part):
            data = data[part]
            path.append(part)
    return tuple(path)


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def class_at(model: type[Model], path: Path, data: Any) -> type[Model] | None:
    """The model class that reads the data at a path."""
    annotation: Any = model
    for part in path:
        data = data[part]
        annotation = _step(annotation, part, data)
    return _model(annotation, data)


def _step(annotation: Any, part: str | int, data: Any) -> Any:
    for one in _members(annotation):
        if isinstance(one, type) and issubclass(one, Model):
            for name, field in one.model_fields.items():
                if (field.alias or name) == part:
                    return field.annotation
        elif get_origin(one) is dict and isinstance(part, str):
            return get_args(one)[1]
        elif get_origin(one) in (tuple, list) and isinstance(part, int):
            return get_args(one)[0]
        elif get_origin(one) in (tuple, list):
            return _step(get_args(one)[0], part, data)  # its only member, without a list
    return None


def _members(annotation: Any) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [inner for one in get_args(annotation) for inner in _members(one)]
    return [] if origin is Literal else [annotation]


def _model(annotation: Any, data: Any) -> type[Model] | None:
    """The model among the members of an annotation whose fields the data names most."""
    found = []
    for one in _members(annotation):
        inner = _members(get_args(one)[0]) if get_origin(one) in (tuple, list) else [one]
        found += [each for each in inner if isinstance(each, type) and issubclass(each, Model)]
    named = set(data) if isinstance(data, dict) else set()
    return max(found, key=lambda each: len(named & set(fields_of(each))), default=None)
