"""Catalogues agree with the program: literal texts, the same placeholders, compiled as translated."""

import ast
import gettext
import importlib.util
import io
import threading
from pathlib import Path
from types import ModuleType

import pytest

from genoai_desktop.domain import text
from genoai_desktop.knowledge.locations import resources

ROOT = Path(__file__).resolve().parents[2]


def tool() -> ModuleType:
    """``packaging/translations.py`` as a module."""
    spec = importlib.util.spec_from_file_location("translations_tool", ROOT / "packaging/translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()
CATALOGUES = sorted((resources() / "translations").glob("*.po"))


def test_every_text_of_the_window_is_a_literal() -> None:
    found = TOOL.gather()
    assert found.not_literal == []
    assert len(found.texts) > 2000


def test_no_text_is_translated_when_a_module_is_imported() -> None:
    """A worker may import it, and the language of the window is not the worker's."""
    for path in (ROOT / "genoai_desktop" / "ui").rglob("*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        functions = [n for n in ast.walk(module) if isinstance(n, ast.FunctionDef | ast.Lambda)]
        inside = {id(n) for f in functions for part in _body(f) for n in ast.walk(part)}
        for node in ast.walk(module):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"
            assert not called or id(node) in inside, (path.name, getattr(node, "lineno", 0))


def _body(function: ast.FunctionDef | ast.Lambda) -> list[ast.AST]:
    return list(function.body) if isinstance(function, ast.FunctionDef) else [function.body]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_placeholders_agree_and_the_compiled_catalogue_is_this_one(path: Path) -> None:
    entries = TOOL.read_po(path)
    assert TOOL.wrong_placeholders(entries) == []
    made = resources() / "translations" / path.stem / "LC_MESSAGES" / "genoai.mo"
    assert made.read_bytes() == TOOL.compiled(entries, path.stem)
    for source, translated in entries.items():
        assert source.endswith("…") == translated.endswith("…"), source
        assert source.startswith(" ") == translated.startswith(" "), source


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_nothing_that_the_window_shows_is_left_untranslated(path: Path) -> None:
    entries = TOOL.read_po(path)
    assert [words for words in TOOL.gather().of_the_window() if words not in entries] == []


def test_compiled_catalogues_are_what_gettext_reads() -> None:
    made = gettext.GNUTranslations(io.BytesIO(TOOL.compiled({"Öl": "oil", "a\nb": "c"}, "xx")))
    assert made.gettext("Öl") == "oil"
    assert made.gettext("a\nb") == "c"
    assert made.gettext("unknown") == "unknown"


def test_catalogues_survive_writing_and_reading(tmp_path: Path) -> None:
    entries = {'with "quotes" and\nlines': "Ümläut {name}", "plain": "schlicht"}
    path = tmp_path / "xx.po"
    path.write_text(TOOL.write_po({k: ["a.py"] for k in (*entries, "none")}, entries, "xx"), "utf-8")
    assert TOOL.read_po(path) == entries


def test_a_language_holds_for_its_own_thread_alone() -> None:
    folder = resources() / "translations"
    heard: list[str] = []
    try:
        text.use_language("de", folder)
        assert text.tr("Medicines") == "Medikamente"
        assert text.tr("{count} found", count=3) == "3 gefunden"
        worker = threading.Thread(target=lambda: heard.append(text.tr("Medicines")))
        worker.start()
        worker.join()
        assert heard == ["Medicines"]
    finally:
        text.use_language("en", folder)
    assert text.tr("Medicines") == "Medicines"
    assert text.languages(folder)[:2] == ("en", "de")
