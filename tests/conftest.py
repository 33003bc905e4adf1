"""Settings that every test shares."""

import os

import pytest
from hypothesis import settings

settings.register_profile("fast", max_examples=30, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


def pytest_addoption(parser):
    """Golden files are rewritten only on request."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    monkeypatch.delenv("KB_RECORDS", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("KB_CACHE", "off")
