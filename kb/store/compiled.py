"""A compiled copy of a sound base in the user's cache: no YAML is read again until a file changes.

The copy is a file of documents, one a trial, in `$KB_CACHE`, else in `$XDG_CACHE_HOME/sarcoma-kb`,
else in `~/.cache/sarcoma-kb`, named after the root and the package version. Every file of the
base is statted at each use; size, modification time and inode must be those from before the base
was read, and a file changed less than two seconds before the copy was written is not trusted.
Trials are validated when they are first asked for. What is derived from trials is kept the same
way, in a file of its own that names the copy it belongs to. `KB_CACHE=off` uses and writes none; a
copy that cannot be written is no error.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.store import layout
from kb.store.documents import Documents, write
from kb.store.reading import Reading
from kb.version import VERSION
from kb.vocabulary.kinds import KINDS
from kb.vocabulary.plain import PlainTerms
from kb.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kb.model import Trial
    from kb.store.reading import Facets
    from kb.store.source import Source

Signature = dict[str, list[int]]
MARGIN_NS: Final = 2_000_000_000
WEEK_SECONDS: Final = 7 * 24 * 3600


class _Trials(MutableMapping[str, "Trial"]):
    """Trials that are validated when they are first asked for; they were sound when compiled."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self._documents, self._ready = documents, dict[str, "Trial"]()

    def __getitem__(self, trial_id: str) -> Trial:
        if trial_id not in self._ready:
            from kb.model import Trial

            self._ready[trial_id] = Trial.model_validate(self._documents[trial_id])
        return self._ready[trial_id]

    def __setitem__(self, trial_id: str, trial: Trial) -> None:
        self._ready[trial_id] = trial

    def __delitem__(self, trial_id: str) -> None:
        raise TypeError("a compiled base is not changed")

    def __contains__(self, trial_id: object) -> bool:
        return trial_id in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


class _Sources(Mapping[str, "Source"]):
    """The files of trials, opened when a place in one is asked for."""

    def __init__(self, root: Path, places: Mapping[str, str]) -> None:
        self._root, self._places = root, places

    def __getitem__(self, trial_id: str) -> Source:
        from kb.store.source import Source, shown_path

        path = self._root / self._places[trial_id]
        return Source(path, shown_path(path))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def location(root: Path, what: str = "trials") -> Path | None:
    """Where the copy of a base lies, or None where none is wanted."""
    asked = os.environ.get("KB_CACHE", "")
    if asked == "off":
        return None
    if asked:
        folder = Path(asked)
    else:
        caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  (no error without a home)
        folder = Path(caches) / "sarcoma-kb"
    base, code = _digest(str(root.resolve())), _digest(f"{VERSION}\n{_build()}")
    return folder / f"{base}-{code}.{what}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _clear(kept: Path) -> None:
    """Remove copies of the same base by other versions that nobody has written for a week."""
    base, _, code = kept.stem.partition("-")
    for path in kept.parent.glob(f"{base}-*"):
        old = time.time() - path.stat().st_mtime > WEEK_SECONDS
        if old and path.stem.partition("-")[2] != code:
            path.unlink(missing_ok=True)


def _build() -> str:
    """Changes with the code that reads records, so that a working copy never trusts an old base."""
    package = str(Path(__file__).parent.parent)
    stamps = [
        one.stat().st_mtime_ns
        for folder in (
            "",
            "/printed",
            "/model",
            "/checks",
            "/vocabulary",
            "/store",
            "/rows",
            "/comparison",
            "/stats",
            "/stats/numeric",
            "/stats/proportions",
        )
        for one in os.scandir(package + folder)
        if one.name.endswith(".py")
    ]
    return str(max(stamps))


def signature(root: Path) -> Signature:
    """Size, modification time and inode of every file of a base; empty if one cannot be seen."""
    found = {}
    start = len(str(root)) + 1
    for path in layout.files_of(root):
        try:
            status = os.lstat(path)
        except OSError:
            return {}
        found[str(path)[start:]] = [status.st_size, status.st_mtime_ns, status.st_ino]
    return found


def _stamp(files: Signature) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _settled(files: Signature, written: int) -> bool:
    """Whether every file was left alone for a while before a copy was written."""
    return max(changed for _, changed, _ in files.values()) <= written - MARGIN_NS


def load(root: Path, files: Signature) -> Reading | None:
    """The compiled copy of a base with these files, or None where there is none that holds."""
    path = location(root)
    if path is None or not files:
        return None
    try:
        written = path.stat().st_mtime_ns
        documents = Documents(path)
    except (OSError, ValueError):
        return None
    head = documents.head
    if head.get("files") != files:
        return None
    if not _settled(files, written):
        return None
    words = Vocabulary({kind: PlainTerms(kind, own) for kind, own in head["vocabulary"].items()})  # type: ignore[misc]  # as `Term`s
    return Reading(
        root, head["title"], words, _Trials(documents), _Sources(root, head["places"]), [],
        stamp=_stamp(files), facets=_facets(head["facets"]),
    )  # fmt: skip


def save(reading: Reading, files: Signature) -> None:
    """Write the copy of a sound base, whose files were these before it was read.

    What cannot be written is left unwritten.
    """
    path = location(reading.root)
    if path is None or reading.problems or not files:
        return
    head = {
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
        "facets": {trial_id: _listed(trial, reading) for trial_id, trial in reading.trials.items()},
    }
    try:
        write(path, head, reading.data)
        _clear(path)
        if _settled(files, path.stat().st_mtime_ns):
            reading.stamp = _stamp(files)
    except OSError:
        return


def derived(
    reading: Reading, what: str, make: Callable[[], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Documents by trial that follow from a base: from the cache, else made and put there."""
    path = location(reading.root, what) if reading.stamp else None
    if path is None:
        return make()
    try:
        kept = Documents(path)
        if kept.head.get("of") == reading.stamp:
            return kept
    except (OSError, ValueError):
        pass
    documents = make()
    try:
        write(path, {"of": reading.stamp}, documents)
    except OSError:
        return documents
    return documents


def _listed(trial: Trial, reading: Reading) -> dict[str, dict[str, list[str]]]:
    from kb.links import facets

    return {
        arm: {name: sorted(words) for name, words in facets(trial, arm, reading.vocabulary).items()}
        for arm in trial.arms
    }


def _facets(listed: Mapping[str, Any]) -> Mapping[str, Facets]:
    return {
        trial_id: {
            arm: {name: frozenset(words) for name, words in own.items()}
            for arm, own in arms.items()
        }
        for trial_id, arms in listed.items()
    }
