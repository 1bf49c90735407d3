"""The guide to network questions prints what it says it prints."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from pskg.pipeline import BuildReport

DOCS = Path(__file__).parents[1] / "docs"


def test_the_guide_is_up_to_date(built: BuildReport, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("make_guide", DOCS / "make_guide.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    monkeypatch.chdir(built.out.parent)
    guide = (DOCS / "network.md").read_text(encoding="utf-8")
    assert guide == maker.run_guide(guide), "run: pskg build && python docs/make_guide.py"
    assert guide.count("```text") > 6
