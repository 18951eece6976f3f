"""The file's own CSQ, ANN or BCSQ beside our calls: used where it says more, and compared everywhere."""

from typing import Final

import polars as pl

from genoai_desktop.analysis.annotation.terms import BY_NAME, NAMES, Term, impact, terms_of, words
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.table import VariantTable

_ALIASES: Final = {
    "initiator_codon_variant": Term.START_LOST,
    "inframe_codon_loss": Term.INFRAME_DELETION,
    "disruptive_inframe_deletion": Term.INFRAME_DELETION,
    "conservative_inframe_deletion": Term.INFRAME_DELETION,
    "disruptive_inframe_insertion": Term.INFRAME_INSERTION,
    "conservative_inframe_insertion": Term.INFRAME_INSERTION,
    "5_prime_UTR_premature_start_codon_gain_variant": Term.FIVE_PRIME_UTR,
    "5_prime_utr": Term.FIVE_PRIME_UTR,
    "3_prime_utr": Term.THREE_PRIME_UTR,
    "missense": Term.MISSENSE,
    "synonymous": Term.SYNONYMOUS,
    "frameshift": Term.FRAMESHIFT,
    "splice_acceptor": Term.SPLICE_ACCEPTOR,
    "splice_donor": Term.SPLICE_DONOR,
    "splice_region": Term.SPLICE_REGION,
    "intron": Term.INTRON,
    "non_coding": Term.NON_CODING_EXON,
    "start_retained": Term.START_RETAINED,
    "stop_retained": Term.STOP_RETAINED,
}
_TERMS: Final = BY_NAME | _ALIASES
_COMPARED: Final = frozenset(
    {
        Term.STOP_GAINED,
        Term.STOP_LOST,
        Term.START_LOST,
        Term.FRAMESHIFT,
        Term.MISSENSE,
        Term.SYNONYMOUS,
        Term.STOP_RETAINED,
        Term.SPLICE_ACCEPTOR,
        Term.SPLICE_DONOR,
        Term.INFRAME_INSERTION,
        Term.INFRAME_DELETION,
    }
)


_STRUCTURAL: Final = frozenset(
    {
        Term.TRANSCRIPT_ABLATION,
        Term.TRANSCRIPT_AMPLIFICATION,
        Term.FEATURE_ELONGATION,
        Term.FEATURE_TRUNCATION,
    }
)
_AT_SPLICE: Final = frozenset({Term.SPLICE_ACCEPTOR, Term.SPLICE_DONOR})
_BESIDE_SPLICE: Final = 1 << Term.SPLICE_REGION | 1 << Term.SPLICE_POLYPYRIMIDINE | 1 << Term.SPLICE_DONOR_5TH


def primary(mask: int) -> Term:
    """The term that names a mixture: nearness to a splice site yields to what happens in the exon."""
    exonic = mask & ~_BESIDE_SPLICE & ~(1 << Term.INTRON)
    return terms_of(exonic or mask)[0]


def file_mask(consequence: str) -> int:
    """Mask of the terms of an annotation (``a&b``); unknown terms are left out."""
    found = 0
    for part in consequence.replace(",", "&").replace("|", "&").split("&"):
        term = _TERMS.get(part.strip().lstrip("*"))
        term = term if term is not None else _TERMS.get(part.strip().lower())
        if term is not None:
            found |= 1 << term
    return found


def merge(
    effects: pl.DataFrame, masks: pl.Series, table: VariantTable, refseq: dict[str, str]
) -> tuple[pl.DataFrame, list[Finding]]:
    """Take the file's call for the same transcript where no reference answered, and note conflicts.

    ``refseq`` maps RefSeq accessions without version to Ensembl ones.
    """
    if not table.annotation.height or not effects.height:
        return effects, []
    own = _own(table, refseq)
    joined = effects.with_columns(mask=masks, key=pl.col("transcript").str.split(".").list.first()).join(
        own, on=["row", "key"], how="left", maintain_order="left"
    )
    theirs = joined["file_terms"].fill_null(0)
    clash = [_conflict(ours, theirs_) for ours, theirs_ in zip(joined["mask"], theirs, strict=True)]
    joined = joined.with_columns(clash=pl.Series(clash, dtype=pl.String))
    taken = (
        pl.col("file_terms").is_in([0, 1 << Term.CODING]).not_()
        & pl.col("file_terms").is_not_null()
        & (pl.col("source") != "reference")
        & ~pl.col("mask").is_in(_structural_masks(masks))
        & ~(
            _within(pl.col("file_terms"), _BESIDE_SPLICE)
            & ~_within(pl.col("mask"), _BESIDE_SPLICE | 1 << Term.INTRON)
        )
    )
    worst = pl.col("file_terms").replace_strict(_worst_words(theirs), default=None, return_dtype=pl.String)
    grade = pl.col("file_terms").replace_strict(_worst_grades(theirs), default=0, return_dtype=pl.UInt8)
    merged = joined.with_columns(
        consequence=pl.when(taken).then(worst).otherwise("consequence"),
        # In a conflict the graver of the two decides what a filter keeps.
        impact=pl.when(taken & pl.col("clash").is_not_null())
        .then(pl.max_horizontal(grade, "impact"))
        .when(taken)
        .then(grade)
        .otherwise("impact"),
        source=pl.when(taken).then(pl.lit("file")).otherwise("source"),
        hgvs_c=pl.coalesce(pl.when(taken).then("file_c"), "hgvs_c"),
        hgvs_p=pl.coalesce(pl.when(taken).then("file_p"), "hgvs_p"),
        conflict=pl.coalesce("clash", "conflict"),
    )
    count = sum(one is not None for one in clash)
    return merged.select(effects.columns), [_finding(count, table.path)] if count else []


def _own(table: VariantTable, refseq: dict[str, str]) -> pl.DataFrame:
    frame = table.annotation.filter(pl.col("transcript").is_not_null() & (pl.col("transcript") != ""))
    texts = frame["consequence"].cast(pl.String).fill_null("").unique().to_list()
    known = {text: file_mask(text) for text in texts}
    bare = [_bare(name) for name in ("hgvs_c", "hgvs_p")]
    return frame.select(
        pl.col("row").cast(pl.UInt32),
        pl.col("transcript").cast(pl.String).str.split(".").list.first().replace(refseq).alias("key"),
        pl.col("consequence")
        .cast(pl.String)
        .fill_null("")
        .replace_strict(known, return_dtype=pl.Int64)
        .alias("file_terms"),
        bare[0].alias("file_c"),
        bare[1].alias("file_p"),
    ).unique(["row", "key"], keep="first", maintain_order=True)


def _bare(column: str) -> pl.Expr:
    """``ENST…:c.1A>G`` without the accession, null when empty."""
    text = pl.col(column).cast(pl.String).str.split(":").list.last().str.replace("%3D", "=", literal=True)
    return pl.when(text != "").then(text)


def _within(mask: pl.Expr, terms: int) -> pl.Expr:
    """Nothing but these terms. bcftools csq may name nearness to a splice site alone."""
    return (mask & ~terms) == 0


def _structural_masks(masks: pl.Series) -> list[int]:
    """Masks of symbolic alleles: their terms are ours, for annotators differ widely on them."""
    return [mask for mask in masks.unique().to_list() if set(terms_of(mask)) & _STRUCTURAL]


def _worst_words(masks: pl.Series) -> dict[int, str]:
    return {mask: NAMES[primary(mask)] for mask in masks.unique().to_list() if mask}


def _worst_grades(masks: pl.Series) -> dict[int, int]:
    return {mask: impact(1 << primary(mask)) for mask in masks.unique().to_list() if mask}


def _conflict(ours: int, theirs: int) -> str | None:
    """Words when a certain call of ours is not among the file's terms; None otherwise."""
    if theirs in {0, 1 << Term.CODING} or ours.bit_count() != 1:
        return None
    mine, others = terms_of(ours)[0], set(terms_of(theirs))
    if not theirs & ~_BESIDE_SPLICE and mine not in _AT_SPLICE:
        return None
    if (
        mine in others
        or mine is Term.CODING
        or mine in _STRUCTURAL
        or (mine not in _COMPARED and not others & _COMPARED)
    ):
        return None
    return tr("the file says {theirs}, computed {ours}", theirs=words(theirs), ours=words(ours))


def _finding(count: int, path: str) -> Finding:
    text = tr(
        "The file's own annotation and the computed consequence differ for {count} effects; both are shown.",
        count=count,
    )
    return Finding(Severity.WARNING, "annotation.conflict", Where(path, field="INFO"), text, count)
