"""Common variants by which a VCF that does not say its build is recognised: ``vcf/known_sites.tsv``.

The file lies beside the code that reads VCFs, as that room may not read ``resources/``. It is chosen from the
bundled 1000 Genomes sites: sixty substitutions of every autosome, evenly spaced in the list.
"""

from pathlib import Path

import numpy as np
from common import OUT, ROOT

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.sites import LONG, positions

TARGET = ROOT / "genoai_desktop" / "vcf" / "known_sites.tsv"
SITES_PER_CHROMOSOME = 60
AUTOSOMES = range(1, 23)


def build(source: Path, out: Path = OUT) -> None:  # noqa: ARG001 - made from the bundle's own table
    """Write the table (chromosome, 1-based positions on both builds)."""
    packed = Bundle([out]).table("ancestry_sites")
    chrom, code = packed["chrom"].to_numpy(), packed["code"].to_numpy()
    old, new = positions(packed, Build.GRCH37), positions(packed, Build.GRCH38)
    lines = ["chrom\tpos_grch37\tpos_grch38\n"]
    for number in AUTOSOMES:
        rows = np.flatnonzero((chrom == number) & (code < LONG) & (old > 0) & (new > 0) & (old != new))
        chosen = rows[np.linspace(0, len(rows) - 1, SITES_PER_CHROMOSOME).round().astype(int)]
        lines += [f"{number}\t{old[row]}\t{new[row]}\n" for row in chosen]
    TARGET.write_text("".join(lines), encoding="utf-8")
    print(f"{'known_sites':32} {len(lines) - 1:>9} rows")
