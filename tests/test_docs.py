"""The pages under docs/ are what their sources say; the README names what there is."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from pskg.cli import main
from pskg.use.tables import load_tables

ROOT = Path(__file__).parents[1]
README = (ROOT / "docs" / "README.in.md").read_text(encoding="utf-8")


def load_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pages", ROOT / "docs" / "make_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = load_maker()


@pytest.mark.parametrize("name", sorted(MAKER.PAGES))
def test_page_is_up_to_date(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert page == MAKER.PAGES[name](), "run: python docs/make_pages.py"


@pytest.mark.parametrize("command", sorted(main.commands))
def test_readme_names_every_command(command: str) -> None:
    assert f"`pskg {command}" in README


@pytest.mark.parametrize("table", sorted(load_tables()))
def test_readme_names_every_table(table: str) -> None:
    assert f"`{table}.csv`" in README


def test_readme_links_to_the_pages() -> None:
    for name in MAKER.PAGES:
        assert f"docs/{name}" in README
