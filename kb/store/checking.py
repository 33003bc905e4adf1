"""Which problems a person asked about: a whole base, or the files that were named."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import Problem, RootNotFoundError
from kb.store import layout
from kb.store.compiled import signature
from kb.store.reader import read_base, read_record
from kb.store.reading import Reading
from kb.store.source import Source, shown_path

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Checked:
    """Problems in file order, how many files were looked at, and a remark on which base it was."""

    problems: tuple[Problem, ...]
    files: int
    note: str = ""


def _alone(path: Path, reading: Reading) -> list[Problem]:
    """The problems of a record outside every base, by the words of the one that is used."""
    alone = Reading(reading.root, "", reading.vocabulary, {}, {}, [])
    context = {"explain_term": reading.vocabulary.explain}
    read_record(Source(path, shown_path(path)), alone, context)
    return alone.problems


def problems_of(paths: Sequence[Path], records: str | os.PathLike[str] | None) -> Checked:
    """The problems of named files or folders, each in the base it lies in; none: one whole base."""
    if not paths:
        root = layout.find_root(records)
        note = "checked the packaged knowledge base" if root == layout.packaged() else ""
        return Checked(tuple(read_base(root).problems), len(layout.record_files(root)), note)
    problems: dict[Problem, None] = {}
    files: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise RootNotFoundError(f"there is no file or folder {path}")
        root = layout.enclosing(path) or layout.find_root(records)
        asked = path.resolve()
        known = {one.resolve() for one in layout.files_of(root)}
        inside = {one for one in known if one.is_relative_to(asked)}
        files.update(inside or {asked})
        reading = read_base(root)
        for problem in reading.problems:
            if Path(problem.place.path).resolve().is_relative_to(asked):
                problems[problem] = None
        if not inside:
            if not path.is_file():
                raise RootNotFoundError(f"there is no record under {path}")
            problems |= dict.fromkeys(_alone(path, reading))
    return Checked(tuple(sorted(problems)), len(files))


def rounds(
    paths: Sequence[Path], records: str | os.PathLike[str] | None, *, every: float = 0.5
) -> Iterator[None]:
    """Once now, and once whenever a file of the bases concerned has changed; never ends."""
    roots = {layout.enclosing(path) or layout.find_root(records) for path in paths}
    roots = roots or {layout.find_root(records)}
    seen: list[object] = []
    while True:
        now: list[object] = [signature(root) for root in roots]
        if now != seen:
            seen = now
            yield
        time.sleep(every)
