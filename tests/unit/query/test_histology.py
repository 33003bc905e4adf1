"""Whether all patients of a row are of one histology."""

import pytest

from builders import base_of, trial
from kb.query.histology import only

WORDS = base_of(trial()).vocabulary


@pytest.mark.parametrize(
    ("studied", "asked", "all_are"),
    [
        (["liposarcoma"], ["liposarcoma"], True),
        (["liposarcoma"], ["soft-tissue-sarcoma"], True),
        (["soft-tissue-sarcoma"], ["liposarcoma"], False),
        (["liposarcoma", "leiomyosarcoma"], ["liposarcoma"], False),
        (["liposarcoma", "leiomyosarcoma"], ["liposarcoma", "leiomyosarcoma"], True),
        (["liposarcoma", "leiomyosarcoma"], ["soft-tissue-sarcoma"], True),
        (["liposarcoma", "osteosarcoma"], ["soft-tissue-sarcoma"], False),
        ([], ["liposarcoma"], False),
    ],
)
def test_only(studied, asked, all_are):
    """Every histology of the patients is at or under one that was asked for; silence is not."""
    assert all_are is only(studied, asked, WORDS)
