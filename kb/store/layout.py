"""Where a knowledge base lies on disk, and which files are its records."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from kb.errors import RootNotFoundError

MARK: Final = "kb.yaml"


def packaged() -> Path:
    """The knowledge base that comes with the package: in a wheel, or beside a checkout."""
    here = Path(__file__).resolve().parent.parent
    shipped = here / "_records"
    return shipped if (shipped / MARK).is_file() else here.parent / "records"


def find_root(asked: str | os.PathLike[str] | None = None) -> Path:
    """The root of a knowledge base.

    The path asked for, else KB_RECORDS, else upward from the working directory (`kb.yaml`, then
    `records/kb.yaml`, at each level), else the packaged copy.
    """
    named = asked if asked is not None else os.environ.get("KB_RECORDS") or None
    if named is not None:
        path = Path(named)
        for root in (path, path / "records"):
            if (root / MARK).is_file():
                return root
        raise RootNotFoundError(f"no knowledge base at {path}: it has no {MARK}")
    return enclosing(Path.cwd()) or packaged()


def enclosing(start: Path) -> Path | None:
    """The nearest root at or above a path."""
    start = start.resolve()
    for level in (start, *start.parents):
        for root in (level, level / "records"):
            if (root / MARK).is_file():
                return root
    return None


def record_files(root: Path) -> list[Path]:
    """Everything under `trials/` that claims to be a record, in a stable order."""
    return sorted(
        path
        for path in (root / "trials").rglob("*")
        if path.suffix in (".yaml", ".yml") or (path.is_file() and not path.name.startswith("."))
    )


def files_of(root: Path) -> list[Path]:
    """Every file that a base is read from: its mark, its vocabulary and its records."""
    return [root / MARK, *sorted((root / "vocabulary").glob("*")), *record_files(root)]
