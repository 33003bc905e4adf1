"""New records and bases: they check clean, or nothing is written."""

import pytest

import kb
from builders import write_base
from kb.errors import KBError
from kb.store.scaffold import new_base, new_record


@pytest.fixture
def root(tmp_path):
    """A base without records."""
    return write_base(tmp_path / "base")


def test_everything_given_is_in_the_record(root):
    """A record that is given all it can be is sound and says what was given."""
    new_record(
        root,
        "alpha",
        title='A "trial": {one}',
        arms=["Adriamycin+ifosfamide", "anlotinib"],
        report="smith-2024",
        doi="10.1000/a:b#c",
        registration="NCT01: x",
    )
    assert [] == kb.check(root)
    trial = kb.load(root)["alpha"]
    assert ('A "trial": {one}', ("NCT01: x",)) == (trial.title, trial.registrations)
    assert ["doxorubicin-ifosfamide", "anlotinib"] == list(trial.arms)
    assert "10.1000/a:b#c" == trial.reports["smith-2024"].citation.doi


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
def test_nothing_is_written_that_would_not_check_clean(root, given, said):
    """What is given wrongly is named, and no file is left."""
    with pytest.raises(KBError, match=said.replace("?", r"\?")):
        new_record(root, "alpha", **given)
    assert [] == list((root / "trials").iterdir())


def test_an_id_that_is_taken(root):
    """A record of that id anywhere in the folder is never overwritten."""
    (root / "trials" / "deep").mkdir()
    (root / "trials" / "deep" / "alpha.yaml").write_text("mine")
    with pytest.raises(KBError, match="exists; nothing was written"):
        new_record(root, "alpha")


def test_the_copy_in_the_package_is_left_alone(tmp_path):
    """Work does not go where the next version of the package would remove it."""
    inside = write_base(tmp_path / "kb" / "_records")
    with pytest.raises(KBError, match="kb init DIR"):
        new_record(inside, "alpha")


def test_a_base_is_not_put_on_top_of_files(tmp_path):
    """A folder that holds something, and a file, are left as they are."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    for taken in (tmp_path / "full", tmp_path / "full" / "x"):
        with pytest.raises(KBError, match="nothing was written"):
            new_base(taken)
    assert [] == kb.check(new_base(tmp_path / "new", title="Mine: \\"))
    assert "Mine: \\" == kb.load(tmp_path / "new").title
