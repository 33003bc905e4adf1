"""What a shell offers for the options and arguments of verbs: the words of the base, by name."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.models import ParameterInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.store.knowledge_base import KnowledgeBase


def with_words(verb: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A verb whose options and arguments offer the words of their names."""
    from kb.query.completion import WORDS

    known = {*WORDS, *_OWN}
    signature = inspect.signature(function, eval_str=True)
    for one in signature.parameters.values():
        name = f"{verb}.{one.name}" if f"{verb}.{one.name}" in known else one.name
        for info in getattr(one.annotation, "__metadata__", ()):
            if isinstance(info, ParameterInfo) and name in known:
                info.autocompletion = _completer(name)
    function.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    return function


def _completer(name: str) -> Callable[[typer.Context, str], list[str]]:
    def offered(ctx: typer.Context, incomplete: str) -> list[str]:
        from kb.errors import KBError
        from kb.query.completion import completed, matching
        from kb.store.knowledge_base import load

        try:
            base = load(ctx.params.get("records"), strict=False)
            if name in _OWN:
                return matching(_OWN[name](base), incomplete)
            return completed(base, name, incomplete)
        except (KBError, OSError):
            return []

    return offered


def _reasons(_base: KnowledgeBase) -> Iterable[str]:
    from kb.synthesis.reason_words import reasons

    return reasons()


def _events(base: KnowledgeBase) -> Iterable[str]:
    from kb.comparison.harms import recorded

    return recorded(base)


def _styles(_base: KnowledgeBase) -> Iterable[str]:
    from kb.rendering.words.numbers import STYLES

    return STYLES


def _exports(_base: KnowledgeBase) -> Iterable[str]:
    from kb.cli.export import DEFAULTS

    return DEFAULTS


_OWN: Final[dict[str, Callable[[KnowledgeBase], Iterable[str]]]] = {
    "accept": _reasons,
    "event": _events,
    "style": _styles,
    "export.what": _exports,
}
"""Words that come from floors above the query: by name, or by verb and name."""
