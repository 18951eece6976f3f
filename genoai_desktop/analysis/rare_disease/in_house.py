"""How often the clinic's earlier cases had an allele: what the population databases cannot know.

Local polymorphisms and the artefacts of one laboratory's pipeline are seen again and again there and
nowhere else. With few cases a frequency is uncertain, so that its lower bound counts (Wilson's
interval, 95 %), not the frequency itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.analysis.rare_disease.variant_evidence import DOMINANT_FREQUENCY, RECESSIVE_FREQUENCY
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.table import VariantTable

Key = tuple[str, int, int, str, str]
"""Build (``GRCh38``), chromosome code, 1-based position, reference and alternate (trimmed)."""
LEAST_CASES = 3
"""A variant that so few earlier cases had is never set aside for it."""
ONCE = -0.3
_Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class InHouse:
    """Carriers of each allele among ``cases`` earlier cases, one per family."""

    counts: Mapping[Key, int]
    cases: int

    def rows(self, table: VariantTable) -> npt.NDArray[np.int64]:
        """Carriers among the earlier cases for every row of a table."""
        found = np.zeros(table.height, dtype=np.int64)
        build = str(table.build)
        own = [(*key[1:], count) for key, count in self.counts.items() if key[0] == build and count > 0]
        if not own or not table.height:
            return found
        schema = {"chrom": pl.UInt8, "pos": pl.UInt32, "ref": pl.String, "alt": pl.String, "n": pl.Int64}
        seen = pl.DataFrame(own, schema=schema, orient="row").unique(["chrom", "pos", "ref", "alt"])
        sites = table.frame.select("chrom", "pos", "ref", "alt")
        joined = sites.join(seen, on=["chrom", "pos", "ref", "alt"], how="left", maintain_order="left")
        return joined["n"].fill_null(0).to_numpy()

    def frequency(self, count: int) -> float:
        """Lower bound of the allele frequency, each carrier taken to have one copy."""
        return lower_bound(count, self.cases) / 2

    def contribution(self, gene: str, count: int, *, recessive: bool = False) -> Contribution | None:
        """What it says against an allele that ``count`` earlier cases had; None for one never seen."""
        if count <= 0 or self.cases <= 0:
            return None
        bounds = RECESSIVE_FREQUENCY if recessive else DOMINANT_FREQUENCY
        worst = next(value for bound, value in bounds if self.frequency(count) <= bound)
        value = ONCE if count == 1 else min(worst, ONCE)
        return Contribution("variant", gene, value, self.words(count), group="in_house")

    def words(self, count: int) -> str:
        """How many of the earlier cases had it."""
        if not count:
            return tr("Seen in none of {cases} earlier cases of this clinic", cases=self.cases)
        return tr("Seen in {count} of {cases} earlier cases of this clinic", count=count, cases=self.cases)


def lower_bound(count: int, cases: int) -> float:
    """Lower end of Wilson's 95 % interval for a share of carriers, 0 for none."""
    if count <= 0 or cases <= 0:
        return 0.0
    share, spread = min(count / cases, 1.0), _Z * _Z / cases
    centre = share + spread / 2
    half = _Z * float(np.sqrt(share * (1 - share) / cases + spread / (4 * cases)))
    return max((centre - half) / (1 + spread), 0.0)
