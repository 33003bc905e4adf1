"""Options that remove the cause of a reason: what may be typed, tried on the rows at hand.

Each reason has candidates; `offers` tries them.
"""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kb.comparison.one_per_trial import left_out, preference
from kb.query.filters import FILTERS
from kb.rows.identity import quantity, shared_patients
from kb.synthesis.gate.likeness import (
    TREATMENT_STARTS,
    chosen_by,
    divisions,
    is_under,
    of_unlike_histologies,
    pair_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase

    Candidates = Iterator["Option"]
    Given = Callable[[Sequence[Row], KnowledgeBase], Candidates]

MOST_EXCLUDED: Final = 8
"""Trials and addresses that one option names; more are no option."""
EXCLUDE: Final = "--exclude"
UNSAID: Final = ("not-stated", "mixed")
_KNOWN: Final = {one.name: one for one in FILTERS}


@dataclass(frozen=True, slots=True)
class Option:
    """What may be typed, word by word, and the rows that it keeps."""

    words: tuple[str, ...]
    kept: tuple[Row, ...]

    def __str__(self) -> str:
        return shlex.join(self.words)

    @property
    def says_nothing(self) -> bool:
        """Whether it asks only for what no source says, or for what is mixed."""
        return all(one in UNSAID for one in self.words[1::2]) and len(self.words) > 1

    @property
    def leaves_out(self) -> bool:
        """Whether it only leaves rows out."""
        return set(self.words[::2]) == {EXCLUDE}


def _by_filter(rows: Sequence[Row], name: str, *, stated: bool = False) -> Candidates:
    """An option for every value of a filter that rows have; families of versions as one."""
    one = _KNOWN[name]
    values = dict.fromkeys(str(getattr(row, one.field)) or "not-stated" for row in rows)
    for value in _families(values) if name == "criteria" else values:
        if value != "not-stated" or not stated:
            kept = tuple(row for row in rows if one.is_met(value, getattr(row, one.field)))
            yield Option((one.option, value), kept)
            silent = [row for row in rows if getattr(row, one.field) in ("", "not-stated")]
            if stated and silent:
                words = (one.option, value, one.option, "not-stated")
                yield Option(words, tuple(row for row in rows if row in kept or row in silent))


def _families(values: Iterable[str]) -> Iterator[str]:
    """Ids that begin alike, such as versions of RECIST, by that beginning; others as they are."""
    begun: dict[str, list[str]] = defaultdict(list)
    for one in values:
        begun[one if one == "not-stated" else one.partition("-")[0]].append(one)
    for family, own in begun.items():
        yield own[0] if len(own) == 1 else family


def excluding(rows: Sequence[Row], unwanted: Iterable[Row]) -> Candidates:
    """Rows to leave out, by trial where all of a trial go; nothing where there are too many."""
    out = {row.address for row in unwanted}
    kept = tuple(row for row in rows if row.address not in out)
    held = {row.trial for row in kept}
    named = dict.fromkeys(
        row.address if row.trial in held else row.trial for row in rows if row.address in out
    )
    if 0 < len(named) <= MOST_EXCLUDED:
        yield Option(tuple(word for one in named for word in (EXCLUDE, one)), kept)


def keeping_one(kind: Callable[[Row], Any]) -> Given:
    """Options that leave out all rows but those of one kind."""

    def candidates(rows: Sequence[Row], _base: KnowledgeBase) -> Candidates:
        for one in dict.fromkeys(map(kind, rows)):
            yield from excluding(rows, [row for row in rows if kind(row) != one])

    return candidates


def leaving_out(
    unwanted: Callable[[Row], bool],
) -> Given:
    """An option that leaves out the rows of a kind."""

    def candidates(rows: Sequence[Row], _base: KnowledgeBase) -> Candidates:
        yield from excluding(rows, filter(unwanted, rows))

    return candidates


def by(*names: str, stated: bool = False) -> Given:
    """Options of filters, one for each value that rows have."""

    def candidates(rows: Sequence[Row], _base: KnowledgeBase) -> Candidates:
        for name in names:
            yield from _by_filter(rows, name, stated=stated)

    return candidates


def by_read(rows: Sequence[Row], _base: KnowledgeBase) -> Candidates:
    """The ways of reading under which nothing is passed on, together; or without what is."""
    passed_on = {row.read for row in rows if row.second_hand}
    direct = dict.fromkeys(row.read for row in rows if row.read not in passed_on)
    words = tuple(word for one in direct for word in ("--read", one))
    yield Option(words, tuple(row for row in rows if row.read in direct))
    yield from excluding(rows, [row for row in rows if row.second_hand])


def by_line(rows: Sequence[Row], _base: KnowledgeBase) -> Candidates:
    """Each line that rows have."""
    for one in dict.fromkeys(row.line for row in rows if row.line):
        yield Option(("--line", one), tuple(row for row in rows if row.line == one))


def by_class(rows: Sequence[Row], _base: KnowledgeBase) -> Candidates:
    """Regimen classes that several rows have, then single drugs; or without all other regimens."""
    common = Counter(one for row in rows for one in dict.fromkeys(row.classes))
    for one, times in common.most_common():
        if times > 1:
            yield Option(("--class", one), tuple(row for row in rows if one in row.classes))
    yield from keeping_one(lambda row: row.drugs)(rows, _base)


def by_pair(rows: Sequence[Row], base: KnowledgeBase) -> Candidates:
    """Contrasts of one pair of regimens only, whichever way round."""
    pairs = {row.address: pair_of(row, base) for row in rows}
    yield from keeping_one(lambda row: frozenset(pairs[row.address]))(rows, base)
    yield from keeping_one(lambda row: pairs[row.address])(rows, base)


def by_patients(rows: Sequence[Row], base: KnowledgeBase) -> Candidates:
    """One row per trial; one way of judging; or without those that share patients with others."""
    others = left_out(rows, base)
    each = tuple(row for row in rows if row.address not in others)
    yield Option(("--one-per-trial",), each)
    for option in excluding(each, _doubled(each, base)):
        yield Option(("--one-per-trial", *option.words), option.kept)
    yield from by("assessor", "criteria", "confirmed", "analysis_set")(rows, base)
    yield from excluding(rows, _doubled(rows, base))


def _doubled(rows: Sequence[Row], base: KnowledgeBase) -> list[Row]:
    """The rows that share patients with others which are preferred to them."""
    kept: list[Row] = []
    doubled: list[Row] = []
    for row in sorted(rows, key=lambda one: preference(one, base)):
        shares = any(shared_patients(one, row, base) for one in kept)
        (doubled if shares else kept).append(row)
    return doubled


def by_quantity(rows: Sequence[Row], base: KnowledgeBase) -> Candidates:
    """One definition, one measure, or the rows of one quantity."""
    if any(row.definition for row in rows):
        yield from _by_filter(rows, "definition")
    for one in dict.fromkeys(row.measure for row in rows):
        yield Option(("--measure", one), tuple(row for row in rows if row.measure == one))
    yield from keeping_one(quantity)(rows, base)


def by_origin(rows: Sequence[Row], base: KnowledgeBase) -> Candidates:
    """Without the times of one start or of the others."""

    def otherwise(row: Row) -> bool:
        return row.origin not in ("", "not-stated", *TREATMENT_STARTS)

    yield from leaving_out(otherwise)(rows, base)
    yield from keeping_one(lambda row: row.origin)(rows, base)


def by_part(rows: Sequence[Row], base: KnowledgeBase) -> Candidates:
    """Without parts chosen by a marker or the like, or these alone."""
    yield from leaving_out(lambda row: bool(chosen_by(row, base)))(rows, base)
    yield from keeping_one(lambda row: chosen_by(row, base))(rows, base)


def by_timing(rows: Sequence[Row], base: KnowledgeBase) -> Candidates:
    """Without retrospective series, or these alone."""

    def late(row: Row) -> bool:
        return row.trial in base and base[row.trial].design.timing == "retrospective"

    yield from leaving_out(late)(rows, base)
    yield from leaving_out(lambda row: not late(row))(rows, base)


def by_histology(rows: Sequence[Row], base: KnowledgeBase) -> Candidates:
    """One division of sarcomas, with and without the trials that studied others too."""
    words = base.vocabulary
    for one in dict.fromkeys(top for row in rows for top in divisions(row, words)):
        held = {row.address: [is_under(each, one, words) for each in row.studied] for row in rows}
        asked = ("--histology", one)
        yield Option(asked, tuple(row for row in rows if any(held[row.address])))
        alone = tuple(row for row in rows if held[row.address] and all(held[row.address]))
        yield Option((*asked, "--only-histology"), alone)
    unlike = of_unlike_histologies(rows, base)
    for tops in dict.fromkeys(divisions(row, words) for row in unlike):
        yield from excluding(rows, [row for row in unlike if divisions(row, words) == tops])
