"""What can lie in the folder of records: every oddity is a problem, none hides another file."""

import os
from pathlib import Path

import pytest

import kb
from builders import text, trial, write_base
from kb.errors import InvalidRecordsError, RootNotFoundError, UnsupportedFormatError
from kb.store import layout
from kb.store.knowledge_base import check
from kb.store.source import Source


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A base with one good trial, with its trials folder as the working directory."""
    root = write_base(tmp_path / "base", trial("good"))
    monkeypatch.chdir(root / "trials")
    return root


def _rules(root):
    return [(one.place.path, one.rule) for one in check(root)]


def test_good_base_is_silent(root):
    """A sound base has no problems and loads."""
    assert [] == check(root)
    assert ["good"] == list(kb.load(root))


@pytest.mark.parametrize(("more", "rule"), [("", "empty-file"), ("x", "file-too-large")])
def test_the_largest_file(root, more, rule):
    """A megabyte on disk is read, a byte more is not, however few letters it is."""
    comment = "# " + "é" * 499_999 + more
    (root / "trials" / "a.yaml").write_text(comment, encoding="utf-8")
    assert [("a.yaml", rule)] == _rules(root)


def test_empty_file(root):
    """An empty file is a problem, and so is one with only a comment."""
    (root / "trials" / "a.yaml").write_text("")
    (root / "trials" / "b.yaml").write_text("# nothing yet\n")
    assert [("a.yaml", "empty-file"), ("b.yaml", "empty-file")] == _rules(root)


def test_directory_named_like_a_record(root):
    """A folder named x.yaml is a problem; the records in it are still read."""
    (root / "trials" / "x.yaml").mkdir()
    (root / "trials" / "x.yaml" / "inner.yaml").write_text(text(trial("inner")))
    assert [("x.yaml", "not-a-file")] == _rules(root)
    assert ["good", "inner"] == list(kb.load(root, strict=False))


def test_large_file(root):
    """A file of 50 MB is refused before it is read."""
    with (root / "trials" / "big.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert [("big.yaml", "file-too-large")] == _rules(root)


def test_not_utf_8(root):
    """Latin-1 bytes are named with their place."""
    (root / "trials" / "a.yaml").write_bytes(b"id: a\ntitle: caf\xe9\n")
    problem = check(root)[0]
    assert ("not-utf-8", 2, 11) == (problem.rule, problem.place.line, problem.place.column)
    assert "byte 0xE9 is not UTF-8; save the file as UTF-8" == problem.message


def test_byte_order_mark(root):
    """A byte order mark at the start is no problem."""
    (root / "trials" / "bom.yaml").write_bytes(b"\xef\xbb\xbf" + text(trial("bom")).encode())
    assert [] == check(root)


def test_record_that_vanishes(root):
    """A record that is listed and then gone is a problem, not a crash."""
    source = Source(root / "trials" / "ghost.yaml", "ghost.yaml")
    assert source.read() is None
    assert ["unreadable-file"] == [one.rule for one in source.problems]


def test_symbolic_link(root):
    """A link is refused, so that nothing outside the base is read."""
    (root / "trials" / "link.yaml").symlink_to(root / "kb.yaml")
    assert [("link.yaml", "symbolic-link")] == _rules(root)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(root):
    """A file without permission is a problem."""
    path = root / "trials" / "locked.yaml"
    path.write_text(text(trial("locked")))
    path.chmod(0)
    assert [("locked.yaml", "unreadable-file")] == _rules(root)


def test_other_files(root):
    """A file of another kind among the records is named; hidden files are left alone."""
    (root / "trials" / "notes.txt").write_text("x")
    (root / "trials" / "old.yml").write_text(text(trial("old")))
    (root / "trials" / ".swp").write_text("x")
    assert [("notes.txt", "unexpected-file"), ("old.yml", "unexpected-file")] == _rules(root)


def test_names_that_start_with_a_dot(root):
    """Locks, backups and checkpoints of editors are no records, and no problems."""
    (root / "trials" / ".#good.yaml").symlink_to("me@host.1")
    (root / "trials" / "._good.yaml").write_bytes(b"\x00\x05")
    (root / "trials" / ".ipynb_checkpoints").mkdir()
    (root / "trials" / ".ipynb_checkpoints" / "good-checkpoint.yaml").write_text("id: good\n")
    assert [] == check(root)


def test_odd_things_in_the_folder(root, tmp_path):
    """Pipes, links to folders and files that are no text get one problem each, and are not read."""
    os.mkfifo(root / "trials" / "pipe.yaml")
    os.mkfifo(root / "trials" / "pipe")
    (root / "trials" / "scan.pdf").write_bytes(b"%PDF\xff")
    (root / "trials" / "link").symlink_to(tmp_path)
    assert [
        ("link", "unexpected-file"),
        ("pipe", "unexpected-file"),
        ("pipe.yaml", "not-a-file"),
        ("scan.pdf", "unexpected-file"),
    ] == _rules(root)


def test_trials_that_are_a_file(tmp_path, monkeypatch):
    """A file in the place of the folder of records is a problem."""
    root = write_base(tmp_path / "base")
    (root / "trials").rmdir()
    (root / "trials").write_text("x")
    monkeypatch.chdir(root)
    assert [("trials", "unexpected-file")] == _rules(root)


def test_a_name_with_a_line_break(root):
    """Each problem is one line, whatever a file is called."""
    (root / "trials" / "a\nb.yaml").write_text("")
    assert [r"a\nb.yaml:1:1: empty-file: the file holds nothing"] == [
        str(one) for one in check(root)
    ]


def test_vocabulary_files(root, monkeypatch):
    """A file that is missing and one that nobody reads are problems, and the only ones."""
    monkeypatch.chdir(root / "vocabulary")
    (root / "vocabulary" / "drug-classes.yaml").rename(root / "vocabulary" / "classes.yaml")
    (root / "vocabulary" / "old").mkdir()
    (root / "vocabulary" / "old" / "drugs.yaml").write_text("{}")
    assert [
        ("classes.yaml", "unexpected-file"),
        ("drug-classes.yaml", "missing-file"),
        ("old", "unexpected-file"),
        (str(Path("old", "drugs.yaml")), "unexpected-file"),
    ] == _rules(root)


def test_a_term_that_cannot_be_read(root):
    """A slip in one term is said once, not at every record that uses the word."""
    path = root / "vocabulary" / "drugs.yaml"
    path.write_text(path.read_text().replace("name: Doxorubicin", "nme: Doxorubicin"))
    assert ["missing-field", "unknown-field"] == [one.rule for one in check(root)]


def test_a_term_with_a_malformed_id(root):
    """An id of the vocabulary has the form of an id."""
    path = root / "vocabulary" / "criteria.yaml"
    path.write_text(path.read_text() + "'Choi criteria': {name: Choi}\n")
    problem = check(root)[0]
    assert ("malformed-id", 5) == (problem.rule, problem.place.line)


def test_a_vocabulary_file_that_is_a_list(root, monkeypatch):
    """A vocabulary file is a map."""
    monkeypatch.chdir(root / "vocabulary")
    (root / "vocabulary" / "drugs.yaml").write_text("- doxorubicin\n")
    assert [("drugs.yaml", "not-a-map")] == _rules(root)


def test_a_bad_record_is_no_unknown_trial(root):
    """A record that names another gets no problem from the slips of that other."""
    shared = {"registrations": ["NCT01"]}
    for one, other in (("a", "b"), ("b", "a")):
        data = trial(one, **shared, shares_registration_with=[other])
        (root / "trials" / f"{one}.yaml").write_text(text(data))
    path = root / "trials" / "b.yaml"
    path.write_text(path.read_text().replace("phase: '2'", "phase: '9'"))
    assert [("b.yaml", "unknown-phase")] == _rules(root)


def test_two_files_with_one_id(root):
    """The second file of an id names the first."""
    (root / "trials" / "more").mkdir()
    (root / "trials" / "more" / "good.yaml").write_text(text(trial("good")))
    problems = check(root)
    assert ["duplicate-trial"] == [one.rule for one in problems]
    assert "trial 'good' is also in" in problems[0].message


def test_shared_registration(root):
    """Two trials with one registration must both say so."""
    (root / "trials" / "a.yaml").write_text(text(trial("a", registrations=["NCT00000001"])))
    (root / "trials" / "b.yaml").write_text(text(trial("b", registrations=["NCT00000001"])))
    assert [("a.yaml", "shared-registration"), ("b.yaml", "shared-registration")] == _rules(root)
    for one, other in (("a", "b"), ("b", "a")):
        shared = trial(one, registrations=["NCT00000001"], shares_registration_with=[other])
        (root / "trials" / f"{one}.yaml").write_text(text(shared))
    assert [] == check(root)


def test_a_list_instead_of_a_record(root):
    """A file that holds a list is told what a record is."""
    (root / "trials" / "a.yaml").write_text("- 1\n- 2\n")
    assert [("a.yaml", "not-a-map")] == _rules(root)


def test_strict_load_carries_every_problem(root):
    """A strict load raises with all problems; a lenient one leaves the bad record out."""
    (root / "trials" / "a.yaml").write_text("id: [")
    (root / "trials" / "b.yaml").write_text("")
    with pytest.raises(InvalidRecordsError) as raised:
        kb.load(root)
    assert 2 == len(raised.value.problems)
    base = kb.load(root, strict=False)
    assert ["good"] == list(base)
    assert 2 == len(base.problems)


def test_broken_vocabulary_is_one_problem(root):
    """A vocabulary file that cannot be read is one problem, not one per word that it held."""
    (root / "vocabulary" / "drugs.yaml").write_text("doxorubicin: {name: [}\n")
    assert [("../vocabulary/drugs.yaml", "broken-yaml")] == _rules(root)


def test_unknown_format(root):
    """A base of a later format is refused, with both numbers."""
    (root / "kb.yaml").write_text("format: 2\n")
    with pytest.raises(UnsupportedFormatError, match="format 2 is not known, this version reads 1"):
        kb.load(root)


def test_root_is_found_upward(root, tmp_path, monkeypatch):
    """The nearest kb.yaml upward is taken, then records/kb.yaml, then the packaged base."""
    assert root == layout.find_root()
    project = tmp_path / "project"
    (project / "deep").mkdir(parents=True)
    write_base(project / "records")
    monkeypatch.chdir(project / "deep")
    assert project / "records" == layout.find_root()
    monkeypatch.setenv("KB_RECORDS", str(root))
    assert root == layout.find_root()
    monkeypatch.delenv("KB_RECORDS")
    monkeypatch.chdir("/")
    assert layout.packaged() == layout.find_root()


def test_missing_root(tmp_path):
    """A folder without kb.yaml is refused by name, as any bad argument is."""
    with pytest.raises(RootNotFoundError, match="no knowledge base at"):
        kb.load(tmp_path)
    with pytest.raises(ValueError, match=tmp_path.name):
        kb.check(tmp_path)


def test_a_broken_mark_is_one_problem(root):
    """A kb.yaml that cannot be read is not said to lack fields as well."""
    (root / "kb.yaml").write_text("format: 1\ntitle: [\n", encoding="utf-8")
    assert [("../kb.yaml", "broken-yaml")] == _rules(root)
