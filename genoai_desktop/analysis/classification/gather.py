"""Gather what is known of a variant for the criteria, from its annotation and the bundled tables."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import polars as pl

from genoai_desktop.analysis.classification.facts import Neighbour, StartLoss, VariantFacts
from genoai_desktop.analysis.classification.family import FamilyFacts
from genoai_desktop.analysis.classification.gene_context import gene_contexts
from genoai_desktop.analysis.classification.known_changes import (
    KnownChange,
    KnownChanges,
    missense_count,
    null_count,
    same_change,
    same_site,
    truncations_from,
)
from genoai_desktop.analysis.classification.mechanism import Mechanism
from genoai_desktop.analysis.classification.missense import GeneContext, complexity, features, neighbours_of
from genoai_desktop.analysis.classification.panels import Panels
from genoai_desktop.analysis.classification.rules import Rules, read_rules
from genoai_desktop.analysis.classification.splice_place import SplicePlaces, splice_place
from genoai_desktop.analysis.classification.splicing import SkippedExon, deleted_exons, skipped_exon
from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.variant import FrequencyKind
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.clinvar import ClinVarClass
from genoai_desktop.knowledge.locations import models
from genoai_desktop.models.missense import MissenseModel, fold_of

Change = tuple[str, int, str, str]
"""Gene, 1-based residue, old and new residue."""
_BASES = re.compile(r"([ACGT])>([ACGT])$")
_EXON = re.compile(r"exon (\d+) of (\d+)")
_KINDS = (FrequencyKind.ABSENT, FrequencyKind.LISTED, FrequencyKind.MEASURED)
_DECAY_WINDOW = 50
"""Bases before the last exon junction within which a stop escapes decay (Abou Tayoun 2018)."""
_PATHOGENIC = (ClinVarClass.LIKELY_PATHOGENIC, ClinVarClass.PATHOGENIC)
_STARS = 2
_EXON_SIZED = 30
"""Bases from which a deletion is judged by the exons that it takes, not as a small change."""
_LISTED_REACH = 10
"""Bases into the intron that exome listings cover."""
_MITOCHONDRION = chromosome_code("MT")
_REPEAT_COMPLEXITY = 1.5
"""Shannon entropy (nats) of the residues around, below which a stretch counts as repetitive."""


class Gatherer:
    """Holds what is loaded once: rules, model, gene contexts.

    ``heed_clinvar``: a pathogenic record of the variant itself holds back BA1 and BS1; off where the
    criteria are measured without ClinVar's word.
    """

    def __init__(self, knowledge: Knowledge, *, heed_clinvar: bool = True) -> None:
        self._heed_clinvar = heed_clinvar
        self._knowledge = knowledge
        self._contexts = gene_contexts(knowledge)
        self._model = MissenseModel(models())
        self._predicted: dict[Change, float | None] = {}
        self._panels = Panels(knowledge.bundle)
        self._known_changes = KnownChanges(knowledge)
        self._mechanism = Mechanism(knowledge)
        self._splice_places = SplicePlaces(knowledge.bundle)

    @cached_property
    def rules(self) -> Rules:
        """Thresholds with their sources."""
        return read_rules(self._knowledge.bundle)

    @cached_property
    def clinical(self) -> frozenset[str]:
        """Transcripts of MANE Plus Clinical: second to MANE Select where both say the same."""
        table = self._knowledge.bundle.table("transcripts")
        return frozenset(table.filter(pl.col("clinical"))["transcript"])

    def facts(
        self,
        effect: Mapping[str, Any],
        known: Mapping[str, Any],
        build: Build,
        *,
        recessive: bool | None = None,
        de_novo: bool | None = None,
        parents_confirmed: bool = False,
        family: FamilyFacts | None = None,
        disease: str = "",
    ) -> VariantFacts:
        """Facts of one row of ``effects`` with its row of ``variants`` (see ``Annotated``).

        ``disease``: its name, where one is in question; some panels' rules are for one disease alone.
        """
        gene, alt, position = effect["gene"], effect["aa_alt"] or "", effect["aa_position"]
        context = self._contexts[gene]
        changes = self._known_changes.of(effect, build, (known["pos"], known["ref"], known["alt"]))
        nulls = null_count(changes)
        loss, why = self._mechanism.loss_of_function(gene, nulls, self.rules)
        placed = self._placed(effect, known, build)
        terms = placed.consequence
        return replace(
            placed,
            start=self._start(gene, changes) if "start_lost" in terms else None,
            known_kinds=(missense_count(changes), nulls),
            lost_truncations=truncations_from(changes, position or 0),
            same_change=same_change(changes, effect),
            same_site=same_site(changes, effect, known["pos"]),
            frequency_kind=_KINDS[known["freq_kind"]],
            frequency=known["freq_max"],
            frequency_source=known["freq_source"] or "",
            known_pathogenic=self._heed_clinvar and _known_pathogenic(known),
            recessive=self._mechanism.recessive(gene) if recessive is None else recessive,
            loss_of_function=loss,
            loss_of_function_reason=why,
            neighbours=self._neighbours(gene, position, alt),
            hotspot=neighbours_of(context, position)[:2] if context and position else None,
            splice_ratio=self._splice_ratio(effect, known["pos"], build),
            missense_probability=self._probability(effect, terms),
            missense_version=self._model.version,
            de_novo=de_novo,
            parents_confirmed=parents_confirmed,
            family=family,
            panel=self._panels.of(gene, disease),
            observed_disease=self._panels.observed(_change(effect)) if "missense_variant" in terms else "",
        )

    def _placed(self, effect: Mapping[str, Any], known: Mapping[str, Any], build: Build) -> VariantFacts:
        """Where the variant stands in its transcript and protein, and what it takes of them."""
        gene, position, distance = effect["gene"], effect["aa_position"], effect["splice_distance"]
        terms = tuple(re.split(r" or |&", effect["consequence"]))
        exon = _EXON.search(effect["region"] or "")
        number, count = (int(exon[1]), int(exon[2])) if exon else (None, None)
        context = self._contexts[gene]
        skipped = self._skipped(gene, effect, known, terms, build)
        if skipped is not None and skipped.deleted:
            terms = ("exon_loss_variant",)
        return VariantFacts(
            gene=gene,
            consequence=terms,
            region=effect["region"] or "",
            exon=number,
            exons=count,
            splice_distance=abs(distance) if distance is not None else None,
            intronic=(effect["region"] or "").startswith("intron"),
            aa_position=position,
            aa_ref=effect["aa_ref"] or "",
            aa_alt=effect["aa_alt"] or "",
            protein_length=len(context.sequence) if context else None,
            escapes_decay=self._escapes_decay(gene, effect, number, count, build),
            skipped=skipped,
            substitution=len(known["ref"]) == len(known["alt"]) == 1,
            upstream="-" in (effect["hgvs_c"] or "").partition("c.")[2][1:],
            lost_known=_lost_known(context, skipped, position),
            length_change=_length_change(known),
            in_repeat=self._in_repeat(gene, position),
            listed_region=known["chrom"] != _MITOCHONDRION and _listed_region(effect),
        )

    def bare(
        self, gene: str, known: Mapping[str, Any], *, recessive: bool | None = None, disease: str = ""
    ) -> VariantFacts:
        """Facts of a variant outside every bundled transcript: how common it is, and no more."""
        return VariantFacts(
            gene,
            (),
            frequency_kind=_KINDS[known["freq_kind"]],
            frequency=known["freq_max"],
            frequency_source=known["freq_source"] or "",
            known_pathogenic=self._heed_clinvar and _known_pathogenic(known),
            recessive=self._mechanism.recessive(gene) if recessive is None else recessive,
            panel=self._panels.of(gene, disease),
        )

    def predict(self, effects: Iterable[Mapping[str, Any]]) -> None:
        """Judge the missense changes among rows of ``effects`` in one go per classifier, and keep them.

        One at a time costs 20 ms each, all at once next to nothing; ``facts`` judges what was not asked
        for here by itself.
        """
        folds: dict[int, list[tuple[Change, list[float]]]] = {}
        for change in {_change(effect) for effect in effects} - self._predicted.keys():
            context = self._contexts[change[0]] if _predictable(change) else None
            row = features(context, *change[1:]) if context else None
            if row is None:
                self._predicted[change] = None
            else:
                folds.setdefault(fold_of(change[0]), []).append((change, row))
        for asked in folds.values():
            found = self._model.probability(asked[0][0][0], [row for _, row in asked])
            for (change, _), probability in zip(asked, found, strict=True):
                self._predicted[change] = float(probability)

    def _probability(self, effect: Mapping[str, Any], terms: tuple[str, ...]) -> float | None:
        if terms != ("missense_variant",):
            return None
        self.predict([effect])
        return self._predicted[_change(effect)]

    def _escapes_decay(
        self, gene: str, effect: Mapping[str, Any], number: int | None, count: int | None, build: Build
    ) -> bool:
        if count == 1 or (number is not None and number == count):
            return True
        if number is None or count is None or number != count - 1:
            return False
        transcript = self._knowledge.genes.transcript(gene, build)
        distance = effect["splice_distance"]
        if transcript is None or distance is None:
            return False
        # The nearer edge is the 3' one only in the second half of the exon: longer exons tell it apart.
        start, end = transcript.exons[1] if transcript.reverse else transcript.exons[-2]
        return abs(distance) < _DECAY_WINDOW and self._near_end(effect, transcript.reverse, start, end)

    def _skipped(
        self,
        gene: str,
        effect: Mapping[str, Any],
        known: Mapping[str, Any],
        terms: tuple[str, ...],
        build: Build,
    ) -> SkippedExon | None:
        """Exons that a deletion takes, or the one beside a lost splice site."""
        transcript = self._knowledge.genes.transcript(gene, build)
        if transcript is None or transcript.name != effect["transcript"]:
            return None
        removed = _removed(known)
        if removed is not None:
            return deleted_exons(transcript, *removed)
        if len(terms) != 1 or terms[0] not in ("splice_donor_variant", "splice_acceptor_variant"):
            return None
        return skipped_exon(transcript, effect["region"] or "", terms[0] == "splice_donor_variant")

    def _splice_ratio(self, effect: Mapping[str, Any], position: int, build: Build) -> float | None:
        """Of a substitution beside a splice site; bases and side are the transcript's."""
        bases = _BASES.search(effect["hgvs_c"] or "")
        transcript = self._knowledge.genes.transcript(effect["gene"], build)
        if bases is None or transcript is None or transcript.name != effect["transcript"]:
            return None
        place = splice_place(effect, transcript, position)
        return self._splice_places.ratio(place, bases[1], bases[2]) if place else None

    def _start(self, gene: str, changes: list[KnownChange]) -> StartLoss:
        """What lies between the lost start codon and the next methionine."""
        context = self._contexts[gene]
        at = context.sequence.find("M", 1) if context else -1
        if context is None or at < 0:
            return StartLoss(None, 0)
        labels = int(
            ((context.known_positions > 1) & (context.known_positions <= at) & context.known_pathogenic).sum()
        )
        return StartLoss(at + 1, labels + sum(1 < change.residue <= at for change in changes))

    @staticmethod
    def _near_end(effect: Mapping[str, Any], reverse: bool, start: int, end: int) -> bool:
        position = effect.get("pos")
        if position is None:
            return True
        return bool(position - start < _DECAY_WINDOW if reverse else end - position < _DECAY_WINDOW)

    def _in_repeat(self, gene: str, position: int | None) -> bool:
        context = self._contexts[gene]
        if context is None or not position or not 0 < position <= len(context.sequence):
            return False
        return complexity(context.sequence, position) < _REPEAT_COMPLEXITY

    def _neighbours(self, gene: str, position: int | None, alt: str) -> tuple[Neighbour, ...]:
        if not position or not alt:
            return ()
        return tuple(
            Neighbour(f"{ref}{position}{other}", pathogenic, "UniProt or ClinVar")
            for ref, other, pathogenic in self._labels(gene).get(position, ())
            if other != alt
        )

    def _labels(self, gene: str) -> dict[int, list[tuple[str, str, bool]]]:
        """Published changes of one gene by residue; few genes are ever asked for."""
        if gene not in self._known_labels:
            found: dict[int, list[tuple[str, str, bool]]] = {}
            table = self._knowledge.bundle.table("protein_labels").filter(pl.col("gene") == gene)
            columns = table.select("aa_position", "aa_ref", "aa_alt", "pathogenic")
            for position, ref, alt, bad in columns.iter_rows():
                found.setdefault(position, []).append((ref, alt, bad))
            self._known_labels[gene] = found
        return self._known_labels[gene]

    @cached_property
    def _known_labels(self) -> dict[str, dict[int, list[tuple[str, str, bool]]]]:
        return {}


def _listed_region(effect: Mapping[str, Any]) -> bool:
    """Coding sequence and its splice sites; exome listings do not cover the untranslated regions."""
    region, distance = effect["region"] or "", effect["splice_distance"]
    if region.startswith("intron"):
        return distance is not None and abs(distance) <= _LISTED_REACH
    return "UTR" not in region and "UTR" not in (effect["consequence"] or "")


def _lost_known(
    context: GeneContext | None, skipped: SkippedExon | None, position: int | None
) -> tuple[int, int]:
    """Pathogenic and benign changes known in the skipped exon, or from a truncation on."""
    if context is None or (skipped is None and not position):
        return 0, 0
    first, last = skipped.residues if skipped else (position or 0, len(context.sequence))
    inside = (context.known_positions >= first) & (context.known_positions <= last)
    bad = int((inside & context.known_pathogenic).sum())
    return bad, int(inside.sum()) - bad


def _change(effect: Mapping[str, Any]) -> Change:
    return effect["gene"], effect["aa_position"] or 0, effect["aa_ref"] or "", effect["aa_alt"] or ""


def _predictable(change: Change) -> bool:
    _, position, ref, alt = change
    return bool(position and ref and alt)


def _known_pathogenic(known: Mapping[str, Any]) -> bool:
    current = not known.get("clinvar_dated")
    return current and (known.get("clinvar_class") or 0) in _PATHOGENIC and known["clinvar_stars"] >= _STARS


def _removed(known: Mapping[str, Any]) -> tuple[int, int] | None:
    """First and last base of a deletion that is long enough to take an exon, 1-based."""
    ref, alt, pos = known["ref"] or "", known["alt"] or "", known["pos"]
    if alt.startswith("<DEL"):
        return pos + 1, max(pos + 1, known.get("end") or pos)  # POS is the base before it
    if len(ref) - len(alt) < _EXON_SIZED or len(alt) > 1:
        return None
    return pos + len(alt), pos + len(ref) - 1


def _length_change(known: Mapping[str, Any]) -> int:
    ref, alt = known.get("ref") or "", known.get("alt") or ""
    change = len(alt) - len(ref)
    return change // 3 if change % 3 == 0 else 0
