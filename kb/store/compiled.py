"""A compiled copy of a sound base in the user's cache: no YAML is read again until a file changes.

The copy is one JSON file in `$KB_CACHE`, else `$XDG_CACHE_HOME/sarcoma-kb`, else
`~/.cache/sarcoma-kb`, named after the root's real path and the package version. Every file of the
base is statted at each use; size, modification time and inode must be those from before the base
was read, and a file changed less than two seconds before the copy was written is not trusted.
Trials are validated when they are first asked for. `KB_CACHE=off` uses and writes none; a copy that
cannot be written is no error.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import kb
from kb.model import Trial
from kb.store import layout
from kb.store.reader import Reading
from kb.store.source import Source, shown_path
from kb.vocabulary.terms import KINDS
from kb.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

Signature = dict[str, list[int]]
MARGIN_NS: Final = 2_000_000_000


class _Trials(MutableMapping[str, Trial]):
    """Trials that are validated when they are first asked for; they were sound when compiled."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data, self._ready = data, dict[str, Trial]()

    def __getitem__(self, trial_id: str) -> Trial:
        if trial_id not in self._ready:
            self._ready[trial_id] = Trial.model_validate(self._data[trial_id])
        return self._ready[trial_id]

    def __setitem__(self, trial_id: str, trial: Trial) -> None:
        self._ready[trial_id] = trial

    def __delitem__(self, trial_id: str) -> None:
        del self._data[trial_id]

    def __contains__(self, trial_id: object) -> bool:
        return trial_id in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


def location(root: Path) -> Path | None:
    """Where the copy of a base lies, or None where none is wanted."""
    asked = os.environ.get("KB_CACHE", "")
    if asked == "off":
        return None
    if asked:
        folder = Path(asked)
    else:
        caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
        folder = Path(caches) / "sarcoma-kb"
    code = hashlib.sha256(f"{root.resolve()}\n{kb.__version__}\n{_build()}".encode()).hexdigest()
    return folder / f"{code[:24]}.json"


def _build() -> str:
    """Changes with the code that reads records, so that a working copy never trusts an old base."""
    package = Path(__file__).parent.parent
    folders = ("model", "checks", "vocabulary", "store")
    stamps = [path.stat().st_mtime_ns for one in folders for path in (package / one).glob("*.py")]
    return str(max(*stamps, (package / "base.py").stat().st_mtime_ns))


def signature(root: Path) -> Signature:
    """Size, modification time and inode of every file of a base; empty if one cannot be seen."""
    found = {}
    for path in layout.files_of(root):
        try:
            status = path.lstat()
        except OSError:
            return {}
        name = path.relative_to(root).as_posix()
        found[name] = [status.st_size, status.st_mtime_ns, status.st_ino]
    return found


def load(root: Path, files: Signature) -> Reading | None:
    """The compiled copy of a base with these files, or None where there is none that holds."""
    path = location(root)
    if path is None or not files:
        return None
    try:
        written = path.stat().st_mtime_ns
        copy = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(copy, dict) or copy.get("files") != files:
        return None
    if max(changed for _, changed, _ in files.values()) > written - MARGIN_NS:
        return None
    trials: dict[str, Any] = copy["trials"]
    places: Mapping[str, str] = copy["places"]
    sources = {
        trial_id: Source(root / place, shown_path(root / place))
        for trial_id, place in places.items()
    }
    terms = {
        kind: {term_id: KINDS[kind][1].model_validate(body) for term_id, body in bodies.items()}
        for kind, bodies in copy["vocabulary"].items()
    }
    return Reading(root, copy["title"], Vocabulary(terms), _Trials(trials), sources, [])


def save(reading: Reading, files: Signature) -> None:
    """Write the copy of a sound base, whose files were these before it was read.

    What cannot be written is left unwritten.
    """
    path = location(reading.root)
    if path is None or reading.problems or not files:
        return
    copy = {
        "files": files,
        "title": reading.title,
        "vocabulary": {
            kind: {
                term_id: one.model_dump(mode="json", by_alias=True, exclude_unset=True)
                for term_id, one in reading.vocabulary[kind].items()
            }
            for kind in KINDS
        },
        "places": {
            trial_id: source.path.relative_to(reading.root).as_posix()
            for trial_id, source in reading.sources.items()
        },
        "trials": reading.data,
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(copy, file, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        Path(name).replace(path)
    except OSError:
        return
