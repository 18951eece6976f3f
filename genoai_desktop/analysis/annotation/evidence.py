"""What ClinVar and UniProt say of the same residue. Shown to a reader, never counted as ACMG evidence."""

from collections.abc import Mapping
from typing import Any, Final

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.clinvar import ClinVarClass, ProteinChange
from genoai_desktop.knowledge.knowledge import Knowledge

NEAR_SPLICE: Final = 3
"""Exonic bases from a splice site within which the codon may be split between exons."""


def residue_remarks(
    effect: Mapping[str, Any], site: Mapping[str, Any], build: Build, knowledge: Knowledge
) -> tuple[str, ...]:
    """UniProt's word on this change or residue, and ClinVar's on other changes of the same codon.

    ``effect``: a row of the consequences; ``site``: the row of the table (``chrom pos ref alt``).
    """
    gene, position = effect.get("gene"), effect.get("aa_position")
    if not gene or not position or len(site["ref"]) != 1 or len(site["alt"]) != 1:
        return ()
    same, others = [], []
    for change in knowledge.clinvar.protein_changes(gene, position):
        if (change.ref, change.alt) == (effect.get("aa_ref"), effect.get("aa_alt")):
            same.append(tr("UniProt on this amino-acid change: {word}.", word=_word(change)))
        elif change.classification is ClinVarClass.PATHOGENIC:
            others.append(tr("UniProt on another change of this residue: {word}.", word=_word(change)))
    return (*same, *others, *_codon(effect, site, build, knowledge))


def _word(change: ProteinChange) -> str:
    classes = {
        ClinVarClass.BENIGN: tr("benign or likely benign"),
        ClinVarClass.UNCERTAIN: tr("uncertain"),
        ClinVarClass.PATHOGENIC: tr("pathogenic or likely pathogenic"),
    }
    name = f"{change.ref}{change.position}{change.alt}"
    conditions = f" ({'; '.join(change.conditions)})" if change.conditions else ""
    return f"{name} {classes[change.classification]}{conditions}, {change.variant_id}"


def _codon(
    effect: Mapping[str, Any], site: Mapping[str, Any], build: Build, knowledge: Knowledge
) -> tuple[str, ...]:
    """Other substitutions of the same codon that ClinVar calls pathogenic or likely pathogenic."""
    coding, distance = effect.get("cds_position"), effect.get("splice_distance")
    transcript = knowledge.genes.transcript(effect["gene"], build)
    if coding is None or transcript is None or (distance is not None and abs(distance) < NEAR_SPLICE):
        return ()
    phase = (coding - 1) % 3
    start = site["pos"] - (2 - phase if transcript.reverse else phase)
    own = (site["pos"], site["ref"], site["alt"])
    found: dict[tuple[int, str, str], str] = {}
    for index in knowledge.clinvar.between(site["chrom"], start, start + 2, build):
        key = knowledge.clinvar.key(index, build)
        entry = knowledge.clinvar.entry(index)
        wanted = knowledge.clinvar.table["class"][index] in (
            ClinVarClass.LIKELY_PATHOGENIC,
            ClinVarClass.PATHOGENIC,
        )
        if key is None or not wanted or (key.position, key.ref, key.alt) == own:
            continue
        if len(key.ref) == len(key.alt) == 1:  # the current record comes before the dated one
            text = tr(
                "ClinVar on another change of this codon: {key}, {word} (stars {stars}, {release}).",
                key=f"{key.position} {key.ref}>{key.alt}",
                word=entry.classification,
                stars=entry.stars,
                release=entry.release,
            )
            found.setdefault((key.position, key.ref, key.alt), text)
    return tuple(found.values())
