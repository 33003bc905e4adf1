"""Network meta-analysis of contrasts: every treatment against every other, directly or not."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt
from typing import TYPE_CHECKING, NamedTuple

from kb.stats.network.contrasts import parts, read
from kb.stats.network.fit import ESTIMATORS, between_studies, solved, within_designs
from kb.stats.network.scores import p_scores
from kb.stats.network.split import Split, split
from kb.stats.numeric.special import critical_value, tail_of
from kb.stats.pooling.heterogeneity import i_squared
from kb.stats.pooling.inverse_variance import chi_square_tail, quantile
from kb.stats.results import Bounds, Effect

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.stats.network.contrasts import Part
    from kb.stats.network.fit import Solution


class StudyInfluence(NamedTuple):
    """What is left of tau², and of Q with its degrees of freedom, without one study."""

    study: str
    tau2_without: float
    q_without: float
    df_without: int


@dataclass(frozen=True, slots=True)
class ConnectedPart:
    """One connected part of a network: its estimate, the tau² in its weights and the common Q.

    Without degrees of freedom nothing is known of tau², and the weights hold 0.
    """

    part: Part
    solution: Solution
    weight_tau2: float
    q_total: float

    @property
    def tau2(self) -> float:
        """The variance between studies, `nan` where nothing is left to estimate it."""
        return self.weight_tau2 if self.df > 0 else nan

    @property
    def treatments(self) -> tuple[str, ...]:
        """The treatments, in alphabetical order."""
        return self.part.treatments

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies, in the order given."""
        return tuple(study[0].study for study in self.part.contrasts)

    @property
    def df(self) -> int:
        """The degrees of freedom of Q."""
        return self.part.df


@dataclass(frozen=True, slots=True)
class NetworkResult:
    """A network estimate; parts that no study connects are `components` of their own.

    Values are on the scale of the contrasts (log for ratios), a versus b. tau² belongs to a part:
    `tau2` is `nan` where there are several, as each of `components` has one. Q and its degrees
    of freedom add up over the parts.
    """

    components: tuple[ConnectedPart, ...]
    model: str
    estimator: str
    level: float
    reference: str | None

    @property
    def treatments(self) -> tuple[str, ...]:
        """All treatments, part by part."""
        return tuple(name for component in self.components for name in component.treatments)

    @property
    def tau2(self) -> float:
        """The variance between studies of a connected network."""
        return self.components[0].tau2 if len(self.components) == 1 else nan

    @property
    def q_total(self) -> float:
        """Q of the common-effect network, chi-square with `df` if nothing varies."""
        return sum(component.q_total for component in self.components)

    @property
    def df(self) -> int:
        """The degrees of freedom of `q_total`."""
        return sum(component.df for component in self.components)

    @property
    def p_total(self) -> float:
        """The probability of a `q_total` at least as large."""
        return chi_square_tail(self.q_total, self.df)

    @property
    def q_heterogeneity(self) -> float:
        """The Q of studies of the same treatments (within designs)."""
        return sum(within_designs(component.part)[0] for component in self.components)

    @property
    def df_heterogeneity(self) -> int:
        """The degrees of freedom of `q_heterogeneity`."""
        return sum(within_designs(component.part)[1] for component in self.components)

    @property
    def q_inconsistency(self) -> float:
        """The Q left between designs; 0 where no loop can disagree."""
        return max(0.0, self.q_total - self.q_heterogeneity) if self.df_inconsistency else 0.0

    @property
    def df_inconsistency(self) -> int:
        """The degrees of freedom of `q_inconsistency`."""
        return self.df - self.df_heterogeneity

    @property
    def p_inconsistency(self) -> float:
        """The probability of a `q_inconsistency` at least as large, `nan` without a loop."""
        return chi_square_tail(self.q_inconsistency, self.df_inconsistency)

    @property
    def i2(self) -> float:
        """I² = max(0, (Q − df)/Q) as a fraction."""
        return i_squared(self.q_total, self.df)

    def effect(self, a: str, b: str | None = None) -> Effect:
        """Return a versus b with a normal interval; b is the reference where none is named.

        Raises ValueError for an unknown treatment and for two that no chain of studies connects.
        """
        value, se, _ = self._contrast(a, b)
        half = critical_value(self.level) * se
        method = f"network, {self.model} effects, normal interval"
        if self.model == "random":
            method += f", tau² by {ESTIMATORS[self.estimator].name}"
        return Effect(value, value - half, value + half, se, method, self.level)

    def prediction(self, a: str, b: str | None = None) -> Bounds:
        """Return where a new study's a versus b lies: t with the df of Q around √(tau² + se²).

        `nan` under a common effect and without degrees of freedom. Raises as `effect` does.
        """
        value, se, component = self._contrast(a, b)
        if self.model == "common" or component.df == 0:
            return Bounds(nan, nan, self.level)
        half = quantile(self.level, component.df) * sqrt(component.tau2 + se**2)
        return Bounds(value - half, value + half, self.level)

    def p_scores(self, *, better: str = "lower") -> dict[str, float]:
        """Return the P-score of every treatment of a connected network, 1 for surely the best.

        Raises ValueError for parts that are not connected, since no score bridges them.
        """
        if len(self.components) > 1:
            raise ValueError(f"no ranking across {len(self.components)} unconnected parts")
        component = self.components[0]
        return p_scores(
            component.treatments,
            component.solution.estimates,
            component.solution.covariance,
            better=better,
        )

    def split(self) -> list[Split]:
        """Return the direct and the indirect evidence of every comparison within a part."""
        return [
            row
            for component in self.components
            for row in split(
                component.part, component.solution, component.weight_tau2, level=self.level
            )
        ]

    def influence(self) -> list[StudyInfluence]:
        """Return tau² and Q without each study; what it alone connected falls apart first."""
        result = []
        for component in self.components:
            contrasts = component.part.contrasts
            for i, study in enumerate(contrasts):
                rest = parts(contrasts[:i] + contrasts[i + 1 :])
                q = sum(solved(piece, 0.0).q for piece in rest)
                df = sum(piece.df for piece in rest)
                tau2 = between_studies(self.estimator, *rest) if df > 0 else nan
                result.append(StudyInfluence(study[0].study, tau2, q, df))
        return result

    def _contrast(self, a: str, b: str | None) -> tuple[float, float, ConnectedPart]:
        """Return a versus b, its standard error and the part that knows both."""
        if b is None and self.reference is None:
            raise ValueError(f"{a} versus what? the network was given no reference")
        ends = a, self.reference if b is None else b
        homes = []
        for end in ends:
            home = [part for part in self.components if end in part.treatments]
            if not home:
                raise ValueError(f"{end!r} is not in the network of {', '.join(self.treatments)}")
            homes += home
        if homes[0] is not homes[1]:
            raise ValueError(f"no chain of studies connects {ends[0]} and {ends[1]}")
        component = homes[0]
        i, j = (component.treatments.index(end) for end in ends)
        estimates, cov = component.solution.estimates, component.solution.covariance
        variance = float(cov[i, i] + cov[j, j] - 2 * cov[i, j]) if i != j else 0.0
        return float(estimates[i] - estimates[j]), sqrt(variance), component


def network_effects(
    contrasts: Iterable[Sequence[object]],
    *,
    model: str = "random",
    tau2: str = "dl",
    reference: str | None = None,
    level: float = 95,
    tolerance: float = 0.01,
) -> NetworkResult:
    """Return the network estimate of `contrasts`, each (study, a, b, value, se): a versus b.

    Graph-theoretical (Rücker 2012), equal to weighted least squares; studies of several arms give
    every pair, consistent within `tolerance` on the scale given, and enter by reduced weights
    (Rücker & Schwarzer 2014). `model` is `random` or `common`; `tau2`, one per connected part,
    `dl` (generalised) or `reml`. Raises ValueError, naming the study, for contrasts that cannot
    be, and for unknown options.
    """
    if model not in ("random", "common"):
        raise ValueError(f"model is random or common, not {model!r}")
    if tau2 not in ESTIMATORS:
        raise ValueError(f"tau2 of a network is {' or '.join(ESTIMATORS)}, not {tau2!r}")
    tail_of(level)
    components = []
    for part in parts(read(contrasts, tolerance=tolerance)):
        common = solved(part, 0.0)
        variance = between_studies(tau2, part) if model == "random" else 0.0
        solution = solved(part, variance) if variance > 0 else common
        components.append(ConnectedPart(part, solution, variance, common.q))
    result = NetworkResult(tuple(components), model, tau2, level, reference)
    if reference is not None and reference not in result.treatments:
        raise ValueError(f"the reference {reference!r} is none of {', '.join(result.treatments)}")
    return result
