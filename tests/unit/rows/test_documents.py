"""By what a publication is known, and which of them are one."""

import pytest

from kb.model.citation import Citation
from kb.rows.documents import IDENTIFIERS, each_group, identifiers, linked


@pytest.mark.parametrize(
    ("cited", "known"),
    [
        ({}, {}),
        ({"doi": "10.1000/AbC"}, {("doi", "10.1000/abc"): "10.1000/AbC"}),
        ({"doi": "not-stated", "pmid": "12"}, {("pmid", "12"): "12"}),
        ({"url": "https://X.org/a"}, {("url", "https://x.org/a"): "https://X.org/a"}),
        ({"pmcid": "PMC1", "title": "A trial", "year": "2020"}, {}),
        (
            {"url": "https://x.org", "pmid": "1", "doi": "10.1000/1"},
            {
                ("doi", "10.1000/1"): "10.1000/1",
                ("pmid", "1"): "1",
                ("url", "https://x.org"): "https://x.org",
            },
        ),
    ],
)
def test_identifiers(cited, known):
    """A DOI, a PubMed number and an address name a document, in whatever case; nothing else does."""
    found = identifiers(Citation.model_validate(cited))
    assert known == found
    assert {kind for kind, _ in found} <= set(IDENTIFIERS)


@pytest.mark.parametrize(
    ("marks", "groups"),
    [
        ([], []),
        ([("a", [1]), ("b", [2])], ["a", "b"]),
        ([("a", [1]), ("b", [1])], ["ab"]),
        ([("a", []), ("b", [])], ["a", "b"]),
        ([("a", [1]), ("b", [2]), ("c", [2, 1])], ["abc"]),
        ([("a", [1]), ("b", [1, 2]), ("c", [2, 3]), ("d", [3]), ("e", [4])], ["abcd", "e"]),
        ([("a", [1]), ("b", [2]), ("c", [1]), ("d", [2]), ("e", [1, 2])], ["abcde"]),
        ([("a", [1]), ("b", [2]), ("a", [2])], ["ab"]),
    ],
    ids=["none", "apart", "shared", "silent", "joined late", "chain", "two groups", "named twice"],
)
def test_linked(marks, groups):
    """What shares a mark is one group, also by way of others, whatever the order."""
    found = linked(marks)
    assert groups == ["".join(sorted(group)) for group in each_group(found)]
    assert all(name in group for name, group in found.items())
