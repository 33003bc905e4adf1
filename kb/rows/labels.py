"""What names a row in a list or a figure, so that no two rows of it bear one name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kb.rows.identity import quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.rows.row import Row
    from kb.vocabulary import Vocabulary

TELLING: Final = (
    "subgroup", "drugs", "id", "arm", "analysis_set", "assessor", "criteria", "confirmed",
    "timing", "report", "set",
)  # fmt: skip
"""The fields that tell rows of one trial apart, the most telling first."""


def label(row: Row) -> str:
    """Its trial, and its part or subgroup where needed."""
    return ", ".join([*_trial(row), *_subgroup(row, None)])


def labels(rows: Sequence[Row], vocabulary: Vocabulary | None = None) -> list[str]:
    """A label for each row; rows that would share one get the first field that differs in them.

    Histologies go by their names in the vocabulary, where it is given.
    """
    found = [", ".join([*_trial(row), *_subgroup(row, vocabulary)]) for row in rows]
    return [f"{name}{tail}" for name, tail in zip(found, tails(rows), strict=True)]


def tails(rows: Sequence[Row]) -> list[str]:
    """What each row's label needs behind it to be told from the others of its trial; or nothing."""
    found = [""] * len(rows)
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        alike[label(row), row.drugs, row.versus, *quantity(row)].append(place)
    for places in alike.values():
        kinds = {one: len({getattr(rows[place], one) for place in places}) for one in TELLING}
        telling = max(TELLING, key=kinds.__getitem__)
        for place in places if kinds[telling] > 1 else ():
            value = _plain(str(getattr(rows[place], telling)))
            if value not in ("", "not stated"):
                found[place] = f", {value}"
            elif telling != "id":
                found[place] = f", {telling.replace('_', ' ')} not stated"
    return found


def part_of(row: Row, vocabulary: Vocabulary | None = None) -> str:
    """What a subgroup is called beneath the whole of its arm."""
    return ", ".join(_subgroup(row, vocabulary))


def _trial(row: Row) -> list[str]:
    parts = [one for one in row.part.split(";") if one and one != "primary"]
    return [row.acronym or row.trial, *([" and ".join(parts)] if parts else [])]


def _subgroup(row: Row, vocabulary: Vocabulary | None) -> list[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for pair in row.subgroup.split(";") if row.subgroup else ():
        key, _, value = pair.rpartition("=")
        named = key == "histology" and vocabulary is not None
        found[key].append(vocabulary.name(key, value) if named and vocabulary else _plain(value))
    return [" or ".join(values) for values in found.values()]


def _plain(value: str) -> str:
    return value.replace("-", " ").replace(";", " and ")
