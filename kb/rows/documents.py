"""Which documents are one: the identifiers by which a publication is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from kb.model import Citation

IDENTIFIERS: Final = ("doi", "pmid", "url")


def identifiers(cited: Citation) -> dict[tuple[str, str], str]:
    """What a document is known by, as compared (kind, folded text), each with its printed form."""
    found = {}
    for kind in IDENTIFIERS:
        value = getattr(cited, kind)
        if value and value != "not-stated":
            found[kind, value.casefold()] = str(value)
    return found


def linked(marks: Iterable[tuple[str, Iterable[Hashable]]]) -> dict[str, frozenset[str]]:
    """Names that share a mark, directly or by way of others, as the group of each name."""
    groups: dict[str, set[str]] = {}
    holders: dict[Hashable, str] = {}
    for name, own in marks:
        groups.setdefault(name, {name})
        for mark in own:
            other = holders.setdefault(mark, name)
            if groups[other] is not groups[name]:
                groups[other] |= groups[name]
                for member in groups[name]:
                    groups[member] = groups[other]
    return {name: frozenset(members) for name, members in groups.items()}


def each_group(groups: dict[str, frozenset[str]]) -> Iterator[frozenset[str]]:
    """Every group once, in the order of its first name."""
    yield from dict.fromkeys(groups.values())
