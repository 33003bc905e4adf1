"""Whether all patients of a row are of the histology that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.vocabulary import Vocabulary


def only(studied: Iterable[str], asked: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether every histology of some patients is at or under one of those asked for.

    Patients of whom no histology is recorded may be of any, so they are not only of one.
    """
    wanted = frozenset(asked)
    found = list(studied)
    return bool(found) and all(
        not wanted.isdisjoint(vocabulary.ancestors("histology", one)) for one in found
    )
