"""Risk model parameters, penetrance curves, secondary-finding genes, inheritance per gene."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
from common import OUT, Origin, write_document, write_table

KUCHENBAECKER = "Kuchenbaecker 2017, JAMA 317:2402, doi:10.1001/jama.2017.7112"
# Published 95 % intervals of the cumulative risks at age 80 (abstract of the same paper), percent.
INTERVALS_AT_80 = {
    "BRCA1 breast": [65, 79],
    "BRCA1 ovarian": [36, 53],
    "BRCA2 breast": [61, 77],
    "BRCA2 ovarian": [11, 25],
}
# Allele frequency of all disease-causing variants together.
ALLELE_FREQUENCY = {
    "ashkenazi": {"BRCA1": 0.01366243, "BRCA2": 0.01168798},
    "other": {"BRCA1": 0.0005829, "BRCA2": 0.000676},
}
# Share of carriers in whom a search of the whole gene finds the variant.
TEST_SENSITIVITY = {"BRCA1": 0.89, "BRCA2": 0.96}
# Cumulative ovarian cancer incidence of women in general, by age.
POPULATION_OVARIAN = [
    [20, 0.0],
    [30, 0.0002],
    [40, 0.0007],
    [50, 0.0019],
    [60, 0.0045],
    [70, 0.0081],
    [80, 0.0119],
]
# Odds (carriers: hazard) ratio of breast cancer per standard deviation of the 313-variant score for
# breast cancer overall. Barnes 2020 gives 1.29 for BRCA1, but of the estrogen-receptor-negative version
# of the score, which is not bundled: BRCA1 has no entry.
PRS_PER_SD = {
    "EUR": [1.61, "Mavaddat 2019, Am J Hum Genet 104:21"],
    "EAS": [1.52, "Ho 2020, Nat Commun 11:3833"],
    "AFR": [1.27, "Du 2021, J Natl Cancer Inst 113:1168"],
    "BRCA2": [1.31, "Barnes 2020, Genet Med 22:1653"],
}
# ACMG SF v3.3 (Lee 2025, Genet Med, doi:10.1016/j.gim.2025.101454): genes in which only two
# variants are returned, X-linked genes, and genes with a rule of their own.
SF_RECESSIVE = {"ATP7B", "BTD", "CASQ2", "CYP27A1", "GAA", "HFE", "MUTYH", "RPE65", "TRDN"}
SF_X_LINKED = {"ABCD1", "GLA", "OTC"}
# ``not_truncating``: the listed condition comes of a changed product; a lost one means another condition
# (hypobetalipoproteinemia, Hirschsprung disease, recessive myopathies) or none that is known. APOB and PCSK9:
# GeneReviews "Familial hypercholesterolemia" (NBK174884); RET: NBK1257; RYR1 and CACNA1S: Johnston 2021,
# Genet Med 23:1288 (ClinGen: loss of function is no mechanism of malignant hyperthermia susceptibility).
SF_RULES = {
    "HFE": "c845A_homozygous",
    "TTN": "truncating_only",
    **dict.fromkeys(("APOB", "CACNA1S", "PCSK9", "RET", "RYR1"), "not_truncating"),
}
SF_CONDITION = {
    "HFE": "hereditary hemochromatosis",
    "BRCA1": "hereditary breast and ovarian cancer",
    "BRCA2": "hereditary breast and ovarian cancer",
    "PALB2": "hereditary breast cancer",
    "MLH1": "Lynch syndrome",
    "MSH2": "Lynch syndrome",
    "MSH6": "Lynch syndrome",
    "PMS2": "Lynch syndrome",
    "TTN": "dilated cardiomyopathy",
    "ABCD1": "X-linked adrenoleukodystrophy",
    "CYP27A1": "cerebrotendinous xanthomatosis",
    "PLN": "cardiomyopathy",
    "APOB": "familial hypercholesterolemia",
    "RYR1": "malignant hyperthermia susceptibility",
    "CACNA1S": "malignant hyperthermia susceptibility",
    "MYH7": "hypertrophic or dilated cardiomyopathy",
    "SCN5A": "long QT syndrome 3 and Brugada syndrome",
    "SMAD4": "juvenile polyposis and hereditary hemorrhagic telangiectasia",
    "WT1": "WT1-related Wilms tumor",
    "MUTYH": "MUTYH-associated polyposis",
    "HNF1A": "maturity-onset diabetes of the young",
}
# The one allele that a rule names: HFE c.845G>A (p.Cys282Tyr), returned in homozygotes only.
ALLELE_RULES = {
    "c845A_homozygous": {"chrom": 6, "GRCh37": 26093141, "GRCh38": 26092913, "ref": "G", "alt": "A"},
}
NOT_ASSESSABLE = {
    "SMN1": "copy number and the near-identical SMN2 hide its deletions",
    "HBA1": "large deletions and the near-identical HBA2 are not seen",
    "HBA2": "large deletions and the near-identical HBA1 are not seen",
    "FMR1": "a repeat expansion is not seen",
    "CYP21A2": "conversions with the pseudogene CYP21A1P are not seen",
}
MOI = {"AD": "AD", "AR": "AR", "XL": "XL", "SD": "AD", "MT": "MT"}
G2P = {
    "monoallelic": "AD",
    "biallelic": "AR",
    "hemizygous": "XL",
    "x-linked dominant": "XL",
    "mitochondrial": "MT",
}
ORPHA = {
    "Autosomal dominant": "AD",
    "Autosomal recessive": "AR",
    "X-linked recessive": "XL",
    "X-linked dominant": "XL",
    "Mitochondrial inheritance": "MT",
}
Key = tuple[str, str]


def build(source: Path, out: Path = OUT) -> None:
    """Write ``risk_models``, ``secondary_finding_genes`` and ``gene_inheritance``."""
    folder = source / "risk"
    models = {
        "gail": _gail(folder / "gail"),
        "claus": {
            "citation": "Claus 1994, Cancer 73:643 (PMID 8299086)",
            "tables": json.loads((folder / "claus/claus_tables.json").read_text()),
        },
        "brca": _brca(folder / "brca"),
        "lynch": _lynch(folder / "lynch"),
        "colorectal_incidence": _colorectal(folder / "colorectal/seer_baseline_default.csv"),
        "recessive_prevalence": _prevalence(folder / "ar_prevalence_per_10000.tsv"),
        "not_assessable": NOT_ASSESSABLE,
        "allele_rules": ALLELE_RULES,
        "breast_score_effect": PRS_PER_SD,
    }
    origin = Origin(
        "BCRA 2.1.2, Claus 1994, Kuchenbaecker 2017, Lynch tables, SEER",
        "2026-11",
        "published facts",
        "build_risk.py",
    )
    write_document("risk_models", models, len(models), origin, out)
    pairs = _inheritance(source)
    genes = (source / "genes/acmg_sf_v3.3_genes.txt").read_text().split()
    sf = Origin("ACMG SF list", "v3.3", "facts", "build_risk.py")
    write_table(
        "secondary_finding_genes", pl.DataFrame([_finding(gene, pairs) for gene in sorted(genes)]), sf, out
    )
    rows = [{"gene": gene, "inheritance": moi, **entry} for (gene, moi), entry in sorted(pairs.items())]
    gi = Origin(
        "ClinGen gene-disease validity, Gene2Phenotype, Orphadata",
        "2023-10-18; 2024; 2025-12-09",
        "CC0; EBI terms; CC BY 4.0",
        "build_risk.py",
        dated=True,
    )
    write_table("gene_inheritance", pl.DataFrame(rows), gi, out)


def _floats(path: Path) -> tuple[list[str], list[str], list[list[float]]]:
    """Column names, row names and values of a matrix written by R."""
    rows = list(csv.reader(path.read_text().splitlines()))
    return rows[0][1:], [row[0] for row in rows[1:]], [[float(v) for v in row[1:]] for row in rows[1:]]


def _gail(folder: Path) -> dict[str, Any]:
    races = [
        "White",
        "African American",
        "Hispanic (US-born)",
        "other or unknown",
        "Hispanic (foreign-born)",
        "Chinese",
        "Japanese",
        "Filipino",
        "Hawaiian",
        "other Pacific Islander",
        "other Asian",
    ]
    _, _, beta = _floats(folder / "BrCa_beta.csv")
    _, _, share = _floats(folder / "BrCa_1_AR.csv")
    _, _, incidence = _floats(folder / "BrCa_lambda1.csv")
    _, _, death = _floats(folder / "BrCa_lambda2.csv")
    groups = [0, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5]
    return {
        "citation": "BCRA 2.1.2 (NCI); Costantino 1999, Gail 2007, Matsuno 2011, Banegas 2017",
        "races": races,
        "beta": [[row[g] for row in beta] for g in groups],
        "one_minus_ar": [[row[g] for row in share] for g in groups],
        "incidence": [[row[i] for row in incidence] for i in range(11)],
        "mortality": [[row[i] for row in death] for i in range(11)],
        "average_incidence": [row[11] for row in incidence],
        "average_mortality": [row[11] for row in death],
        # How a race groups the answers: highest category of biopsies and relatives, menarche and
        # first-birth categories (the models of the cited papers use fewer than the first one).
        "biopsy_max": [2, 2, 1, 2, 1, 2, 2, 2, 2, 2, 2],
        "relatives_max": [2, 2, 1, 2, 1, 1, 1, 1, 1, 1, 1],
        "menarche": [[0, 1, 2], [0, 1, 1], [0, 0, 0], *[[0, 1, 2]] * 8],
        "first_birth": [
            [0, 1, 2, 3],
            [0, 0, 0, 0],
            [0, 1, 1, 2],
            [0, 1, 2, 3],
            [0, 1, 1, 2],
            *[[0, 1, 2, 3]] * 6,
        ],
        "nulliparous": [2, 0, 2, 2, 2, *[2] * 6],
        "hyperplasia": {"0": 0.93, "1": 1.82, "99": 1.0},
    }


def _brca(folder: Path) -> dict[str, Any]:
    curves = {}
    for gene in ("BRCA1", "BRCA2"):
        for short, organ in (("mam", "breast"), ("ova", "ovarian")):
            rows = csv.DictReader((folder / f"{gene}_{short}.csv").read_text().splitlines())
            points = [[int(row["age"]), round(float(row["cumRisk"]) / 100, 15)] for row in rows]
            curves[f"{gene} {organ}"] = {
                "points": points,
                "interval_at_80": [v / 100 for v in INTERVALS_AT_80[f"{gene} {organ}"]],
            }
    return {
        "citation": KUCHENBAECKER,
        "curves": curves,
        "allele_frequency": ALLELE_FREQUENCY,
        "frequency_citation": "BRCAPRO (Parmigiani 1998, Am J Hum Genet 62:145; BayesMendel)",
        "test_sensitivity": TEST_SENSITIVITY,
        "sensitivity_citation": "BOADICEA v5 (Lee 2019, Genet Med 21:1708)",
        "population_ovarian": POPULATION_OVARIAN,
        "population_ovarian_citation": "SEER DevCan, United States women, rounded",
    }


def _lynch(folder: Path) -> dict[str, Any]:
    by75: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(
        (folder / "lynch_cumulative_risk_by_75_medilib52285.csv").read_text().splitlines()
    ):
        site = row.pop("site")
        for key, value in row.items():
            if value:
                by75.setdefault(key, {})[site] = float(value) / 100
    first = {}
    for row in csv.DictReader(
        (folder / "lynch_first_cancer_cumulative_incidence_age70_PLSD2017.csv").read_text().splitlines()
    ):
        site = row.pop("cancer")
        first[site] = {gene: float(value) / 100 for gene, value in row.items()}
    return {
        "citation": "PLSD (Dominguez-Valentin 2020, Genet Med 22:15, doi:10.1038/s41436-019-0596-9)",
        "by_75": by75,
        "first_cancer_by_70": first,
        "first_cancer_citation": "Moller 2017, Gut 66:464, doi:10.1136/gutjnl-2015-309675",
    }


def _colorectal(path: Path) -> dict[str, Any]:
    rows = list(csv.DictReader(path.read_text().splitlines()))
    return {
        "citation": "SEER colorectal cancer incidence",
        "female": [[int(row["Age"]), float(row["Female"])] for row in rows],
        "male": [[int(row["Age"]), float(row["Male"])] for row in rows],
    }


def _prevalence(path: Path) -> list[dict[str, Any]]:
    rows = []
    for row in csv.DictReader(path.read_text().splitlines(), delimiter="\t"):
        values = {
            k: (None if v.startswith("<") else float(v))
            for k, v in row.items()
            if k not in ("disorder", "genes")
        }
        rows.append({"disorder": row["disorder"], "genes": row["genes"].split(","), "per_10000": values})
    return rows


def _finding(gene: str, pairs: dict[Key, dict[str, str]]) -> dict[str, str]:
    moi = "AR" if gene in SF_RECESSIVE else "XL" if gene in SF_X_LINKED else "AD"
    entry = pairs.get((gene, moi)) or next(
        (v for (g, _), v in sorted(pairs.items()) if g == gene), {"condition": ""}
    )
    return {
        "gene": gene,
        "inheritance": moi,
        "rule": SF_RULES.get(gene, ""),
        "condition": SF_CONDITION.get(gene, entry["condition"]),
    }


def _inheritance(source: Path) -> dict[Key, dict[str, str]]:
    """One condition per gene and mode: ClinGen before Gene2Phenotype before Orphanet."""
    pairs: dict[Key, dict[str, str]] = {}
    for entries, name in (
        (_clingen(source), "ClinGen"),
        (_g2p(source), "Gene2Phenotype"),
        (_orphanet(source), "Orphanet"),
    ):
        for gene, moi, condition in entries:
            pairs.setdefault((gene, moi), {"condition": condition, "source": name})
    return pairs


def _gz(path: Path) -> io.StringIO:
    return io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"))


def _clingen(source: Path) -> Iterator[tuple[str, str, str]]:
    strength = {"Definitive": 0, "Strong": 1, "Moderate": 2}
    rows = [
        row
        for row in csv.reader(_gz(source / "clingen/gene_disease_validity_2023-10-18.csv.gz"))
        if len(row) > 6 and row[6] in strength
    ]
    for row in sorted(rows, key=lambda r: (r[0], strength[r[6]], r[2])):
        if row[4] in MOI:
            yield row[0], MOI[row[4]], row[2]


def _g2p(source: Path) -> Iterable[tuple[str, str, str]]:
    found = []
    for path in sorted((source / "genes/g2p").glob("*.csv.gz")):
        for row in csv.DictReader(_gz(path)):
            if row["DDD category"] in ("confirmed", "probable", "both RD and IF"):
                modes = {G2P[m] for m in row["allelic requirement"].split(",") if m in G2P}
                found += [(row["gene symbol"], moi, row["disease name"].lower()) for moi in modes]
    return sorted(set(found))


def _orphanet(source: Path) -> Iterable[tuple[str, str, str]]:
    modes = {}
    for row in csv.DictReader(_gz(source / "orphanet/disorders.tsv.gz"), delimiter="\t"):
        modes[row["orpha"]] = sorted({ORPHA[m] for m in row["inheritance"].split("|") if m in ORPHA})
    found = []
    for row in csv.DictReader(_gz(source / "orphanet/genes.tsv.gz"), delimiter="\t"):
        if row["association_type"].startswith("Disease-causing germline"):
            moi = modes.get(row["orpha"], [])
            if len(moi) == 1:  # several modes do not say which gene has which
                found.append((row["gene"], moi[0], row["label"]))
    return sorted(set(found))
