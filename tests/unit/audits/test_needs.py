"""What rules declare that they need, against the rules there are and the rows there can be."""

import pytest

from kb.audits import NUMBER_RULES
from kb.audits.needs import EITHER, NEEDS, Needs
from kb.audits.study import Study
from kb.rows.row import FIELDS, Row
from kb.vocabulary import Vocabulary

STUDY = Study((), Vocabulary({}))


def test_every_rule_about_numbers_declares_its_needs():
    """Each rule stands in the declaration, in the order of the manual, and nothing else does."""
    assert [rule.__name__.replace("_", "-") for rule in NUMBER_RULES] == list(NEEDS)


@pytest.mark.parametrize("needs", NEEDS.values(), ids=NEEDS)
def test_declarations_name_what_there_is(needs):
    """What a rule looks at is a part of a study, and what it needs are fields of rows."""
    assert () == getattr(STUDY, needs.of)
    assert set() == {one for each in needs.fields for one in each.split(EITHER)} - {*FIELDS}


@pytest.mark.parametrize(
    ("fields", "met"),
    [
        (("n", "events"), True),
        (("n", "value"), False),
        (("n", "events|value"), True),
        (("low|high",), False),
        ((), True),
    ],
)
def test_needs_are_met_by_what_is_printed(fields, met):
    """A percent that is computed from its count is none that is printed."""
    row = Row("1", "a", events=3, events_source="reported", n=9, value="33.3",
              value_source="computed")  # fmt: skip
    assert met == Needs("rows", fields).met(row)
