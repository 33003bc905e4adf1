"""Terms of a compiled base: the same attributes as those that were validated, and no validation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PlainCodes:
    """Identifiers of the same thing elsewhere; one that is not given is None."""

    given: Mapping[str, str]

    def __getattr__(self, name: str) -> str | None:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.given.get(name)

    def model_dump(self) -> dict[str, str]:
        """The codes that are given, as the validated model writes them."""
        return dict(self.given)


@dataclass(frozen=True, slots=True)
class PlainTerm:
    """A term of any kind; fields that its kind does not have are at their defaults."""

    name: str
    synonyms: tuple[str, ...] = ()
    description: str | None = None
    codes: PlainCodes | None = None
    kind: str = "drug"
    classes: tuple[str, ...] = ()
    unnamed: str | None = None
    parents: tuple[str, ...] = ()
    family: bool = False
    components: tuple[str, ...] = ()
    match: str = "exactly"
    definition: str = ""
    measures: tuple[str, ...] = ()
    better: str = "none"
    sum_of: tuple[str, ...] = ()
    when_defined: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()
    completes: tuple[str, ...] = ()
    not_below: tuple[str, ...] = ()
    not_above: tuple[str, ...] = ()
    of: str = "all"
    counts: str | None = None
    requires: tuple[str, ...] = ()
    varies: Mapping[str, str] | None = None
    column: int | None = None
    after_crossover: bool = False
    title_patterns: tuple[str, ...] = ()

    @property
    def active(self) -> bool:
        """Whether a drug counts as treatment when its component says nothing else."""
        return self.kind not in ("placebo", "supportive-care")


def plain_term(kind: str, body: Mapping[str, Any]) -> PlainTerm:
    """The term that a compiled body stands for."""
    fields: dict[str, Any] = {}
    for key, value in body.items():
        if key == "codes":
            fields[key] = PlainCodes(value)
        elif key == "class":
            fields["classes"] = tuple(value)
        elif isinstance(value, list):
            fields[key] = tuple(value)
        else:
            fields[key] = value
    if kind == "drug":
        fields["parents"] = fields.get("classes", ())
    fields.setdefault("varies", {})
    return PlainTerm(**fields)


class PlainTerms(Mapping[str, PlainTerm]):
    """The terms of one kind, made when they are first asked for."""

    def __init__(self, kind: str, bodies: Mapping[str, Any]) -> None:
        self._kind, self._bodies, self._ready = kind, bodies, dict[str, PlainTerm]()

    def __getitem__(self, term_id: str) -> PlainTerm:
        if term_id not in self._ready:
            self._ready[term_id] = plain_term(self._kind, self._bodies[term_id])
        return self._ready[term_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)
