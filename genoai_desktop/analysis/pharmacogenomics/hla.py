"""HLA alleles by tag variants: a hint, never typing."""

from collections.abc import Callable, Sequence

import numpy as np

from genoai_desktop.analysis.pharmacogenomics.genotypes import observe
from genoai_desktop.analysis.pharmacogenomics.tag_ancestry import (
    ComparedAncestry,
    compared_ancestry,
    excludes,
    published,
    signals,
    warning,
)
from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.pgx import CallStatus, GeneCall, MissingPosition, ResultCaveat
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.pgx import GeneDefinition, PgxDefinitions, Site
from genoai_desktop.vcf.callable import CallableRegions
from genoai_desktop.vcf.table import VariantTable

States = list[tuple[dict[str, object], bool | None]]
Ancestry = Callable[[int], ComparedAncestry]


def _not_asked(_sample: int) -> ComparedAncestry:
    return compared_ancestry(None)


def call_hla(
    table: VariantTable,
    definitions: PgxDefinitions,
    samples: Sequence[int],
    assume_reference: bool = False,
    ancestry: Ancestry = _not_asked,
    regions: CallableRegions | None = None,
) -> list[tuple[GeneCall, ...]]:
    """One call per HLA gene and sample. The status is never ``called``: only typing can do that.

    ``ancestry`` of a sample (index into the table) is asked for only where a tag was seen.
    """
    tags = definitions.tags
    genes = {f"{tag['gene']}{tag['allele']}": _definition(tag) for tag in tags if tag["rsid"]}
    seen = observe(table, genes, samples, assume_reference, regions)
    answers = []
    for column, sample in enumerate(samples):
        by_gene: dict[str, States] = {}
        for gene in sorted({tag["gene"] for tag in tags}):
            states = by_gene.setdefault(gene, [])
            for tag in (tag for tag in tags if tag["gene"] == gene):
                name = f"{gene}{tag['allele']}"
                one = seen[name] if tag["rsid"] else None
                states.append((tag, _carries(one.first[0, column], one.second[0, column]) if one else None))
        tested = any(carried is not None for states in by_gene.values() for _, carried in states)
        person = ancestry(sample) if tested else ComparedAncestry()
        answers.append(tuple(_call(gene, states, table.build, person) for gene, states in by_gene.items()))
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


def _call(gene: str, states: States, build: Build, ancestry: ComparedAncestry) -> GeneCall:
    values, notes, missing, caveats = [], [], [], []
    for tag, carried in states:
        allele, rsid = str(tag["allele"]), str(tag["rsid"])
        if carried is None:
            position = int(str(tag["pos38" if build is Build.GRCH38 else "pos37"]))
            missing.append(MissingPosition(rsid or f"{gene}{allele}", position, (allele,)))
            continue
        doubtful = not signals(tag, ancestry)
        if carried:
            values.append(f"{allele} {'possible' if doubtful else 'positive'}")
        elif excludes(tag, ancestry):
            values.append(f"{allele} negative")
        compared = warning(tag, carried, ancestry)
        caveats.append(_caveat(allele, carried, doubtful, compared))
        said = tr("{gene}{allele} by its tag {rsid} only ({source}: {figures}); the tag holds for {people}.",
                  gene=gene, allele=allele, rsid=rsid, source=tag["source"], figures=published(tag),
                  people=tag["reliable_in"])  # fmt: skip
        notes.append(joined(" ", (said, compared)))
    if notes:
        notes.append(tr("Confirm by HLA typing before acting."))
    status = CallStatus.INDETERMINATE if caveats else CallStatus.NOT_COVERED
    phenotype = "; ".join(values) or "Indeterminate"
    return GeneCall(
        gene, "", (), phenotype, "", status, len(caveats), tuple(missing), tuple(notes),
        caveats=tuple(caveats),
    )  # fmt: skip


def _caveat(allele: str, carried: bool, doubtful: bool, compared: str) -> ResultCaveat:
    text = joined(" ", (tr("By a tag variant only: confirm by HLA typing first."), compared))
    return ResultCaveat(f"{allele} {'positive' if carried else 'negative'}", text, carried and doubtful)
