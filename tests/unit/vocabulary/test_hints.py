"""What is said of a word that is no term of its kind."""

import pytest

from builders import base_of
from kb.errors import UnknownTermError

WORDS = base_of().vocabulary


@pytest.mark.parametrize(
    ("kind", "word", "said"),
    [
        ("endpoint", "response", "; did you mean 'orr'?"),
        ("endpoint", "RR", "; did you mean 'orr'?"),
        ("endpoint", "Tumour response", "; did you mean 'orr'?"),
        ("endpoint", "durability", ""),
        ("endpoint", "toxicity", "; adverse events are shown by `kb harms`"),
        ("endpoint", "Adverse Events", "; adverse events are shown by `kb harms`"),
        ("endpoint", "HR", "; it is a measure: ask for an endpoint with --measure hazard-ratio"),
        ("endpoint", "median PFS", "; ask for pfs with --measure median"),
        (
            "endpoint",
            "hazard ratio for overall survival",
            "; ask for os with --measure hazard-ratio",
        ),
        ("endpoint", "median nonsense", ""),
        ("endpoint", "doxorubicin", "; it is a drug"),
        ("drug", "chemotherapy", "; it is a drug class"),
        ("drug", "LMS", "; it is a histology"),
        ("drug", "HR", ""),
        ("drug", "doxorubicine", "; did you mean 'doxorubicin'?"),
    ],
)
def test_hints(kind, word, said):
    """A lay word gets the usual meaning, another kind of word is named, near words come last."""
    with pytest.raises(UnknownTermError) as refused:
        WORDS.resolve(kind, word)
    assert f"{word!r} is not a known {kind}{said}" == str(refused.value)
