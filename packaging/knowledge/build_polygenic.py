"""Polygenic scores: weights in both builds where known, reference means and spreads, DQ interactions."""

import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from common import OUT, Origin, write_document, write_table

LICENCE = "published facts (packages under MIT / PGS Catalog terms / GPL-3)"
SCHEMA = {
    "score": pl.Categorical,
    "rsid": pl.String,
    "chrom": pl.UInt8,
    "pos37": pl.UInt32,
    "pos38": pl.UInt32,
    "effect": pl.String,
    "other": pl.String,
    "weight": pl.Float64,
    "eaf": pl.Float64,
    "eaf_eur": pl.Float32,
    "eaf_afr": pl.Float32,
    "eaf_eas": pl.Float32,
    "eaf_sas": pl.Float32,
    "eaf_amr": pl.Float32,
    "group": pl.String,
    "one_build": pl.Boolean,
    "ref": pl.String,
}
MAVADDAT = "Mavaddat 2019, Am J Hum Genet 104:21, doi:10.1016/j.ajhg.2018.11.002"
CANRISK = "CanRisk reference file {}, population frequencies from UK Biobank"
# Ancestries of the people in whom the weights were estimated (papers cited with each score).
BUILT_IN = {
    "BCAC_313": ["EUR"],
    "BCAC_307": ["EUR"],
    "OCAC_36": ["EUR"],
    "PGS000001": ["EUR"],
    "T1D_GRS2_67": ["EUR"],
    "PGS000662": ["AFR", "AMR", "EAS", "EUR"],
    "PGS003378": ["AFR", "AMR", "EAS", "EUR"],
    "PGS003766": ["AFR", "AMR", "EAS", "EUR"],
}
FREQUENCIES = ("eaf_eur", "eaf_afr", "eaf_eas", "eaf_sas", "eaf_amr")
SEXES = {"breast": ["female"], "ovarian": ["female"], "prostate": ["male"], "prostate-specific": ["male"]}
Row = dict[str, Any]


def build(source: Path, out: Path = OUT) -> None:
    """Write ``polygenic_weights`` and ``polygenic_scores``."""
    folder = source / "polygenic"
    breast, ovary = (
        _lifted(folder / "bcac_ocac_hg38/BCAC_313.vcf"),
        _lifted(folder / "bcac_ocac_hg38/OCAC_36.vcf"),
    )
    rows: list[Row] = []
    scores: dict[str, Any] = {}
    for name, file, lifted, trait, citation in (
        ("BCAC_313", "BCAC_313_PRS.prs", breast, "breast cancer", MAVADDAT),
        ("BCAC_307", "BCAC_307_PRS-UKB_all.prs", breast, "breast cancer", CANRISK.format("BCAC_307 4.2.12")),
        ("OCAC_36", "OCAC_36_PRS-UKB_all.prs", ovary, "ovarian cancer", CANRISK.format("OCAC_36 4.2.12")),
    ):
        added, reference = _canrisk(folder / "canrisk_reference" / file, name, lifted)
        rows += added
        scores[name] = {"trait": trait, "citation": citation, **reference}
    for path in sorted((folder / "pgs_catalog").glob("PGS*.txt.gz")):
        added, meta = _catalog(path)
        rows += added
        scores[meta.pop("id")] = meta
    added, meta = _diabetes(folder / "t1d_grs2")
    rows += added
    scores["T1D_GRS2_67"] = meta
    _share_frequencies(rows, "BCAC_307", "BCAC_313")
    frame = pl.DataFrame([{key: row.get(key) for key in SCHEMA} for row in rows], schema=SCHEMA)
    frame = frame.sort("score", "chrom", "pos38", "pos37", "effect", nulls_last=True)
    origin = Origin("CanRisk, BCAC/OCAC, PGS Catalog, Sharp 2019", "2026-11", LICENCE, "build_polygenic.py")
    write_table("polygenic_weights", frame, origin, out)
    for name, meta in scores.items():
        meta["sexes"] = SEXES.get(meta["trait"].split()[0], ["female", "male"])
        own = [row for row in rows if row["score"] == name]
        meta["built_in"] = BUILT_IN[name]
        meta["ancestries"] = [
            key.removeprefix("eaf_").upper()
            for key in FREQUENCIES
            if any(row.get(key) is not None for row in own)
        ]
        meta["variants"] = sum(not (row.get("one_build") and row["pos37"]) for row in own)
    write_document("polygenic_scores", scores, len(scores), origin, out)


def _share_frequencies(rows: list[Row], source: str, target: str) -> None:
    """Give a score the frequencies by ancestry that another score lists for the same alleles."""

    def key(row: Row) -> tuple[Any, ...]:
        return row["chrom"], row["pos37"], row["pos38"], row["effect"], row["other"]

    known = {key(row): row for row in rows if row["score"] == source}
    for row in rows:
        if row["score"] == target and key(row) in known:
            row |= {name: known[key(row)].get(name) for name in FREQUENCIES}


def _chrom(name: str) -> int:
    return 23 if name == "X" else int(name)


def _lifted(path: Path) -> dict[tuple[str, int], tuple[int, str]]:
    """GRCh37 (chromosome, position) to GRCh38 position and the alternate where the strand changed."""
    lifted = {}
    for line in path.read_text().splitlines():
        if line.startswith("#"):
            continue
        chrom, pos, _, _, alt, _, _, info = line.split("\t")
        old = re.search(r"hg19_var=(\w+)_(\d+)_(\w+)_(\w+)", info)
        start = int(old[2]) if old else int(pos)
        lifted[chrom, start] = (int(pos), alt if "strand_changed" in info else "")
    return lifted


def _canrisk(path: Path, name: str, lifted: dict[tuple[str, int], tuple[int, str]]) -> tuple[list[Row], Row]:
    lines = path.read_text().splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("Chromosome,"))
    rows = []
    for entry in csv.DictReader(lines[start:]):
        old = (entry["Chromosome"], int(entry["Position"]))
        pos38, strand_alt = lifted.get(old, (None, ""))
        if strand_alt:
            pos38 = None  # alleles differ between the builds: this site is scored on GRCh37 alone
        rows.append(
            {
                "score": name,
                "chrom": _chrom(entry["Chromosome"]),
                "pos37": old[1],
                "pos38": pos38,
                "effect": entry["Effect_Allele"],
                "other": entry["Reference_Allele"],
                "ref": entry["Reference_Allele"],
                "weight": float(entry["Log_Odds_Ratio"]),
                "eaf": float(entry["Effect_Allele_Frequency"]),
                **{key: float(entry[key]) for key in entry if key.startswith("eaf_")},
            }
        )
        if strand_alt:  # the other half of the pair: the same site as GRCh38 writes it
            rows[-1]["one_build"] = True
            new = {"pos37": None, "pos38": lifted[old][0], "effect": strand_alt, "other": strand_alt[0]} | {
                "ref": strand_alt[0]
            }
            rows.append({**rows[-1], **new})
    return rows, _reference(lines[:start])


def _reference(header: list[str]) -> Row:
    """Mean, SD and alpha per population from the head of a ``.prs`` file (two layouts)."""
    single = {k: float(v) for k, v in re.findall(r"(mean|sd|alpha) = (\S+)", "\n".join(header))}
    if single:
        return {"reference": {"all": single}}
    populations, columns = ["all", "eur", "afr", "eas", "sas"], {}
    for line in header:
        values, _, label = line.partition("#")
        if label.strip() in ("threshold", "mean", "sd", "alpha"):
            columns[label.strip()] = [float(value) for value in values.split(",")]
    return {
        "reference": {
            pop: {key: values[i] for key, values in columns.items()} for i, pop in enumerate(populations)
        }
    }


def _catalog(path: Path) -> tuple[list[Row], Row]:
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    head = dict(line[1:].split("=", 1) for line in lines if line.startswith("#") and "=" in line)
    body = [line for line in lines if not line.startswith("#")]
    rows = []
    for entry in csv.DictReader(body, delimiter="\t"):
        native = head["genome_build"] == "GRCh37" and entry.get("chr_position")
        rows.append(
            {
                "score": head["pgs_id"],
                "rsid": entry.get("rsID") if entry.get("rsID", ".") != "." else None,
                "chrom": _chrom(entry["hm_chr"] or entry["chr_name"]),
                "pos37": int(entry["chr_position"]) if native else None,
                "pos38": int(entry["hm_pos"]) if entry["hm_pos"] else None,
                "effect": entry["effect_allele"],
                "other": entry["other_allele"],
                "weight": float(entry["effect_weight"]),
                "eaf_eur": _number(entry, "allelefrequency_effect_European"),
                "eaf_afr": _number(entry, "allelefrequency_effect_African"),
                "eaf_eas": _number(entry, "allelefrequency_effect_Asian"),
                "eaf_amr": _number(entry, "allelefrequency_effect_Hispanic"),
            }
        )
    return rows, {
        "id": head["pgs_id"],
        "trait": head["trait_reported"].lower(),
        "citation": head["citation"],
        "reference": {},
    }


def _number(entry: dict[str, str], key: str) -> float | None:
    return float(entry[key]) if entry.get(key) else None


def _tsv(path: Path) -> Iterator[dict[str, str]]:
    return csv.DictReader(path.read_text().splitlines(), delimiter="\t")


def _diabetes(folder: Path) -> tuple[list[Row], Row]:
    """Type 1 diabetes GRS2: additive weights, HLA-DQ tags (``group``), pairwise DQ interactions.

    The list of variants, which has the positions, and the published scoring file agree in every weight;
    for rs1615504 they name opposite effect alleles, and the scoring file is followed.
    """
    rows = []
    scoring = [
        line.split("\t") for line in (folder / "T1D67_plink_all_scores.tsv").read_text().splitlines()[1:]
    ]
    scored = {rsid: allele for rsid, allele, _ in scoring}
    for entry in _tsv(folder / "T1D67_variants_list.tsv"):
        (chrom, old, ref, alt), (_, new, ref38, _) = (
            entry[key][3:].split("-") for key in ("GRCH37", "GRCH38")
        )
        effect = scored.get(entry["ID"], entry["ALLELE"])
        dq = entry["TYPE"].removeprefix("HLA-") if entry["TYPE"].startswith("HLA-DQ") else None
        row = {
            "score": "T1D_GRS2_67",
            "rsid": entry["ID"],
            "chrom": _chrom(chrom),
            "pos37": int(old),
            "pos38": int(new),
            "ref": ref if ref == ref38 else None,
        }
        other = alt if effect == ref else ref
        rows.append({**row, "effect": effect, "other": other, "weight": float(entry["BETA"]), "group": dq})
    pairs = [
        [e["ALLELE1"], e["ALLELE2"], float(e["BETA"])] for e in _tsv(folder / "T1D67_interaction_scores.tsv")
    ]
    ranks = {e["DQ"]: int(e["RANK"]) for e in _tsv(folder / "HLADQ_USAEuropean_Klitz.tsv")}
    return rows, {
        "trait": "type 1 diabetes",
        "citation": "Sharp 2019, Diabetes Care 42:200, doi:10.2337/dc18-1785",
        "reference": {},
        "interactions": sorted(pairs),
        "haplotype_rank": ranks,
    }
