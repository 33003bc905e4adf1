"""Ratios of a whole against those of its subgroups."""

HR = "arm=a versus=b endpoint=os measure=hr"


def _parts(whole, *parts, key="sex", n=()):
    """The ratio of a whole and those of subgroups, with patients if there are any."""
    sizes = [f" n={one}" for one in n] or [""] * (len(parts) + 1)
    names = [
        "",
        *(f" subgroup={key}={at}" if key else f" subgroup={at}" for at in "mfx"[: len(parts)]),
    ]
    return [f"{HR} value={value}{name}{size}"
            for value, name, size in zip((whole, *parts), names, sizes, strict=True)]  # fmt: skip


# ln 0.6830/0.6500 = 0.0495 and 0.6840/0.6500 = 0.0510, beyond which nothing is chance; towards 1
# ln 0.8706/0.7500 = 0.1491 and 0.8720/0.7500 = 0.1507.
BOUNDARIES = {
    "overall-outside-subgroups": [
        ("between them", _parts("0.70", "0.65", "0.75"), []),
        ("by rounding between them", _parts("0.6", "0.65", "0.75"), []),
        ("a little below", _parts("0.65000", "0.68300", "0.75000"), []),
        ("further below", _parts("0.65000", "0.68401", "0.75000"),
         [("note", "OS: hazard ratio 0.65000 overall lies below that of every subgroup (0.68401 in m, 0.75000 in f); unless a subgroup is missing, one of them is of other data.")]),
        ("nearer to 1 than both, a little", _parts("0.87060", "0.65000", "0.75000"), []),
        ("nearer to 1 than both, further", _parts("0.87200", "0.65000", "0.75000"),
         [("note", "overall lies above that of every subgroup")]),
        ("above, a little", _parts("1.55000", "1.20000", "1.48000"), []),
        ("above, further", _parts("1.56000", "1.20000", "1.48000"), [("note", "lies above")]),
        ("nearer to 1 from above, a little", _parts("1.20000", "1.39000", "1.50000"), []),
        ("nearer to 1 from above, further", _parts("1.19000", "1.39000", "1.50000"),
         [("note", "lies below")]),
        ("beyond 1", _parts("1.10", "0.70", "0.80"), [("note", "lies above")]),
        ("three subgroups", _parts("0.50", "0.70", "0.80", "0.90"), [("note", "0.90 in x")]),
        ("one subgroup", _parts("0.50", "0.70"), []),
        ("all patients", _parts("0.50", "0.70", "0.80", n=(90, 50, 40)), [("note", "lies below")]),
        ("not all patients", _parts("0.50", "0.70", "0.80", n=(91, 50, 40)), []),
        ("no key and no patients", _parts("0.50", "0.70", "0.80", key=""), []),
        ("no key and all patients", _parts("0.50", "0.70", "0.80", key="", n=(90, 50, 40)),
         [("note", "lies below")]),
        ("no key and more patients", _parts("0.50", "0.70", "0.80", key="", n=(89, 50, 40)), []),
        ("by response", _parts("0.50", "0.70", "0.80", key="responders"), []),
        ("histologies",
         [f"{HR} value=0.50", f"{HR} value=0.70 subgroup=LMS", f"{HR} value=0.80 subgroup=liposarcoma"],
         [("note", "0.70 in leiomyosarcoma, 0.80 in liposarcoma")]),
        ("a histology under another",
         [f"{HR} value=0.50", f"{HR} value=0.70 subgroup=LMS",
          f"{HR} value=0.80 subgroup=uterine-leiomyosarcoma"], []),
        ("one value twice", [*_parts("0.50", "0.70", "0.80"), f"{HR} value=0.90 subgroup=sex=m"], []),
        ("two wholes", [*_parts("0.50", "0.70", "0.80"), f"{HR} value=0.75"], []),
        ("two keys", [f"{HR} value=0.50", f"{HR} value=0.70 subgroup=sex=m",
                      f"{HR} value=0.80 subgroup=age=old"], []),
        ("two keys at once", [f"{HR} value=0.50", f"{HR} value=0.70 subgroup=sex=m;age=old",
                              f"{HR} value=0.80 subgroup=sex=f;age=old"], []),
        ("another endpoint", [f"{HR} value=0.50".replace("os", "pfs"), *_parts("0.5", "0.7", "0.8")[1:]],
         []),
        ("a value of 0", _parts("0.0", "0.70", "0.80"), []),
        ("a value that may be 0", _parts("0.01", "0.70", "0.0"), []),
        ("an odds ratio", [line.replace("hr", "or") for line in _parts("0.50", "0.70", "0.80")],
         [("note", "odds ratio 0.50 overall lies below")]),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
