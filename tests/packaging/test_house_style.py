"""Sizes that the project promises: short files, short functions."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE, MEDIAN_FILE, LONGEST_FUNCTION = 500, 150, 60
PROGRAM = sorted((ROOT / "genoai_desktop").rglob("*.py"))
ALL = [
    path for top in ("genoai_desktop", "models", "packaging", "tests") for path in (ROOT / top).rglob("*.py")
]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > LONGEST_FUNCTION:
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {size} lines"


def test_no_file_is_long() -> None:
    assert [f"{p.relative_to(ROOT)}: {lines(p)}" for p in sorted(ALL) if lines(p) > LONGEST_FILE] == []


def test_most_files_are_short() -> None:
    assert median(map(lines, PROGRAM)) <= MEDIAN_FILE


@pytest.mark.parametrize("top", ["genoai_desktop", "models", "packaging"])
def test_no_function_is_long(top: str) -> None:
    found = [text for path in sorted((ROOT / top).rglob("*.py")) for text in long_functions(path)]
    assert found == []
