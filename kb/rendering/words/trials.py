"""Words on trials: how to ask for fewer."""

from __future__ import annotations

from kb.sentences import count


def narrowing(trials: int) -> str:
    """How a long answer about trials is made shorter; empty where it is about one."""
    if trials < 2:
        return ""
    return (
        f"{count(trials, 'trial')}; narrow it with --class, --histology, --line, --drug or --year"
    )
