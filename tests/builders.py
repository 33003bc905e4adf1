"""Small valid knowledge bases for tests: records as data with one thing changed, on disk or not.

`base_of(trial("alpha"), trial("beta", phase="3"))` needs no files. `write_base(folder, …)` writes
the same as YAML and returns the root, for tests of reading, places and the command line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kb import checks
from kb.model import Trial
from kb.store.knowledge_base import KnowledgeBase
from kb.store.reading import Reading
from kb.vocabulary import Vocabulary
from kb.vocabulary.kinds import KINDS
from kb.vocabulary.terms import MODELS

Data = dict[str, Any]

VOCABULARY: dict[str, Data] = {
    "drugs": {
        "doxorubicin": {
            "name": "Doxorubicin",
            "class": "anthracycline",
            "synonyms": ["Adriamycin"],
        },
        "epirubicin": {"name": "Epirubicin", "class": "anthracycline"},
        "ifosfamide": {"name": "Ifosfamide", "class": "alkylating-agent"},
        "anlotinib": {"name": "Anlotinib", "class": "vegfr-tki", "synonyms": ["AL3818"]},
        "axitinib": {"name": "Axitinib", "class": "vegfr-tki"},
        "pembrolizumab": {"name": "Pembrolizumab", "class": "checkpoint-inhibitor"},
        "placebo": {"name": "Placebo", "kind": "placebo"},
        "pegfilgrastim": {"name": "Pegfilgrastim", "kind": "supportive-care"},
    },
    "drug-classes": {
        "chemotherapy": {"name": "Cytotoxic chemotherapy", "family": True},
        "anthracycline": {"name": "Anthracycline", "parents": ["chemotherapy"]},
        "alkylating-agent": {"name": "Alkylating agent", "parents": ["chemotherapy"]},
        "antiangiogenic": {"name": "Antiangiogenic agent", "family": True},
        "vegfr-tki": {"name": "VEGFR tyrosine kinase inhibitor", "parents": ["antiangiogenic"]},
        "checkpoint-inhibitor": {"name": "Checkpoint inhibitor", "family": True},
    },
    "regimen-classes": {
        "chemotherapy-doublet": {
            "name": "Chemotherapy doublet",
            "components": ["chemotherapy", "chemotherapy"],
        },
        "single-agent-chemotherapy": {
            "name": "Single-agent chemotherapy",
            "components": ["chemotherapy"],
        },
        "antiangiogenic-plus-chemotherapy": {
            "name": "Antiangiogenic + chemotherapy",
            "components": ["antiangiogenic", "chemotherapy"],
            "match": "covers",
        },
    },
    "histologies": {
        "sarcoma": {"name": "Sarcoma"},
        "soft-tissue-sarcoma": {"name": "Soft-tissue sarcoma", "parents": ["sarcoma"]},
        "leiomyosarcoma": {
            "name": "Leiomyosarcoma",
            "parents": ["soft-tissue-sarcoma"],
            "synonyms": ["LMS"],
        },
        "liposarcoma": {"name": "Liposarcoma", "parents": ["soft-tissue-sarcoma"]},
        "osteosarcoma": {"name": "Osteosarcoma", "parents": ["sarcoma"]},
    },
    "endpoints": {
        "orr": {
            "name": "Objective response rate",
            "definition": "Complete or partial response as best overall response.",
            "measures": ["proportion", "odds-ratio", "risk-ratio", "risk-difference"],
            "better": "higher",
            "counts": "responders",
            "column": 1,
        },
        "dcr": {
            "name": "Disease control rate",
            "definition": "Response or stable disease as best overall response.",
            "measures": ["proportion", "odds-ratio", "risk-ratio", "risk-difference"],
            "better": "higher",
            "column": 2,
            "not_below": ["orr"],
            "varies": {"stable-disease-for": "duration"},
        },
        "pfs": {
            "name": "Progression-free survival",
            "definition": "Time to progression or death from any cause.",
            "measures": ["median", "landmark", "hazard-ratio"],
            "better": "higher",
            "column": 3,
            "not_above": ["os"],
        },
        "os": {
            "name": "Overall survival",
            "definition": "Time to death from any cause.",
            "measures": ["median", "landmark", "hazard-ratio"],
            "better": "higher",
            "column": 4,
            "after_crossover": True,
        },
    },
    "criteria": {
        "recist-1.1": {"name": "RECIST 1.1"},
        "not-stated": {"name": "Not stated"},
    },
    "assessors": {
        "investigator": {"name": "Investigator"},
        "not-stated": {"name": "Not stated"},
    },
}


def arm(*drugs: str | Data, **more: Any) -> Data:
    """An arm that gets these drugs in one phase; a drug may also be a whole component."""
    components = [{"drug": one} if isinstance(one, str) else one for one in drugs]
    named = [one.get("drug", "alternatives") for one in components]
    return {
        "name": " + ".join(named).capitalize(),
        "regimen": {"from": "smith-2020", "phases": [{"components": components}]},
        **more,
    }


def analysis_set(arm: str | list[str] = "one", n: int | None = 40, **more: Any) -> Data:
    """An analysis set of one arm, or of several given as a list."""
    whose = {"arm": arm} if isinstance(arm, str) else {"arms": arm}
    size = {} if n is None else {"n": n}
    return {**whose, "population": "intention-to-treat", **size, **more}


def estimate(endpoint: str = "orr", of: str = "one", **more: Any) -> Data:
    """A number of the analysis set `of`: 10 events as a proportion, or six months as a median."""
    timed = endpoint in ("pfs", "os")
    number: Data = {"measure": "median", "unit": "months", "value": "6.0"}
    count: Data = {"measure": "proportion", "events": 10}
    if more.get("measure") in ("landmark", "proportion"):
        number = count = {}
    return {
        "endpoint": endpoint,
        "set": of,
        **(number if timed else count),
        "locator": "p1",
        **more,
    }


def contrast(experimental: str = "one", reference: str = "two", **more: Any) -> Data:
    """A hazard ratio for progression-free survival between two sets."""
    return {
        "endpoint": "pfs",
        "measure": "hazard-ratio",
        "kind": "randomised",
        "experimental": experimental,
        "reference": reference,
        "value": "0.80",
        "interval": {"level": 95, "low": "0.60", "high": "1.07"},
        "locator": "p1",
        **more,
    }


def report(sets: Data | None = None, estimates: list[Data] | None = None, **more: Any) -> Data:
    """A full-text report of 2020 that prints one response rate of arm `one`, unless told more."""
    return {
        "citation": {
            "authors": ["Smith J"],
            "title": "A trial",
            "container": "Journal",
            "year": 2020,
        },
        "read": "full-text",
        "analysis_sets": {"one": analysis_set()} if sets is None else sets,
        "estimates": [estimate()] if estimates is None else estimates,
        **more,
    }


def trial(trial_id: str = "alpha", **more: Any) -> Data:
    """A single-arm trial of doxorubicin with one report, unless told more."""
    return {
        "id": trial_id,
        "title": f"Trial {trial_id}",
        "phase": "2",
        "design": {"allocation": "single-arm", "timing": "prospective"},
        "population": {
            "histologies": ["soft-tissue-sarcoma"],
            "line": "first",
            "from": "smith-2020",
        },
        "arms": {"one": arm("doxorubicin")},
        "reports": {"smith-2020": report()},
        **more,
    }


def randomised(trial_id: str, one: Data, two: Data, **more: Any) -> Data:
    """A randomised trial of two arms, each with a response rate of forty patients."""
    design = {"allocation": "randomised", "timing": "prospective", "comparative": True}
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    both = report(sets, [estimate(of="one"), estimate(of="two")])
    arms = {"one": {**one, "role": "experimental"}, "two": {**two, "role": "control"}}
    return trial(
        trial_id, **{"design": design, "arms": arms, "reports": {"smith-2020": both}} | more
    )


def write_base(folder: Path, *trials: Data, vocabulary: dict[str, Data] = VOCABULARY) -> Path:
    """A knowledge base on disk; returns its root."""
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "trials").mkdir()
    (folder / "kb.yaml").write_text("format: 1\ntitle: Test base\n", encoding="utf-8")
    for name, terms in vocabulary.items():
        (folder / "vocabulary" / f"{name}.yaml").write_text(text(terms), encoding="utf-8")
    for one in trials:
        (folder / "trials" / f"{one['id']}.yaml").write_text(text(one), encoding="utf-8")
    return folder


def text(data: Data) -> str:
    """Data as YAML in the order given, every value written out in full."""
    return yaml.dump(data, Dumper=_InFull, sort_keys=False, allow_unicode=True)


class _InFull(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """Records know no anchors, so what stands twice is written twice."""
        del data
        return True


def base_of(*trials: Data, vocabulary: dict[str, Data] = VOCABULARY) -> KnowledgeBase:
    """A knowledge base without files; AssertionError if its records have faults."""
    words = Vocabulary(
        {
            kind: {
                term_id: MODELS[kind].model_validate(_as_read(body))
                for term_id, body in vocabulary[name].items()
            }
            for kind, (name, _) in KINDS.items()
        }
    )
    context = {"explain_term": words.explain}
    read = [Trial.model_validate(_as_read(one), context=context) for one in trials]
    found = {one.id: one for one in read}
    faults = [fault for one in read for fault in checks.run(one, words)]
    assert [] == [*faults, *checks.across(found)]
    return KnowledgeBase(Reading(Path("nowhere"), "Test base", words, found, {}, []))


def _as_read(data: Any) -> Any:
    """Data as the reader gives them: every scalar is text."""
    if isinstance(data, dict):
        return {key: _as_read(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_read(value) for value in data]
    return str(data).lower() if isinstance(data, bool) else str(data)


def response_words() -> dict[str, Data]:
    """The vocabulary with the categories of response, what adds up and what completes them."""
    rate: Data = {
        "definition": "As named.",
        "measures": ["proportion", "risk-ratio"],
        "better": "higher",
    }
    lasting: Data = {**rate, "varies": {"stable-disease-for": "duration"}}
    endpoints: dict[str, Data] = {
        **VOCABULARY["endpoints"],
        "orr": {"name": "Objective response", **rate, "sum_of": ["cr", "pr"]},
        "dcr": {
            "name": "Disease control",
            **lasting,
            "sum_of": ["cr", "pr", "sd"],
            "when_defined": "cbr",
        },
        "cbr": {"name": "Clinical benefit", **lasting},
        "cr": {"name": "Complete response", **rate},
        "pr": {"name": "Partial response", **rate},
        "sd": {"name": "Stable disease", **lasting},
        "pd": {"name": "Progressive disease", **rate},
        "ne": {"name": "Not evaluable", **rate, "completes": ["cr", "pr", "sd", "pd"]},
        "mr": {"name": "Minor response", **rate, "apart_from": ["pr", "sd"]},
    }
    criteria = {**VOCABULARY["criteria"], "choi": {"name": "Choi"}}
    assessors = {**VOCABULARY["assessors"], "central": {"name": "Central review"}}
    return {**VOCABULARY, "endpoints": endpoints, "criteria": criteria, "assessors": assessors}


def part(text: str, **more: Any) -> Data:
    """A proportion: `pr 7` is a printed count, `pr 35%` a printed percent, `pr 7 35%` both."""
    endpoint, *numbers = text.split()
    printed = {
        "value" if number.endswith("%") else "events": number.rstrip("%") for number in numbers
    }
    return estimate(endpoint, measure="proportion", **printed, **more)


def told_apart(lines: list[str]) -> list[str]:
    """Lines of a table that states all by which two numbers are told apart, so that two are two."""
    known = "report=r assessor=central subgroup="
    return [f"{line} {known}" if " at=" in line else f"{line} {known} at=" for line in lines]
