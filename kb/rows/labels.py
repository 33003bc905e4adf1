"""What names a row in a list or a figure, so that no two rows of it bear one name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kb.rows.identity import RESPONDERS, quantity
from kb.sentences import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.rows.row import Row
    from kb.vocabulary import Vocabulary

TERMS: Final = {"histology": "histology", "drug-received": "drug"}
"""Keys of subgroups whose values are words of the vocabulary; those of others are free text."""
RESPONSES: Final = {
    "objective": "objective responders",
    "confirmed": "confirmed responders",
    "choi-partial": "partial responders by Choi",
    "not-stated": "responders",
}
"""What a set of responders is called, by the response that counts."""
TELLING: Final = (
    "id",
    "arm",
    "analysis_set",
    "assessor",
    "criteria",
    "confirmed",
    "timing",
    "report",
    "set",
)
"""The fields that tell rows of one trial apart, the most telling first."""


def group_name(value: object) -> str:
    """A field as the name of a group: `not stated` where it is empty, numbers without zeros."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:g}" if isinstance(value, float) else str(value if value is not None else "")
    return text or "not stated"


def label(row: Row) -> str:
    """Its trial, and its part or subgroup where needed."""
    return ", ".join([*_trial(row), *_subgroup(row, None)])


def labels(rows: Sequence[Row], vocabulary: Vocabulary | None = None) -> list[str]:
    """A label for each row; rows that would share one get the first field that differs in them.

    Histologies and drugs go by their names in the vocabulary, where it is given.
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
            value = _told(rows[place], telling)
            if value not in ("", "not stated"):
                found[place] = f", {value}"
            elif telling != "id":
                found[place] = f", {telling.replace('_', ' ')} not stated"
    return found


def part_of(row: Row, vocabulary: Vocabulary | None = None) -> str:
    """What a subgroup is called beneath the whole of its arm."""
    return ", ".join(_subgroup(row, vocabulary))


def restriction(key: str, value: str, vocabulary: Vocabulary | None) -> str:
    """What restricts a subgroup, by its name where it is a term; free text as it is printed."""
    if key == RESPONDERS:
        return RESPONSES.get(value, value)
    if key not in TERMS:
        return value
    return plain(value) if vocabulary is None else vocabulary.name(TERMS[key], value)


def _trial(row: Row) -> list[str]:
    parts = [one for one in row.parts if one != "primary"]
    return [row.acronym or row.trial, *([" and ".join(parts)] if parts else [])]


def _subgroup(row: Row, vocabulary: Vocabulary | None) -> list[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in row.restrictions:
        found[key].append(restriction(key, value, vocabulary))
    return [" or ".join(values) for values in found.values()]


def _told(row: Row, field: str) -> str:
    """A field that tells a row apart, in words."""
    words = row.arms if field == "arm" else (str(getattr(row, field)),)
    return " and ".join(one.replace("-", " ") for one in words)
