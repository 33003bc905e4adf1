"""How people head the columns of their tables: spellings of fields, and words inside headers.

Spellings are written as `kb.tables.meaning.joined` writes them: no case, spaces or signs.
"""

from __future__ import annotations

from typing import Final

from kb.printed.measure import MEDIAN, PROPORTION

SPELLINGS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "study": (
        ("studyid", "studyname", "studylabel", "studlab", "studies", "slab", "study", "studytrial",
         "studyorsubgroup"),
        ("trial", "trialname", "trialid", "trialacronym", "clinicaltrial"),
        ("author", "authors", "firstauthor", "authoryear", "firstauthoryear", "authorandyear",
         "authoryearofpublication", "studyauthor", "authorstudy", "authorsyear"),
        ("reference", "references", "citation", "publication"),
        ("studycode", "studyno", "studynumber", "study#", "nct", "nctnumber", "nctid",
         "trialnumber"),
    ),
    "arm": (
        ("armname", "treatmentarm", "studyarm", "trialarm", "arms", "armlabel", "treatmentgroup"),
        ("regimen", "regimens", "treatmentregimen", "treatment", "treatments", "therapy", "treat",
         "trt", "treatmentname", "components"),
        ("drug", "drugs", "agent", "agents", "intervention", "interventions", "drugname"),
        ("group", "cohort"),
        ("experimental", "experimentalarm", "experimentalgroup", "interventionarm",
         "interventiongroup", "experimentaltreatment"),
    ),
    "versus": (
        ("comparator", "comparators", "control", "controlarm", "controlgroup", "vs",
         "comparatorarm", "referencearm", "referencetreatment", "controltreatment", "comparedwith"),
    ),
    "endpoint": (
        ("endpoints", "outcome", "outcomes", "outcomename", "endpointname"),
        ("adverseevent", "adverseevents", "adversereaction", "adverseeventterm", "preferredterm",
         "aeterm"),
    ),
    "measure": (("effectmeasure", "sm", "measureofeffect", "summarymeasure"),),
    "at": (("timepoint", "timepoints", "landmarktime"),),
    "at_unit": (("timeunit", "timepointunit"),),
    "events": (
        ("event", "nevents", "eventsn", "noofevents", "numberofevents", "responders", "responses",
         "nresponses", "nresponders", "respondersn", "numberresponding", "noresponding",
         "nresponding", "objectiveresponses", "overallresponses", "tumourresponses",
         "tumorresponses", "confirmedresponses", "noofresponders", "numberofresponders",
         "noofresponses", "numberofresponses", "noresponders"),
    ),
    "n": (
        ("patients", "npatients", "patientsn", "no", "nopatients", "noofpatients", "nofpatients",
         "numberofpatients", "samplesize", "ntotal", "totaln", "numpatients", "pts", "npts",
         "noofpts", "participants", "nparticipants", "noofparticipants", "numberofparticipants",
         "patientsno", "patientnumber", "subjects", "nsubjects", "#patients", "samplesizen",
         "evaluable", "nevaluable", "evaluablen", "evaluablepatients", "noevaluable",
         "patientsevaluable", "numberevaluable", "noofevaluablepatients", "evaluablepatientsn",
         "nevaluablepatients", "total"),
        ("randomised", "randomized", "nrandomised", "nrandomized", "enrolled", "nenrolled",
         "patientsenrolled", "treated", "ntreated", "patientstreated", "nitt", "ittn",
         "patientsrandomised", "patientsrandomized", "noenrolled", "numberenrolled"),
    ),
    "low": (("lower", "lcl", "ll", "lci", "cilow", "cilower", "lowerci", "lowerlimit", "lowerbound",
             "cilb", "conflow", "cistart", "lowercl", "lowerconfidencelimit"),),
    "high": (("upper", "ucl", "ul", "uci", "cihigh", "ciupper", "upperci", "upperlimit",
              "upperbound", "ciub", "confhigh", "ciend", "uppercl", "upperconfidencelimit"),),
    "level": (("confidencelevel", "cilevel", "conflevel"),),
    "p": (("pvalue", "pval", "pvalues"),),
    "se": (("standarderror", "stderr", "stderror"),),
    "unit": (("units",),),
    "criteria": (("responsecriteria", "recist", "recistversion", "responseevaluationcriteria"),),
    "report": (("source", "reports", "datasource", "sourcereport"),),
    "assessor": (("assessment", "assessedby", "responseassessment", "responseassessor",
                  "reviewtype", "assessors"),),
    "confirmed": (("confirmation", "responseconfirmed", "confirmedresponse"),),
    "data_cut": (("datacutoff", "datacutoffdate", "datacutdate"),),
    "analysis_set": (("analysispopulation", "populationanalysed", "populationanalyzed"),),
    "follow_up": (("fu", "medianfollowup", "medianfu", "lengthoffollowup", "followuptime",
                   "followupmonths", "medianfollowupmonths", "followupmo"),),
    "adjusted": (("adjustedfor", "adjustment"),),
    "line": (("lineoftherapy", "lineoftreatment", "treatmentline", "therapyline", "lines",
              "settingline"),),
    "histology": (("histologies", "subtype", "histologicalsubtype", "histologicsubtype",
                   "histologicaltype", "histologictype", "histotype", "basket", "tumourtype",
                   "tumortype", "cancertype", "sarcomatype", "sarcomasubtype", "diagnosis",
                   "tumourhistology", "tumorhistology"),),
    "design": (("studydesign", "trialdesign"),),
    "year": (("publicationyear", "yearofpublication", "pubyear", "yearpublished", "studyyear"),),
    "subgroup": (("subgroups", "subset"),),
}  # fmt: skip
"""Spellings of each field, in ranks: where two are there, the better rank takes the field.

Two of one rank are refused, for which is meant cannot be told.
"""

REPORTS: Final = SPELLINGS["study"][3]
"""Of a study that another column names, these are its report."""

EXPERIMENTAL: Final = (
    "experimental", "exp", "intervention", "interv", "treatment", "treated", "trt", "active",
    "treat", "tx", "combination", "combo",
)  # fmt: skip
REFERENCE: Final = (
    "control", "controls", "ctrl", "ctl", "ctr", "comparator", "placebo", "pbo",
)  # fmt: skip
"""Words of a header that name one of two arms; the latter are what the other is compared with."""
SHORT: Final = (("e", "c"), ("t", "c"), ("i", "c"), ("a", "b", "c", "d"), ("1", "2", "3", "4", "5",
                "6", "7", "8"))  # fmt: skip
"""Letters and digits that do, only at an end of a header and only as a series from its first."""
LETTERS: Final = frozenset({"r", "e", "x", "y"})
"""What events of an arm are called where the arm is a digit: `r1` beside `n1`."""
ARM: Final = frozenset({"arm", "group", "arms"})
"""Words that may stand before such a letter."""
NO_TREATMENT: Final = frozenset(
    {"placebo", "control", "controls", "observation", "standardofcare", "soc", "bsc",
     "bestsupportivecare", "notreatment", "pbo"}
)  # fmt: skip
"""Names of an arm that is there to be compared with."""

EFFECTS: Final = frozenset(
    {"effect", "effectsize", "estimate", "effectestimate", "pointestimate", "es"}
)
"""Headers of a value where another column says of which measure it is."""
ASSESSORS: Final = {
    "irc": "central", "ric": "central", "icr": "central", "irrc": "central",
    "inv": "investigator", "investigators": "investigator", "ir": "central",
}  # fmt: skip
"""How headers shorten who assessed a response; what they lead to are words of the vocabulary."""
CONFIRMED: Final = frozenset({"confirmed", "c"})
MEDIAN_WORDS: Final = frozenset({"m", MEDIAN, "med"})
PERCENT_WORDS: Final = frozenset({"%", "percent", "pct", "percentage", "rate", "rates", PROPORTION})
COUNT_WORDS: Final = frozenset(
    {
        "n",
        "events",
        "event",
        "no",
        "number",
        "count",
        "responders",
        "responses",
        "responding",
        "responded",
        "cases",
        "x",
        "#",
    }
)
TOTAL_WORDS: Final = frozenset(
    {"total", "evaluable", "patients", "pts", "participants", "denominator", "randomised",
     "randomized", "subjects", "sample", "size"}
)  # fmt: skip
LOW_WORDS: Final = frozenset({"low", "lower", "lo", "l", "lcl", "ll", "lci", "lb", "start"})
HIGH_WORDS: Final = frozenset({"high", "upper", "hi", "u", "ucl", "ul", "uci", "ub", "end"})
INTERVAL_WORDS: Final = frozenset({"ci", "cl", "interval", "confidence", "conf"})
TEST_WORDS: Final = frozenset(
    {"value", "val", "log", "rank", "logrank", "fisher", "fishers", "exact", "test"}
)
SIGNS: Final = frozenset("%/#")
"""No part of a name."""
FILLING: Final = frozenset(
    {"of", "the", "for", "in", "at", "with", "and", "by", "per", "limit", "bound", "estimate",
     "point", "best", "/"}
)  # fmt: skip
"""Words that change nothing beside others."""
LOG_WORDS: Final = frozenset({"log", "ln"})
MONTHS_SHORT: Final = {"m": "months", "mos": "months", "mths": "months", "mth": "months",
                       "wks": "weeks", "yrs": "years"}  # fmt: skip
"""Short units that are clear beside the name of a time, and are no words of records."""
