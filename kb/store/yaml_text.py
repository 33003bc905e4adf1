"""A strict reader of YAML: text with structure, every scalar a string, the place of everything.

Built on the event stream of libyaml through PyYAML's C loader. Refused: duplicate keys, anchors,
aliases, tags, second documents, empty values, keys that are not text, files over 1 MB and nesting
deeper than 40. Nothing is guessed: `no`, `1e-5` and `00123` stay what they are, text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kb.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import Mark

    Marks = dict[tuple[str | int, ...], tuple[int, int]]

LARGEST_FILE: Final = 1_000_000
DEEPEST: Final = 40
NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})

_NOT_YAML: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ANCHOR: Final = ("anchor", "anchors, aliases and tags are refused; write the value out in full")


class _Stop(Exception):  # noqa: N818  (control flow inside this module, never seen outside)
    """Reading cannot go on."""


class _Reader:
    """One pass over the events of one text."""

    def __init__(self, text: str, path: str, marks: Marks | None) -> None:
        import yaml

        self.path, self.marks, self.problems = path, marks, list[Problem]()
        self.next: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        self.keys: dict[tuple[str | int, ...], tuple[int, int]] = {}
        self.kinds: tuple[Any, ...] = (
            yaml.ScalarEvent, yaml.MappingStartEvent, yaml.MappingEndEvent,
            yaml.SequenceStartEvent, yaml.SequenceEndEvent,
        )  # fmt: skip
        self.end: Any = yaml.StreamEndEvent
        self.alias: Any = yaml.AliasEvent

    def refuse(self, mark: Mark, rule: str, message: str) -> None:
        place = Place(self.path, mark.line + 1, mark.column + 1)
        self.problems.append(Problem(place, rule, message))

    def document(self) -> Any:
        self.next()
        event: Any = self.next()
        if type(event) is self.end:
            self.refuse(event.start_mark, "empty-file", "the file holds nothing")
            return None
        value = self.value(self.next(), (), 0)
        self.next()
        event = self.next()
        if type(event) is not self.end:
            self.refuse(event.start_mark, "second-document", "a file holds one document only")
        return value

    def value(self, event: Any, path: tuple[str | int, ...], depth: int) -> Any:
        kind = type(event)
        scalar, mapping_start, _, _, sequence_end = self.kinds
        if self.marks is not None:
            mark = event.start_mark
            self.marks[path] = (mark.line + 1, mark.column + 1)
        if event.anchor is not None:
            self.refuse(event.start_mark, *_ANCHOR)
            if kind is self.alias:
                return str(event.anchor)
        if event.tag is not None:
            typed = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse(event.start_mark, "tag", f"tags are refused, remove {typed}")
        if kind is scalar:
            text = event.value
            if text in NOTHING and not event.style:
                self.refuse(event.start_mark, "empty-value", f"{_name(path)} has no value")
            return text
        if depth >= DEEPEST:
            self.refuse(event.start_mark, "too-deep", f"nested deeper than {DEEPEST} levels")
            raise _Stop
        if kind is mapping_start:
            return self.mapping(path, depth + 1)
        items: list[Any] = []
        step = self.next
        event = step()
        while type(event) is not sequence_end:
            items.append(self.value(event, (*path, len(items)), depth + 1))
            event = step()
        return items

    def mapping(self, path: tuple[str | int, ...], depth: int) -> dict[str, Any]:
        scalar, mapping_end = self.kinds[0], self.kinds[2]
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        step = self.next
        event = step()
        while type(event) is not mapping_end:
            if type(event) is not scalar:
                self.refuse(event.start_mark, "key-not-text", "a key must be plain text")
                raise _Stop
            key, mark = event.value, event.start_mark
            if event.anchor is not None or event.tag is not None:
                self.refuse(mark, *_ANCHOR)
            if key == "<<" and not event.style:
                self.refuse(mark, "merge-key", "merge keys are refused, write the fields out")
            if key in found:
                self.refuse(
                    mark, "duplicate-key", f"{key!r} stands here again, first at line {lines[key]}"
                )
                self.value(step(), (*path, key, "\0again"), depth)
            else:
                lines[key] = mark.line + 1
                inner = (*path, key)
                if self.marks is not None:
                    self.keys[inner] = (mark.line + 1, mark.column + 1)
                found[key] = self.value(step(), inner, depth)
            event = step()
        return found


def _name(path: tuple[str | int, ...]) -> str:
    named = [part for part in path if isinstance(part, str)]
    return f"`{named[-1]}`" if named else "this entry"


def read(text: str, path: str, marks: Marks | None = None) -> tuple[Any, list[Problem]]:
    """The structure of a text, and its problems; `marks` is filled with the place of every value.

    The place of a key is stored under `(*path, "\0key")`, which no path of data has.
    """
    if len(text) > LARGEST_FILE:
        return None, [file_too_large(path, len(text))]
    import yaml

    try:
        reader = _Reader(text, path, marks)
    except (yaml.YAMLError, UnicodeError) as error:
        return None, [_unreadable(error, path, text)]
    value: Any = None
    try:
        value = reader.document()
    except _Stop:
        value = None
    except yaml.YAMLError as error:
        reader.problems.append(_unreadable(error, path, text))
        value = None
    if marks is not None:
        for inner, place in reader.keys.items():
            marks[(*inner, "\0key")] = place
    return value, reader.problems


def file_too_large(path: str, size: int) -> Problem:
    """The problem of a file that no record should need."""
    megabytes = LARGEST_FILE // 1_000_000
    return Problem(
        Place(path),
        "file-too-large",
        f"the file has {size:,} bytes; a record stays under {megabytes} MB",
    )


def _unreadable(error: Exception, path: str, text: str) -> Problem:
    if found := _NOT_YAML.search(text):
        before = text[: found.start()]
        place = Place(path, before.count("\n") + 1, found.start() - before.rfind("\n"))
        message = f"the character U+{ord(found[0]):04X} cannot stand in YAML"
        return Problem(place, "broken-yaml", message)
    mark = getattr(error, "problem_mark", None)
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    if "cannot start any token" in said:
        said += " (a tab, or a character YAML reserves)"
    return Problem(place, "broken-yaml", f"not readable as YAML: {said}")
