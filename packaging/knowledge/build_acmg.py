"""Thresholds of the ACMG/AMP criteria, each with its source."""

from pathlib import Path

import polars as pl
from common import Origin, write_table

RICHARDS = ("ACMG/AMP 2015", "Richards 2015, Genet Med 17:405")
SVI_PM2 = ("ClinGen SVI", "PM2 recommendation v1.0, 2020")
SVI_BA1 = ("ClinGen SVI", "Ghosh 2018, Hum Mutat 39:1525")
PVS1 = ("ClinGen SVI", "Abou Tayoun 2018, Hum Mutat 39:1517")
PEJAVER = ("ClinGen SVI", "Pejaver 2022, Am J Hum Genet 109:2163")
GNOMAD = ("gnomAD v2.1.1", "Karczewski 2020, Nature 581:434")
COLLINS = ("Dosage sensitivity", "Collins 2022, Cell 185:3041")
WALKER = ("ClinGen SVI splicing", "Walker 2023, Am J Hum Genet 110:1046")
HERE = ("This program", "models/missense/CARD.md")

ROWS = [
    ("ba1_frequency", 0.05, *SVI_BA1),
    ("bs1_frequency_recessive", 0.01, *RICHARDS),
    ("bs1_frequency_dominant", 0.001, *RICHARDS),
    ("pm2_frequency_recessive", 0.001, *SVI_PM2),
    ("pm2_frequency_dominant", 0.0001, *SVI_PM2),
    ("pvs1_large_loss", 0.10, *PVS1),
    ("lof_loeuf_below", 0.35, *GNOMAD),
    ("lof_phaplo_from", 0.86, *COLLINS),
    ("pp2_missense_z_from", 3.09, *GNOMAD),
    ("bp7_intron_donor_from", 7, *WALKER),
    ("bp7_intron_acceptor_from", 21, *WALKER),
    ("lr_supporting", 2.406, *PEJAVER),
    ("lr_moderate", 5.790, *PEJAVER),
    ("lr_strong", 33.53, *PEJAVER),
    ("pp3_pm1_points_at_most", 4, *PEJAVER),
    ("pm1_pathogenic_from", 3.0, *HERE),
    ("pm1_benign_below", 0.15, *HERE),
]


def build(source: Path, out: Path) -> None:
    """Write ``acmg_rules``; the thresholds are the ones published, so ``source`` is not read."""
    del source
    frame = pl.DataFrame(ROWS, schema=["name", "value", "source", "reference"], orient="row").sort("name")
    origin = Origin(
        source="ACMG/AMP 2015 and ClinGen Sequence Variant Interpretation recommendations",
        release="2023",
        licence="published facts",
        builder="build_acmg",
        description="Thresholds of the ACMG/AMP criteria with their sources",
    )
    write_table("acmg_rules", frame, origin, out)
