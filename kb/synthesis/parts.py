"""What is estimated besides the whole: groups, the rest without each row, growing sets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.rows.labels import group_name, labels
from kb.rows.row import FIELDS
from kb.sentences import named, suggestion
from kb.vocabulary.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.rows.row import Row
    from kb.stats.results import Pooled


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What is estimated besides the whole: groups, the rest without each row, or growing sets."""

    by: str | None = None
    leave_one_out: bool = False
    cumulative: bool = False
    shared_tau2: bool = False

    def __post_init__(self) -> None:
        asked = [
            name
            for name, wanted in (
                ("by", self.by is not None),
                ("leave_one_out", self.leave_one_out),
                ("cumulative", self.cumulative),
            )
            if wanted
        ]
        if len(asked) > 1:
            raise ValueError(f"one of {', '.join(asked)} at a time")
        if self.by is not None and self.by not in FIELDS:
            near = suggestion(nearest(self.by, list(FIELDS)))
            raise ValueError(f"{self.by!r} is no field of a row{near}")
        if self.shared_tau2 and self.by is None:
            raise ValueError("shared_tau2 is of groups: say by what")


def parts_of(
    rows: Sequence[Row],
    asked: Sensitivity,
    whole: Pooled,
    numbers: tuple[Sequence[float], Sequence[float]],
    options: dict[str, Any],
) -> tuple[tuple[Pooled, ...], str]:
    """The estimates besides the whole, and in words what they are and what they show."""
    from kb.stats.pooling import sensitivity

    names = labels(rows)
    if asked.by is not None:
        groups = [group_name(getattr(row, asked.by)) for row in rows]
        found = sensitivity.subgroups(*numbers, groups, shared_tau2=asked.shared_tau2, **options)
        single = of_one_trial(groups, rows)
        said = f"; of one trial, so without a subtotal: {named(single)}" if single else ""
        if found.df_between < 1:
            return tuple(found), f"by {asked.by}: one group, so nothing to test{said}"
        p = f"p {'< .001' if found.p_between < 0.0005 else f'= {found.p_between:.3f}'}"
        test = f"Q between = {found.q_between:.2f}, df = {found.df_between}, {p}"
        return tuple(found), f"by {asked.by}: {test}{said}"
    if asked.leave_one_out and len(rows) > 1:
        without = sensitivity.leave_one_out(*numbers, labels=names, **options)
        carrier = sensitivity.driver(whole, without)
        left, held = (f"{one.tau2:.3f}" if one else "" for one in (carrier, whole))
        said = (
            f"; {carrier.label} carries most heterogeneity: without it tau² is {left}, with it "
            f"{held}"
            if carrier and left != held
            else ""
        )
        return tuple(without), f"without each{said}"
    if asked.cumulative:
        return tuple(
            sensitivity.cumulative(*numbers, labels=names, **options)
        ), "cumulative by year"
    return (), ""


def of_one_trial(groups: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """The groups whose rows are all of one trial: an estimate of each is no synthesis."""
    trials: dict[str, set[str]] = defaultdict(set)
    for name, row in zip(groups, rows, strict=True):
        trials[name].add(row.trial)
    return tuple(name for name, own in trials.items() if len(own) == 1)
