"""Measures, definitions, sets and contrasts that an endpoint or a design does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.checks.fault import Fault, each_figure, excused
from kb.model.estimate import Contrast
from kb.printed.measure import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Trial
    from kb.vocabulary import Vocabulary

RESPONDERS: Final = "responders"
EVERYBODY: Final = "all"
"""Of whom an endpoint may be, as the vocabulary says under `of`."""


def measure_not_allowed(trial: Trial, vocabulary: Vocabulary) -> Iterator[Fault]:
    """An endpoint is summarised by the measures that the vocabulary lists for it.

    A difference of medians goes with an endpoint that has medians.
    """
    for path, _, _, figure in each_figure(trial):
        endpoint = vocabulary.endpoints.get(figure.endpoint)
        measure = MEASURES[figure.measure]
        if endpoint is None or not (measure.listed or measure.beside):
            continue
        if (measure.beside or figure.measure) not in endpoint.measures:
            allowed = ", ".join(endpoint.measures)
            message = f"{figure.endpoint} has no {figure.measure}; it is given as {allowed}"
            yield Fault((*path, "measure"), "measure-not-allowed", message)


def definition_not_allowed(trial: Trial, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A definition uses the keys that the vocabulary lists under `varies` of the endpoint."""
    for path, _, _, figure in each_figure(trial):
        endpoint = vocabulary.endpoints.get(figure.endpoint)
        if endpoint is None or figure.definition is None:
            continue
        for key in figure.definition.keys_set:
            if key not in endpoint.varies:
                allowed = ", ".join(endpoint.varies) or "no key"
                message = f"{figure.endpoint} varies in {allowed}, not in {key}"
                yield Fault((*path, "definition", key), "definition-not-allowed", message)


def missing_time(trial: Trial, vocabulary: Vocabulary) -> Iterator[Fault]:
    """An endpoint that is counted at a time says at which."""
    for path, _, _, figure in each_figure(trial):
        endpoint = vocabulary.endpoints.get(figure.endpoint)
        for key in endpoint.requires if endpoint else ():
            if getattr(figure, key) is None:
                yield Fault(path, "missing-time", f"{figure.endpoint} needs `{key}`, its time")


def duration_not_on_responders(trial: Trial, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A number of responders only stands on a set that says so, whatever its n.

    `of: responders` in the vocabulary, as duration of response has it; the set then has
    `subgroup: {responders: objective}` or another word of that key.
    """
    for path, report_id, report, figure in each_figure(trial):
        endpoint = vocabulary.endpoints.get(figure.endpoint)
        if endpoint is None or endpoint.of != RESPONDERS or excused(trial, report_id, figure):
            continue
        sides = (
            {"experimental": figure.experimental, "reference": figure.reference}
            if isinstance(figure, Contrast)
            else {"set": figure.set}
        )
        for key, set_id in sides.items():
            chosen = report.analysis_sets.get(set_id)
            if chosen is None or (chosen.subgroup and chosen.subgroup.responders):
                continue
            message = (
                f"{figure.endpoint} is of responders only, and set {set_id!r} is not; it needs a "
                f"set with `subgroup: {{responders: objective}}`, its n only where it is printed"
            )
            yield Fault((*path, key), "duration-not-on-responders", message)


def contrast_of_responders(trial: Trial, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Responders of two arms were not randomised, and no more were patients with disease control.

    A contrast of an endpoint that is not `of: all` has another `kind` than `randomised`.
    """
    for path, _, _, figure in each_figure(trial):
        endpoint = vocabulary.endpoints.get(figure.endpoint)
        randomised = isinstance(figure, Contrast) and figure.kind == "randomised"
        if randomised and endpoint is not None and endpoint.of != EVERYBODY:
            whom = RESPONDERS if endpoint.of == RESPONDERS else f"{endpoint.of} patients"
            message = (
                f"{figure.endpoint} is of {whom} only, who were not randomised; kind is "
                f"unadjusted, or another that is true"
            )
            yield Fault((*path, "kind"), "contrast-of-responders", message)


def contrast_not_comparative(trial: Trial, _vocabulary: Vocabulary) -> Iterator[Fault]:
    """`kind: randomised` stands only where arms were randomised in order to be compared."""
    design = trial.design
    for path, _, _, figure in each_figure(trial):
        randomised = isinstance(figure, Contrast) and figure.kind == "randomised"
        if not randomised or design.is_comparative:
            continue
        if design.allocation != "randomised":
            message = f"kind is randomised, but the allocation is {design.allocation}"
        elif design.comparative is False:
            message = "kind is randomised, but the design says comparative: false"
        else:
            message = f"kind is randomised, but the design is {design.timing}"
        yield Fault((*path, "kind"), "contrast-not-comparative", message)
