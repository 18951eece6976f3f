"""Alternates: what kind each is, trimming, left alignment."""

import re
from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.vcf.table import Kind

BREAKEND = re.compile(r"^([ACGTNacgtn.]*)([\[\]])(<?[^\[\]<>\s,]+>?):(\d+)([\[\]])([ACGTNacgtn.]*)$")
SINGLE = re.compile(r"^(\.[ACGTNacgtn]+|[ACGTNacgtn]+\.)$")
SYMBOLIC = re.compile(r"^[ACGTNacgtn]?<[^\s,<>]+>$")
NON_REF = ("<NON_REF>", "<*>", "<X>", "X", "<NON_REF>".lower())
BASES = r"^[ACGTN]+$"


def trim(position: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Shared bases off the end, then off the start, leaving at least one base of each (VCF style)."""
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    start = 0
    while start < min(len(ref), len(alt)) - 1 and ref[start] == alt[start]:
        start += 1
    return position + start, ref[start:], alt[start:]


def left_align(position: int, ref: str, alt: str, base: Callable[[int], str]) -> tuple[int, str, str]:
    """Move an indel as far left as the sequence allows (Tan 2015, doi:10.1093/bioinformatics/btv112).

    ``base(p)`` gives the reference base at the 1-based position ``p``, empty before the start.
    """
    while ref[-1] == alt[-1] and (len(ref) > 1 or len(alt) > 1):
        if len(ref) == 1 or len(alt) == 1:
            before = base(position - 1) if position > 1 else ""
            if not before:
                break
            position, ref, alt = position - 1, before + ref, before + alt
        ref, alt = ref[:-1], alt[:-1]
    return trim(position, ref, alt)


def kinds(ref: pl.Series, alt: pl.Series) -> NDArray[np.uint8]:
    """``Kind`` of each (upper case, trimmed) pair."""
    frame = pl.DataFrame({"r": ref, "a": alt})
    r, a = pl.col("r"), pl.col("a")
    rl, al = r.str.len_bytes(), a.str.len_bytes()
    bases = a.str.contains(BASES)
    insertion = (al > rl) & (a.str.starts_with(r) | a.str.ends_with(r))
    deletion = (al < rl) & (r.str.starts_with(a) | r.str.ends_with(a))
    choice = (
        pl.when(bases & (rl == 1) & (al == 1))
        .then(int(Kind.SNV))
        .when(bases & (rl == al))
        .then(int(Kind.MNV))
        .when(bases & insertion)
        .then(int(Kind.INSERTION))
        .when(bases & deletion)
        .then(int(Kind.DELETION))
        .when(bases)
        .then(int(Kind.DELINS))
        .when(a == "*")
        .then(int(Kind.STAR))
        .when(a.is_in(list(NON_REF)))
        .then(int(Kind.NON_REF))
        .when(a.str.contains(r"[\[\]]") | a.str.starts_with(".") | a.str.ends_with("."))
        .then(int(Kind.BREAKEND))
        .otherwise(int(Kind.SYMBOLIC))
    )
    return frame.select(choice.cast(pl.UInt8)).to_series().to_numpy()
