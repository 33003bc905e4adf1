"""Measures, definitions and contrasts that an endpoint or a design does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.checks.fault import Fault, each_figure
from kb.model.estimate import Contrast
from kb.printed.measure import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Trial
    from kb.vocabulary import Vocabulary


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
