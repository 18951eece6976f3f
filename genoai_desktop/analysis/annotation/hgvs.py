"""HGVS names of changes (recommendations 21.0): coding for whole columns, protein from two sequences."""

import polars as pl

from genoai_desktop.analysis.annotation.codons import THREE_LETTERS
from genoai_desktop.analysis.annotation.places import Spot, label

_FROM, _TO = ["A", "C", "G", "T"], ["T", "G", "C", "A"]


def strand(column: str, reverse: str) -> pl.Expr:
    """Bases of ``column`` on the transcript strand; ``reverse`` names a Boolean column."""
    other = pl.col(column).str.reverse().str.replace_many(_FROM, _TO)
    return pl.when(pl.col(reverse)).then(other).otherwise(pl.col(column))


def coding_names(kind: str, first: str, last: str, removed: str, added: str, dup: str) -> pl.Expr:
    """Names from columns: prefix ``kind`` (``c``, ``n``), labels, bases on the strand, ``dup`` label or null.

    Deletions and insertions stand where the file puts them; see ``shifted`` for 3' shifting.
    """
    span = (
        pl.when(pl.col(first) == pl.col(last)).then(pl.col(first)).otherwise(pl.format("{}_{}", first, last))
    )
    change = (
        pl.when((pl.col(removed).str.len_bytes() == 1) & (pl.col(added).str.len_bytes() == 1))
        .then(pl.format("{}{}>{}", first, removed, added))
        .when(pl.col(added) == "")
        .then(pl.format("{}del", span))
        .when((pl.col(removed) == "") & pl.col(dup).is_not_null())
        .then(pl.format("{}dup", dup))
        .when(pl.col(removed) == "")
        .then(pl.format("{}_{}ins{}", first, last, added))
        .otherwise(pl.format("{}delins{}", span, added))
    )
    return pl.format("{}.{}", kind, change)


def name(first: Spot, last: Spot, cds_length: int, change: str) -> str:
    """``c.5_6delinsAT`` from two places and the words of the change."""
    one, two = label(first, cds_length), label(last, cds_length)
    prefix = "c" if cds_length else "n"
    return f"{prefix}.{one if one == two else f'{one}_{two}'}{change}"


def protein_name(before: str, after: str, frameshift: bool) -> str:
    """``p.(…)`` of two proteins given with their stop (``*``); empty when they do not differ.

    ``after`` may run on past its stop, or have none.
    """
    stop = after.find("*")
    after = after[: stop + 1] if stop >= 0 else after
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    if at is None:
        return ""
    if after[at] == "*":
        return f"p.({_residue(before, at)}Ter)"
    if before[at] == "*":
        return f"p.(Ter{at + 1}{THREE_LETTERS[after[at]]}extTer{_count(stop, at)})"
    if frameshift:
        return f"p.({_residue(before, at)}{THREE_LETTERS[after[at]]}fsTer{_count(stop, at)})"
    return f"p.({_in_frame(before, after, at)})"


def _count(stop: int, at: int) -> str:
    return str(stop - at + 1) if stop >= 0 else "?"


def _residue(protein: str, at: int) -> str:
    return f"{THREE_LETTERS[protein[at]]}{at + 1}"


def _in_frame(before: str, after: str, at: int) -> str:
    tail = 0
    while tail < min(len(before), len(after)) - at and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    old, new = before[at : len(before) - tail], after[at : len(after) - tail]
    if not old:
        copied = before[at - len(new) : at] == new
        low, high = (at - len(new), at - 1) if copied else (at - 1, at)
        span = _residue(before, low) if low == high else f"{_residue(before, low)}_{_residue(before, high)}"
        return f"{span}dup" if copied else f"{span}ins{_spell(new)}"
    span = _residue(before, at)
    if len(old) > 1:
        span += f"_{_residue(before, at + len(old) - 1)}"
    if len(old) == len(new) == 1:
        return f"{span}{_spell(new)}"
    return f"{span}delins{_spell(new)}" if new else f"{span}del"


def _spell(residues: str) -> str:
    return "".join(THREE_LETTERS[letter] for letter in residues)
