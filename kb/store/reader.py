"""All files of a base to trials and problems, in one pass; one bad file never hides another."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import PydanticCustomError

from kb import checks
from kb.base import Model, Text, Whole, read_word
from kb.errors import Problem, UnsupportedFormatError
from kb.model import Trial
from kb.store import layout
from kb.store.reading import Reading
from kb.store.source import Source, shown_path
from kb.vocabulary.kinds import KINDS
from kb.vocabulary.terms import MODELS, Term
from kb.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT: Final = 1


class BaseFile(Model):
    """`kb.yaml`, which marks the root of a knowledge base."""

    noun = "kb.yaml"
    format: Whole
    title: Text | None = None


def read_base(root: Path) -> Reading:
    """Every file of a base; never raises for bad data, only for a root of an unknown format."""
    with _without_collector():
        mark = Source(root / layout.MARK, shown_path(root / layout.MARK))
        settings = mark.validate(mark.read() or {}, BaseFile, {})
        if settings is not None and settings.format != FORMAT:
            raise UnsupportedFormatError(
                f"{mark.shown}: format {settings.format} is not known, this version reads {FORMAT}"
            )
        title = (settings.title if settings else None) or ""
        vocabulary, broken, problems = read_vocabulary(root)
        sources: dict[str, Source] = {}
        reading = Reading(root, title, vocabulary, {}, sources, [*mark.problems, *problems])

        def explain_term(kind: str, word: str) -> str | None:
            return None if kind in broken else vocabulary.explain(kind, word)

        for path in layout.record_files(root):
            source = Source(path, shown_path(path))
            read_record(source, reading, {"explain_term": explain_term})
            if source.path.stem in reading.trials and source.path.stem not in sources:
                sources[source.path.stem] = source
        for trial_id, one in checks.across(reading.trials):
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
            reading.data[trial.id] = data
    reading.problems += source.problems


def read_vocabulary(root: Path) -> tuple[Vocabulary, set[str], list[Problem]]:
    """The vocabulary of a base, the kinds whose file could not be read, and the problems."""
    terms: dict[str, dict[str, Term]] = {}
    sources: dict[str, Source] = {}
    broken: set[str] = set()
    for kind, (name, _) in KINDS.items():
        path = root / "vocabulary" / f"{name}.yaml"
        source = sources[kind] = Source(path, shown_path(path))
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
            single = source.under(term_id)
            found = single.validate(body, MODELS[kind], {})
            source.problems += single.problems
            if found is not None:
                terms[kind][term_id] = found
    vocabulary = Vocabulary(terms)
    for kind, fault in checks.of_vocabulary(vocabulary):
        sources[kind].complain(*fault)
    return vocabulary, broken, [one for source in sources.values() for one in source.problems]


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
