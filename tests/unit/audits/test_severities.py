"""The severities that are declared are those that the rules yield, all of them and no other."""

import runpy
from pathlib import Path

import pytest

import kb
from kb.audits import RULES, finding, judged
from kb.audits.doses import doses
from kb.audits.severities import YIELDED

TABLES = sorted(Path(__file__).parent.glob("**/test_*.py"))


def _boundaries():
    """The boundary cases of every module of tests: rule, and what it is expected to say."""
    for path in TABLES:
        for rule, cases in runpy.run_path(str(path)).get("BOUNDARIES", {}).items():
            for _, _, expected in cases:
                yield rule, [severity for severity, _ in expected]


@pytest.fixture(scope="module")
def boundaries():
    """The boundary cases, read once."""
    return list(_boundaries())


def test_every_rule_declares_its_severities():
    """Each rule stands in the declaration, in the order of the manual, and nothing else does."""
    assert [rule.__name__.replace("_", "-") for rule in RULES] == list(YIELDED)


def test_severities_stand_worst_first():
    """A rule has at least one severity, none twice, the worst first."""
    for rule, declared in YIELDED.items():
        ordered = tuple(one for one in finding.SEVERITIES if one in declared)
        assert ordered == declared, rule
        assert declared, rule


def test_every_declared_severity_is_yielded(boundaries):
    """For each severity of each rule some boundary case has it, and no case has another."""
    assert {(rule, one) for rule, declared in YIELDED.items() for one in declared} == {
        (rule, severity) for rule, severities in boundaries for severity in severities
    }


def test_every_rule_is_tested_on_both_sides(boundaries):
    """Each rule has a boundary case in which it is silent and one in which it speaks."""
    assert {(rule, speaks) for rule in YIELDED for speaks in (False, True)} == {
        (rule, bool(severities)) for rule, severities in boundaries
    }


def test_records_have_declared_severities_only():
    """What the audit says of the records in the package, acknowledged or not, is declared."""
    base = kb.load()
    known = doses(base)
    found = set()
    for trial in base.values():
        standing, acknowledged = judged(trial, base.vocabulary, known)
        found |= {(one.rule, one.severity) for one in standing}
        found |= {(one.rule, one.severity) for one, _ in acknowledged}
    assert not [pair for pair in found if pair[1] not in YIELDED[pair[0]]]
    assert found
