"""ClinVar on both builds, the dated 2016 set, and UniProt's amino-acid changes."""

import gzip
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from common import Origin, write_table
from sites import both, codes, opened, pack, trimmed

from genoai_desktop.domain.genome import Build

CLASSES = {
    frozenset({"benign"}): 1,
    frozenset({"benign", "likely benign"}): 2,
    frozenset({"likely benign"}): 2,
    frozenset({"uncertain significance"}): 3,
    frozenset({"likely pathogenic"}): 4,
    frozenset({"likely pathogenic", "pathogenic"}): 4,
    frozenset({"pathogenic"}): 5,
}
"""Class of a set of germline terms; any other mixture is conflicting. A mixed "P/LP" counts as LP."""
CONFLICTING = 6
STARS = (("practice guideline", 4), ("expert panel", 3), ("multiple submitters, no conflicts", 2))
UNIPROT_CLASS = {"lbb": 1, "us": 3, "lpp": 5}
THREE = dict(
    zip(
        [
            "Ala",
            "Arg",
            "Asn",
            "Asp",
            "Cys",
            "Gln",
            "Glu",
            "Gly",
            "His",
            "Ile",
            "Leu",
            "Lys",
            "Met",
            "Phe",
            "Pro",
            "Ser",
            "Thr",
            "Trp",
            "Tyr",
            "Val",
            "Sec",
            "Ter",
        ],
        "ARNDCQEGHILKMFPSTWYVU*",
        strict=True,
    )
)


def build(source: Path, out: Path) -> None:
    """Write ``clinvar``, ``clinvar_2016`` and ``uniprot_variants``."""
    liftover = opened(source, out)
    folder = source / "clinvar"
    current = both(_current(folder / "clinvar_20241215_PLP_2star_plus.tsv.gz"), liftover, Build.GRCH38)
    write_table("clinvar", pack(current), _CURRENT, out)
    dated = both(_dated(folder), liftover, Build.GRCH37)
    write_table("clinvar_2016", pack(dated), _DATED, out)
    write_table("uniprot_variants", _uniprot(source / "uniprot_variants"), _UNIPROT, out)


def classify(terms: str) -> int:
    """Class of ClinVar's significance; 0 for a statement that is not about pathogenicity."""
    known = {term.strip() for term in re.split(r"[;/|]", terms.lower().replace("_", " "))}
    germline = frozenset(
        t for t in known if "benign" in t or "pathogenic" in t or t == "uncertain significance"
    )
    if "conflicting" in terms.lower():
        return CONFLICTING
    return CLASSES.get(germline, CONFLICTING) if germline else 0


def stars(review: str) -> int:
    """ClinVar's review stars for a review status."""
    text = review.lower().replace("_", " ")
    for words, count in STARS:
        if words in text:
            return count
    return int(text.startswith("criteria provided"))


def _mapped(column: pl.Series, function: object, dtype: type[pl.DataType]) -> pl.Series:
    names = column.unique().to_list()
    values = [function(name or "") for name in names]  # type: ignore[operator]
    return column.replace_strict(names, values, return_dtype=dtype)


def entries(frame: pl.DataFrame) -> pl.DataFrame:
    """Class and stars from ``significance`` and ``review``; trimmed, one row per allele (most stars)."""
    frame = frame.with_columns(
        _mapped(frame["significance"], classify, pl.UInt8).alias("class"),
        _mapped(frame["review"], stars, pl.UInt8).alias("stars"),
    )
    plain = pl.col("ref").str.contains("^[ACGTacgt]+$") & pl.col("alt").str.contains("^[ACGTacgt]+$")
    rows = trimmed(frame.filter(plain & (pl.col("chrom") > 0)))
    return (
        rows.sort("stars", "id", descending=[True, False])
        .unique(["chrom", "pos", "ref", "alt"], keep="first", maintain_order=True)
        .select(
            "chrom",
            "pos",
            "ref",
            "alt",
            "id",
            "class",
            "stars",
            "significance",
            "gene",
            "conditions",
            "mondo",
        )
    )


def _current(path: Path) -> pl.DataFrame:
    frame = pl.read_csv(path, separator="\t", comment_prefix="#", infer_schema_length=0)
    return entries(
        frame.select(
            codes(frame["chrom"]).alias("chrom"),
            pl.col("pos_GRCh38").cast(pl.Int64).alias("pos"),
            "ref",
            "alt",
            pl.col("clinvar_variation_id").cast(pl.UInt32).alias("id"),
            pl.col("clnsig").str.replace_all("_", " ").alias("significance"),
            pl.col("review_status").alias("review"),
            "gene",
            pl.col("disease").fill_null("").alias("conditions"),
            pl.col("mondo").fill_null("").str.replace_all("MONDO:", "").alias("mondo"),
        )
    )


def _dated(folder: Path) -> pl.DataFrame:
    """The September 2016 rows, and the June 2016 rows of alleles that September does not have."""
    june = pl.read_csv(
        folder / "clinvar_2016-06_b37.tsv.gz", separator="\t", infer_schema_length=0, quote_char=None
    ).select(
        "chrom",
        "pos",
        "ref",
        "alt",
        "mut",
        pl.col("measureset_id").alias("id"),
        pl.col("clinical_significance").alias("significance"),
        pl.col("review_status").alias("review"),
        pl.col("symbol").alias("gene"),
        pl.col("all_traits").alias("conditions"),
    )
    frame = pl.concat([_september(folder / "clinvar_2016-09_b37.vcf.gz"), june])
    # MUT=REF: the significance belongs to the reference allele, so it says nothing of ALT.
    frame = frame.filter(pl.col("mut") == "ALT").unique(
        ["chrom", "pos", "ref", "alt"], keep="first", maintain_order=True
    )
    frame = frame.with_columns(
        codes(frame["chrom"]).alias("chrom"),
        pl.col("pos").cast(pl.Int64),
        pl.col("id").cast(pl.UInt32),
        pl.col("significance").str.replace_all("_", " ").str.replace_all("[;|] ?", "; "),
        _mapped(frame["conditions"], _conditions, pl.String).alias("conditions"),
        pl.lit("").alias("mondo"),
    )
    return entries(frame.filter(pl.col("significance") != "not provided"))


def _september(path: Path) -> pl.DataFrame:
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            if line.startswith("#"):
                continue
            chrom, pos, _, ref, alt, _, _, text = line.rstrip("\n").split("\t")[:8]
            info = dict(item.split("=", 1) for item in text.split(";") if "=" in item)
            tags = ("MUT", "MEASURESET_ID", "CLINICAL_SIGNIFICANCE", "REVIEW_STATUS", "SYMBOL", "ALL_TRAITS")
            rows.append((chrom, pos, ref, alt, *(info.get(name, "") for name in tags)))
    names = ["chrom", "pos", "ref", "alt", "mut", "id", "significance", "review", "gene", "conditions"]
    return pl.DataFrame(rows, orient="row", schema=dict.fromkeys(names, pl.String))


def _conditions(text: str) -> str:
    """Distinct condition names, whatever their case, at most four."""
    seen: dict[str, str] = {}
    for name in re.split(r"[;|]", text.replace("_", " ")):
        tidy = name.strip().replace("..", ", ")
        if tidy and tidy.lower() not in {"not specified", "not provided"}:
            seen.setdefault(tidy.lower(), tidy)
    return "|".join(list(seen.values())[:4])


def _uniprot(folder: Path) -> pl.DataFrame:
    disease = {
        row["id"]: (row.get("disease_name", ""), int((row.get("mim_reference") or ":0").split(":")[-1] or 0))
        for row in _records(folder / "protein_diseases.xml.gz")
    }
    linked: dict[str, list[str]] = {}
    for row in _records(folder / "variant_phenotypes.xml.gz"):
        linked.setdefault(row["variant"], []).append(row["phenotype"])
    change = re.compile(r"p\.([A-Z][a-z]{2})(\d+)([A-Z][a-z]{2})$")
    rows = []
    for row in _records(folder / "gene_variants.xml.gz"):
        match = change.match(row.get("aa_change") or "")
        if not match or match[1] not in THREE or match[3] not in THREE:
            continue
        names = [disease[d] for d in sorted(linked.get(row["id"], [])) if d in disease]
        rows.append(
            (
                row["gene"],
                int(match[2]),
                THREE[match[1]],
                THREE[match[3]],
                UNIPROT_CLASS[row["significance"]],
                int(row["id"].removeprefix("VAR_")),
                "|".join(name for name, _ in names),
                "|".join(str(mim) for _, mim in names if mim),
            )
        )
    schema = {
        "gene": pl.String,
        "aa_position": pl.UInt32,
        "aa_ref": pl.String,
        "aa_alt": pl.String,
        "class": pl.UInt8,
        "id": pl.UInt32,
        "conditions": pl.String,
        "omim": pl.String,
    }
    return (
        pl.DataFrame(rows, orient="row", schema=schema)
        .unique(maintain_order=True)
        .sort("gene", "aa_position", "aa_alt", "id")
    )


def _records(path: Path) -> Iterator[dict[str, str]]:
    """The fields of every record; a field's text, or what its ``ref`` or ``search`` points to."""
    with gzip.open(path) as handle:
        for _, element in ET.iterparse(handle):
            if element.tag != "record":
                continue
            row = {"id": element.get("id", "")}
            for item in element:
                search = re.search(r"'=', '([^']+)'", item.get("search", ""))
                row[item.get("name", "")] = item.text or item.get("ref") or (search[1] if search else "")
            yield row
            element.clear()


_CURRENT = Origin(
    source="ClinVar (NCBI), pathogenic and likely pathogenic with at least two review stars",
    release="2024-12-15",
    licence="public domain",
    builder="build_clinvar",
    description="GRCh38 positions from ClinVar, GRCh37 lifted. No benign, uncertain or one-star variants.",
)
_DATED = Origin(
    source="ClinVar (NCBI), all classes, GRCh37",
    release="2016-09",
    licence="public domain",
    builder="build_clinvar",
    description="Dated: classes may have changed since. GRCh38 positions lifted.",
    dated=True,
)
_UNIPROT = Origin(
    source="UniProt human variants (humsavar) by way of gnuhealth_genetics_uniprot 5.0.4",
    release="2026-04",
    licence="CC BY 4.0",
    builder="build_clinvar",
    description="Amino-acid changes by gene with class and diseases; no genomic positions.",
)
