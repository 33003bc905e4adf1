"""Words on trials: a treatment that a narrow column can break, how to ask for fewer."""

from __future__ import annotations

from kb.sentences import count


def spaced(treatment: str) -> str:
    """A treatment id with room around its signs, so that a narrow column can break it."""
    for sign in "+&/":
        treatment = treatment.replace(sign, f" {sign} ")
    return treatment


def narrowing(trials: int) -> str:
    """How a long answer about trials is made shorter; empty where it is about one."""
    if trials < 2:
        return ""
    return (
        f"{count(trials, 'trial')}; narrow it with --class, --histology, --line, --drug or --year"
    )
