"""The reasons of the gate by name, for whoever asks for them before there are rows."""

from __future__ import annotations

from kb.synthesis.gate.reasons import REASONS


def reasons() -> tuple[str, ...]:
    """The ids that `accept` takes, in the order in which the gate looks."""
    return tuple(REASONS)
