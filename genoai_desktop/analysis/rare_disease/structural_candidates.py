"""What a deletion, duplication, inversion, insertion or breakend means for one gene it meets.

Dosage evidence: pHaplo and pTriplo (Collins et al. 2022, Cell 185:3041, whose bounds 0.86 and 0.94 mark an
odds ratio of 2.7 and more), LOEUF where they are missing, and how Gene2Phenotype says that the gene harms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf.table import Kind, VariantTable

HAPLO_SENSITIVE, TRIPLO_SENSITIVE = 0.86, 0.94
WHOLE_LOSS, PART_LOSS, CUT, INSIDE_GAIN, PART_GAIN, WHOLE_GAIN = 3.5, 3.0, 2.0, 1.5, -1.0, -0.5
"""Log odds of the effect alone: gene gone; exons gone; torn apart or interrupted; exons doubled within
the gene; one end of the gene doubled (an intact copy is left); the whole gene doubled."""
SENSITIVE, UNKNOWN, INSENSITIVE = 1.5, 0.0, -1.5
LOEUF_SENSITIVE, LOEUF_BETWEEN = 0.35, 0.6
HARMS_BY_LOSS, HARMS_OTHERWISE = 0.5, -1.5
NOT_LOSS_RECESSIVE = -2.5
_LOSS: Final = "loss of function"
_GAIN: Final = frozenset({"increased gene dosage", "part of contiguous gene duplication"})
_CITATION: Final = Citation("Collins et al. 2022, dosage sensitivity of human genes")


@dataclass(frozen=True, slots=True)
class Structure:
    """A structural allele: ``kind`` as SVTYPE (``DEL``, ``DUP``, ``CNV``, ``INV``, ``INS``, ``BND``, ...).

    ``start`` and ``end`` are 1-based inclusive; ``copies[i]`` is FORMAT/CN of sample ``i`` or None.
    """

    build: Build
    kind: str
    chrom: int
    start: int
    end: int
    length: int | None
    copies: tuple[int | None, ...]

    @property
    def loses(self) -> bool:
        """Whether sequence is missing."""
        return self.kind in ("DEL", "CN0", "CN1") or (self.kind == "CNV" and self._number_below())

    @property
    def gains(self) -> bool:
        """Whether sequence is there more often."""
        return self.kind == "DUP" or (self.kind == "CNV" and not self._number_below())

    def _number_below(self) -> bool:
        known = [number for number in self.copies if number is not None]
        return not known or min(known) < 2

    def changed(self, sample: int, normal: int) -> int | None:
        """Copies lost or gained by a sample of ``normal`` copies, by FORMAT/CN; None when not given."""
        number = self.copies[sample] if sample < len(self.copies) else None
        if number is None or not (self.loses or self.gains):
            return None
        return max(normal - number if self.loses else number - normal, 0)


def structures(table: VariantTable) -> dict[int, Structure]:
    """Every structural allele of the table by row; repeat calls are not among them."""
    side = table.structural
    if not side.height or "svtype" not in side.columns:
        return {}
    frame = table.frame.select("chrom", "pos", "end", "alt", "kind")[side["row"].to_list()]
    found = {}
    copies = [f"copy_number_{i}" for i in range(len(table.samples))]
    for entry, site in zip(side.iter_rows(named=True), frame.iter_rows(named=True), strict=True):
        if site["kind"] not in (Kind.SYMBOLIC, Kind.BREAKEND) or _is_repeat(entry, site["alt"]):
            continue
        kind = "BND" if site["kind"] == Kind.BREAKEND else _kind(entry["svtype"], site["alt"])
        end = max(site["pos"], site["end"] or 0)
        length = abs(entry["svlen"]) if entry["svlen"] else end - site["pos"]
        number = tuple(entry.get(name) for name in copies)
        stated = entry["copy_number"]
        if stated is not None and not any(n is not None for n in number) and len(number) == 1:
            number = (stated,)
        found[entry["row"]] = Structure(
            table.build, kind, site["chrom"], site["pos"], end, length or None, number
        )
    return found


def _is_repeat(entry: Mapping[str, Any], alt: str) -> bool:
    return bool(entry["repeat_id"] or entry["repeat_unit"] or alt.startswith("<STR"))


def _kind(svtype: str | None, alt: str) -> str:
    name = (svtype or alt.strip("<>")).split(":")[0].upper()
    if name.startswith("CN") and name != "CNV":
        number = name.removeprefix("CN")
        return "DEL" if number in ("0", "1") else "DUP"
    return name


def carried_by_number(found: Mapping[int, Structure], table: VariantTable, sample: int) -> list[int]:
    """Rows without a called genotype whose copy number shows that the sample carries the change."""
    called = table.frame[f"s{sample}_called"]
    return [row for row, one in found.items() if not called[row] and (one.changed(sample, 2) or 0) > 0]


def structural_evidence(
    one: Structure, gene: str, consequence: str, knowledge: Knowledge, *, genes: int
) -> tuple[tuple[Contribution, ...], tuple[Contribution, ...]]:
    """Reasons for a dominant and for a recessive disease of one gene; ``genes``: how many it meets."""
    whole = consequence.startswith(("transcript_ablation", "transcript_amplification"))
    inside = _inside(one, gene, knowledge)
    value, words = _effect(one, whole=whole, inside=inside)
    text = tr("{what}, {size}; {genes} disease genes affected", what=words, size=_size(one), genes=genes)
    effect = Contribution("variant", gene, value, text)
    loses = one.loses or not one.gains or inside
    dominant = (effect, *_dosage(gene, knowledge, loses=loses), *_mechanism(gene, knowledge, loses=loses))
    if loses:
        return dominant, (effect,)
    against = tr("An additional copy does not explain a recessive disease by itself")
    return dominant, (effect, Contribution("variant", gene, NOT_LOSS_RECESSIVE, against))


def _inside(one: Structure, gene: str, knowledge: Knowledge) -> bool:
    """Whether both ends lie within the gene, which is then torn apart rather than left or doubled whole."""
    loci = (transcript.locus for transcript in knowledge.genes.transcripts(gene, one.build))
    return any(locus.start < one.start and one.end < locus.end for locus in loci)


def _effect(one: Structure, *, whole: bool, inside: bool) -> tuple[float, str]:
    if one.loses:
        return (
            (WHOLE_LOSS, tr("Deletion of the whole gene"))
            if whole
            else (PART_LOSS, tr("Deletion of a part of the gene"))
        )
    if one.gains:
        if whole:
            return WHOLE_GAIN, tr("Duplication of the whole gene")
        if inside:
            return INSIDE_GAIN, tr("Duplication within the gene")
        return PART_GAIN, tr("Duplication of one end of the gene, which may leave an intact copy")
    if one.kind == "INV":
        return CUT, tr("Inversion with an end in the gene")
    if one.kind == "INS":
        return CUT, tr("Insertion into the gene")
    return CUT, tr("Breakend in the gene")


def _dosage(gene: str, knowledge: Knowledge, *, loses: bool) -> tuple[Contribution, ...]:
    """Whether the gene bears the change of its number of copies."""
    known = knowledge.genes.constraint(gene)
    if known is None:
        return ()
    if not loses:
        if known.ptriplo is None:
            return ()
        value = SENSITIVE if known.ptriplo >= TRIPLO_SENSITIVE else INSENSITIVE
        text = tr("Sensitivity to a third copy: pTriplo {value}", value=f"{known.ptriplo:.2f}")
        return (Contribution("variant", gene, value, text, _CITATION),)
    if known.phaplo is not None:
        middle = UNKNOWN if known.phaplo >= 0.5 else INSENSITIVE
        value = SENSITIVE if known.phaplo >= HAPLO_SENSITIVE else middle
        text = tr("Sensitivity to losing one copy: pHaplo {value}", value=f"{known.phaplo:.2f}")
        return (Contribution("variant", gene, value, text, _CITATION),)
    if known.loeuf is None:
        return ()
    middle = UNKNOWN if known.loeuf <= LOEUF_BETWEEN else INSENSITIVE
    value = SENSITIVE if known.loeuf <= LOEUF_SENSITIVE else middle
    text = tr("The gene's tolerance of losing one copy (LOEUF {value})", value=f"{known.loeuf:.2f}")
    return (Contribution("variant", gene, value, text, Citation("gnomAD", version="v2.1.1")),)


def _mechanism(gene: str, knowledge: Knowledge, *, loses: bool) -> tuple[Contribution, ...]:
    """How the gene's dominant diseases come about, as far as Gene2Phenotype says it."""
    told = {
        record.mechanism
        for record in knowledge.genes.diseases(gene)
        if record.mechanism not in ("", "uncertain") and record.requirement != "biallelic"
    }
    if not told:
        return ()
    fits = bool(told & ({_LOSS} if loses else _GAIN))
    value = HARMS_BY_LOSS if fits else HARMS_OTHERWISE
    text = tr("Known mechanism of the gene's diseases: {what}", what=", ".join(sorted(told)))
    return (Contribution("variant", gene, value, text, Citation("Gene2Phenotype")),)


def _size(one: Structure) -> str:
    if not one.length or one.kind in ("BND", "INS"):
        return tr("size not given") if one.kind != "BND" else tr("joined to another place")
    if one.length < 1000:
        return tr("{size} bases", size=one.length)
    return tr("{size} kb", size=f"{one.length / 1000:,.1f}")
