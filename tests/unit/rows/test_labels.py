"""What rows are called, so that no two rows of one list bear one name."""

from typing import get_args

import pytest

from builders import base_of, trial
from kb.model.words import Responders
from kb.rows.labels import RESPONSES, TELLING, TERMS, group_name, label, labels, part_of, tails
from kb.rows.row import FIELDS, Row

WORDS = base_of(trial()).vocabulary


def _row(**more):
    return Row("1", **({"trial": "alpha", "endpoint": "orr", "measure": "proportion"} | more))


@pytest.mark.parametrize(
    ("fields", "plain", "by_name"),
    [
        ({}, "alpha", "alpha"),
        ({"acronym": "SAINT"}, "SAINT", "SAINT"),
        ({"part": "primary"}, "alpha", "alpha"),
        ({"part": "part-2"}, "alpha, part-2", "alpha, part-2"),
        ({"part": "a;primary;b"}, "alpha, a and b", "alpha, a and b"),
        ({"subgroup": "histology=leiomyosarcoma"}, "alpha, leiomyosarcoma", "alpha, Leiomyosarcoma"),
        (
            {"subgroup": "histology=soft-tissue-sarcoma;histology=osteosarcoma"},
            "alpha, soft tissue sarcoma or osteosarcoma",
            "alpha, Soft-tissue sarcoma or Osteosarcoma",
        ),
        (
            {"subgroup": "histology=liposarcoma;age=over 65"},
            "alpha, liposarcoma, over 65",
            "alpha, Liposarcoma, over 65",
        ),
        ({"subgroup": "drug-received=anlotinib"}, "alpha, anlotinib", "alpha, Anlotinib"),
        (
            {"subgroup": "biomarker=PD-L1 tumour proportion score >=5 %"},
            "alpha, PD-L1 tumour proportion score >=5 %",
            "alpha, PD-L1 tumour proportion score >=5 %",
        ),
        ({"subgroup": "biomarker=IGF-1"}, "alpha, IGF-1", "alpha, IGF-1"),
        ({"subgroup": "responders=objective"}, "alpha, objective responders", "alpha, objective responders"),
        ({"subgroup": "responders=confirmed"}, "alpha, confirmed responders", "alpha, confirmed responders"),
        ({"subgroup": "responders=choi-partial"}, "alpha, partial responders by Choi", "alpha, partial responders by Choi"),
        ({"subgroup": "responders=not-stated"}, "alpha, responders", "alpha, responders"),
        ({"subgroup": "responders=of mine"}, "alpha, of mine", "alpha, of mine"),
        ({"subgroup": "other=a; b"}, "alpha, a; b", "alpha, a; b"),
        ({"subgroup": "well-known"}, "alpha, well-known", "alpha, well-known"),
    ],
)  # fmt: skip
def test_label(fields, plain, by_name):
    """Trial, part and subgroup; ids become words or names, free text stays as it is printed."""
    row = _row(**fields)
    assert plain == label(row)
    assert [plain] == labels([row])
    assert [by_name] == labels([row], WORDS)
    assert part_of(row, WORDS) in by_name


def test_keys_that_hold_terms():
    """Histologies and drugs are words of the vocabulary; whatever else restricts is free text."""
    assert {"histology": "histology", "drug-received": "drug"} == TERMS


def test_every_response_has_a_name():
    """Each word that a record may say of responders is said in a label."""
    assert set(get_args(Responders)) == set(RESPONSES)


DIFFERENT = {
    "id": ("", "bicr", "", ", bicr"),
    "arm": ("one", "one;two", ", one", ", one and two"),
    "analysis_set": ("treated", "response-evaluable", ", treated", ", response evaluable"),
    "assessor": ("", "independent-review", ", assessor not stated", ", independent review"),
    "criteria": ("recist-1.1", "not-stated", ", recist 1.1", ", criteria not stated"),
    "confirmed": ("confirmed", "unconfirmed", ", confirmed", ", unconfirmed"),
    "report": ("smith-2020", "late-2022", ", smith 2020", ", late 2022"),
    "timing": ("best", "", ", best", ", timing not stated"),
    "set": ("one", "all-treated", ", one", ", all treated"),
}  # fmt: skip


@pytest.mark.parametrize("field", list(TELLING))
def test_one_field_that_differs(field):
    """Rows of one name get the field in which they differ, said so where one is silent."""
    one, other, first, second = DIFFERENT[field]
    assert [first, second] == tails([_row(**{field: one}), _row(**{field: other})])


def test_every_telling_field_has_a_case():
    """A field that is added to those that tell rows apart stands in the table above."""
    assert set(DIFFERENT) == set(TELLING) <= set(FIELDS)


def test_the_most_telling_field_is_chosen():
    """Of several fields that differ the one with most values, then the first of the list."""
    rows = [
        _row(arm="a", criteria="x", set="s"),
        _row(arm="a", criteria="y", set="t"),
        _row(arm="b", criteria="z", set="u"),
    ]
    assert [", x", ", y", ", z"] == tails(rows)


def test_rows_that_differ_in_nothing():
    """What cannot be told apart gets nothing behind it, and other endpoints are no namesakes."""
    assert ["", ""] == tails([_row(), _row()])
    assert ["", ""] == tails([_row(arm="a"), _row(arm="b", endpoint="dcr")])
    assert ["", ""] == tails([_row(arm="a"), _row(arm="b", trial="beta")])
    assert ["", ""] == tails([_row(arm="a"), _row(arm="b", versus="c")])
    assert [] == tails([])


def test_one_restriction_under_two_keys():
    """Parts whose restrictions read alike are told apart by something else."""
    rows = [
        _row(subgroup=f"{key}=pretreated", set=name)
        for key, name in (("other", "one"), ("prior-therapy", "two"))
    ]
    assert ["alpha, pretreated, one", "alpha, pretreated, two"] == labels(rows)


def test_labels_take_the_tails():
    """The label of each row ends with what tells it apart."""
    assert ["alpha", "alpha, bicr"] == labels([_row(), _row(id="bicr")])


@pytest.mark.parametrize(
    ("value", "name"),
    [(True, "yes"), (False, "no"), (12.0, "12"), (2.5, "2.5"), (3, "3"), ("first", "first"),
     ("", "not stated"), (None, "not stated"), (0, "0")],
)  # fmt: skip
def test_names_of_groups(value, name):
    """A field as people call it; only what is empty is not stated, and nought is a number."""
    assert name == group_name(value)
