"""The eight records that the format was designed with: every shape in them is still read.

They are samples of the format from single readings, not evidence; some trials in them are also real
records, read again from their sources.
"""

import shutil
from pathlib import Path

import pytest

import kb
from kb.store.layout import packaged

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A base of the samples alone, with the vocabulary."""
    root = tmp_path_factory.mktemp("samples")
    shutil.copytree(packaged() / "vocabulary", root / "vocabulary")
    shutil.copytree(SAMPLES, root / "trials")
    (root / "kb.yaml").write_text("format: 1\n", encoding="utf-8")
    return kb.load(root)


def test_shapes(base):
    """Alternatives, parts, cohorts, states, definitions and ids come through."""
    rows = {
        row.address: row
        for row in kb.compare(
            base, list(base.vocabulary.endpoints), measure="all", reports="all"
        ).rows
    }
    assert (
        "stable-disease-for=18 weeks"
        == rows["sorafenib-dacarbazine/pmc-6656505/all/dcr/proportion"].definition
    )
    assert {"choi", "recist"} == {
        row.id for row in rows.values() if row.trial == "sorafenib-dacarbazine" and row.id
    }
    assert "not-given" == rows["saint/gordon-2023/phase-2/os/median"].high_state
    assert "19.1+" == rows["made-up-16-weeks/nobody-2026/responders/dor/median"].range_high
    assert "olaparib+temozolomide" == rows["a092104/onclive-2025/combination/pfs/median"].drugs
    assert "pazopanib/trabectedin" == rows["a092104/onclive-2025/choice/pfs/median"].drugs
    assert 90 == rows["a091401/dangelo-2017/combination/orr/proportion"].level
    assert (
        "unadjusted" == rows["geddis/ascopost-2017/itt-gd:itt-dox/pfs/hazard-ratio#unadjusted"].id
    )


def test_saint_is_released_anew(base):
    """The news about ESMO 2024 is another release than the paper of 2023."""
    shown = kb.compare(base, "orr", trial="saint")
    assert ["ajmc-2026"] == [row.report for row in shown.rows]
    assert ["gordon-2023"] == [row.report for row in shown.set_aside]
