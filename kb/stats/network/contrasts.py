"""The contrasts of a network: checked, grouped by study, split into connected parts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kb.stats.pooling.samples import FAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Indices = NDArray[np.intp]


WIDEST = 1e6  # how many times the smallest standard error of a network the largest may be


class StudyContrast(NamedTuple):
    """One number of one study: a versus b with its standard error."""

    study: str
    a: str
    b: str
    value: float
    se: float


@dataclass(frozen=True, slots=True)
class Multi:
    """A study of three arms or more: its rows, its arms, and who stands at each row's ends.

    `first` and `second` are positions in `arms`; `variances` is the matrix of the variances of
    the differences between arms.
    """

    rows: Indices
    arms: Indices
    first: Indices
    second: Indices
    variances: Array


@dataclass(frozen=True, slots=True)
class Part:
    """A connected part of a network: its contrasts by study, and as arrays of one row each.

    `study` counts the studies, `a` and `b` index `treatments`; `multi` holds the studies of more
    than two arms.
    """

    contrasts: tuple[Sequence[StudyContrast], ...]
    treatments: tuple[str, ...]
    study: Indices
    a: Indices
    b: Indices
    value: Array
    variance: Array
    multi: tuple[Multi, ...]

    @property
    def df(self) -> int:
        """Arms less studies, less treatments, plus one: what Q has to be compared with."""
        two_arm = len(self.contrasts) - len(self.multi)
        inside = two_arm + sum(len(study.arms) - 1 for study in self.multi)
        return inside - (len(self.treatments) - 1)


def read(contrasts: Iterable[Sequence[object]], *, tolerance: float) -> list[list[StudyContrast]]:
    """Return the contrasts of each study, in order of appearance.

    Raises ValueError, naming the study, for a value or a standard error that cannot be pooled (see
    `pool_effects`), for standard errors more than a million times one another, whose weights leave
    no digit to the matrices, for a pair given twice or missing, and for pairs of a study that
    contradict each other: effects round a triangle by more than `tolerance`, variances by more than
    5 %.
    """
    studies: dict[str, list[StudyContrast]] = {}
    for row in contrasts:
        if len(row) != 5:
            raise ValueError(f"a contrast is (study, a, b, value, se), not {row!r}")
        study, a, b = map(str, row[:3])
        value, se = float(row[3]), float(row[4])  # type: ignore[arg-type]  # mixed
        if not (abs(value) <= FAR and 1 / FAR <= se <= FAR):
            raise ValueError(f"study {study!r}: {a} versus {b} has value {value} and se {se}")
        if a == b:
            raise ValueError(f"study {study!r} sets {a} against itself")
        studies.setdefault(study, []).append(StudyContrast(study, a, b, value, se))
    if not studies:
        raise ValueError("a network needs at least one contrast")
    errors = [row.se for rows in studies.values() for row in rows]
    if max(errors) > WIDEST * min(errors):
        raise ValueError(
            f"standard errors from {min(errors):g} to {max(errors):g} lie too far apart for one "
            f"network, by more than a factor of {WIDEST:g}"
        )
    for rows in studies.values():
        if len(rows) > 1:
            _check_study(rows, tolerance)
    return list(studies.values())


def parts(studies: Iterable[Sequence[StudyContrast]]) -> list[Part]:
    """Return the connected parts, treatments in alphabetical order, in the order of their first."""
    studies = list(studies)
    leader: dict[str, str] = {}

    def lead(treatment: str) -> str:
        while leader.setdefault(treatment, treatment) != treatment:
            leader[treatment] = leader[leader[treatment]]
            treatment = leader[treatment]
        return treatment

    for rows in studies:
        for row in rows:
            leader[lead(row.a)] = lead(row.b)
    together: dict[str, list[Sequence[StudyContrast]]] = {}
    for rows in studies:
        together.setdefault(lead(rows[0].a), []).append(rows)
    return sorted((_part(group) for group in together.values()), key=lambda part: part.treatments)


def _part(studies: Sequence[Sequence[StudyContrast]]) -> Part:
    rows = [row for study in studies for row in study]
    treatments = sorted({end for row in rows for end in (row.a, row.b)})
    index = {treatment: i for i, treatment in enumerate(treatments)}
    lengths = [len(study) for study in studies]
    starts = np.cumsum([0, *lengths])
    a = np.array([index[row.a] for row in rows])
    b = np.array([index[row.b] for row in rows])
    variance = np.array([row.se for row in rows]) ** 2
    multi = []
    for start, length in zip(starts, lengths, strict=False):
        if length > 1:
            span = np.arange(start, start + length)
            arms, ends = np.unique(np.concatenate([a[span], b[span]]), return_inverse=True)
            first, second = ends[:length], ends[length:]
            matrix = np.zeros((len(arms), len(arms)))
            matrix[first, second] = matrix[second, first] = variance[span]
            multi.append(Multi(span, arms, first, second, matrix))
    return Part(
        contrasts=tuple(studies),
        treatments=tuple(treatments),
        study=np.repeat(np.arange(len(studies)), lengths),
        a=a,
        b=b,
        value=np.array([row.value for row in rows]),
        variance=variance,
        multi=tuple(multi),
    )


def _check_study(rows: Sequence[StudyContrast], tolerance: float) -> None:
    """Raise ValueError unless the rows are every pair of their arms once, without contradiction."""
    name = rows[0].study
    arms = sorted({end for row in rows for end in (row.a, row.b)})
    effect: dict[tuple[str, str], float] = {}
    variance: dict[tuple[str, str], float] = {}
    for row in rows:
        if (row.a, row.b) in effect:
            raise ValueError(f"study {name!r} gives {row.a} versus {row.b} twice")
        effect[row.a, row.b], effect[row.b, row.a] = row.value, -row.value
        variance[row.a, row.b] = variance[row.b, row.a] = row.se**2
    for pair in combinations(arms, 2):
        if pair not in effect:
            raise ValueError(
                f"study {name!r} has {len(arms)} arms and lacks {' versus '.join(pair)}"
            )
    for a, b, c in combinations(arms, 3):
        gap = effect[a, b] + effect[b, c] - effect[a, c]
        if abs(gap) > tolerance:
            raise ValueError(
                f"study {name!r}: {a} versus {b} and {b} versus {c} miss {a} versus {c} "
                f"by {abs(gap):.3g}, more than {tolerance:g}"
            )
    _check_variances(name, arms, variance)


def _check_variances(
    name: str, arms: Sequence[str], variance: dict[tuple[str, str], float]
) -> None:
    """Raise ValueError unless one variance per arm adds up to that of every pair within 5 %."""
    pairs = list(combinations(range(len(arms)), 2))
    design = np.zeros((len(pairs), len(arms)))
    for row, pair in enumerate(pairs):
        design[row, pair] = 1
    given = np.array([variance[arms[i], arms[j]] for i, j in pairs])
    own = np.linalg.lstsq(design, given, rcond=None)[0]
    if own.min() < -0.05 * given.min() or (np.abs(design @ own - given) > 0.05 * given).any():
        raise ValueError(
            f"study {name!r}: the standard errors of its pairs need one variance per arm"
        )
