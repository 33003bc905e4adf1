"""Numbers of patients, arm by arm and step by step."""

from builders import analysis_set, arm, report, trial


def _trial(*steps, sets=None, arms=2, **more):
    """A trial of up to three arms whose report prints these steps, `one randomised 50`."""
    names = ("one", "two", "three")[:arms]
    drugs = ("doxorubicin", "ifosfamide", "anlotinib")
    own = report(sets, [], flow=[_step(one) for one in steps], **more)
    regimens = {name: arm(drug) for name, drug in zip(names, drugs, strict=False)}
    return [trial(arms=regimens, reports={"smith-2020": own})]


def _step(text):
    """A step of an arm as data; of `all` patients where no arm is named so."""
    if isinstance(text, dict):
        return {"locator": "p1", **text}
    who, step, count, *about = text.split()
    whose = {} if who == "all" else {"arm": who}
    return {
        **whose, "step": step, "count": int(count), "locator": "p1",
        **({"approximation": about[0]} if about else {}),
    }  # fmt: skip


def _for(reason, count, step="discontinued"):
    """A step of all patients that is of one reason."""
    return {"step": step, "reasons": [reason], "count": count}


def _two_reports(first, second, year=2019):
    """A trial of two arms with a paper of 2020 and an abstract."""
    (own,) = _trial(first)
    abstract = report(estimates=[], read="abstract", flow=[_step(second)])
    abstract["citation"] = {"container": "Congress", "year": year}
    own["reports"]["abstract-2019"] = abstract
    return [own]


def _planned(n, *steps, planned=40, sets=None, **design):
    """A trial of one arm that was planned for forty patients."""
    own = report({"one": analysis_set("one", n)} if sets is None else sets, [])
    own["flow"] = [_step(one) for one in (*([f"one planned {planned}"] if planned else []), *steps)]
    given = {"allocation": "single-arm", "timing": "prospective", **design}
    return [trial(reports={"smith-2020": own}, design=given)]


NOTED = {"as_printed": True}


BOUNDARIES = {
    "arm-arithmetic": [
        ("the sum", _trial("all randomised 103", "one randomised 51", "two randomised 52"), []),
        ("one more", _trial("all randomised 103", "one randomised 52", "two randomised 52"),
         [("error", "randomised: 52 (one) + 52 (two) = 104, and 103 in all.")]),
        ("one fewer", _trial("all randomised 103", "one randomised 50", "two randomised 52"),
         [("warning", "randomised: 50 (one) + 52 (two) = 102, and 103 in all.")]),
        ("an arm is missing, fewer", _trial("all randomised 103", "one randomised 50"), []),
        ("an arm is missing, as many", _trial("all randomised 103", "one randomised 103"), []),
        ("an arm is missing, more", _trial("all randomised 103", "one randomised 104"), [("error", "104 (one) = 104")]),
        ("no total", _trial("one randomised 52", "two randomised 52"), []),
        ("no arms", _trial("all randomised 103"), []),
        ("another step", _trial("all randomised 103", "one treated 60", "two treated 60"), []),
        ("nobody in any arm", _trial("all died 3", "one died 0", "two died 0"), []),
        ("nobody in one arm", _trial("all died 3", "one died 0", "two died 2"), [("warning", "= 2, and 3 in all.")]),
        ("printed as about", _trial("all randomised 103 about", "one randomised 52", "two randomised 52"), []),
        ("of a step in other words", _trial({"step": "other", "what": "pneumonia", "count": 3}, {"arm": "one", "step": "other", "what": "pneumonia", "count": 4}), []),
        ("at a time", _trial("all alive 103", {"arm": "one", "step": "alive", "count": 104, "at": {"months": 12}}), []),
        ("of a printed denominator", _trial("all alive 103", {"arm": "one", "step": "alive", "count": 104, "of": 110}), []),
        ("of both arms together, the sum", _trial({"arms": ["one", "two"], "step": "randomised", "count": 103}, "one randomised 51", "two randomised 52"), []),
        ("of both arms together, one more", _trial({"arms": ["one", "two"], "step": "randomised", "count": 103}, "one randomised 52", "two randomised 52"), [("error", "= 104, and 103 in all.")]),
        ("of two arms of three together", _trial({"arms": ["one", "two"], "step": "randomised", "count": 103}, "one randomised 51", "two randomised 52", "three randomised 50", arms=3), []),
        ("of a set of two arms of three", _trial({"set": "both", "step": "treated", "count": 103}, "one treated 51", "two treated 52", "three treated 50", sets={"both": analysis_set(["one", "two"], 120)}, arms=3), []),
        ("of a set of one arm", _trial("all treated 103", {"set": "one", "step": "treated", "count": 104}), [("error", "104 (one)")]),
        ("of a set of both arms", _trial({"set": "both", "step": "treated", "count": 103}, "one treated 104", sets={"both": analysis_set(["one", "two"], 120)}), [("error", "104 (one) = 104, and 103 in all.")]),
        ("of a subgroup", _trial("all treated 103", {"set": "women", "step": "treated", "count": 104}, sets={"women": analysis_set("one", subgroup={"other": ["women"]})}), []),
        ("of a part of a set", _trial("all treated 103", {"set": "part", "step": "treated", "count": 104}, sets={"one": analysis_set("one", 120), "part": analysis_set("one", 110, of="one")}), []),
        ("the first number of an arm counts", _trial("all treated 103", "one treated 103", {"set": "one", "step": "treated", "count": 104}), []),
    ],
    "step-order": [
        ("as many", _trial("one treated 80", "one evaluable 80"), []),
        ("one more", _trial("one treated 80", "one evaluable 81"), [("warning", "one: 81 evaluable, but 80 treated.")]),
        ("in all", _trial("all screened 80", "all enrolled 81"), [("warning", "all: 81 enrolled, but 80 screened.")]),
        ("enrolled and randomised", _trial("one enrolled 80", "one randomised 81"), [("warning", "81 randomised, but 80 enrolled.")]),
        ("randomised and treated", _trial("one randomised 80", "one treated 81"), [("warning", "81 treated, but 80 randomised.")]),
        ("two steps apart", _trial("one randomised 80", "one evaluable 81"), [("warning", "81 evaluable, but 80 randomised.")]),
        ("fewer at the later step", _trial("one treated 80", "one evaluable 79"), []),
        ("of two arms", _trial("one treated 80", "two evaluable 81"), []),
        ("other steps", _trial("one treated 80", "one completed 81"), []),
        ("printed as about", _trial("one treated 80 about", "one evaluable 83"), []),
        ("in two reports", _two_reports("one treated 80", "one evaluable 81"), []),
    ],
    "set-over-arm": [
        ("as many as allocated", _trial("one randomised 40"), []),
        ("one more than allocated", _trial("one randomised 39", sets={"one": analysis_set("one", 40, **NOTED)}), [("error", "40 patients in a set of one, with 39 allocated.")]),
        ("one more than enrolled", _trial("one enrolled 39", sets={"one": analysis_set("one", 40, **NOTED)}), [("error", "with 39 allocated.")]),
        ("one where nobody is allocated", _trial("one randomised 0", sets={"one": analysis_set("one", 1, **NOTED)}), [("error", "1 patients in a set of one, with 0 allocated.")]),
        ("enrolled and, fewer, randomised", _trial("one enrolled 40", "one randomised 39"), []),
        ("more than treated", _trial("one treated 39"), []),
        ("of two arms, as many as allocated", _trial("one randomised 40", "two randomised 41", sets={"both": analysis_set(["one", "two"], 81)}), []),
        ("of two arms, one more", _trial("one randomised 40", "two randomised 41", sets={"both": analysis_set(["one", "two"], 82, **NOTED)}), [("error", "82 patients in a set of one and two, with 81 allocated.")]),
        ("of two arms, as many as their sets", _trial(sets={"one": analysis_set("one", 40), "two": analysis_set("two", 41), "both": analysis_set(["one", "two"], 81)}), []),
        ("of two arms, one more than their sets", _trial(sets={"one": analysis_set("one", 40), "two": analysis_set("two", 41), "both": analysis_set(["one", "two"], 82)}), [("warning", "82 patients in a set of one and two, with 81 in their own sets.")]),
        ("of two arms, the largest sets count", _trial(sets={"one": analysis_set("one", 40), "safe": analysis_set("one", 41, population="safety"), "two": analysis_set("two", 41), "both": analysis_set(["one", "two"], 82)}), []),
        ("of two arms, narrower sets do not count", _trial(sets={"one": analysis_set("one", 40), "evaluable": analysis_set("one", 41, population="response-evaluable"), "two": analysis_set("two", 41), "both": analysis_set(["one", "two"], 82)}), [("warning", "with 81 in their own sets.")]),
        ("of two arms, only narrower sets", _trial(sets={"one": analysis_set("one", 40, population="per-protocol"), "two": analysis_set("two", 41), "both": analysis_set(["one", "two"], 82)}), []),
        ("of two arms, subgroups do not count", _trial(sets={"one": analysis_set("one", 40), "women": analysis_set("one", 41, subgroup={"other": ["women"]}), "two": analysis_set("two", 41), "both": analysis_set(["one", "two"], 82)}), [("warning", "with 81 in their own sets.")]),
        ("of two arms, a set printed as about", _trial(sets={"one": analysis_set("one", 40, approximation="about"), "two": analysis_set("two", 41), "both": analysis_set(["one", "two"], 82)}), []),
        ("of two arms, one without a set", _trial(sets={"one": analysis_set("one", 40), "both": analysis_set(["one", "two"], 82)}), []),
        ("of two arms, one allocated", _trial("one randomised 40", sets={"one": analysis_set("one", 40), "two": analysis_set("two", 41), "both": analysis_set(["one", "two"], 82)}), [("warning", "with 81 in their own sets.")]),
        ("of one arm, against its own sets", _trial(sets={"one": analysis_set("one", 40), "evaluable": analysis_set("one", 41, population="response-evaluable")}), []),
        ("of all arms, as many as enrolled", _trial("all enrolled 83", "one randomised 40", "two randomised 41", sets={"both": analysis_set(["one", "two"], 83, **NOTED)}), []),
        ("of all arms, one more than enrolled", _trial("all enrolled 83", "one randomised 40", "two randomised 41", sets={"both": analysis_set(["one", "two"], 84, **NOTED)}), [("error", "with 83 allocated.")]),
        ("of two of three arms, more than are in them", _trial("all enrolled 130", "one randomised 40", "two randomised 41", "three randomised 40", arms=3, sets={"both": analysis_set(["one", "two"], 82, **NOTED)}), [("error", "with 81 allocated.")]),
        ("of two arms, their sets are of a part", _trial(sets={"both": analysis_set(["one", "two"], 51), "part": analysis_set(["one", "two"], 42, of="both"), "one": analysis_set("one", 18, of="part"), "two": analysis_set("two", 24, of="part")}), []),
        ("of two arms, their sets are of the whole", _trial(sets={"both": analysis_set(["one", "two"], 51), "one": analysis_set("one", 18, of="both"), "two": analysis_set("two", 24, of="both")}), [("warning", "with 42 in their own sets.")]),
        ("n is not printed", _trial("one randomised 39", sets={"one": analysis_set("one", None)}), []),
        ("n is printed as about", _trial("one randomised 39", sets={"one": analysis_set("one", 40, approximation="about", **NOTED)}), []),
    ],
    "arm-size-conflict": [
        ("as many", _two_reports("one randomised 40", "one randomised 40"), []),
        ("one more", _two_reports("one randomised 40", "one randomised 41"), [("note", "one: 41 randomised here, 40 in smith-2020.")]),
        ("one fewer a year before", _two_reports("one randomised 41", "one randomised 40"), []),
        ("one fewer in the same year", _two_reports("one randomised 41", "one randomised 40", 2020), [("note", "one: 40 randomised here, 41 in smith-2020.")]),
        ("one fewer a year later", _two_reports("one randomised 41", "one randomised 40", 2021), [("note", "one: 40 randomised here, 41 in smith-2020.")]),
        ("in all", _two_reports("all randomised 39", "all randomised 40"), [("note", "all: 40 randomised here, 39 in smith-2020.")]),
        ("another step", _two_reports("one randomised 40", "one treated 39"), []),
        ("another arm", _two_reports("one randomised 40", "two randomised 39"), []),
        ("printed as about", _two_reports("one randomised 40", "one randomised 41 about"), []),
    ],
    # A tenth more than 40 is 44.
    "arm-over-planned": [
        ("a tenth more", _planned(44), []),
        ("more than a tenth", _planned(45), [("note", "one: 45 patients here, 40 planned.")]),
        ("more than a tenth allocated", _planned(40, "one enrolled 45"), [("note", "one: 45 patients here, 40 planned.")]),
        ("fewer allocated than in a set", _planned(None, "one enrolled 44", sets={"one": analysis_set("one", 45, **NOTED)}), [("note", "one: 45 patients here")]),
        ("as the design says", _planned(45, planned=None, planned_n="40"), [("note", "45 patients here, 40 planned.")]),
        ("as the design says, a tenth more", _planned(44, planned=None, planned_n="40"), []),
        ("as the design says in words", _planned(45, planned=None, planned_n="30-40"), []),
        ("the arm's plan before that of the design", _planned(45, planned=41, planned_n="40"), []),
        ("the larger of two plans", _planned(45, "one planned 41"), []),
        ("the larger of two plans, which stands first", _planned(45, "one planned 39", planned=41), []),
        ("nothing planned", _planned(45, planned=None), []),
        ("planned as about", _planned(45, "one planned 40 about", planned=None), []),
        ("planned for all arms", _planned(45, "all planned 40", planned=None), []),
        ("a set printed as about", _planned(None, sets={"one": analysis_set("one", 45, approximation="about")}), []),
        ("a narrower set", _planned(None, sets={"one": analysis_set("one", 45, population="per-protocol")}), []),
        ("two arms, as the design says", [trial(arms={"one": arm("doxorubicin"), "two": arm("ifosfamide")}, design={"allocation": "parallel-cohorts", "timing": "prospective", "planned_n": "30"})], []),
    ],
    "flow-sums": [
        ("as many as there are", _trial("one randomised 50", "one discontinued 50"), []),
        ("one more, of an arm", _trial("one randomised 50", "one discontinued 51"), [("warning", "one: 51 discontinued of 50 patients.")]),
        ("one more, of all", _trial("all randomised 50", "all progressed 51"), [("error", "all: 51 progressed of 50 patients.")]),
        ("of arms that are all", _trial("one randomised 50", "two randomised 50", "all died 101"), [("error", "all: 101 died of 100 patients.")]),
        ("an arm is missing", _trial("one randomised 50", "all died 101"), []),
        ("more enrolled than randomised", _trial("all enrolled 60", "all randomised 50", "all analysed 60"), []),
        ("with a lead-in", _trial("all randomised 50", "all lead-in 9", "all analysed 59"), []),
        ("with a lead-in, one more", _trial("all randomised 50", "all lead-in 9", "all analysed 60"), [("error", "60 analysed of 59 patients.")]),
        ("ends that are all", _trial("one treated 50", "one discontinued 30", "one completed 15", "one ongoing 5"), []),
        ("ends, one more", _trial("one treated 50", "one discontinued 30", "one completed 15", "one ongoing 6"), [("warning", "one: 30 discontinued + 15 completed + 6 ongoing = 51, of 50 patients.")]),
        ("ends, fewer", _trial("one treated 50", "one discontinued 30", "one completed 15"), []),
        ("maintenance begun and not begun", _trial("all treated 50", "all maintenance-started 30", "all maintenance-not-started 21"), [("warning", "30 maintenance started + 21 maintenance not started = 51, of 50 patients.")]),
        ("alive and dead", _trial("all treated 50", "all alive 30", "all died 21"), [("warning", "all: 30 alive + 21 died = 51, of 50 patients.")]),
        ("alive and dead of an arm", _trial("one treated 50", "one alive 30", "one died 21"), []),
        ("one end alone is more than all", _trial("all treated 50", "all alive 30", "all died 51"), [("error", "51 died of 50")]),
        ("by reason", _trial("all treated 50", "all discontinued 30", _for("progression", 20), _for("toxicity", 10)), []),
        ("by reason, one more", _trial("all treated 50", "all discontinued 30", _for("progression", 20), _for("toxicity", 11)), [("warning", "all: discontinued 20 (progression) + 11 (toxicity) = 31, but 30 in all.")]),
        ("by reason, fewer", _trial("all treated 50", "all discontinued 30", _for("progression", 20)), []),
        ("by one reason, more than in all", _trial("all treated 50", "all discontinued 30", _for("progression", 31)), [("error", "all: 31 discontinued (progression), but 30 in all.")]),
        ("by reason, no total", _trial("all treated 50", _for("progression", 51)), []),
        ("of drugs, more together", _trial("all treated 50", "all dose-reduced 30", _for("ifosfamide", 20, "dose-reduced"), _for("doxorubicin", 20, "dose-reduced")), []),
        ("of one drug, more than in all", _trial("all treated 50", "all dose-reduced 30", {"step": "dose-reduced", "what": "ifosfamide", "count": 31}), [("error", "all: 31 dose reduced (ifosfamide), but 30 in all.")]),
        ("of a step in other words", _trial("all treated 50", {"step": "other", "what": "pneumonia", "count": 60}), []),
        ("of a subgroup", _trial("all treated 50", "all discontinued 30", {"set": "women", "step": "discontinued", "reasons": ["toxicity"], "count": 31}, sets={"women": analysis_set("one", subgroup={"other": ["women"]})}), []),
    ],
    "deaths-over-patients": [
        ("all of them", _trial("one randomised 40", "one alive 20", "one died 20"), []),
        ("one more", _trial("one randomised 40", "one alive 20", "one died 21"), [("error", "one: 20 alive and 21 dead, of 40 patients.")]),
        ("one more dead than there are", _trial("one randomised 40", "one died 41"), [("error", "one: 0 alive and 41 dead, of 40 patients.")]),
        ("all of the largest set", _trial("one alive 20", "one died 20"), []),
        ("one more than the largest set", _trial("one alive 20", "one died 21"), [("error", "of 40 patients.")]),
        ("allocated before the largest set", _trial("one randomised 41", "one alive 20", "one died 21"), []),
        ("no patients known", _trial("two alive 20", "two died 21"), []),
        ("in all", _trial("all alive 100", "all died 100", "one randomised 40"), []),
        ("at a time", _trial("one alive 20", {"arm": "one", "step": "died", "count": 21, "at": {"months": 12}}), []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
