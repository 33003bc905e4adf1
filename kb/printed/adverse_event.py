"""Adverse events as people write them: which words are one event, and what comes first in a table.

Records keep the printed event as an id. This table is for looking one up and for putting events in
an order; it changes no word. Spellings (`anemia`, `diarrhea`, `oedema`) need no entry.
"""

from __future__ import annotations

import re
from typing import Final

OVERALL: Final = "any"
"""The id of an event that is every event."""
FATAL_OUTCOME: Final = "death"
SERIOUS: Final = "serious"

SYNONYMS: Final = {
    OVERALL: ("any-event", "all", "overall", "adverse-event", "adverse-events", "any-adverse-event",
              "treatment-related", "trae", "teae"),
    "death": ("deaths", "fatal", "toxic-death", "treatment-related-death"),
    "serious": ("sae", "serious-adverse-event", "serious-adverse-events"),
    "discontinuation-for-toxicity": ("discontinuation", "discontinued", "withdrawal",
                                     "treatment-discontinuation"),
    "neutropenia": ("neutrophil-count-decreased", "neutropaenia"),
    "thrombocytopenia": ("platelet-count-decreased", "thrombopenia"),
    "leukopenia": ("leucopenia", "white-blood-cell-count-decreased", "white-blood-cell-decreased"),
    "lymphopenia": ("lymphocyte-count-decreased", "lymphocytopenia"),
    "anaemia": ("haemoglobin-decreased",),
    "alt-increased": ("alanine-aminotransferase-increased", "alt"),
    "ast-increased": ("aspartate-aminotransferase-increased", "ast"),
    "transaminases-increased": ("transaminitis", "liver-enzymes-increased"),
    "hand-foot-syndrome": ("hand-foot-skin-reaction", "palmar-plantar-syndrome", "ppe", "hfs",
                           "hfsr", "palmar-plantar-erythrodysaesthesia"),
    "mucositis": ("stomatitis", "sore-mouth", "oral-mucositis"),
    "decreased-appetite": ("anorexia", "appetite-decreased"),
    "infectious-pneumonia": ("pneumonia",),
    "ejection-fraction-decreased": ("lvef-decreased",),
    "dose-limiting-toxicity": ("dlt", "dose-limiting-toxicities"),
}  # fmt: skip
"""Words for one event, by the word that a query is most likely to use."""

ORDER: Final = ("any", "severe", "death", "discontinuation-for-toxicity", "serious", "named")
"""The blocks of a table of harms: any event, those of grade 3 and more, deaths, who stopped for
toxicity, serious events, and then each event by its name."""


def spelled(word: str) -> str:
    """An event without case, hyphens, and the difference of British and American spelling."""
    bare = re.sub(r"[\W_]+", "", word.casefold())
    return bare.replace("ae", "e").replace("oe", "e")


_MEANT: Final = {
    spelled(one): spelled(name) for name, words in SYNONYMS.items() for one in (name, *words)
}


def meaning(word: str) -> str:
    """What a word for an event is looked up as; equal for words that are one event."""
    bare = spelled(word)
    return _MEANT.get(bare, bare)
