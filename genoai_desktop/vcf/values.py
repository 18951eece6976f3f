"""Values against their declared Number and Type, precisely (slow) and as regular expressions (fast)."""

import re
from math import comb

from genoai_desktop.vcf.declared import Declaration

INT_MIN, INT_MAX = -(2**31) + 8, 2**31 - 1
"""The eight lowest values are reserved (VCF 4.3, section 1.3)."""
_INTEGER = re.compile(r"^[-+]?\d+$")
_FLOAT = re.compile(r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$|^[-+]?(inf|infinity|nan)$", re.I)
_FAST = {
    "Integer": r"(?:\.|-?[0-9]{1,9})",
    "Float": r"(?:\.|[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?|[nN]a[nN]|-?[iI]nf)",
    "Character": r"[!-+\--9<-~]",
    "String": r"[!-+\--9<-~]+",
}
MAX_FAST_ALTS = 6


def type_problem(value: str, type_: str) -> str | None:
    """``type``, ``range`` or None for one value."""
    if value == ".":
        return None
    if type_ == "Integer":
        if not _INTEGER.match(value):
            return "type"
        return None if len(value) < 10 or INT_MIN <= int(value[:20]) <= INT_MAX else "range"
    if type_ == "Float":
        return None if _FLOAT.match(value) else "type"
    if type_ == "Character":
        return None if len(value) == 1 else "type"
    return None


def expected_count(number: str, alternates: int, ploidy: int | None) -> int | None:
    """How many values a Number asks for; None where any count will do. ``ploidy`` for Number=G and P."""
    if number.isdigit():
        return int(number)
    if number == "A":
        return alternates
    if number == "R":
        return alternates + 1
    if number == "G":
        return comb(alternates + (ploidy or 2), ploidy or 2)
    return None


def problem(text: str, declared: Declaration, alternates: int, ploidy: int | None) -> str | None:
    """``count``, ``type``, ``range``, ``empty`` or None for a whole value list."""
    if text == ".":
        return None
    if text == "":
        return "empty"
    if alternates > 500 and declared.number == "G":
        return None
    parts = text.split(",")
    for part in parts:
        if part == "":
            return "empty"
        if (found := type_problem(part, declared.type)) is not None:
            return found
    wanted = expected_count(declared.number, alternates, ploidy)
    if wanted is None or wanted == len(parts) or (wanted == 0 and declared.type != "Flag"):
        return None
    if set(parts) == {"."}:
        return None
    return "count"


def fast_value(declared: Declaration, alternates: int, diploid_only: bool = True) -> str:
    """A regular expression that only valid value lists match (not all of them)."""
    one = _FAST.get(declared.type, _FAST["String"])
    wanted = expected_count(declared.number, alternates, 2)
    if wanted is None:
        return rf"{one}(?:,{one})*"
    if wanted <= 1:
        return one
    choice = rf"{one}(?:,{one}){{{wanted - 1}}}"
    if declared.number == "G" and not diploid_only:
        choice = rf"{choice}|{one}(?:,{one}){{{alternates}}}"
    return rf"(?:{choice}|\.)"
