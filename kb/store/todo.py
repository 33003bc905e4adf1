"""What a record leaves to be decided: every `TODO` in it, and what is asked for there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kb.store.explain import class_at
from kb.store.field_words import field_of, takes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.base import Model

DataPath = tuple[str | int, ...]
MARK: Final = "TODO"
"""What `kb new` writes where a person has to decide; a remark may follow after a colon or space."""
_MARKED: Final = re.compile(rf"{MARK}(?:[\s:].*)?", re.DOTALL)
RULE: Final = "todo"


def todos(data: Any, model: type[Model]) -> Iterator[tuple[DataPath, str, bool]]:
    """Each `TODO` as (path in the data, what is asked for, whether it stands for a key)."""
    for path, at_key in _marked(data, ()):
        if at_key:
            message = "an id is to be given here, of lower-case letters, digits and hyphens"
        else:
            message = _asked(path, data, model)
        yield path, message, at_key


def _marked(data: Any, path: DataPath) -> Iterator[tuple[DataPath, bool]]:
    if isinstance(data, str):
        if _MARKED.fullmatch(data):
            yield path, False
    elif isinstance(data, dict):
        for key, value in data.items():
            if _MARKED.fullmatch(key):
                yield (*path, key), True
            yield from _marked(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _marked(value, (*path, index))


def _asked(path: DataPath, data: Any, model: type[Model]) -> str:
    """`allocation` is to be decided: one of …, as far as the model knows the field."""
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return "the record is to be written"
    above = path[: len(path) - 1 - path[::-1].index(names[-1])]
    owner = class_at(model, above, data)
    field = field_of(owner, names[-1]) if owner else None
    said = takes(field) if field else ""
    verb = "decided" if "one of" in said or "of the vocabulary" in said else "written"
    return f"`{names[-1]}` is to be {verb}" + (f": {said}" if said else "")
