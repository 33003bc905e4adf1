"""One file of a base: its text, what is wrong with it, and the place of everything in it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.base import Model
from kb.errors import Place, Problem
from kb.store import yaml_text
from kb.store.explain import explain

DataPath = tuple[str | int, ...]
M = TypeVar("M", bound=Model)


@dataclass
class Source:
    """One file: its text, and the place of any path in it."""

    path: Path
    shown: str
    known_text: str | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text; read when it is first needed, empty if it cannot be."""
        if self.known_text is None:
            self.known_text = self._text() or ""
        return self.known_text

    @cached_property
    def _marks(self) -> dict[DataPath, tuple[int, int]]:
        marks: dict[DataPath, tuple[int, int]] = {}
        yaml_text.read(self.text, self.shown, marks)
        return marks

    def place(self, path: DataPath, *, at_key: bool = False) -> Place:
        """The place of a path, or of the nearest thing above it that the file holds."""
        while path:
            found = (self._marks.get((*path, "\0key")) if at_key else None) or self._marks.get(path)
            if found:
                return Place(self.shown, *found)
            path = path[:-1]
        return Place(self.shown, *self._marks.get((), (1, 1)))

    def complain(
        self, path: DataPath, rule: str, message: str, other: DataPath = (), *, at_key: bool = False
    ) -> None:
        """Remember a problem at a path of the data; `other` is a second place it is about."""
        if other:
            message += f" (the other stands in line {self.place(other).line})"
        self.problems.append(Problem(self.place(path, at_key=at_key), rule, message))

    def refuse(self, rule: str, message: str) -> None:
        """Remember a problem of the file as a whole, which need not be readable."""
        self.problems.append(Problem(Place(self.shown), rule, message))

    def read(self) -> Any:
        """The structure of the file; what is wrong with it is remembered."""
        text = self._text() if self.known_text is None else self.known_text
        if text is None:
            return None
        self.known_text = text
        data, problems = yaml_text.read(text, self.shown)
        self.problems += problems
        return data

    def _text(self) -> str | None:
        try:
            status = os.lstat(self.path)
            refusal = _refusal(status.st_mode)
            if refusal is not None:
                self.refuse(*refusal)
                return None
            if status.st_size > yaml_text.LARGEST_FILE:
                self.problems.append(yaml_text.file_too_large(self.shown, status.st_size))
                return None
            raw = self.path.read_bytes()
        except FileNotFoundError:
            self.refuse("unreadable-file", "the file vanished while it was being read")
            return None
        except OSError as error:
            self.refuse("unreadable-file", f"the file cannot be read: {error.strerror}")
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = raw[: error.start]
            line = before.count(b"\n") + 1
            column = error.start - (before.rfind(b"\n") + 1) + 1
            message = f"byte 0x{raw[error.start]:02X} is not UTF-8; save the file as UTF-8"
            self.problems.append(Problem(Place(self.shown, line, column), "not-utf-8", message))
            return None

    def validate(self, data: Any, model: type[M], context: dict[str, Any]) -> M | None:
        """The model that the data make, or None and problems."""
        try:
            return model.model_validate(data, context=context)
        except ValidationError as error:
            said = {problem.place for problem in self.problems}
            for path, rule, message, at_key in explain(error, data, model):
                if self.place(path, at_key=at_key) not in said:
                    self.complain(path, rule, message, at_key=at_key)
            return None

    def under(self, key: str) -> Source:
        """The part of the file under one key of its top map, as a source of its own."""
        part = Source(self.path, self.shown, self.text)
        part.__dict__["_marks"] = _Under(self, key)
        return part


class _Under(dict[DataPath, tuple[int, int]]):
    """The places of one term, looked up in those of its file when they are needed."""

    def __init__(self, source: Source, key: str) -> None:
        super().__init__()
        self._source, self._key = source, key

    def get(self, path: DataPath, default: Any = None) -> Any:
        return self._source._marks.get((self._key, *path), default)  # noqa: SLF001  (of its own class)


def _refusal(mode: int) -> tuple[str, str] | None:
    """Why something on disk is not read as a record, if so."""
    if stat.S_ISLNK(mode):
        return "symbolic-link", "symbolic links are refused"
    if not stat.S_ISREG(mode):
        return "not-a-file", "this is not a file; a record is one"
    return None


def shown_path(path: Path) -> str:
    """A path as messages show it: relative to the working directory where that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(".." + os.sep + "..") else relative
