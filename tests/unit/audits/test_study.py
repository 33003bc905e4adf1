"""How rows of a study stand to each other."""

import pytest

from kb.audits.study import Study
from kb.rows.identity import agree
from kb.vocabulary import Vocabulary
from kb.vocabulary.terms import Endpoint


def _words(**relations):
    """A vocabulary of endpoints with these relations, `a={"not_above": ["b"]}`."""
    about = {"definition": "As named.", "better": "higher", "measures": ["proportion"]}
    return Vocabulary({
        "endpoint": {
            key: Endpoint.model_validate({"name": key, **about, **relation})
            for key, relation in relations.items()
        }
    })  # fmt: skip


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [("a", {"b", "c", "d"}), ("b", {"d"}), ("d", set()), ("e", {"f"}), ("f", set()), ("x", set())],
)
def test_endpoints_above(endpoint, expected):
    """What an endpoint cannot be above is reached in several steps and ways, in both directions."""
    words = _words(
        a={"not_above": ["b", "c"]}, b={"not_above": ["d"]}, c={"not_above": ["d"]}, d={},
        e={}, f={"not_below": ["e"]},
    )  # fmt: skip
    assert expected == set(Study((), words).uppers(endpoint))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("a", ""), ("a", "b"), True),
        (("a", "b"), ("a", "b"), True),
        (("", ""), ("a", "b"), True),
        (("a", "c"), ("a", "b"), False),
    ],
)
def test_agreement(one, other, expected):
    """Two descriptions agree unless both say something and it differs."""
    assert expected == agree(one, other)
