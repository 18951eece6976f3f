"""The criteria of ACMG/AMP, one small function each: facts and rules in, a reasoned verdict out."""

from collections.abc import Callable

from genoai_desktop.analysis.classification.facts import LossOfFunction, Panel, VariantFacts
from genoai_desktop.analysis.classification.rules import Rules
from genoai_desktop.analysis.classification.splicing import SkippedExon
from genoai_desktop.analysis.classification.verdicts import met, not_assessed, not_met, panel_source
from genoai_desktop.domain.acmg import Criterion, Strength
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import FrequencyKind

_TRUNCATING = {"stop_gained", "frameshift_variant"}
Judge = Callable[[VariantFacts, Rules], Criterion]


def pvs1(facts: VariantFacts, rules: Rules) -> Criterion:
    """The decision tree for null variants (Abou Tayoun 2018)."""
    if not facts.null:
        return not_met("PVS1", tr("Not certainly a null variant."))
    if facts.loss_of_function is LossOfFunction.UNKNOWN:
        return not_assessed(
            "PVS1", tr("It is not known that loss of function of {gene} causes disease.", gene=facts.gene)
        )
    strength, why = _null_strength(facts, rules)
    if facts.loss_of_function is LossOfFunction.LIKELY and strength > Strength.SUPPORTING:
        strength = {Strength.VERY_STRONG: Strength.STRONG, Strength.STRONG: Strength.MODERATE}.get(
            strength, Strength.SUPPORTING
        )
        why = tr("{why} One step lower: the mechanism is likely, not established.", why=why)
    reason = f"{why} {facts.loss_of_function_reason}".strip()
    return met("PVS1", strength, reason, rules.source("pvs1_large_loss"))


def _null_strength(facts: VariantFacts, rules: Rules) -> tuple[Strength, str]:
    if "start_lost" in facts.consequence:
        return Strength.MODERATE, tr("The start codon is lost.")
    if facts.skipped is not None:
        return _skipping_strength(facts, facts.skipped, rules)
    if not facts.escapes_decay:
        return Strength.VERY_STRONG, tr("Null variant, expected to undergo nonsense-mediated decay.")
    lost = _share_lost(facts)
    if _critical(facts, rules):
        text = tr("Escapes decay and removes a stretch in which missense changes are known to be pathogenic.")
        return Strength.STRONG, text
    if lost is not None and lost <= rules["pvs1_large_loss"]:
        return Strength.MODERATE, tr(
            "Escapes decay and removes {share} of the protein.", share=f"{lost * 100:.3g} %"
        )
    return Strength.STRONG, tr("Escapes decay and removes more than a tenth of the protein.")


def _skipping_strength(facts: VariantFacts, exon: SkippedExon, rules: Rules) -> tuple[Strength, str]:
    share = f"{exon.lost * 100:.3g} %"
    if not exon.coding or exon.first:
        text = tr("Exon {n}, if skipped, takes the start codon or nothing of the protein.", n=exon.number)
        return (Strength.MODERATE if exon.first else Strength.SUPPORTING), text
    if not exon.escapes_decay:
        text = tr("Skipping exon {n} shifts the frame; nonsense-mediated decay is expected.", n=exon.number)
        return Strength.VERY_STRONG, text
    large = exon.lost > rules["pvs1_large_loss"] or _critical(facts, rules)
    strength = Strength.STRONG if large else Strength.MODERATE
    if exon.in_frame:
        return strength, tr(
            "Skipping exon {n} keeps the frame and removes {share} of the protein.",
            n=exon.number,
            share=share,
        )
    return strength, tr(
        "Skipping exon {n} shifts the frame near the end: {share} of the protein changes, without decay.",
        n=exon.number,
        share=share,
    )


def _critical(facts: VariantFacts, rules: Rules) -> bool:
    """Whether the stretch that is lost is known to matter: more pathogenic missense changes than benign."""
    bad, good = facts.lost_known
    return bad >= rules["pvs1_critical_from"] and bad > good


def _share_lost(facts: VariantFacts) -> float | None:
    if facts.aa_position is None or not facts.protein_length:
        return None
    return max(0.0, 1 - facts.aa_position / facts.protein_length)


def ps1(facts: VariantFacts, rules: Rules) -> Criterion:
    """The same amino-acid change by another nucleotide change, known to be pathogenic."""
    same = [n for n in facts.neighbours if n.same_change and n.pathogenic]
    if "missense_variant" not in facts.consequence:
        return not_met("PS1", tr("Not a missense variant."))
    if not same:
        # The known amino-acid changes come without their nucleotide change, which may be this very one.
        text = tr("It is not known whether another nucleotide change with this effect is pathogenic.")
        return not_assessed("PS1", text)
    return met("PS1", Strength.STRONG, f"{same[0].change}, {same[0].source}", rules.source("lr_supporting"))


def pm5(facts: VariantFacts, rules: Rules) -> Criterion:
    """Another change of the same residue is pathogenic; or what the gene's panel says of truncations."""
    del rules
    if facts.panel and facts.panel.truncating and set(facts.consequence) <= _TRUNCATING:
        first, last = facts.panel.truncating
        if first <= (facts.aa_position or 0) <= last:
            text = tr("Truncation between residues {a} and {b}, by the gene's panel.", a=first, b=last)
            return met("PM5", Strength.SUPPORTING, text, panel_source(facts.panel))
    if set(facts.consequence) != {"missense_variant"}:
        return not_met("PM5", tr("Not certainly a missense variant."))
    other = [n for n in facts.neighbours if n.pathogenic and not n.same_change]
    if not other:
        return not_met("PM5", tr("No other change of this residue is known to be pathogenic."))
    if any(not n.pathogenic and not n.same_change for n in facts.neighbours):
        return not_met("PM5", tr("Other changes of this residue are known to be benign as well."))
    shown = "; ".join(sorted({f"{n.change} ({n.source})" for n in other})[:3])
    return met("PM5", Strength.MODERATE, tr("Same residue: {changes}.", changes=shown))


def pm1(facts: VariantFacts, rules: Rules) -> Criterion:
    """In a stretch crowded with pathogenic changes and free of benign ones."""
    if set(facts.consequence) != {"missense_variant"}:
        return not_met("PM1", tr("Not certainly a missense variant."))
    if facts.panel and (facts.panel.hot or not facts.panel.pm1):
        return _panel_pm1(facts, facts.panel)
    if facts.hotspot is None:
        return not_assessed("PM1", tr("The residue's surroundings are not known."))
    bad, good = facts.hotspot
    text = tr(
        "Weighted pathogenic changes nearby {bad}, benign {good}.", bad=f"{bad:.1f}", good=f"{good:.1f}"
    )
    steps = (
        ("pm1_pathogenic_from", Strength.MODERATE),
        ("pm1_pathogenic_supporting_from", Strength.SUPPORTING),
    )
    for name, strength in steps:
        if bad >= rules[name] and good < rules["pm1_benign_below"]:
            return met("PM1", strength, text, rules.source(name))
    return not_met("PM1", text)


def _panel_pm1(facts: VariantFacts, panel: Panel) -> Criterion:
    """The residues that the gene's expert panel names, and no others."""
    if not panel.pm1:
        return not_met(
            "PM1", tr("The gene's expert panel does not use PM1 ({source}).", source=panel.reference)
        )
    position = facts.aa_position or 0
    points = max((worth for first, last, worth in panel.hot if first <= position <= last), default=0)
    if not points:
        return not_met(
            "PM1", tr("Outside the stretches of the gene's expert panel ({source}).", source=panel.reference)
        )
    text = tr("Residue {n} is in a stretch that the gene's expert panel names.", n=position)
    return met("PM1", Strength(points), text, panel_source(panel))


def pm4(facts: VariantFacts, rules: Rules) -> Criterion:
    """The protein's length changes in frame, outside a repeat."""
    del rules
    changes = {"inframe_deletion", "inframe_insertion", "stop_lost", "protein_altering_variant"}
    if not changes & set(facts.consequence):
        return not_met("PM4", tr("The length of the protein does not change in frame."))
    if facts.in_repeat:
        return not_met("PM4", tr("Within a repetitive stretch."))
    strength = Strength.SUPPORTING if abs(facts.length_change) == 1 else Strength.MODERATE
    return met("PM4", strength, tr("The length of the protein changes in frame."))


def bp3(facts: VariantFacts, rules: Rules) -> Criterion:
    """An in-frame change within a repetitive stretch."""
    del rules
    if facts.in_repeat and {"inframe_deletion", "inframe_insertion"} & set(facts.consequence):
        return met("BP3", Strength.SUPPORTING, tr("In-frame change of a repetitive stretch."))
    return not_met("BP3", tr("Not an in-frame change of a repetitive stretch."))


def pp2(facts: VariantFacts, rules: Rules) -> Criterion:
    """A missense variant of a gene whose expert panel gives PP2.

    Missense constraint alone is not enough: z of 3.09 or more had a likelihood ratio of 1.0 among 16,000
    ClinVar 2016 variants (evaluation genes left out).
    """
    del rules
    if set(facts.consequence) != {"missense_variant"}:
        return not_met("PP2", tr("Not certainly a missense variant."))
    if facts.panel is None:
        return not_assessed("PP2", tr("No expert panel has said whether missense is the usual mechanism."))
    if facts.panel.pp2:
        text = tr("The gene's expert panel gives PP2 to missense variants.")
        return met("PP2", Strength.SUPPORTING, text, panel_source(facts.panel))
    return not_met("PP2", tr("The gene's expert panel does not use PP2 ({s}).", s=facts.panel.reference))


def ps4(facts: VariantFacts, rules: Rules) -> Criterion:
    """Reported in patients. Only what UniProt's curators read in the literature is bundled."""
    if not facts.observed_disease:
        return not_assessed("PS4", tr("Needs case counts from the literature or the laboratory."))
    if facts.frequency_kind is not FrequencyKind.ABSENT:
        return not_assessed(
            "PS4", tr("Reported in patients, and seen in the population: needs a case-control comparison.")
        )
    text = tr(
        "UniProt's curators found this change reported in patients: {disease}. Their number is not known; "
        "read the publications.",
        disease=facts.observed_disease.split("|")[0],
    )
    name = "ps4_uniprot_points"
    return met("PS4", Strength(int(rules[name])), text, rules.source(name))


def bp7(facts: VariantFacts, rules: Rules) -> Criterion:
    """A silent or deep intronic change away from the splice sites."""
    silent = set(facts.consequence) == {"synonymous_variant"}
    distance = facts.splice_distance
    if silent and (distance is None or distance >= 3):
        return met("BP7", Strength.SUPPORTING, tr("Synonymous, away from the splice sites."))
    if facts.intronic and distance is not None and distance >= rules["bp7_intron_acceptor_from"]:
        text = tr("Intronic, {n} bases from the exon.", n=distance)
        return met("BP7", Strength.SUPPORTING, text, rules.source("bp7_intron_acceptor_from"))
    return not_met("BP7", tr("Not silent, or near a splice site."))
