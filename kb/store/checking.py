"""Which problems a person asked about: a whole base, or the files that were named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import Problem, RootNotFoundError
from kb.store import layout
from kb.store.reader import read_base

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Checked:
    """Problems in file order, how many files were looked at, and a remark on which base it was."""

    problems: tuple[Problem, ...]
    files: int
    note: str = ""


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
        inside = [one for one in layout.record_files(root) if one.resolve().is_relative_to(asked)]
        files.update(inside or [asked])
        for problem in read_base(root).problems:
            if Path(problem.place.path).resolve().is_relative_to(asked):
                problems[problem] = None
    return Checked(tuple(sorted(problems)), len(files))
