"""How endpoints are written where room is short."""

import pytest

from kb.vocabulary.kinds import abbreviated


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("os", "OS"),
        ("pfs", "PFS"),
        ("ttnt", "TTNT"),
        ("death", "death"),
        ("pain-free", "pain free"),
    ],
)
def test_abbreviated(endpoint, expected):
    """Up to four letters in capitals, longer ids as words."""
    assert expected == abbreviated(endpoint)
