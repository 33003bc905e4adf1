"""Broken records and the exact messages they get: this table is the specification of messages."""

import pytest

from builders import write_base
from kb.store.knowledge_base import check

GOOD = """\
id: alpha
title: A trial
registrations: [NCT00000001]
phase: "2"
design: {allocation: randomised, timing: prospective, comparative: false}
population: {histologies: [leiomyosarcoma], line: first, from: smith-2020}
arms:
  one:
    name: Doxorubicin
    regimen: {from: smith-2020, phases: [{components: [{drug: doxorubicin}]}]}
  two:
    name: Ifosfamide
    regimen: {from: smith-2020, phases: [{components: [{drug: ifosfamide}]}]}
reports:
  smith-2020:
    citation: {container: Journal, year: 2020}
    read: abstract
    analysis_sets:
      one: {arm: one, population: treated, n: 40}
      two: {arm: two, population: treated, n: 41}
    estimates:
      - {endpoint: orr, set: one, measure: proportion, events: 10, value: 25.0, interval: {level: 95, low: 12.7, high: 41.2}, locator: p1}
      - {endpoint: pfs, set: one, measure: median, unit: months, value: 6.0, locator: p1}
"""

ESTIMATE = "{endpoint: orr, set: one, measure: proportion, events: 10, value: 25.0, interval: {level: 95, low: 12.7, high: 41.2}, locator: p1}"

CASES = {
    "good record": ("", "", []),
    "unknown drug": (
        "drug: doxorubicin",
        "drug: doxorubicine",
        [
            "10:63: unknown-drug: `drug`: 'doxorubicine' is not a drug of the vocabulary; "
            "did you mean 'doxorubicin'?"
        ],
    ),
    "synonym instead of id": (
        "drug: doxorubicin",
        "drug: adriamycin",
        [
            "10:63: unknown-drug: `drug`: 'adriamycin' is not a drug of the vocabulary; "
            "did you mean 'doxorubicin'?"
        ],
    ),
    "unknown field": (
        "    name: Doxorubicin\n",
        "    name: Doxorubicin\n    rol: control\n",
        [
            "10:5: unknown-field: an arm has no field 'rol'; did you mean 'role'? "
            "Its fields are name, role, part, cohort, population, regimen, note"
        ],
    ),
    "unknown endpoint": (
        "endpoint: pfs",
        "endpoint: pfss",
        [
            "23:20: unknown-endpoint: `endpoint`: 'pfss' is not an endpoint of the vocabulary; "
            "did you mean 'pfs'?"
        ],
    ),
    "unknown arm": (
        "{arm: two,",
        "{arm: tow,",
        ["20:18: unknown-arm: this trial has no arm 'tow'; did you mean 'two'?"],
    ),
    "unknown set": (
        "endpoint: pfs, set: one",
        "endpoint: pfs, set: onne",
        ["23:30: unknown-set: this record has no set 'onne'; did you mean 'one'?"],
    ),
    "unknown set with no near name": (
        "endpoint: pfs, set: one",
        "endpoint: pfs, set: safety",
        ["23:30: unknown-set: this record has no set 'safety'; it has one, two"],
    ),
    "unknown report": (
        "line: first, from: smith-2020",
        "line: first, from: smith-2021",
        [
            "6:64: unknown-report: this record has no report 'smith-2021'; did you mean 'smith-2020'?"
        ],
    ),
    "unknown word": (
        "line: first,",
        "line: firts,",
        [
            "6:51: unknown-word: `line` is one of first, anthracycline-naive, second, "
            "previously-treated, maintenance, neoadjuvant, adjuvant, mixed, not-stated, "
            "got 'firts'; did you mean 'first'?"
        ],
    ),
    "missing field": (
        "measure: median, unit: months, value: 6.0, locator: p1",
        "measure: median, unit: months, value: 6.0",
        ["23:9: missing-field: an estimate needs `locator`, text: where in the source"],
    ),
    "median without unit": (
        "measure: median, unit: months,",
        "measure: median,",
        ["23:9: missing-field: a median needs its unit, one of days, weeks, months, years"],
    ),
    "broken YAML": (
        "title: A trial\n",
        "title: [A trial\n",
        ["3:14: broken-yaml: not readable as YAML: did not find expected ',' or ']'"],
    ),
    "duplicate key": (
        "title: A trial\n",
        "title: A trial\ntitle: B\n",
        ["3:1: duplicate-key: 'title' stands here again, first at line 2"],
    ),
    "tab": (
        "  one:\n    name",
        "\tone:\n    name",
        [
            "8:1: broken-yaml: not readable as YAML: found character that cannot start any token "
            "(a tab, or a character YAML reserves)"
        ],
    ),
    "anchor and alias": (
        "from: smith-2020}\narms",
        "from: &r smith-2020}\narms",
        ["6:64: anchor: anchors, aliases and tags are refused; write the value out in full"],
    ),
    "tag": (
        "title: A trial",
        "title: !!str A trial",
        ["2:8: tag: tags are refused, remove !!str"],
    ),
    "empty value": (
        "title: A trial",
        "title:",
        ["2:7: empty-value: `title` has no value"],
    ),
    "null written out": (
        "title: A trial",
        "title: null",
        ["2:8: empty-value: `title` has no value"],
    ),
    "second document": (
        "locator: p1}\n      - {endpoint: pfs",
        "locator: p1}\n---\n      - {endpoint: pfs",
        ["23:1: second-document: a file holds one document only"],
    ),
    "events over n": (
        "events: 10, value: 25.0, interval: {level: 95, low: 12.7, high: 41.2},",
        "events: 50,",
        ["22:64: events-over-n: 50 events are more than the 40 patients of 'one'"],
    ),
    "value outside its interval": (
        "value: 25.0",
        "value: 52.0",
        ["22:75: value-outside-interval: value (52.0) lies outside its interval (12.7 to 41.2)"],
    ),
    "value outside, but printed so": (
        "value: 25.0, interval",
        "value: 52.0, as_printed: true, interval",
        [],
    ),
    "inverted bounds": (
        "low: 12.7, high: 41.2",
        "low: 41.2, high: 12.7",
        ["22:108: interval-order: low (41.2) is above high (12.7)"],
    ),
    "percent of 130": (
        "value: 25.0, interval: {level: 95, low: 12.7, high: 41.2}",
        "value: 130",
        ["22:75: percent-out-of-range: value (130) is a percent and lies between 0 and 100"],
    ),
    "n of 0": (
        "n: 40",
        "n: 0",
        [
            "19:47: n-of-zero: set 'one' has n = 0 and yet estimates",
            "22:64: events-over-n: 10 events are more than the 0 patients of 'one'",
        ],
    ),
    "negative n": (
        "n: 40",
        "n: -4",
        ["19:47: not-a-count: `n`: expected a whole number from 0, got '-4'"],
    ),
    "negative median": (
        "value: 6.0",
        "value: -6.0",
        ["23:73: negative: value is -6.0; a time is not below 0"],
    ),
    "bound as text": (
        "high: 41.2",
        "high: n.a.",
        [
            "22:120: not-a-bound: `high`: expected a number or one of not-reached, not-estimable, "
            "not-given, got 'n.a.'; did you mean 'not-given'?"
        ],
    ),
    "level of 9.5": (
        "level: 95",
        "level: 9.5",
        ["22:99: level-out-of-range: `level`: a level lies between 50 and 99.99, got 9.5"],
    ),
    "a date that does not exist": (
        "read: abstract\n",
        "read: abstract\n    data_cut: 2020-02-30\n",
        ["18:15: no-such-date: `data_cut`: 2020-02-30 is not a date that exists"],
    ),
    "exponent": (
        "value: 6.0",
        "value: 6e0",
        [
            "23:73: not-a-bound: `value`: expected a number or one of not-reached, not-estimable, "
            "not-given, got '6e0'"
        ],
    ),
    "two estimates with one address": (
        "      - {endpoint: pfs, set: one, measure: median, unit: months, value: 6.0, locator: p1}\n",
        "      - " + ESTIMATE + "\n",
        [
            "23:9: duplicate-address: alpha/smith-2020/one/orr/proportion is the address of two "
            "numbers; give each an `id` (the other stands in line 22)"
        ],
    ),
    "randomised contrast in a non-comparative design": (
        "value: 6.0, locator: p1}\n",
        "value: 6.0, locator: p1}\n    contrasts:\n      - {endpoint: pfs, measure: hazard-ratio, "
        "kind: randomised, experimental: one, reference: two, value: 0.8, locator: p1}\n",
        [
            "25:54: contrast-not-comparative: kind is randomised, but the design says "
            "comparative: false"
        ],
    ),
    "measure that the endpoint does not have": (
        "endpoint: pfs, set: one, measure: median, unit: months, value: 6.0",
        "endpoint: pfs, set: one, measure: proportion, value: 6.0",
        [
            "23:44: measure-not-allowed: pfs has no proportion; it is given as median, landmark, "
            "hazard-ratio"
        ],
    ),
    "a landmark with events": (
        "measure: median, unit: months, value: 6.0",
        "measure: landmark, at: {months: 6}, events: 9",
        ["23:9: field-conflict: a landmark is a Kaplan–Meier rate and takes no events"],
    ),
    "two units of time": (
        "measure: median, unit: months, value: 6.0",
        "measure: landmark, at: {months: 6, weeks: 1}, value: 9",
        ["23:58: not-a-duration: `at`: expected exactly one of days, weeks, months, years"],
    ),
    "malformed identifier": (
        "year: 2020}\n",
        "year: 2020, pmid: PMID1}\n",
        ["16:54: malformed-identifier: `pmid`: expected something like 35835135, got 'PMID1'"],
    ),
    "direction override in a name": (
        "name: Ifosfamide",
        "name: Ifos\u202efamide",
        ["12:11: forbidden-character: `name`: text holds the character U+202E"],
    ),
    "digits of another script": (
        "events: 10",
        "events: ١٠",
        ["22:64: not-a-count: `events`: expected a whole number from 0, got '١٠'"],
    ),
    "underscore in a number": (
        "events: 10",
        "events: 1_0",
        ["22:64: not-a-count: `events`: expected a whole number from 0, got '1_0'"],
    ),
    "leading zero": (
        "events: 10",
        "events: 010",
        ["22:64: not-a-count: `events`: expected a whole number from 0, got '010'"],
    ),
    "a count of thousands of digits": (
        "events: 10",
        "events: " + "1" * 5000,
        [
            "22:64: not-a-count: `events`: expected a whole number from 0, got "
            "'11111111111111111111111111111111111111111111111111111111…'"
        ],
    ),
    "percent sign": (
        "value: 25.0",
        "value: 25.0%",
        [
            "22:75: not-a-bound: `value`: expected a number or one of not-reached, not-estimable, "
            "not-given, got '25.0%'; did you mean '25.0'?"
        ],
    ),
    "state abbreviated": (
        "high: 41.2",
        "high: NE",
        [
            "22:120: not-a-bound: `high`: expected a number or one of not-reached, not-estimable, "
            "not-given, got 'NE'; did you mean 'not-estimable'?"
        ],
    ),
    "a map as a bound": (
        "high: 41.2",
        "high: {months: 3}",
        [
            "22:120: not-a-bound: `high`: expected a number or one of not-reached, not-estimable, "
            "not-given, got a map"
        ],
    ),
    "decimal comma": (
        "high: 41.2",
        "high: '41,2'",
        [
            "22:120: not-a-bound: `high`: expected a number or one of not-reached, not-estimable, "
            "not-given, got '41,2'; did you mean '41.2'?"
        ],
    ),
    "decimal comma inside braces": (
        "high: 41.2",
        "high: 41,2: x",
        [
            "22:123: unknown-field: an interval has no field '2'; inside { } a comma ends a field, "
            "so decimals take a point"
        ],
    ),
    "the name that code has for a field": (
        "line: first, from: smith-2020",
        "line: first, from_: smith-2020",
        [
            "6:13: missing-field: a population needs `from`, an id of lower-case letters, digits and "
            "hyphens: the report whose words these are",
            "6:58: unknown-field: a population has no field 'from_'; did you mean 'from'? "
            "Its fields are histologies, excluded_histologies, grade, extent, line, prior_lines, "
            "prior_therapy, biomarkers, after, chemosensitive, age, sex, performance_status, "
            "measurable, measurable_by, other, progressing, countries, centres, from, locator",
        ],
    ),
    "control character": (
        "title: A trial",
        "title: A \x07trial",
        ["2:10: broken-yaml: the character U+0007 cannot stand in YAML"],
    ),
    "a key that would clear the terminal": (
        "title: A trial",
        'title: A trial\n"\\e[2J": ',
        [
            r"3:1: unknown-field: a trial has no field '\x1b[2J'; its fields are id, acronym, title, "
            "registrations, shares_registration_with, phase, sponsor, design, population, arms, "
            "overlaps, reports, acknowledged",
            r"3:9: empty-value: `\x1b[2J` has no value",
        ],
    ),
    "id with a line break": (
        "id: alpha",
        "id: |\n  alpha",
        [
            "1:5: malformed-id: `id`: expected an id of lower-case letters, digits and hyphens, "
            r"got 'alpha\n'; did you mean 'alpha'?"
        ],
    ),
    "id written as a name": (
        "id: alpha",
        "id: Alpha 2",
        [
            "1:5: malformed-id: `id`: expected an id of lower-case letters, digits and hyphens, "
            "got 'Alpha 2'; did you mean 'alpha-2'?"
        ],
    ),
    "key that is a list": (
        "title: A trial",
        "? [a, b]\n: c",
        ["2:3: key-not-text: a key must be plain text"],
    ),
    "field of the only member of a list": (
        "    read: abstract\n",
        "    read: abstract\n    follow_up: {month: 3}\n",
        [
            "18:17: unknown-field: a follow-up has no field 'month'; did you mean 'months'? "
            "Its fields are months, weeks, days, years, statistic, interval, range, iqr, unlabelled, set, "
            "note, locator"
        ],
    ),
    "field of an alternative": (
        "{drug: ifosfamide}",
        "{one_of: [[{drug: ifosfamide, doze: 3}], [{drug: doxorubicin}]]}",
        [
            "13:86: unknown-field: a component has no field 'doze'; did you mean 'dose' or 'doses'? "
            "Its fields are dose, dose_levels, titration, later, route, days, times, every, infusion, "
            "starts, cycles, doses, longest, who, drug, role, unnamed, partners, locator"
        ],
    ),
    "list that is a map": (
        "    estimates:\n",
        "    harms: {a: b}\n    estimates:\n",
        ["21:12: not-a-list: `harms` is a list, got a map"],
    ),
    "map that is a list": (
        "{level: 95, low: 12.7, high: 41.2}",
        "[12.7, 41.2]",
        ["22:91: not-a-map: `interval` is a map of fields, got a list"],
    ),
    "missing field that takes one of some words": (
        "design: {allocation: randomised, timing: prospective, comparative: false}",
        "design: {timing: prospective}",
        [
            "5:9: missing-field: a design needs `allocation`, "
            "one of single-arm, parallel-cohorts, randomised"
        ],
    ),
    "missing phase": (
        'phase: "2"\n',
        "",
        [
            "1:1: missing-field: a trial needs `phase`, one of 1, 1a, 1b, 1/2, 1b/2, 2, 2a, 2b, 2/3, "
            "3, 4, not-applicable, not-stated"
        ],
    ),
    "word to be decided": (
        "allocation: randomised",
        "allocation: TODO",
        [
            "5:22: todo: `allocation` is to be decided: one of single-arm, parallel-cohorts, randomised"
        ],
    ),
    "text to be written": (
        "title: A trial",
        "title: TODO",
        ["2:8: todo: `title` is to be written: text"],
    ),
    "text to be written, with a remark": (
        "title: A trial",
        "title: 'TODO: ask the authors'",
        ["2:8: todo: `title` is to be written: text"],
    ),
    "text that only begins so": (
        "title: A trial",
        "title: TODOS in sarcoma",
        [],
    ),
    "count to be looked up": (
        "population: treated, n: 40",
        "population: treated, n: TODO",
        ["19:47: todo: `n` is to be written: a whole number: absent where the source prints none"],
    ),
    "id to be given": (
        "  two:\n    name: Ifosfamide",
        "  TODO:\n    name: Ifosfamide",
        [
            "11:3: todo: an id is to be given here, of lower-case letters, digits and hyphens",
        ],
    ),
    "word of the vocabulary to be decided": (
        "histologies: [leiomyosarcoma]",
        "histologies: TODO",
        [
            "6:27: todo: `histologies` is to be decided: a list, each a histology of the vocabulary "
            "(kb terms histology)"
        ],
    ),
    "field to be removed or replaced": (
        "comparative: false",
        "nonsense: TODO",
        [
            "5:55: unknown-field: a design has no field 'nonsense'; its fields are allocation, "
            "timing, masking, comparative, pooled_result, ratio, stratified_by, centres, sites, "
            "countries, stages, planned_n, alpha, alpha_sides, power, primary_endpoints, from, locator",
            "5:65: todo: `nonsense` is to be written",
        ],
    ),
    "no arms": (
        "{components: [{drug: ifosfamide}]}",
        "{components: []}",
        ["13:55: too-few: `components` needs at least 1 of them"],
    ),
    "file named otherwise": (
        "id: alpha\n",
        "id: alpine\n",
        ["1:5: file-name: trial 'alpine' belongs in a file alpine.yaml"],
    ),
}


@pytest.mark.parametrize("case", list(CASES))
def test_message(case, tmp_path, monkeypatch):
    """Each slip gives exactly these problems, at these places."""
    old, new, expected = CASES[case]
    assert old in GOOD
    root = write_base(tmp_path / "base")
    (root / "trials" / "alpha.yaml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    monkeypatch.chdir(root / "trials")
    found = [str(problem).removeprefix("alpha.yaml:") for problem in check(root)]
    assert expected == found


def test_all_problems_in_one_pass(tmp_path, monkeypatch):
    """Several slips of several files come out together, in file order."""
    root = write_base(tmp_path / "base")
    trials = root / "trials"
    slips = GOOD.replace("drug: ifosfamide", "drug: ifosfamid").replace("n: 41", "n: many")
    (trials / "alpha.yaml").write_text(slips, encoding="utf-8")
    (trials / "beta.yaml").write_text("id: [beta\n", encoding="utf-8")
    monkeypatch.chdir(trials)
    rules = [(one.place.path, one.place.line, one.rule) for one in check(root)]
    assert [
        ("alpha.yaml", 13, "unknown-drug"),
        ("alpha.yaml", 20, "not-a-count"),
        ("beta.yaml", 2, "broken-yaml"),
    ] == rules
