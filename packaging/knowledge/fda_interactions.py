"""The FDA's table of medicines that inhibit or induce enzymes and transporters, as rows.

``fda_cyp_2026-05-29.csv`` holds the inhibitor and inducer columns of table 1 of the FDA's page "Examples of
Drugs that Interact with CYP Enzymes and Transporter Systems" (content of 2026-05-29, a work of the United
States government), transcribed from the copy saved on 2026-09-17 in github.com/borisnezlobin/
marimo-cheminformatics (build/fda_hcp_table.csv) and compared with the page's own HTML of 35 rows and its
footnotes (github.com/cairn-ehr/drugref, tests/fixtures/fda_cyp_table.html) and with the rows extracted in
github.com/akarales/drug-interaction-visualizer (crates/engine/data/fda_roles.csv). Notes say in this
project's words what a footnote adds. Regimens are listed by the part beside ritonavir, with a note. Tobacco
is left out: it is no medicine.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_name("fda_cyp_2026-05-29.csv")
SOURCE = "FDA, examples of drugs that interact with CYP enzymes and transporters (2026-05-29)"
GENES = {
    "1A2": "CYP1A2", "2B6": "CYP2B6", "2C8": "CYP2C8", "2C9": "CYP2C9", "2C19": "CYP2C19", "2D6": "CYP2D6",
    "3A": "CYP3A4", "OATP1B1": "SLCO1B1", "BCRP": "ABCG2",
}  # fmt: skip
"""What the program calls; the FDA does not tell CYP3A4 from CYP3A5."""
NOT_CALLED = {"P-gp", "OATP1B3", "OAT1", "OAT3", "OCT2", "MATE1", "MATE2-K"}
COLUMNS = {
    f"{strength}_{effect}": (effect, strength)
    for effect in ("inhibitor", "inducer") for strength in ("strong", "moderate", "weak")
} | {"transporter_inhibitor": ("inhibitor", "")}  # fmt: skip


class Listed(NamedTuple):
    """One medicine's effect on one gene's product, its other names, and what a footnote adds."""

    medicine: str
    gene: str
    effect: str
    strength: str
    also: tuple[str, ...]
    note: str


def listed(path: Path = TABLE) -> Iterator[Listed]:
    """Every row of the table on a gene that the program calls.

    Raises:
        ValueError: an enzyme or transporter that nobody has placed.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            also = tuple(name for name in row["also"].split(",") if name)
            for column, (effect, strength) in COLUMNS.items():
                for pathway in row[column].split():
                    if pathway in GENES:
                        yield Listed(row["drug"], GENES[pathway], effect, strength, also, row["note"])
                    elif pathway not in NOT_CALLED:
                        raise ValueError(f"{row['drug']}: unknown pathway {pathway!r}")
