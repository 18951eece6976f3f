"""HLA alleles by tag variants: a hint, never typing."""

from collections.abc import Sequence

import numpy as np

from genoai_desktop.analysis.pharmacogenomics.genotypes import observe
from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.pgx import CallStatus, GeneCall, MissingPosition
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx import GeneDefinition, PgxDefinitions, Site
from genoai_desktop.vcf.table import VariantTable

_SURE = 0.99
"""Sensitivity from which a tag that is absent is taken to exclude its allele."""


def call_hla(
    table: VariantTable, definitions: PgxDefinitions, samples: Sequence[int], assume_reference: bool = False
) -> list[tuple[GeneCall, ...]]:
    """One call per HLA gene and sample. The status is never ``called``: only typing can do that."""
    tags = definitions.tags
    genes = {f"{tag['gene']}{tag['allele']}": _definition(tag) for tag in tags if tag["rsid"]}
    seen = observe(table, genes, samples, assume_reference)
    answers = []
    for column in range(len(samples)):
        calls = []
        for gene in sorted({tag["gene"] for tag in tags}):
            states: list[tuple[dict[str, object], bool | None]] = []
            for tag in (tag for tag in tags if tag["gene"] == gene):
                name = f"{gene}{tag['allele']}"
                one = seen[name] if tag["rsid"] else None
                states.append((tag, _carries(one.first[0, column], one.second[0, column]) if one else None))
            calls.append(_call(gene, states, table.build))
        answers.append(tuple(calls))
    return answers


def _carries(first: int, second: int) -> bool | None:
    if first == 2 or second == 2:
        return True
    return None if 0 in (first, second) else False


def _definition(tag: dict[str, object]) -> GeneDefinition:
    positions = {Build.GRCH38: int(str(tag["pos38"])), Build.GRCH37: int(str(tag["pos37"]))}
    ref = str(tag["ref"])
    site = Site(str(tag["rsid"]), (ref, str(tag["alt"])), positions, dict.fromkeys(Build, ref))
    return GeneDefinition(
        f"{tag['gene']}{tag['allele']}", chromosome_code(str(tag["chromosome"])), (site,),
        ("negative", "positive"),
        np.array([[1], [2]], dtype=np.int64), np.ones((2, 1), dtype=bool), 0, 0, "haplotype", False,
        frozenset(), {}, frozenset(), "", np.full(2, np.nan), "", str(tag["source"]),
    )  # fmt: skip


def _call(gene: str, states: list[tuple[dict[str, object], bool | None]], build: Build) -> GeneCall:
    values, notes, missing, tested = [], [], [], 0
    for tag, carried in states:
        allele = str(tag["allele"])
        sensitivity = tag["sensitivity"]
        if carried is None:
            position = int(str(tag["pos38" if build is Build.GRCH38 else "pos37"]))
            missing.append(MissingPosition(str(tag["rsid"]) or f"{gene}{allele}", position, (allele,)))
            continue
        tested += 1
        if carried:
            values.append(f"{allele} positive")
        elif isinstance(sensitivity, float) and sensitivity >= _SURE:
            values.append(f"{allele} negative")
        notes.append(tr("{gene}{allele} by its tag {rsid} only ({source}); the tag holds for {people}. "
                        "Confirm by HLA typing before acting.", gene=gene, allele=allele, rsid=tag["rsid"],
                        source=tag["source"], people=tag["reliable_in"]))  # fmt: skip
    status = CallStatus.INDETERMINATE if tested else CallStatus.NOT_COVERED
    phenotype = "; ".join(values) or "Indeterminate"
    return GeneCall(gene, "", (), phenotype, "", status, tested, tuple(missing), tuple(notes))
