"""What a notebook does with a result; which view becomes which table is listed in `rendering`."""

from __future__ import annotations

from importlib import import_module


class View:
    """A result that can be rendered: notebooks show it as the HTML that `kb.render` gives."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(import_module("kb").render(self, "html"))
