"""New records, reports and bases: no fact is written, and nothing that is there is touched."""

import re

import pytest

import kb
from builders import arm, randomised, text, trial, write_base
from kb.errors import KBError
from kb.store.scaffold import new_base, new_record, new_report, record_path

WORDS = {
    "title": "A trial", "phase": '"2"', "allocation": "randomised", "timing": "prospective",
    "histologies": "leiomyosarcoma", "line": "first", "container": "Journal", "year": "2024",
    "read": "abstract", "criteria": "recist-1.1", "assessor": "investigator",
    "confirmed": "confirmed", "population": "treated", "n": "20", "histology": "liposarcoma",
    "locator": "p1", "kind": "randomised", "p": '".19"', "event": "nausea", "grade": '"3-4"',
    "relation": "any", "comparative": "true", "role": "control", "unit": "months", "name": "Arm",
    "drug": "doxorubicin", "level": "95", "low": "20", "high": "30", "events": "10", "value": "25",
    "arm": "one", "from": "smith-2024", "of": "one", "set": "one", "measure": "odds-ratio",
    "experimental": "one", "reference": "two", "endpoint": "orr",
}  # fmt: skip
"""What a curator might decide, by field."""


def filled(written, **words):
    """A text with every TODO decided."""
    known = WORDS | words
    return re.sub(
        r"(?P<key>[a-z_]+): TODO\b", lambda found: f"{found['key']}: {known[found['key']]}", written
    )


def uncommented(written):
    """A text whose examples are taken out of their comments; remarks in words stay comments."""
    return re.sub(r"(?m)^( *)# (?=( *- \{|[a-z-]+:( |$)))", r"\1", written)


@pytest.fixture
def root(tmp_path):
    """A base without records."""
    return write_base(tmp_path / "base")


def test_no_fact_is_written(root):
    """Everything that a person has to decide is TODO, and the check says of each what is asked."""
    path = new_record(
        root, "alpha", arms=["doxorubicin+ifosfamide", "doxorubicin"], report="smith-2024"
    )
    found = kb.check(root)
    assert {"todo"} == {one.rule for one in found}
    asked = {one.message.split("`")[1] for one in found}
    assert {
        "title", "phase", "allocation", "timing", "histologies", "line", "container", "year", "read",
        "criteria", "assessor", "confirmed", "population",
    } == asked  # fmt: skip
    said = path.read_text(encoding="utf-8").partition("# Numbers as")[0]
    stated = re.findall(r"^ *([a-z_]+): +([^#{\n]*[^#{\s])", said, re.MULTILINE)
    assert {
        ("id", "alpha"), ("from", "smith-2024"), ("name", "doxorubicin + ifosfamide"),
        ("name", "doxorubicin"),
    } == {(key, value) for key, value in stated if value != "TODO"}  # fmt: skip


def test_everything_is_asked_for_where_nothing_is_given(root):
    """Without a report or an arm, their ids are to be given too."""
    new_record(root, "alpha")
    found = kb.check(root)
    assert {"todo"} == {one.rule for one in found}
    assert 3 == sum("an id is to be given here" in one.message for one in found)
    assert any("`drug` is to be decided" in one.message for one in found)


def test_a_record_that_is_filled_in(root):
    """With every TODO decided the record is sound, and says what was given."""
    path = new_record(
        root, "alpha", title='A "trial": {one}', arms=["Adriamycin+ifosfamide", "anlotinib"],
        report="smith-2024", doi="10.1000/a:b#c", registration="NCT01: x",
    )  # fmt: skip
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert [] == kb.check(root)
    found = kb.load(root)["alpha"]
    assert ('A "trial": {one}', ("NCT01: x",)) == (found.title, found.registrations)
    assert ["doxorubicin-ifosfamide", "anlotinib"] == list(found.arms)
    assert "10.1000/a:b#c" == found.reports["smith-2024"].citation.doi


def test_examples_are_sound(root):
    """The examples in comments, taken out and filled in, are estimates, contrasts, a subgroup, harms."""
    path = new_record(
        root, "alpha", arms=["doxorubicin+ifosfamide", "doxorubicin"], report="smith-2024"
    )
    whole = uncommented(path.read_text(encoding="utf-8"))
    lines = []
    for line in whole.splitlines():
        words = {"endpoint": "pfs" if "median" in line else "orr", "value": "25.0"}
        if "kind" in line:
            words["measure"] = "odds-ratio"
        lines.append(filled(line, **words))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [] == kb.check(root)
    report = kb.load(root)["alpha"].reports["smith-2024"]
    assert (2, 1, 1) == (len(report.estimates), len(report.contrasts), len(report.harms))
    assert ("liposarcoma",) == report.analysis_sets[
        "doxorubicin-ifosfamide-part"
    ].subgroup.histology


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"report": "Smith 2024"}, "malformed-id"),
        ({"doi": "nonsense"}, "malformed-identifier"),
        ({"arms": ["anlotinib", "AL3818"]}, "duplicate-key"),
        ({"title": "\u202e"}, "forbidden-character"),
        ({"arms": ["anlotinip"]}, "did you mean 'anlotinib'?"),
    ],
)
def test_nothing_is_written_that_is_wrong(root, given, said):
    """What is given wrongly is named, and no file is left."""
    with pytest.raises(KBError, match=said.replace("?", r"\?")):
        new_record(root, "alpha", **given)
    assert [] == list((root / "trials").iterdir())


def test_an_id_that_is_none(root):
    """An id is lower case; nothing else is made of what was typed."""
    with pytest.raises(KBError, match="'Alpha' is not an id"):
        new_record(root, "Alpha")


def test_an_id_that_is_taken(root):
    """A record of that id anywhere in the folder is never overwritten."""
    (root / "trials" / "deep").mkdir()
    (root / "trials" / "deep" / "alpha.yaml").write_text("mine")
    with pytest.raises(KBError, match="exists; nothing was written"):
        new_record(root, "alpha")


def test_the_copy_in_the_package_is_left_alone(tmp_path):
    """Work does not go where the next version of the package would remove it."""
    inside = write_base(tmp_path / "kb" / "_records", trial("alpha"))
    with pytest.raises(KBError, match="kb init DIR"):
        new_record(inside, "beta")
    with pytest.raises(KBError, match="kb init DIR"):
        new_report(inside, "alpha", "late-2024")


PAIR = randomised("alpha", arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
TAIL = "# about the acknowledgements\nacknowledged:\n  - {finding: x, at: alpha/smith-2020, note: so printed}\n"


def _written(root, body, name="alpha"):
    path = root / "trials" / f"{name}.yaml"
    path.write_bytes(body.encode())
    return path


@pytest.mark.parametrize(
    ("body", "after"),
    [
        (text(PAIR), ""),
        (text(PAIR) + "    # a remark on smith-2020\n", ""),
        (text(PAIR) + "\n" + TAIL, "\n" + TAIL),
        (text(PAIR).rstrip("\n"), ""),
        (text(PAIR).replace("\n", "\r\n"), ""),
    ],
    ids=["last", "remark", "before another block", "no line break", "carriage returns"],
)
def test_a_further_report(root, body, after):
    """A report is put below the others, for every arm; all the rest of the file stays as it was."""
    path = _written(root, body)
    new_report(root, "alpha", "late-2024", doi="10.1000/late")
    now = path.read_bytes().decode()
    start = body[: len(body) - len(after)]
    assert now.startswith(start)
    assert now.endswith(after)
    assert {"todo"} == {one.rule for one in kb.check(root)}
    path.write_bytes(filled(now).encode())
    assert [] == kb.check(root)
    found = kb.load(root)["alpha"]
    assert ["smith-2020", "late-2024"] == list(found.reports)
    assert ["one", "two"] == list(found.reports["late-2024"].analysis_sets)
    assert ("\r\n" in body) == ("\r\nreports:" in now)
    assert now.count("\n") == now.count("\r\n") or "\r\n" not in now
    assert ["alpha.yaml"] == [one.name for one in path.parent.iterdir()]


def test_a_report_of_a_record_of_one_arm(root):
    """Where there is no other arm, a contrast has none to name."""
    path = _written(root, text(trial("alpha")))
    new_report(root, "alpha", "late-2024")
    assert "reference: TODO" in path.read_text(encoding="utf-8")


def test_a_report_of_a_record_with_problems(root):
    """What is wrong with a record already does not hinder a further report."""
    path = _written(root, text(PAIR).replace("prospective", "forward"))
    new_report(root, "alpha", "late-2024")
    assert {"todo", "unknown-word"} == {one.rule for one in kb.check(root)}
    assert "late-2024:" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "report", "said"),
    [
        (text(PAIR), "smith-2020", "has a report 'smith-2020' already"),
        (text(PAIR), "Late 2024", "'Late 2024' is not an id"),
        ("id: [alpha\n", "late-2024", "broken-yaml"),
        ("id: alpha\n", "late-2024", "no `arms` and `reports` to add to"),
        ("- alpha\n", "late-2024", "no `arms` and `reports` to add to"),
        ("arms: {one: x}\nreports: {smith-2020: y}\n", "late-2024", "stands in braces"),
        ("arms: {one: x}\nreports:\n  {smith-2020: y}\n", "late-2024", "broken-yaml"),
    ],
)
def test_a_report_that_is_not_written(root, body, report, said):
    """Where a report cannot be added the file is left as it is."""
    path = _written(root, body)
    with pytest.raises(KBError, match=said):
        new_report(root, "alpha", report)
    assert body == path.read_text(encoding="utf-8")


def test_a_report_with_a_wrong_doi(root):
    """What is given wrongly is named, and the record stays."""
    _written(root, text(PAIR))
    with pytest.raises(KBError, match="malformed-identifier"):
        new_report(root, "alpha", "late-2024", doi="nonsense")
    assert [] == kb.check(root)


def test_a_report_of_no_record(root):
    """Without a record there is nothing to add to."""
    with pytest.raises(KBError, match="there is no record 'alpha'"):
        new_report(root, "alpha", "late-2024")


@pytest.mark.parametrize("name", ["*", "../alpha", "a*a"])
def test_a_name_is_no_pattern(root, name):
    """What is no id finds no record, though a file may match it."""
    _written(root, text(PAIR))
    assert record_path(root, name) is None
    assert record_path(root, "alpha") is not None
    with pytest.raises(KBError, match="there is no record"):
        new_report(root, name, "late-2024")


def test_a_file_that_cannot_be_replaced(root, monkeypatch):
    """Where the file cannot be put in place, nothing is left beside it."""
    path = _written(root, text(PAIR))

    def full(*_):
        raise OSError(28, "no space left")

    monkeypatch.setattr("shutil.copymode", full)
    with pytest.raises(OSError, match="no space"):
        new_report(root, "alpha", "late-2024")
    assert ["alpha.yaml"] == [one.name for one in path.parent.iterdir()]


def test_a_base_is_not_put_on_top_of_files(tmp_path):
    """A folder that holds something, and a file, are left as they are."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    for taken in (tmp_path / "full", tmp_path / "full" / "x"):
        with pytest.raises(KBError, match="nothing was written"):
            new_base(taken)
    assert [] == kb.check(new_base(tmp_path / "new", title="Mine: \\"))
    assert "Mine: \\" == kb.load(tmp_path / "new").title
