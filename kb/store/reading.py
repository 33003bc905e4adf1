"""What a pass over a base found: its words, its trials, where they stand, and the problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from pathlib import Path

    from kb.errors import Problem
    from kb.model import Trial
    from kb.store.source import Source
    from kb.vocabulary import Vocabulary

Facets = dict[str, dict[str, frozenset[str]]]
"""Per arm, in the order of the record: the words by which it is found, by filter."""


@dataclass
class Reading:
    """What was read. `data` holds the structure of each file.

    `facets` are known, and `stamp` names the files, where the base is compiled.
    """

    root: Path
    title: str
    vocabulary: Vocabulary
    trials: MutableMapping[str, Trial]
    sources: Mapping[str, Source]
    problems: list[Problem]
    data: dict[str, Any] = field(default_factory=dict)
    facets: Mapping[str, Facets] | None = None
    stamp: str = ""
