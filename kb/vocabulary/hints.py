"""What a word that is no term of its kind may have meant: another verb, a measure, another kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.printed.measure import measure_named
from kb.vocabulary.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

HARMS: Final = frozenset(
    {"toxicity", "toxicities", "safety", "tolerability", "harm", "harms", "ae", "aes", "teae",
     "trae", "sae", "adverseevent", "adverseevents", "sideeffect", "sideeffects", "grade3"}
)  # fmt: skip
"""Words for adverse events, folded; they are no endpoint, and have a verb of their own."""
MEANT: Final = {
    "endpoint": {
        "response": ("orr",), "responses": ("orr",), "responders": ("orr",), "rr": ("orr",),
        "tumourresponse": ("orr",), "tumorresponse": ("orr",), "bor": ("orr",),
        "remission": ("orr", "cr", "pr"), "benefit": ("cbr", "dcr"), "control": ("dcr",),
        "progression": ("pfs", "ttp", "pd"), "mortality": ("os",), "death": ("os",),
        "durability": ("dor",), "duration": ("dor",),
    },
}  # fmt: skip
"""Words with more meanings than one, or of lay use, with the ids they mostly stand for."""


def meant(kind: str, bare: str, known: Mapping[str, object]) -> list[str]:
    """The ids that a folded word mostly stands for, of those that a vocabulary has."""
    return [one for one in MEANT.get(kind, {}).get(bare, ()) if one in known]


def hint(kind: str, word: str, bare: str, folded: Mapping[str, Mapping[str, str]]) -> str:
    """A sentence about a word that is no term of a kind; empty where there is nothing to say.

    `folded` holds the ids of every kind by their folded spellings.
    """
    if kind == "endpoint":
        if bare in HARMS:
            return "adverse events are shown by `kb harms`"
        measure, endpoint = _measured(word, folded[kind])
        if endpoint:
            return f"ask for {endpoint} with --measure {measure}"
        if measure:
            return f"it is a measure: ask for an endpoint with --measure {measure}"
    for other, spellings in folded.items():
        if other != kind and bare in spellings:
            return f"it is {KINDS[other].noun}"
    return ""


def _measured(word: str, endpoints: Mapping[str, str]) -> tuple[str, str]:
    """The measure that a word names, and the endpoint that stands behind it, as in `median PFS`."""
    pieces = re.split(r"[\s_-]+", word.strip().casefold())
    for cut in range(len(pieces), 0, -1):
        measure = measure_named(" ".join(pieces[:cut]))
        rest = "".join(piece for piece in pieces[cut:] if piece not in ("for", "of"))
        if measure and (not rest or rest in endpoints):
            return measure, endpoints.get(rest, "")
    return "", ""
