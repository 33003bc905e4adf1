"""Every real record and term, as data: each failure names the file and what to do."""

import re
from pathlib import Path

import pytest

import kb
from kb import checks, links
from kb.base import Model
from kb.model import Trial
from kb.store import yaml_text
from kb.store.layout import packaged, record_files

ROOT = packaged()
FILES = record_files(ROOT)
BASE = kb.load(ROOT, strict=False)


def _read(path: Path):
    text = path.read_text(encoding="utf-8")
    data, problems = yaml_text.read(text, str(path))
    assert [] == problems
    return text, data


def test_the_base_is_valid():
    """`kb check` has nothing to say."""
    assert [] == [str(one) for one in kb.check(ROOT)]


def test_only_expected_files():
    """`records/` holds kb.yaml, its readme and licence, the vocabulary, and trials."""
    top = {path.name for path in ROOT.iterdir()}
    assert {"kb.yaml", "README.md", "LICENSE.md", "vocabulary", "trials"} >= top
    assert all(path.suffix == ".yaml" for path in (ROOT / "vocabulary").iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_canonical_layout(path):
    """UTF-8 with one line break at the end, no tabs, no trailing spaces, the file named as its id."""
    text, data = _read(path)
    assert data["id"] == path.stem
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    bad = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if line != line.rstrip() or "\t" in line
    ]
    assert [] == bad, f"{path}: trailing space or tab in lines {bad}"


def _order_faults(data, model, where):
    """Paths of maps whose keys do not stand in the order of the model's fields."""
    if not isinstance(data, dict):
        return []
    order = [field.alias or name for name, field in model.model_fields.items()]
    known = [key for key in data if key in order]
    return [] if known == sorted(known, key=order.index) else [where]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_key_order(path):
    """Trial, design, arms, reports and estimates have their keys in the order of the reference."""
    from kb.model.report import Report
    from kb.model.trial import Arm, Design

    _, data = _read(path)
    found = _order_faults(data, Trial, "trial") + _order_faults(data["design"], Design, "design")
    for name, arm in data["arms"].items():
        found += _order_faults(arm, Arm, f"arms/{name}")
    for name, report in data["reports"].items():
        found += _order_faults(report, Report, f"reports/{name}")
    assert [] == found, f"{path}: put the keys of {found} in the order of docs/reference/record.md"


@pytest.mark.parametrize("trial_id", list(BASE))
def test_identifiers_are_well_formed(trial_id):
    """Registrations look like those of their registry."""
    pattern = re.compile(
        r"NCT\d{8}|ISRCTN\d+|ChiCTR[\w-]*\d+|EudraCT \d{4}-\d{6}-\d{2}|\d{4}-\d{6}-\d{2}-\d{2}"
        r"|UMIN\d{9}|UMIN-CTR \w+|ACTRN\d{14}|jRCTs?\w+|DRKS\d{8}|NTR\d+|KCT\d{7}|CTRI/[\d/]+|IRCT\w+|JapicCTI-\d+"
    )
    bad = [one for one in BASE[trial_id].registrations if not pattern.fullmatch(one)]
    assert [] == bad


@pytest.mark.parametrize("trial_id", list(BASE))
def test_every_number_has_a_place(trial_id):
    """Every printed number resolves to a line of its file that holds its locator or its block."""
    from kb.rows.from_records import printed_rows

    for row in printed_rows(BASE[trial_id], BASE.vocabulary):
        figure, place = BASE.find(row.address)
        assert figure.locator
        assert place.line > 1


@pytest.mark.parametrize("trial_id", list(BASE))
def test_errata_point_at_known_trials(trial_id):
    """An authority in another trial is in this base."""
    for report in BASE[trial_id].reports.values():
        for erratum in report.errata:
            for authority in erratum.authority:
                if authority.trial is not None:
                    other = BASE[authority.trial]
                    assert authority.report is None or authority.report in other.reports


def _used(kind):
    found: set[str] = set()
    for trial in BASE.values():
        for arm in trial.arms:
            facets = links.facets(trial, arm, BASE.vocabulary)
            key = {
                "drug": "drug",
                "drug-class": "drug_class",
                "histology": "histology",
                "regimen-class": "regimen_class",
            }[kind]
            found |= facets[key]
    return found


def _words(value, kind_fields):
    """Every word in fields of some names, anywhere in a record."""
    if isinstance(value, Model):
        for name in value.model_fields_set:
            inner = getattr(value, name)
            if name in kind_fields:
                yield from (inner if isinstance(inner, tuple) else [inner])
            yield from _words(inner, kind_fields)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _words(inner, kind_fields)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _words(inner, kind_fields)


FIELDS = {
    "drug": ("drug", "drugs", "drug_received", "crossover_to"),
    "histology": ("histology", "histologies", "excluded_histologies", "responding_histologies"),
    "endpoint": ("endpoint", "primary_endpoints"),
    "criteria": ("criteria", "measurable_by"),
    "assessor": ("assessor",),
}


@pytest.mark.parametrize("kind", list(FIELDS))
def test_every_term_is_used(kind):
    """Every term is used in a record, or stands above one that is."""
    vocabulary = BASE.vocabulary
    used = set()
    for trial in BASE.values():
        for word in _words(trial, FIELDS[kind]):
            if isinstance(word, str) and word in vocabulary[kind]:
                used |= {word} | vocabulary.ancestors(kind, word)
    if kind == "endpoint":
        for one in list(used):
            used |= set(vocabulary.endpoints[one].sum_of)
    assert [] == sorted(set(vocabulary[kind]) - used), f"unused {kind} terms: remove them"


@pytest.mark.parametrize("kind", ["drug-class", "regimen-class"])
def test_every_class_has_a_member(kind):
    """Every class has an arm somewhere in the corpus, or is the family of one."""
    known = BASE.vocabulary[kind]
    assert [] == sorted(set(known) - _used(kind)), f"unused {kind}: remove them"


def test_active_drugs_have_codes():
    """Every drug has an external code, or its description says that none was found."""
    bare = [
        one
        for one, drug in BASE.vocabulary.drugs.items()
        if drug.kind == "drug" and drug.codes is None and not drug.description
    ]
    assert [] == bare


def test_checks_cover_the_vocabulary():
    """No word means two things."""
    assert [] == list(checks.of_vocabulary(BASE.vocabulary))
