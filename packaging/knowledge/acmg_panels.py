"""What ClinGen's expert panels publish for their genes: thresholds and the criteria they use, as numbers.

Each row names the specification in ClinGen's Criteria Specification Registry (GN number) or the
panel's paper, its basis, and the criteria that were compared with the registry in 2026 (``acmg_registry``).
A missing value means that the general rule applies.
"""

from dataclasses import asdict, dataclass, replace

import polars as pl
from acmg_null import OTHER_PANELS, null_rule
from acmg_regions import COMPARED as REGIONS_COMPARED
from acmg_registry import compared

TRANSCRIBED = "numbers as transcribed from the registry by AutoACMG (BIH, 2024)"
PAPER = "numbers of the panel's paper"
EXTRACTED = "numbers as extracted from the registry's JSON by HUVar (2026)"
BOTH = "the registry has a dominant and a recessive specification: the higher frequencies hold"

USUAL = ("BP1", "BP3", "PP2")
"""What most panels do not use."""


@dataclass(frozen=True)
class Row:
    """One gene, for one disease where ``disease`` is given; frequencies 0..1, residues on MANE Select."""

    gene: str
    reference: str
    ba1: float | None = None
    bs1: float | None = None
    pm2: float | None = None
    unused: tuple[str, ...] = ()
    """Criteria that the panel does not use at all."""
    disease: str = ""
    """Words of the disease's name, in lower case: the row is only for it."""
    pm2_points: int = 1
    pp2: bool = False
    """PP2 for any missense change."""
    bp1_points: int = 0
    """BP1 for missense changes (and, when strong, silent and in-frame ones) outside ``bp1_except``."""
    bp1_except: str = ""
    """Stretches of residues, ``2-101 1391-1424``."""
    predictor: bool = True
    """Whether PP3 and BP4 rest on predictors of missense changes."""
    truncating_from: int | None = None
    truncating_to: int | None = None
    """Residues between which a truncation also gets PM5 at supporting."""
    beside_pm1: tuple[str, ...] = ()
    """Criteria that the panel does not count beside PM1; the stronger stays."""
    basis: str = TRANSCRIBED


def _each(genes: str, row: Row) -> list[Row]:
    return [replace(row, gene=gene) for gene in genes.split()]


def _cancer() -> list[Row]:
    mismatch = Row("", "", 0.001, 0.0001, 0.00002, ("PM1", "PM4", *USUAL))
    return [
        Row("CDH1", "GN007; Lee 2018, Hum Mutat 39:1553", 0.002, 0.001, 0.00001, ("PM1", *USUAL),
            predictor=False, truncating_from=1, truncating_to=836),
        Row("TP53", "GN009; Fortuno 2021, Hum Mutat 42:223", 0.001, 0.0003, 0.00003, ("PM4", *USUAL)),
        Row("PTEN", "GN003; Mester 2018, Hum Mutat 39:1581", 0.00056, 0.000043, 0.00001, ("BP1", "BP3"),
            pp2=True),
        Row("DICER1", "GN024", 0.003, 0.0003, 0.000005, USUAL),
        Row("RUNX1", "GN008; Luo 2019, Blood Adv 3:2962", 0.0015, 0.00015, 0.00005, USUAL,
            truncating_from=33, truncating_to=480, beside_pm1=("PM5", "PS1")),
        Row("VHL", "GN078", 0.000156, 0.0000156, 0.00000156, ("BP1", "PP2")),
        Row("ATM", "GN020", 0.005, 0.0005, 0.00001, ("PM1", *USUAL), truncating_from=1, truncating_to=3047),
        Row("PALB2", "GN077", 0.001, 0.0001, 0.0000033333, ("PM1", "PM4", "BP3", "PP2"), bp1_points=1,
            predictor=False, truncating_from=1, truncating_to=1183),
        Row("APC", "GN089; Yin 2024, Hum Mutat", 0.001, 0.00001, 0.000003, ("PM1", "PM4", "BP3", "PP2"),
            bp1_points=1, bp1_except="1021-1035", predictor=False),
        replace(mismatch, gene="MLH1", reference="GN115"),
        replace(mismatch, gene="MSH2", reference="GN137"),
        replace(mismatch, gene="MSH6", reference="GN138", ba1=0.0022, bs1=0.00022),
        replace(mismatch, gene="PMS2", reference="GN139", ba1=0.0028, bs1=0.00028),
        Row("BRCA1", "GN092", 0.001, 0.0001, None, ("PM1", "PM4", "BP3", "PP2"), bp1_points=4,
            bp1_except="2-101 1391-1424 1650-1857", truncating_from=1, truncating_to=1853),
        Row("BRCA2", "GN097", 0.001, 0.0001, None, ("PM1", "PM4", "BP3", "PP2"), bp1_points=4,
            bp1_except="10-40 2481-3186", truncating_from=1, truncating_to=3308),
    ]  # fmt: skip


def _heart_and_vessels() -> list[Row]:
    sarcomere = Row(
        "", "GN002, GN098 to GN103", 0.001, 0.0001, 0.00004, ("PVS1", *USUAL), beside_pm1=("PM5",)
    )
    return [
        *_each("MYH7 TNNI3 TNNT2", sarcomere),
        *_each("ACTC1 MYL2 MYL3", replace(sarcomere, unused=("PVS1", "PM1", *USUAL))),
        replace(sarcomere, gene="TPM1", unused=("PVS1", "PM1", "BP1", "BP3"), pp2=True),
        Row("MYBPC3", "GN095", 0.001, 0.0002, 0.00004, USUAL, beside_pm1=("PM5",)),
        Row("FBN1", "GN022", 0.001, 0.00005, 0.000005, ("BP1", "BP3"), pp2=True),
        Row("LDLR", "GN013; Chora 2022, Genet Med 24:293", 0.005, 0.002, 0.0002, USUAL, pm2_points=2),
        *_each("ACVRL1 ENG", Row("", "GN135, GN136", 0.01, 0.002, 0.00004, USUAL)),
        Row("BMPR2", "GN125", 0.01, 0.001, 0.0001, ("BP1", "PP2")),
    ]


def _blood() -> list[Row]:
    immune = Row("", "GN114 to GN129", unused=("BP4", *USUAL), predictor=False)
    return [
        Row("F8", "GN071", 0.000333, 0.0000333, None, USUAL),
        Row("F9", "GN080", 0.0000556, 0.00000556, None, USUAL),
        *_each("ITGA2B ITGB3", Row("", "GN011", 0.0024, 0.00158, 0.0001, ("PM1", *USUAL))),
        Row("SERPINC1", "GN084", 0.002, 0.0002, 0.00002, USUAL),
        Row("VWF", "GN081, GN090", 0.1, 0.01, 0.0001, ("PM1", *USUAL)),
        Row("FOXN1", "GN113", 0.00447, 0.00141, 0.00002412, USUAL),
        replace(immune, gene="ADA", ba1=0.00721, bs1=0.00161, pm2=0.0001742, unused=("PM1", "BP4", *USUAL)),
        replace(
            immune, gene="DCLRE1C", ba1=0.00346, bs1=0.00078, pm2=0.00003266, unused=("PM1", "BP4", *USUAL)
        ),
        replace(immune, gene="IL7R", ba1=0.00566, bs1=0.00126, pm2=0.00004129, unused=("PM1", "BP4", *USUAL)),
        replace(immune, gene="JAK3", ba1=0.00447, bs1=0.001, pm2=0.000115),
        replace(immune, gene="RAG1", ba1=0.00872, bs1=0.00195, pm2=0.000102),
        replace(immune, gene="RAG2", ba1=0.00872, bs1=0.00195, pm2=0.0000588),
        replace(immune, gene="IL2RG", ba1=0.0111, bs1=0.00249, pm2=0.000124),
    ]


def _metabolism() -> list[Row]:
    diabetes = Row("", "GN017, GN085", 0.0001, 0.000033, 0.000003, USUAL)
    mitochondrial = Row(
        "", "GN014", 0.001, 0.0005, 0.00005, ("PM1", "BP1", "PP2"), pm2_points=2, basis=EXTRACTED
    )
    return [
        Row("GAA", "GN010", 0.01, 0.005, 0.001, USUAL),
        Row("ACADVL", "GN021", 0.007, 0.0035, 0.001, USUAL),
        Row("PAH", "GN006; Zastrow 2018, Hum Mutat 39:1569", 0.015, 0.002, 0.0002, USUAL, basis=PAPER),
        *_each("HNF1A HNF4A", diabetes),
        replace(diabetes, gene="GCK", reference="GN086", bs1=0.00004, unused=("BP1", "BP3"), pp2=True),
        Row("GATM", "GN025", 0.0005, 0.0001, 0.000055, ("PM1", *USUAL)),
        Row("GAMT", "GN026", 0.003, 0.001, 0.0004, ("PM1", *USUAL)),
        Row("SLC6A8", "GN027", 0.002, 0.0002, 0.00002, ("PM1", *USUAL)),
        replace(mitochondrial, gene="ETHE1", bs1=0.0002, pm2=0.00002),
        replace(mitochondrial, gene="PDHA1", ba1=0.00092, bs1=0.000092, pm2=0.0000092),
        replace(mitochondrial, gene="POLG", ba1=0.01, bs1=0.005, pm2=0.0005),
        replace(mitochondrial, gene="SLC19A3"),
        Row("CTLA4", "GN122", 0.0000111, 0.00000111, 0.000000143, USUAL, basis=EXTRACTED),
        Row("IDUA", "GN091", 0.005, 0.0025, 0.00025, USUAL, basis=EXTRACTED),
        Row("OTC", "GN156", 0.01, 0.002, 0.000015, USUAL, basis=EXTRACTED),
    ]


def _nerve_and_muscle() -> list[Row]:
    rasopathy = Row("", "GN038 to GN049; Gelb 2018, Genet Med 20:1334", 0.0005, 0.00025, None,
                    ("PVS1", "BP1", "BP3"), pp2=True)  # fmt: skip
    without_pp2 = replace(rasopathy, unused=("PVS1", *USUAL), pp2=False)
    rett = Row("", "GN032 to GN037", 0.000083, 0.0000083, None, ("BP1", "PP2"), basis=EXTRACTED)
    brain = Row("", "GN018", 0.000926, 0.000185, None, ("PVS1", "PM4", "BP1", "BP3"), pp2=True)
    sodium = Row("", "GN068 to GN070", 0.0001, 0.000002, 0.000001, ("BP1", "PP2"))
    myopathy = Row("", "GN146", 0.00559, 0.000237, 0.0, ("PM1", *USUAL))
    return [
        Row("RYR1", "GN012; Johnston 2021, Genet Med 23:1288", 0.0038, 0.0008, None, ("PVS1", "PM2", *USUAL),
            disease="malignant hyperthermia"),
        Row("RYR1", "GN150, GN179", 0.00697, 0.000697, 0.0, USUAL, disease="myopathy",
            basis=f"{EXTRACTED}; {BOTH}"),
        *_each("BRAF MAP2K1 PTPN11", rasopathy),
        *_each("HRAS KRAS MAP2K2 NRAS RAF1 RIT1 SOS1 SOS2", without_pp2),
        replace(without_pp2, gene="MRAS", reference="GN087"),
        replace(without_pp2, gene="RRAS2", reference="GN127"),
        replace(without_pp2, gene="SHOC2", unused=("PVS1", "PM1", *USUAL)),
        replace(rasopathy, gene="PPP1CB", reference="GN128", unused=("PVS1", "PM1", "BP1", "BP3")),
        replace(rasopathy, gene="LZTR1", reference="GN094", pm2=0.000025, unused=("PM1", *USUAL), pp2=False),
        *_each("CDKL5 FOXG1 MECP2 TCF4 UBE3A", rett),
        replace(rett, gene="SLC9A6", unused=("PM1", "BP1", "PP2")),
        *_each("AKT3 MTOR PIK3CA", brain),
        replace(brain, gene="PIK3R2", unused=("PVS1", "PM4", *USUAL), pp2=False),
        *_each("SCN2A SCN3A SCN8A", sodium),
        replace(sodium, gene="SCN1A", reference="GN067", ba1=0.0002, bs1=0.000004),
        replace(sodium, gene="SCN1B", reference="GN076", ba1=0.003, bs1=0.0001, unused=("PM1", "BP1", "PP2")),
        replace(myopathy, gene="NEB", pm2=0.0000559),
        replace(myopathy, gene="ACTA1", reference="GN147, GN169", ba1=0.0025, bs1=0.00025,
                unused=("PM1", "BP1", "BP3"), pp2=True, basis=f"{EXTRACTED}; {BOTH}"),
        replace(myopathy, gene="DNM2", reference="GN148", ba1=0.0000015, bs1=0.00000015,
                unused=("PVS1", "PM1", "BP1", "BP3"), pp2=True),
        replace(myopathy, gene="MTM1", reference="GN149", ba1=0.000016, bs1=0.0000016),
    ]  # fmt: skip


def _senses() -> list[Row]:
    dominant = Row("", "GN005; Oza 2018, Hum Mutat 39:1593", 0.001, 0.0002, 0.00002, ("PM1", "BP1", "PP2"),
                   basis=PAPER)  # fmt: skip
    recessive = replace(dominant, ba1=0.005, bs1=0.003, pm2=0.00007)
    both = replace(
        recessive, pm2=0.00002,
        basis=f"{PAPER}; a gene of both inheritances (ClinGen 2023-10): the recessive's BA1 and BS1, the "
        "dominant's PM2",
    )  # fmt: skip
    return [
        *_each("COCH MYO6", dominant),
        replace(dominant, gene="KCNQ4", unused=("BP1", "PP2")),
        *_each("CDH23 GJB2 SLC26A4 USH2A", recessive),
        *_each("MYO15A OTOF", replace(recessive, reference="GN023")),
        *_each("MYO7A TECTA", both),
        Row("RPE65", "GN120", 0.008, 0.0008, 0.0002, USUAL),
        Row("MYOC", "GN019", 0.01, 0.001, 0.0001, ("PM1", *USUAL)),
        Row("CYP1B1", "GN104", 0.05, 0.01, 0.0005, USUAL, basis=EXTRACTED),
        Row("GUCY2D", "GN167", 0.016, 0.0016, 0.0004, USUAL, basis=EXTRACTED),
        Row("RS1", "GN126", 0.0002, 0.00002, 0.000002, USUAL, basis=EXTRACTED),
    ]


def _compared(row: Row) -> list[str]:
    """Criteria of the row that were compared with the registry, sorted."""
    frequencies = {"ba1": row.ba1, "bs1": row.bs1, "pm2": row.pm2}
    found = compared(row.gene, row.disease, frequencies, row.unused, row.pp2, row.bp1_points > 0)
    return sorted(found | ({"PM1"} if row.gene in REGIONS_COMPARED else set()))


def panels() -> pl.DataFrame:
    """One row a gene and disease; frequencies 0..1, residues 1-based on the MANE Select protein."""
    rows = [
        *_cancer(),
        *_heart_and_vessels(),
        *_blood(),
        *_metabolism(),
        *_nerve_and_muscle(),
        *_senses(),
    ]
    known = {row.gene for row in rows}
    rows += [Row(gene, reference) for gene, reference in OTHER_PANELS.items() if gene not in known]
    frame = pl.DataFrame(
        [
            asdict(row)
            | {"unused": " ".join(sorted(row.unused)), "beside_pm1": " ".join(row.beside_pm1)}
            | {"compared": " ".join(_compared(row))}
            | null_rule(row.gene, row.disease)
            for row in rows
        ],
        infer_schema_length=None,
    )
    residues = ("truncating_from", "truncating_to", "null_from", "null_to", "strong_to")
    return frame.sort("gene", "disease").with_columns(
        pl.col(*residues).cast(pl.UInt16),
        pl.col("pm2_points", "bp1_points", "rest_points", "start_points").cast(pl.UInt8),
    )
