"""Cells of CSV files, which people open in spreadsheets: a text is never run as a formula there."""

from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Any) -> Any:
    """The value; a text that a spreadsheet would take for a formula with an apostrophe before it (OWASP)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
