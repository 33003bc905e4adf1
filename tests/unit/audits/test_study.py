"""How rows of a study stand to each other."""

import pytest

from kb.audits.study import Study
from kb.rows.flat import part_of_arm
from kb.rows.identity import agree
from kb.rows.row import Row
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


def _side(address, arm, **more):
    """A proportion of one arm, or of none."""
    return Row(address, "t", arm=arm, set=part_of_arm(arm, ""), endpoint="a", measure="proportion",
               **more)  # fmt: skip


def _contrast(arm, versus, **more):
    return Row("c", "t", arm=arm, set=part_of_arm(arm, ""), versus=versus,
               versus_set=part_of_arm(versus, ""), endpoint="a", measure="odds-ratio", **more)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "contrast", "expected"),
    [
        pytest.param([_side("1", "x"), _side("2", "y")], _contrast("x", "y"), [("1", "2")], id="two arms"),
        pytest.param([_side("1", "x"), _side("2", "y")], _contrast("y", "x"), [("2", "1")], id="the other way round"),
        pytest.param([_side("1", "x")], _contrast("x", "y"), [], id="one arm only"),
        pytest.param([_side("1", ""), _side("2", "y")], _contrast("", "y"), [], id="an arm that is not named"),
        pytest.param([_side("1", "x", definition="8"), _side("2", "y", definition="9")], _contrast("x", "y"), [], id="two definitions"),
        pytest.param([_side("1", "x", criteria="choi"), _side("2", "y", criteria="choi")], _contrast("x", "y", criteria="recist"), [], id="judged otherwise than the contrast"),
        pytest.param([_side("1", "x"), *(_side(str(at), "y") for at in range(2, 6))], _contrast("x", "y"), [("1", str(at)) for at in range(2, 6)], id="four on a side"),
        pytest.param([_side("1", "x"), *(_side(str(at), "y") for at in range(2, 7))], _contrast("x", "y"), [], id="five on a side"),
        pytest.param([*(_side(str(at), "x") for at in range(2, 7)), _side("1", "y")], _contrast("x", "y"), [], id="five on the first side"),
    ],
)  # fmt: skip
def test_sides_of_a_contrast(rows, contrast, expected):
    """A contrast sets rows side by side that are defined and judged alike, where arms are named."""
    study = Study((*rows, contrast), _words(a={}))
    found = study.sides(contrast, "proportion")
    assert expected == [(one.address, other.address) for one, other in found]
