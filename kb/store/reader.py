"""All files of a base to trials and problems, in one pass; one bad file never hides another."""

from __future__ import annotations

import gc
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from kb import checks
from kb.base import Model, Text, Whole, read_word
from kb.errors import Place, Problem, UnsupportedFormatError
from kb.model import Trial
from kb.store import layout, yaml_text
from kb.store.explain import explain
from kb.vocabulary.terms import KINDS, Term
from kb.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT: Final = 1
DataPath = tuple[str | int, ...]
M = TypeVar("M", bound=Model)


class BaseFile(Model):
    """`kb.yaml`, which marks the root of a knowledge base."""

    noun = "kb.yaml"
    format: Whole
    title: Text | None = None


@dataclass
class Source:
    """One file: its text, and the place of any path in it."""

    path: Path
    shown: str
    text: str = ""
    problems: list[Problem] = field(default_factory=list)

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

    def read(self) -> Any:
        """The structure of the file; what is wrong with it is remembered."""
        text = self._text()
        if text is None:
            return None
        self.text = text
        data, problems = yaml_text.read(text, self.shown)
        self.problems += problems
        return data

    def _text(self) -> str | None:
        try:
            status = os.lstat(self.path)
            refusal = _refusal(status.st_mode)
            if refusal is not None:
                self.problems.append(Problem(Place(self.shown), *refusal))
                return None
            if status.st_size > yaml_text.LARGEST:
                self.problems.append(yaml_text.file_too_large(self.shown, status.st_size))
                return None
            raw = self.path.read_bytes()
        except FileNotFoundError:
            message = "the file vanished while it was being read"
            self.problems.append(Problem(Place(self.shown), "unreadable-file", message))
            return None
        except OSError as error:
            message = f"the file cannot be read: {error.strerror}"
            self.problems.append(Problem(Place(self.shown), "unreadable-file", message))
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


@dataclass
class Reading:
    """What a pass over a base found."""

    root: Path
    title: str
    vocabulary: Vocabulary
    trials: dict[str, Trial]
    sources: dict[str, Source]
    problems: list[Problem]


def read_base(root: Path) -> Reading:
    """Every file of a base; never raises for bad data, only for a root of an unknown format."""
    with _without_collector():
        mark = Source(root / layout.MARK, _shown(root / layout.MARK))
        settings = mark.validate(mark.read() or {}, BaseFile, {})
        if settings is not None and settings.format != FORMAT:
            raise UnsupportedFormatError(
                f"{mark.shown}: format {settings.format} is not known, this version reads {FORMAT}"
            )
        title = (settings.title if settings else None) or ""
        vocabulary, broken, problems = read_vocabulary(root)
        reading = Reading(root, title, vocabulary, {}, {}, [*mark.problems, *problems])

        def explain_term(kind: str, word: str) -> str | None:
            return None if kind in broken else vocabulary.explain(kind, word)

        for path in layout.record_files(root):
            _read_record(Source(path, _shown(path)), reading, {"explain_term": explain_term})
        for trial_id, one in checks.across(reading.trials):
            reading.sources[trial_id].complain(*one)
        for source in reading.sources.values():
            if source.problems:
                reading.problems += source.problems
                del reading.trials[source.path.stem]
        reading.problems.sort()
    return reading


def _read_record(source: Source, reading: Reading, context: dict[str, Any]) -> None:
    if source.path.suffix != ".yaml":
        source.complain((), "unexpected-file", "a record is a file named <trial id>.yaml")
        reading.problems += source.problems
        return
    data = source.read()
    if data is None and not source.problems:
        source.complain((), "empty-file", "the file holds nothing")
    trial = None if data is None else source.validate(data, Trial, context)
    if trial is not None:
        for fault in checks.run(trial, reading.vocabulary):
            source.complain(*fault)
        if trial.id != source.path.stem:
            source.complain(
                ("id",), "file-name", f"trial {trial.id!r} belongs in a file {trial.id}.yaml"
            )
        if trial.id in reading.trials:
            other = reading.sources[trial.id].shown
            source.complain(("id",), "duplicate-trial", f"trial {trial.id!r} is also in {other}")
        elif not source.problems:
            reading.trials[trial.id] = trial
            reading.sources[trial.id] = source
    reading.problems += source.problems


def read_vocabulary(root: Path) -> tuple[Vocabulary, set[str], list[Problem]]:
    """The vocabulary of a base, the kinds whose file could not be read, and the problems."""
    terms: dict[str, dict[str, Term]] = {}
    sources: dict[str, Source] = {}
    broken: set[str] = set()
    for kind, (name, model) in KINDS.items():
        path = root / "vocabulary" / f"{name}.yaml"
        source = sources[kind] = Source(path, _shown(path))
        data = source.read()
        if not isinstance(data, dict):
            broken.add(kind)
            if not source.problems:
                source.complain((), "not-a-map", "a vocabulary file is a map from id to term")
            continue
        terms[kind] = {}
        for term_id, body in data.items():
            try:
                read_word(term_id)
            except PydanticCustomError as error:
                source.complain((term_id,), "malformed-id", error.message(), at_key=True)
                continue
            single = Source(source.path, source.shown, source.text)
            single.__dict__["_marks"] = _Under(source, term_id)
            found = single.validate(body, model, {})
            source.problems += single.problems
            if found is not None:
                terms[kind][term_id] = found
    vocabulary = Vocabulary(terms)
    for kind, fault in checks.of_vocabulary(vocabulary):
        sources[kind].complain(*fault)
    return vocabulary, broken, [one for source in sources.values() for one in source.problems]


def _refusal(mode: int) -> tuple[str, str] | None:
    """Why something on disk is not read as a record, if so."""
    if stat.S_ISLNK(mode):
        return "symbolic-link", "symbolic links are refused"
    if not stat.S_ISREG(mode):
        return "not-a-file", "this is not a file; a record is one"
    return None


class _Under(dict[DataPath, tuple[int, int]]):
    """The places of one term, looked up in those of its file when they are needed."""

    def __init__(self, source: Source, term_id: str) -> None:
        super().__init__()
        self._source, self._term_id = source, term_id

    def get(self, path: DataPath, default: Any = None) -> Any:
        return self._source._marks.get((self._term_id, *path), default)  # noqa: SLF001 (same module)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Bulk building of objects that stay is several times slower under the cyclic collector."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _shown(path: Path) -> str:
    """A path as messages show it: relative to the working directory where that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(".." + os.sep + "..") else relative
