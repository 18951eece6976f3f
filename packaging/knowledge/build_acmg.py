"""Thresholds of the ACMG/AMP criteria, each with its source."""

import re
from dataclasses import replace
from pathlib import Path

import polars as pl
from acmg_panels import panels
from acmg_regions import hot_regions
from build_clinvar import THREE
from common import OUT, Origin, write_table

RICHARDS = ("ACMG/AMP 2015", "Richards 2015, Genet Med 17:405")
SVI_PM2 = ("ClinGen SVI", "PM2 recommendation v1.0, 2020")
SVI_BA1 = ("ClinGen SVI", "Ghosh 2018, Hum Mutat 39:1525")
PVS1 = ("ClinGen SVI", "Abou Tayoun 2018, Hum Mutat 39:1517")
PEJAVER = ("ClinGen SVI", "Pejaver 2022, Am J Hum Genet 109:2163")
GNOMAD = ("gnomAD v2.1.1", "Karczewski 2020, Nature 581:434")
COLLINS = ("Dosage sensitivity", "Collins 2022, Cell 185:3041")
WALKER = ("ClinGen SVI splicing", "Walker 2023, Am J Hum Genet 110:1046")
BRANCH = (
    "ClinGen SVI splicing; branch points",
    "Walker 2023 (from 21); branch points lie 18 to 44 bases upstream (Mercer 2015, Genome Res 25:290)",
)
"""No splice predictor is bundled, so the stretch of the branch points is left out as well."""
PLACE = (
    "This program; grades of Pejaver 2022",
    "changes within 20 bases of splice sites, ClinVar 2016 and 2024, genes with an expert panel left out",
)
"""Supporting at most, because classes partly rest on the same places."""
TRUNCATED = (
    "This program; Richards 2015; grades of Pejaver 2022",
    "20 null changes known and under 2 % missense: ratio 8 for benign among ClinVar 2016 missense changes, "
    "panels' genes left out",
)
"""Supporting, as the guideline has it."""
PEJAVER_PM1 = (
    "ClinGen SVI",
    "Pejaver 2022, Am J Hum Genet 109:2163: predictors may rest on the same stretch as PM1, so both together "
    "count strong at most",
)
STRENGTHS = (
    "This program; grades and one-sided 95 % bound of Pejaver 2022, Am J Hum Genet 109:2163",
    "models/acmg/STRENGTHS.md, missense model release 4: borne on ClinVar's unseen genes and Pejaver 2022",
)
"""Strong is borne in both sets nowhere: from 0.97 on the bound on ClinVar's unseen genes is 23, not 33.5."""
BP4_MODERATE = (
    STRENGTHS[0],
    "models/acmg/STRENGTHS.md, missense model release 4: borne below 0.147, given below 0.05",
)
"""Below 0.147 one more pathogenic and 26 more uncertain variants of expert panels would be called benign."""
PM1_BENIGN = ("This program", "no known benign change within nine residues, each fading to 1/e over five")
PM1 = (
    "This program; grades of Pejaver 2022",
    "likelihood ratio among 22,717 ClinVar 2016 labels, own residue out",
)
"""0.5 to 1: 3.2; 1.5 to 2: 8.5; from 3: 21. Moderate at most, because studied genes flatter the ratio."""

LISTED = (
    "gnomAD v2.1.1 exomes; strength by likelihood ratio (Tavtigian 2018, Genet Med 20:1054)",
    "listed: 0.3 % of pathogenic, 21 % of benign of 16,000 ClinVar 2016 variants, evaluation genes left out",
)
"""A ratio of about 70 for benign; moderate, because benign classes of 2016 partly rest on frequency."""
LISTED_RECESSIVE = (
    "gnomAD v2.1.1 exomes; strength by likelihood ratio (Tavtigian 2018, Genet Med 20:1054)",
    "listed: 3.0 % of pathogenic, 45 % of benign of 12,000 ClinVar 2016 variants of recessive genes, "
    "evaluation genes left out",
)
"""A ratio of 15, moderate; supporting, for the reason given above."""
OBSERVED = (
    "UniProt; Richards 2015, PS4 note 2",
    "reported in patients: likelihood ratio 32 among 9,391 ClinVar 2016 missense, evaluation genes left out",
)
"""Moderate, as note 2 of the guideline allows without a case-control study; their number is not known."""

SVI_PM3 = ("ClinGen SVI", "PM3 recommendation v1.0, 2019")
SEGREGATION = ("Segregation in one family", "Jarvik and Browning 2016, Am J Hum Genet 98:1077")
SPECIFIC = (
    "This program; Tavtigian 2018, Genet Med 20:1054",
    "likelihood ratio of the phenotype 18.7 or more counts as supporting only: the diseases compete",
)

ROWS = [
    ("pm3_confirmed_points", 2, *SVI_PM3),
    ("pm3_unphased_points", 1, *SVI_PM3),
    ("pm3_homozygous_points", 1, *SVI_PM3),
    ("pp1_supporting_from", 3, *SEGREGATION),
    ("pp1_moderate_from", 4, *SEGREGATION),
    ("pp1_strong_from", 5, *SEGREGATION),
    ("pp4_terms_from", 3, *SPECIFIC),
    ("pp4_log_odds_from", 2.93, *SPECIFIC),
    ("bs1_listed_points", 2, *LISTED),
    ("bs1_listed_recessive_points", 1, *LISTED_RECESSIVE),
    ("bs1_listed_at_most", 0.003, *LISTED_RECESSIVE),
    ("ps1_missense_points", 4, *RICHARDS),
    ("ps1_likely_points", 2, *WALKER),
    ("ps1_dinucleotide_points", 1, *WALKER),
    ("ps1_splice_points", 2, *WALKER),
    ("bp1_nulls_from", 20, *TRUNCATED),
    ("bp1_missense_share_below", 0.02, *TRUNCATED),
    ("pvs1_truncations_from", 2, *PVS1),
    ("silent_distance_from", 4, *WALKER),
    ("ps4_uniprot_points", 2, *OBSERVED),
    ("ba1_frequency", 0.05, *SVI_BA1),
    ("bs1_frequency_recessive", 0.01, *RICHARDS),
    ("bs1_frequency_dominant", 0.001, *RICHARDS),
    (
        "bs1_listed",
        0.0002,
        "gnomAD v2.1.1",
        "exome listing; Whiffin 2017, Genet Med 19:1151; weight: supporting",
    ),
    ("pm2_frequency_recessive", 0.001, *SVI_PM2),
    ("pm2_frequency_dominant", 0.0001, *SVI_PM2),
    ("pvs1_critical_from", 2, *PVS1),
    ("pvs1_large_loss", 0.10, *PVS1),
    ("lof_loeuf_below", 0.35, *GNOMAD),
    ("lof_phaplo_from", 0.86, *COLLINS),
    ("bp7_intron_donor_from", 7, *WALKER),
    ("bp7_intron_acceptor_from", 45, *BRANCH),
    ("splice_distance_at_most", 20, *PLACE),
    ("lr_supporting", 2.406, *PEJAVER),
    ("lr_moderate", 5.790, *PEJAVER),
    ("lr_strong", 33.53, *PEJAVER),
    ("pp3_pm1_points_at_most", 4, *PEJAVER_PM1),
    ("pp3_supporting_from", 0.706, *STRENGTHS),
    ("pp3_moderate_from", 0.853, *STRENGTHS),
    ("bp4_supporting_below", 0.294, *STRENGTHS),
    ("bp4_moderate_below", 0.05, *BP4_MODERATE),
    ("pm1_pathogenic_from", 1.5, *PM1),
    ("pm1_pathogenic_supporting_from", 0.5, *PM1),
    ("pm1_benign_below", 0.15, *PM1_BENIGN),
]


RESIDUES = {long: short for long, short in THREE.items() if long not in ("Sec", "Ter")}
CHANGE = re.compile(r":p\.\(?([A-Z][a-z]{2})(\d+)([A-Z][a-z]{2})\)?$")
CLINVAR_LABEL = {"Benign": False, "Likely benign": False, "Pathogenic": True, "Likely pathogenic": True}
UNIPROT_LABEL = {1: False, 5: True}


def clinvar_labels(source: Path) -> dict[tuple[str, int, str, str], bool]:
    """Amino-acid changes of ClinVar 2016-06 with one undisputed class (multi-term classes left out)."""
    table = pl.read_csv(
        source / "clinvar" / "clinvar_2016-06_b37.tsv.gz", separator="\t", infer_schema=False, quote_char=None
    )
    found = {}
    columns = ("symbol", "hgvs_p", "clinical_significance")
    for gene, change, significance in table.select(columns).iter_rows():
        match = CHANGE.search(change or "")
        kinds = {CLINVAR_LABEL.get(term) for term in re.split(r"[;|/]", significance)}
        if match and len(kinds) == 1 and None not in kinds and {match[1], match[3]} <= RESIDUES.keys():
            found[gene, int(match[2]), RESIDUES[match[1]], RESIDUES[match[3]]] = kinds.pop() is True
    return found


def protein_labels(source: Path, out: Path) -> pl.DataFrame:
    """Amino-acid changes with a class, UniProt's newer word before ClinVar's of 2016."""
    clinical = clinvar_labels(source)
    labels = dict(clinical)
    folder = out if (out / "uniprot_variants.parquet").exists() else OUT
    uniprot = pl.read_parquet(folder / "uniprot_variants.parquet")
    for gene, position, ref, alt, kind in uniprot.select(
        "gene", "aa_position", "aa_ref", "aa_alt", "class"
    ).iter_rows():
        if kind in UNIPROT_LABEL:
            labels[gene, position, ref, alt] = UNIPROT_LABEL[kind]
    rows = [(*key, pathogenic, key in clinical) for key, pathogenic in sorted(labels.items())]
    return pl.DataFrame(
        rows, schema=["gene", "aa_position", "aa_ref", "aa_alt", "pathogenic", "clinical"], orient="row"
    ).with_columns(pl.col("aa_position").cast(pl.UInt16), pl.col("gene").cast(pl.String))


def build(source: Path, out: Path) -> None:
    """Write the rules, the panels' own, and ``protein_labels`` (needs ``uniprot_variants``)."""
    labels = Origin(
        source="UniProt human variants 2026-04; ClinVar 2016-06",
        release="2026-04; 2016-06",
        licence="CC BY 4.0 (UniProt); public domain (ClinVar)",
        builder="build_acmg",
        description="Amino-acid changes with a published class, for PM1, PM5 and the missense model",
        dated=True,
    )
    write_table("protein_labels", protein_labels(source, out), labels, out)
    frame = pl.DataFrame(ROWS, schema=["name", "value", "source", "reference"], orient="row").sort("name")
    origin = Origin(
        source="ACMG/AMP 2015 and ClinGen Sequence Variant Interpretation recommendations",
        release="2023",
        licence="published facts",
        builder="build_acmg",
        description="Thresholds of the ACMG/AMP criteria with their sources",
    )
    write_table("acmg_rules", frame, origin, out)
    _write_panels(out)


def _write_panels(out: Path) -> None:
    """Gene-specific thresholds and hot regions of ClinGen's expert panels."""
    origin = Origin(
        source="ClinGen expert panels, transcribed by AutoACMG (2024) or HUVar (2026), or read in papers",
        release="2026",
        licence="CC0 1.0",
        builder="build_acmg",
        description="Thresholds and criteria a panel sets for its genes; basis: where read; compared: which "
        "were compared with the registry",
    )
    write_table("acmg_panels", panels(), origin, out)
    write_table(
        "acmg_hot_regions",
        hot_regions(),
        replace(origin, description="Residues at which a panel gives PM1, with its points"),
        out,
    )
