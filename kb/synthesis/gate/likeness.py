"""What makes rows unlike although they bear one name: regimens, judges, restrictions."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kb.comparison.one_per_trial import RECIST
from kb.links import treatment_id
from kb.rows.documents import linked
from kb.rows.identity import RESPONDERS, USUAL_RESPONSES
from kb.rows.labels import restriction
from kb.sentences import named, plain
from kb.tables.regimens import regimen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kb.rows.row import Row
    from kb.store.knowledge_base import KnowledgeBase
    from kb.vocabulary import Vocabulary

ALWAYS_ASKED: Final = ("histology", "line")
"""Restrictions that a filter asks for, so that a part of one trial may stand by a whole other."""
TREATMENT_STARTS: Final = ("randomisation", "enrolment", "first-dose")


def regimens_unlike(rows: Sequence[Row], base: KnowledgeBase) -> str:
    """Arms have neither a regimen class nor a regimen in common, such as one drug and a doublet."""
    own = {row.address: _kinds(row, base) for row in rows if not row.is_contrast}
    known = [kinds for kinds in own.values() if kinds is not None]
    if len(known) < 2 or frozenset.intersection(*known):
        return ""
    drugs = dict.fromkeys(row.drugs or "no active drug" for row in rows if own.get(row.address))
    return f"no regimen class is shared by {named(drugs)}"


def _kinds(row: Row, base: KnowledgeBase) -> frozenset[str] | None:
    """Its classes and its regimen; None of an arm in a table that names no drug we know."""
    known = row.trial in base or (not len(base) and row.regimen_classes)
    return frozenset((*row.classes, row.drugs)) if known else None


def arms_of_one_study(rows: Sequence[Row], base: KnowledgeBase) -> str:
    """Two arms of one study of a reviewer's own table: set them against each other instead."""
    arms: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        if not len(base) and not row.is_contrast and row.arm:
            arms[row.trial][row.arm] = None
    found = [f"{trial}: {named(own)}" for trial, own in arms.items() if len(own) > 1]
    more = [f"and {len(found) - 4} more"] if len(found) > 4 else []
    return "; ".join([*found[:4], *more])


def criteria_mixed(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """Response or progression by unlike criteria, such as RECIST with Choi; versions are alike."""

    def family(row: Row) -> str:
        return RECIST if row.criteria.startswith(RECIST) else row.criteria

    return _several(rows, family, plain)


def confirmation_mixed(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """Confirmed responses with unconfirmed ones."""
    return _several(rows, lambda row: row.confirmed, plain)


def origins_mixed(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """Times that start with the treatment with times that start otherwise."""

    def start(row: Row) -> str:
        return "treatment" if row.origin in TREATMENT_STARTS else row.origin

    return _several(rows, start, lambda value: f"from {plain(value)}")


def subgroups_mixed(rows: Sequence[Row], base: KnowledgeBase) -> str:
    """Parts chosen by a marker, age or the like with whole arms or with other parts."""
    found = _by(rows, lambda row: chosen_by(row, base))
    if len(found) < 2:
        return ""
    parts = [f"{value} ({named(ids)})" for value, ids in found.items() if value]
    whole = f"{named(found[''])} whole" if "" in found else ""
    return "; ".join([*parts[:4], *([f"{len(parts) - 4} more"] * (len(parts) > 4)), whole]).strip(
        "; "
    )


def chosen_by(row: Row, base: KnowledgeBase) -> str:
    """What chose a part, but for what a filter asks for; empty of a whole.

    That a number which is of responders only stands on responders sets it apart from no other of
    its endpoint; partial response by Choi is another response.
    """
    endpoint = base.vocabulary.endpoints.get(row.endpoint)
    usual = USUAL_RESPONSES if endpoint is not None and endpoint.of == RESPONDERS else ()
    own = [
        restriction(key, value, base.vocabulary) for key, value in row.restrictions
        if key not in ALWAYS_ASKED and not (key == RESPONDERS and value in usual)
    ]  # fmt: skip
    return " and ".join(own)


def adjusted_mixed(rows: Sequence[Row], _base: KnowledgeBase) -> str:
    """Ratios that are adjusted for covariates with ratios that are not."""
    adjusted = [row.trial for row in rows if row.adjusted_for]
    rest = [row.trial for row in rows if row.is_contrast and not row.adjusted_for]
    if not adjusted or not rest:
        return ""
    return f"adjusted ({named(adjusted)}) with not adjusted ({named(rest)})"


def treatments_differ(rows: Sequence[Row], base: KnowledgeBase) -> str:
    """Contrasts set different regimens side by side; a network is the place to join them."""
    pairs = _pairs(rows, base)
    if len(pairs) < 2:
        return ""
    shown = [f"{a} v {b} ({row.trial})" for (a, b), row in list(pairs.items())[:4]]
    more = f" and {len(pairs) - 4} more" if len(pairs) > 4 else ""
    return f"different comparisons: {'; '.join(shown)}{more}"


def arms_reversed(rows: Sequence[Row], base: KnowledgeBase) -> str:
    """Two contrasts set the same regimens against each other, one the other way round."""
    pairs = _pairs(rows, base)
    found = [
        f"{a} v {b} ({row.trial}) and {b} v {a} ({pairs[b, a].trial})"
        for (a, b), row in pairs.items()
        if a < b and (b, a) in pairs
    ]
    return "; ".join(found)


def _pairs(rows: Sequence[Row], base: KnowledgeBase) -> dict[tuple[str, str], Row]:
    return {pair_of(row, base): row for row in rows if row.is_contrast}


def pair_of(row: Row, base: KnowledgeBase) -> tuple[str, str]:
    """The regimens that a contrast sets against each other, in its direction."""
    return _treatment(row, row.arms, base), _treatment(row, row.versus_arms, base)


def histologies_mixed(rows: Sequence[Row], base: KnowledgeBase) -> str:
    """Contrasts that meet in a network share no histology: none is above both or under both.

    The root of the tree, sarcoma, is above everything and does not count; a trial of any sarcoma is
    like each of them.
    """
    words = base.vocabulary
    found = _by(of_unlike_histologies(rows, base), lambda row: _tops(row, words))
    return " with ".join(f"{tops} ({named(ids)})" for tops, ids in found.items())


def of_unlike_histologies(rows: Sequence[Row], base: KnowledgeBase) -> list[Row]:
    """The contrasts that meet others with which they share no histology.

    They meet where regimens connect them, directly or by way of other trials.
    """
    words = base.vocabulary
    contrasts = [row for row in rows if row.is_contrast and _said(row, words)]
    meeting = linked((row.address, pair_of(row, base)) for row in rows if row.is_contrast)
    unlike: set[str] = set()
    for one, other in combinations(contrasts, 2):
        if other.address in meeting[one.address] and not _share(one, other, words):
            unlike |= {one.address, other.address}
    return [row for row in contrasts if row.address in unlike]


def _share(one: Row, other: Row, vocabulary: Vocabulary) -> bool:
    under = [
        {down for each in row.studied for down in vocabulary.descendants("histology", each)}
        for row in (one, other)
    ]
    return bool(_said(one, vocabulary) & _said(other, vocabulary) or under[0] & under[1])


def _tops(row: Row, vocabulary: Vocabulary) -> str:
    names = (vocabulary.name("histology", one) for one in divisions(row, vocabulary))
    return " and ".join(names).lower()


def _said(row: Row, vocabulary: Vocabulary) -> frozenset[str]:
    """The histologies of a row and what is above them; nothing where any sarcoma was taken."""
    each = [_above(one, vocabulary) for one in row.studied]
    return frozenset().union(*each) if all(each) else frozenset()


def _above(histology: str, vocabulary: Vocabulary) -> frozenset[str]:
    """A histology and what stands above it, but for the roots, which hold everything."""
    every = vocabulary.ancestors("histology", histology)
    return frozenset(one for one in every if vocabulary.parents("histology", one))


def divisions(row: Row, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The highest histologies below the root that a row's patients have."""
    above = dict.fromkeys(up for one in row.studied for up in sorted(_above(one, vocabulary)))
    tops = (one for one in above if len(_above(one, vocabulary)) == 1)
    return tuple(sorted(tops))


def is_under(histology: str, division: str, vocabulary: Vocabulary) -> bool:
    """Whether a histology is another or under it."""
    return division in vocabulary.ancestors("histology", histology)


def _treatment(row: Row, arms: Sequence[str], base: KnowledgeBase) -> str:
    trial = base.get(row.trial)
    first = arms[0] if arms else ""
    if trial is None:
        return regimen(first, base.vocabulary).treatment
    return treatment_id(trial, first, base.vocabulary)


def _several(rows: Sequence[Row], value_of: Callable[[Row], str], say: Callable[[str], str]) -> str:
    """The stated values and their trials, where there are several; what is not stated is left."""
    found = _by(rows, value_of)
    stated = {value: ids for value, ids in found.items() if value not in ("", "not-stated")}
    if len(stated) < 2:
        return ""
    return " with ".join(f"{say(value)} ({named(ids)})" for value, ids in stated.items())


def _by(rows: Sequence[Row], value_of: Callable[[Row], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[value_of(row)].append(row.trial)
    return found
