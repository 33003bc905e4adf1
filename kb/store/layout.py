"""Where a knowledge base lies on disk, and which files are its records."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kb.errors import RootNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK: Final = "kb.yaml"


def packaged() -> Path:
    """The knowledge base that comes with the package: in a wheel, or beside a checkout."""
    here = Path(__file__).resolve().parent.parent
    inside = here / "_records"
    return inside if (inside / MARK).is_file() else here.parent / "records"


def shipped(root: Path) -> bool:
    """Whether a root is the copy inside an installed package, where nobody's work should lie."""
    return root.resolve().parts[-2:] == ("kb", "_records")


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
    """Everything under `trials/` that claims to be a record, in a stable order.

    Names that start with a dot, and what lies in such folders, belong to editors and systems.
    """
    trials = root / "trials"
    if trials.is_file():
        return [trials]
    return sorted(
        path
        for path in _seen(trials)
        if path.suffix in (".yaml", ".yml") or path.is_symlink() or not path.is_dir()
    )


def vocabulary_files(root: Path) -> list[Path]:
    """Everything that lies in `vocabulary/`, in a stable order."""
    return sorted(_seen(root / "vocabulary"))


def _seen(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def files_of(root: Path) -> list[Path]:
    """Every file that a base is read from: its mark, its vocabulary and its records."""
    return [root / MARK, *vocabulary_files(root), *record_files(root)]
