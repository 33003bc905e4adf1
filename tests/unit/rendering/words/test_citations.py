"""A document in one line: only what is known of it, each part closed by one full stop."""

import pytest

from kb.model import Citation
from kb.rendering.words.citations import cited

WHOLE = {
    "authors": ["Liu, Z", "Smith J"], "title": "A title.", "container": "Journal", "year": "2023",
    "volume": "41", "issue": "16", "pages": "11553", "doi": "10.1000/x", "pmid": "12", "pmcid":
    "PMC3", "url": "https://example.org/a",
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"title": "Title"}, "Title"),
        ({"authors": ["Liu, Z"], "title": "T"}, "Liu Z. T"),
        ({"authors": ["A B", "C D", "E F"]}, "A B, C D, E F"),
        ({"authors": ["A B", "C D", "E F", "G H"]}, "A B, et al"),
        ({"first_author": "Smith, J"}, "Smith J, et al"),
        ({"authors": ["A B"], "first_author": "A B"}, "A B"),
        ({"container": "J", "year": "2023", "volume": "4"}, "J. 2023;4"),
        ({"container": "J", "year": "2023", "issue": "2"}, "J. 2023;(2)"),
        ({"container": "J", "year": "2023", "pages": "7-9"}, "J. 2023;:7-9"),
        ({"container": "J", "volume": "4", "issue": "2", "pages": "7"}, "J. ;4(2):7"),
        ({"year": "2023", "date": "2023-05-01"}, "2023-05-01"),
        ({"meeting": "CTOS 2016", "abstract": "P2"}, "CTOS 2016. abstract P2"),
        ({"text": "In press."}, "In press"),
        ({"title": "T", "doi": "not-stated", "url": "https://a.org"}, "T"),
        ({"title": "T", "url": "https://a.org"}, "T. https://a.org"),
        ({"title": "T", "doi": "10.1000/x", "url": "https://a.org"}, "T. doi:10.1000/x"),
        ({"title": "T", "accessed": "2026-11-25"}, "T (accessed 2026-11-25)"),
        (
            WHOLE,
            "Liu Z, Smith J. A title. Journal. 2023;41(16):11553. doi:10.1000/x. PMID 12. PMC3",
        ),
    ],
)
def test_cited(given, text):
    """Authors, title, container, year, numbers and identifiers, in that order."""
    assert text == cited(Citation.model_validate(given))
