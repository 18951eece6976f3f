"""The criteria of ACMG/AMP, one small function each: facts and rules in, a reasoned verdict out."""

from collections.abc import Callable

from genoai_desktop.analysis.classification.facts import Panel, VariantFacts
from genoai_desktop.analysis.classification.null_variants import TRUNCATING
from genoai_desktop.analysis.classification.rules import Rules
from genoai_desktop.analysis.classification.verdicts import met, not_assessed, not_met, panel_source
from genoai_desktop.domain.acmg import Criterion, Strength
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import FrequencyKind

Judge = Callable[[VariantFacts, Rules], Criterion]


def ps1(facts: VariantFacts, rules: Rules) -> Criterion:
    """The same amino-acid change by another base, or another change of the same splice base (Walker 2023).

    Whether the two splice changes are predicted to do the same is not known here, so the splice form
    is given one step below what Walker 2023 allows.
    """
    source = rules.source("ps1_missense_points")
    if facts.same_change is not None:
        points = rules["ps1_missense_points"] if facts.same_change.definite else rules["ps1_likely_points"]
        text = tr(
            "The same amino-acid change by another base is known to be pathogenic: {name} ({source}).",
            name=facts.same_change.name,
            source=facts.same_change.source,
        )
        return met("PS1", Strength(int(points)), text, source)
    if facts.same_site is not None and facts.same_site.definite:
        canonical = facts.null
        name = "ps1_dinucleotide_points" if canonical else "ps1_splice_points"
        text = tr(
            "Another change of the same splice site is known to be pathogenic: {name} ({source}).",
            name=facts.same_site.name,
            source=facts.same_site.source,
        )
        return met("PS1", Strength(int(rules[name])), text, rules.source(name))
    if set(facts.consequence) == {"missense_variant"}:
        if not facts.aa_alt:
            return not_assessed("PS1", tr("The new residue is not known."))
        return not_met("PS1", tr("No other base change with this effect is known to be pathogenic."))
    return not_met("PS1", tr("Neither a missense change nor one of a known pathogenic splice site."))


def pm5(facts: VariantFacts, rules: Rules) -> Criterion:
    """Another change of the same residue is pathogenic; or what the gene's panel says of truncations."""
    del rules
    if facts.panel and facts.panel.truncating and set(facts.consequence) <= TRUNCATING:
        first, last = facts.panel.truncating
        if first <= (facts.aa_position or 0) <= last:
            text = tr("Truncation between residues {a} and {b}, by the gene's panel.", a=first, b=last)
            return met("PM5", Strength.SUPPORTING, text, panel_source(facts.panel, "PM5"))
    if set(facts.consequence) != {"missense_variant"}:
        return not_met("PM5", tr("Not certainly a missense variant."))
    other = [n for n in facts.neighbours if n.pathogenic]
    if not other:
        return not_met("PM5", tr("No other change of this residue is known to be pathogenic."))
    if any(not n.pathogenic for n in facts.neighbours):
        return not_met("PM5", tr("Other changes of this residue are known to be benign as well."))
    shown = "; ".join(sorted({f"{n.change} ({n.source})" for n in other})[:3])
    return met("PM5", Strength.MODERATE, tr("Same residue: {changes}.", changes=shown))


def pm1(facts: VariantFacts, rules: Rules) -> Criterion:
    """In a stretch crowded with pathogenic changes and free of benign ones."""
    if set(facts.consequence) != {"missense_variant"}:
        return not_met("PM1", tr("Not certainly a missense variant."))
    if facts.panel and facts.panel.hot:
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
    position = facts.aa_position or 0
    points = max((worth for first, last, worth in panel.hot if first <= position <= last), default=0)
    if not points:
        return not_met(
            "PM1", tr("Outside the stretches of the gene's expert panel ({source}).", source=panel.reference)
        )
    text = tr("Residue {n} is in a stretch that the gene's expert panel names.", n=position)
    return met("PM1", Strength(points), text, panel_source(panel, "PM1"))


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
        return met("PP2", Strength.SUPPORTING, text, panel_source(facts.panel, "PP2"))
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


def bp1(facts: VariantFacts, rules: Rules) -> Criterion:
    """Changes of a kind, or of stretches, that do not cause the gene's disease.

    By its expert panel, or, where it has none, by what is known to be pathogenic in it.
    """
    panel = facts.panel
    if panel is None:
        return _bp1_by_mechanism(facts, rules)
    if not panel.bp1_points:
        return not_assessed("BP1", tr("The gene's expert panel does not say when to use it."))
    strong = panel.bp1_points >= Strength.STRONG
    kinds = _BP1_STRONG if strong else frozenset({"missense_variant"})
    if not facts.consequence or not set(facts.consequence) <= kinds:
        return not_met("BP1", tr("Not a kind of change to which the gene's panel gives BP1."))
    position = facts.aa_position or 0
    near = facts.splice_distance is not None and facts.splice_distance < rules["silent_distance_from"]
    if not position or near or any(first <= position <= last for first, last in panel.bp1_except):
        return not_met(
            "BP1", tr("In a stretch that the gene's panel names as critical, or near a splice site.")
        )
    text = tr("Outside the stretches that the gene's panel names as critical.")
    return met("BP1", Strength(panel.bp1_points), text, panel_source(panel, "BP1"))


def _bp1_by_mechanism(facts: VariantFacts, rules: Rules) -> Criterion:
    missense, null = facts.known_kinds
    if set(facts.consequence) != {"missense_variant"}:
        return not_met("BP1", tr("Not certainly a missense variant."))
    text = tr(
        "Of the changes known to be pathogenic in {gene}, {null} are null and {missense} missense.",
        gene=facts.gene,
        null=null,
        missense=missense,
    )
    if null < rules["bp1_nulls_from"]:
        return not_assessed("BP1", tr("{text} Too few to tell the mechanism.", text=text))
    if missense < rules["bp1_missense_share_below"] * (missense + null):
        return met("BP1", Strength.SUPPORTING, text, rules.source("bp1_missense_share_below"))
    return not_met("BP1", text)


_BP1_STRONG = frozenset({"missense_variant", "synonymous_variant", "inframe_deletion", "inframe_insertion"})


def bp7(facts: VariantFacts, rules: Rules) -> Criterion:
    """A silent or deep intronic base change away from the splice sites (Walker 2023).

    Walker 2023 also asks for a splice predictor's word; none is bundled, and every reason says so.
    """
    silent = set(facts.consequence) == {"synonymous_variant"}
    distance = facts.splice_distance
    if not facts.substitution:
        return not_met("BP7", tr("Not one base for another."))
    if silent and (distance is None or distance >= rules["silent_distance_from"]):
        text = tr("Synonymous, away from the splice sites. No splice predictor was consulted.")
        return met("BP7", Strength.SUPPORTING, text)
    name = "bp7_intron_acceptor_from" if facts.upstream else "bp7_intron_donor_from"
    if facts.intronic and distance is not None and distance >= rules[name]:
        text = tr("Intronic, {n} bases from the exon. No splice predictor was consulted.", n=distance)
        return met("BP7", Strength.SUPPORTING, text, rules.source(name))
    return not_met("BP7", tr("Not silent, or near a splice site."))
