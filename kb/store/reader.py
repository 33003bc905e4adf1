"""All files of a base to trials and problems, in one pass; one bad file never hides another."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import PydanticCustomError

from kb import checks
from kb.base import Model, Text, Whole, read_word
from kb.errors import Place, Problem, UnsupportedFormatError
from kb.model import Trial
from kb.store import layout, todo
from kb.store.reading import Reading
from kb.store.source import Source, shown_path
from kb.vocabulary.kinds import KINDS
from kb.vocabulary.terms import MODELS, Term
from kb.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT: Final = 1
ALL: Final = ""


class BaseFile(Model):
    """`kb.yaml`, which marks the root of a knowledge base."""

    noun = "kb.yaml"
    format: Whole
    title: Text | None = None


def read_base(root: Path) -> Reading:
    """Every file of a base; never raises for bad data, only for a root of an unknown format."""
    with _without_collector():
        mark = Source(root / layout.MARK, shown_path(root / layout.MARK))
        content = mark.read()
        settings = None if mark.problems else mark.validate(content or {}, BaseFile, {})
        if settings is not None and settings.format != FORMAT:
            raise UnsupportedFormatError(
                f"{mark.shown}: format {settings.format} is not known, this version reads {FORMAT}"
            )
        title = (settings.title if settings else None) or ""
        vocabulary, broken, problems = read_vocabulary(root)
        sources: dict[str, Source] = {}
        reading = Reading(root, title, vocabulary, {}, sources, [*mark.problems, *problems])

        def explain_term(kind: str, word: str) -> str | None:
            unread = (kind, ALL) in broken or (kind, word) in broken
            return None if unread else vocabulary.explain(kind, word)

        files = layout.record_files(root)
        for path in files:
            source = Source(path, shown_path(path))
            read_record(source, reading, {"explain_term": explain_term})
            if path.stem in reading.trials and path.stem not in sources:
                sources[path.stem] = source
        unread = {path.stem for path in files} - reading.trials.keys()
        for trial_id, one in checks.across(reading.trials, unread):
            reading.sources[trial_id].complain(*one)
        for source in reading.sources.values():
            if source.problems:
                reading.problems += source.problems
                del reading.trials[source.path.stem]
        reading.problems.sort()
    return reading


def read_record(source: Source, reading: Reading, context: dict[str, Any]) -> None:
    """One file into a reading: its trial if it is sound, and its problems."""
    if source.path.suffix != ".yaml":
        source.refuse("unexpected-file", "a record is a file named <trial id>.yaml")
        reading.problems += source.problems
        return
    data = source.read()
    if data is None and not source.problems:
        source.refuse("empty-file", "the file holds nothing")
    if data is not None and todo.MARK in source.text:
        for path, message, at_key in todo.todos(data, Trial):
            source.complain(path, todo.RULE, message, at_key=at_key)
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
            reading.data[trial.id] = data
    reading.problems += source.problems


def read_vocabulary(root: Path) -> tuple[Vocabulary, set[tuple[str, str]], list[Problem]]:
    """The vocabulary of a base, the terms that could not be read, and the problems.

    A term is (kind, id), or (kind, `ALL`) where its whole file could not be read. Whether the
    terms fit together is looked at once each of them can be read.
    """
    terms: dict[str, dict[str, Term]] = {}
    sources: dict[str, Source] = {}
    broken: set[tuple[str, str]] = set()
    for kind, (name, _) in KINDS.items():
        path = root / "vocabulary" / f"{name}.yaml"
        source = sources[kind] = Source(path, shown_path(path))
        if not os.path.lexists(path):
            broken.add((kind, ALL))
            source.refuse("missing-file", f"a knowledge base has a file {path.name} of its terms")
            continue
        data = source.read()
        if not isinstance(data, dict):
            broken.add((kind, ALL))
            if not source.problems:
                source.complain((), "not-a-map", "a vocabulary file is a map from id to term")
            continue
        terms[kind] = {}
        for term_id, body in data.items():
            try:
                read_word(term_id)
            except PydanticCustomError as error:
                source.complain((term_id,), "malformed-id", error.message(), at_key=True)
                broken.add((kind, term_id))
                continue
            single = source.under(term_id)
            found = single.validate(body, MODELS[kind], {})
            source.problems += single.problems
            if found is None:
                broken.add((kind, term_id))
            else:
                terms[kind][term_id] = found
    vocabulary = Vocabulary(terms)
    if not broken:
        for kind, fault in checks.of_vocabulary(vocabulary):
            sources[kind].complain(*fault)
    problems = [one for source in sources.values() for one in source.problems]
    return vocabulary, broken, [*problems, *_strangers(root)]


def _strangers(root: Path) -> Iterator[Problem]:
    """Files beside those of the vocabulary, which nobody would read."""
    names = [f"{name}.yaml" for name, _ in KINDS.values()]
    for path in layout.vocabulary_files(root):
        if path.name not in names or path.parent.name != "vocabulary":
            message = f"a vocabulary has the files {', '.join(names)}; nothing else is read"
            yield Problem(Place(shown_path(path)), "unexpected-file", message)


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
