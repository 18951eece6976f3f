"""How often a base change near a splice site is pathogenic or benign in ClinVar, by place and bases.

Substitutions outside the canonical dinucleotides: the last and first three bases of exons (silent changes
alone, so that the protein does not confuse the count) and 3 to 20 bases into the intron. Genes with an
expert panel are left out: panels' variants are what the criteria are measured on.
"""

import re
from collections import Counter
from pathlib import Path

import polars as pl
from acmg_panels import panels
from common import OUT, Origin, write_table

from genoai_desktop.analysis.annotation.consequence import consequences
from genoai_desktop.analysis.classification.splice_place import splice_place
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf.bare import bare_table

_REACH = 20
_SEEN_FROM = 5
"""Changes with the same bases from which a row is kept."""
_SHRINK = 4
"""Changes of the whole position, whatever the bases, that count towards each pair of bases."""
_BENIGN, _PATHOGENIC = (1, 2), (4, 5)
_BASES = re.compile(r"([ACGT])>([ACGT])$")
_ORIGIN = Origin(
    source="ClinVar 2024-12 (pathogenic, two stars) and 2016-06; genes with a ClinGen expert panel left out",
    release="2024-12; 2016-06",
    licence="public domain",
    builder="build_splice",
    description="Likelihood ratio of base changes near splice sites, by distance and bases",
    dated=True,
)


def build(source: Path, out: Path) -> None:
    """Write ``splice_positions`` (needs the ClinVar and transcript tables of the bundle)."""
    del source
    counted = _counted(Knowledge())
    write_table("splice_positions", _ratios(counted), _ORIGIN, out)


def _counted(knowledge: Knowledge) -> Counter[tuple[str, int, str, str, bool]]:
    """Changes by side, distance, old and new base on the transcript, and whether pathogenic."""
    left_out = set(panels()["gene"])
    table = knowledge.clinvar.table.with_row_index("at")
    rows = table.filter(
        pl.col("class").is_in([*_BENIGN, *_PATHOGENIC])
        & ~pl.col("gene").is_in(sorted(left_out))
        & (pl.col("gene") != "")
    )
    labelled = []
    for row in rows.iter_rows(named=True):
        key = knowledge.clinvar.key(row["at"], Build.GRCH38)
        if key is not None and len(key.ref) == len(key.alt) == 1:
            labelled.append((key, row["gene"], row["class"] in _PATHOGENIC))
    labelled.sort(key=lambda item: (chromosome_code(item[0].chromosome), item[0].position))
    bare = bare_table([key for key, _, _ in labelled], Build.GRCH38, "")
    effects, _ = consequences(bare, knowledge, Silent())
    found: Counter[tuple[str, int, str, str, bool]] = Counter()
    for effect in effects.filter(pl.col("splice_distance").abs() <= _REACH).iter_rows(named=True):
        key, gene, bad = labelled[effect["row"]]
        transcript = knowledge.genes.transcript(gene, Build.GRCH38)
        bases = _BASES.search(effect["hgvs_c"] or "")
        if transcript is None or transcript.name != effect["transcript"] or bases is None:
            continue
        place = splice_place(effect, transcript, key.position)
        if place is not None and (place[1] > 0 or effect["consequence"] == "synonymous_variant"):
            found[(*place, bases[1], bases[2], bad)] += 1
    return found


def _ratios(counted: Counter[tuple[str, int, str, str, bool]]) -> pl.DataFrame:
    """One row per side, distance and pair of bases, with the likelihood ratio."""
    total = {bad: sum(n for key, n in counted.items() if key[4] is bad) for bad in (True, False)}
    rows = []
    for side, distance in sorted({key[:2] for key in counted}):
        here = {bad: sum(n for key, n in counted.items() if key[:2] == (side, distance) and key[4] is bad)
                for bad in (True, False)}  # fmt: skip
        share = (here[True] + 1) / (here[True] + here[False] + 2)
        for ref in "ACGT":
            for alt in "ACGT".replace(ref, ""):
                bad, good = (counted[side, distance, ref, alt, kind] for kind in (True, False))
                if bad + good < _SEEN_FROM:
                    continue
                ratio = (bad + _SHRINK * share) / (good + _SHRINK * (1 - share)) * total[False] / total[True]
                rows.append((side, distance, ref, alt, bad, good, round(ratio, 3)))
    schema = {
        "side": pl.String,
        "distance": pl.Int16,
        "ref": pl.String,
        "alt": pl.String,
        "pathogenic": pl.UInt16,
        "benign": pl.UInt16,
        "ratio": pl.Float32,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


if __name__ == "__main__":
    build(OUT, OUT)
