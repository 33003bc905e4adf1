"""The knowledge base: a read-only mapping of trial id to trial, with its vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.errors import InvalidRecordsError, Place, Problem, Problems, UnknownTermError
from kb.store import compiled
from kb.store.layout import find_root
from kb.store.reading import Reading
from kb.vocabulary.vocabulary import Vocabulary, nearest

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from kb.model import Address, Contrast, Estimate, Trial
    from kb.store.reading import Facets


class KnowledgeBase(Mapping[str, "Trial"]):
    """Trials by id. `vocabulary`, `root`, `title`, and `problems` of records left out."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._facets: dict[str, Facets] = {}

    @classmethod
    def empty(cls, root: Path, vocabulary: Vocabulary) -> KnowledgeBase:
        """A base that holds words and no trial."""
        return cls(Reading(root, str(root), vocabulary, {}, {}, []))

    def __getitem__(self, trial_id: str) -> Trial:
        return self._reading.trials[trial_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._reading.trials)

    def __contains__(self, trial_id: object) -> bool:
        return trial_id in self._reading.trials

    def __len__(self) -> int:
        return len(self._reading.trials)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words its records use."""
        return self._reading.vocabulary

    @property
    def root(self) -> Path:
        """The folder that holds kb.yaml."""
        return self._reading.root

    @property
    def title(self) -> str:
        """The title in kb.yaml, if any."""
        return self._reading.title

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why records were left out; empty after a strict load."""
        return tuple(self._reading.problems)

    def trial(self, trial_id: str) -> Trial:
        """A trial by id, acronym or registration; UnknownTermError with near ids."""
        if trial_id in self:
            return self[trial_id]
        wanted = trial_id.casefold()
        for one in self.values():
            names = (one.acronym, *one.registrations)
            if wanted in (name.casefold() for name in names if name):
                return one
        spellings = {one: one for one in self} | {
            one.acronym: one.id for one in self.values() if one.acronym
        }
        raise UnknownTermError("trial", trial_id, nearest(trial_id, spellings))

    def find(self, address: str | Address) -> tuple[Estimate | Contrast, Place]:
        """The number at an address, and the place where it stands in its file."""
        from kb.model.address import Address, find

        parsed = Address.parse(address) if isinstance(address, str) else address
        trial = self.trial(parsed.trial)
        parsed = replace(parsed, trial=trial.id)
        found = find(trial, parsed)
        if found is None:
            known = [
                str(Address.of(trial.id, report_id, figure))
                for report_id, report in trial.reports.items()
                for figure in report.figures
            ]
            raise UnknownTermError("address", str(parsed), nearest(str(parsed), known))
        figure, path = found
        return figure, self.place(trial.id, path)

    def facets(self, trial_id: str) -> Facets:
        """The words by which each arm of a trial is found, by filter; no trial is validated."""
        if self._reading.facets is not None:
            return self._reading.facets[trial_id]
        if trial_id not in self._facets:
            from kb.links import facets

            trial = self[trial_id]
            own = {arm: facets(trial, arm, self.vocabulary) for arm in trial.arms}
            self._facets[trial_id] = own
        return self._facets[trial_id]

    def derived(self, what: str, make: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        """JSON documents by trial id that follow from the records, kept beside a compiled base."""
        return compiled.derived(self._reading, what, make)

    def place(self, trial_id: str, path: tuple[str | int, ...] = ()) -> Place:
        """The place of a path of a record in its file."""
        return self._reading.sources[trial_id].place(path)

    def __repr__(self) -> str:
        return f"<KnowledgeBase of {len(self)} trials at {self.root}>"


def load(root: str | os.PathLike[str] | None = None, *, strict: bool = True) -> KnowledgeBase:
    """Read a knowledge base.

    `root` is a folder with kb.yaml (or above one); None looks in KB_RECORDS, upward from the
    working directory, then in the package. Strict: InvalidRecordsError carries every problem. Not
    strict: bad records are left out and listed in `.problems`.
    """
    found = find_root(root)
    files = compiled.signature(found)
    reading = compiled.load(found, files)
    if reading is None:
        from kb.store.reader import read_base

        reading = read_base(found)
        compiled.save(reading, files)
    if strict and reading.problems:
        raise InvalidRecordsError(reading.problems)
    return KnowledgeBase(reading)


def check(root: str | os.PathLike[str] | None = None) -> Problems:
    """Every problem of every file of a base, in file order; never raises for bad data."""
    from kb.store.reader import read_base

    return Problems(read_base(find_root(root)).problems)
