"""Pooled estimates and networks as plain data; what is unknown is null, never NaN."""

from __future__ import annotations

from dataclasses import fields
from math import isfinite
from typing import Any

from kb.printed.measure import MEASURES
from kb.stats.results import Pooled


def number(value: Any) -> Any:
    """A value that JSON can hold."""
    return None if isinstance(value, float) and not isfinite(value) else value


def estimate(pooled: Pooled) -> dict[str, Any]:
    """The numbers and words of a pooled estimate, on the scale of pooling."""
    names = [one.name for one in fields(Pooled)]
    found = {name: number(getattr(pooled, name)) for name in names}
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in found.items()
    }


def pooled(view: Any) -> dict[str, Any]:
    """What stands beside the rows of a pooled comparison."""
    return {
        "pooled": {
            **estimate(view),
            "scale": view.scale,
            "endpoint": view.endpoint,
            "measure": view.measure,
        },
        "parts": [estimate(part) for part in view.parts],
        "parts_are": view.parts_are,
        "single": list(view.single),
        **_gate(view),
    }


def network(view: Any) -> dict[str, Any]:
    """What stands beside the rows of a network: every effect, each part apart."""
    parts = []
    for component in view.components:
        names = component.treatments
        effects = []
        for index, a in enumerate(names):
            for b in names[index + 1 :]:
                one = view.effect(a, b)
                numbers = {key: number(getattr(one, key)) for key in ("value", "low", "high", "se")}
                effects.append({"a": a, "b": b, **numbers})
        parts.append(
            {
                "treatments": list(names),
                "trials": list(component.studies),
                "tau2": number(component.tau2),
                "effects": effects,
            }
        )
    return {
        "network": {
            "endpoint": view.endpoint,
            "measure": view.measure,
            "scale": MEASURES[view.measure].pooled_as,
            "better": view.better,
            "level": view.level,
            "model": view.model,
            "q_total": view.q_total,
            "q_heterogeneity": view.q_heterogeneity,
            "q_inconsistency": view.q_inconsistency,
            "i2": number(view.i2),
            "parts": parts,
        },
        "cautions": list(view.cautions),
        **_gate(view),
    }


def _gate(view: Any) -> dict[str, Any]:
    return {
        "accepted": dict(view.accepted),
        "set_aside": [{"address": one.row.address, "why": one.why} for one in view.rows_set_aside],
    }
