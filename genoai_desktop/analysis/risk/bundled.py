"""Every bundled polygenic score of one person, placed among people of the same ancestry."""

import math
from dataclasses import dataclass

from genoai_desktop.analysis.risk.lifting import lifted
from genoai_desktop.analysis.risk.portability import (
    Expected,
    Place,
    Portability,
    alpha_share,
    expected,
    percentile,
)
from genoai_desktop.analysis.risk.score import Reference, Tally, haplotype_interactions, z_score
from genoai_desktop.analysis.risk.table_scores import bundled_score, tally_table
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.risk import AncestryEstimate, PolygenicScore
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.risk import RiskTables
from genoai_desktop.vcf.table import VariantTable

FEWEST_MATCHED = 0.8
"""Share of the sites below which no z-score is given: the reference describes the whole score."""
BREAST_SCORES = ("BCAC_313", "BCAC_307")
WEAKER = 0.9
"""Expected share of the effect below which a person is warned."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is known about a score at this person's ancestry."""

    place: Place | None
    expected: Expected | None
    effect: float | None
    notes: tuple[str, ...]
    warning: str


def bundled_scores(
    table: VariantTable,
    sample: int,
    sex: Sex,
    knowledge: Knowledge,
    ancestry: AncestryEstimate | None,
    portability: Portability,
    *,
    absent_is_reference: bool = False,
) -> tuple[PolygenicScore, ...]:
    """Every bundled score that fits the sex; positions known on the other build alone are lifted.

    The same person alone or among others gets the same figures: nothing is fitted on the file.
    """
    found = []
    tables = knowledge.risk
    for name, entry in sorted(tables.scores.items()):
        if sex is not Sex.UNKNOWN and sex.value not in entry["sexes"]:
            continue
        setting = _setting(name, tables, table, ancestry, portability)
        frequencies = setting.expected.frequencies if setting.expected else None
        score = bundled_score(name, tables, table.build, frequencies)
        if not score.sites:
            score = lifted(bundled_score(name, tables, table.build.other), table.build, knowledge)
        tally = tally_table(table, sample, score, absent_is_reference=absent_is_reference)
        if entry.get("interactions"):
            pairs = entry["interactions"]
            tally.score_sum += haplotype_interactions(tally.groups, entry["haplotype_rank"], pairs, 1)
        found.append(_result(name, score.total, tables, setting, tally, score.notes))
    return tuple(found)


def _setting(
    name: str,
    tables: RiskTables,
    table: VariantTable,
    ancestry: AncestryEstimate | None,
    portability: Portability,
) -> _Setting:
    entry = tables.scores[name]
    known, built_in = entry["ancestries"], entry["built_in"]
    effect = _effect(name, tables, ancestry, portability)
    warning = _warning(built_in, ancestry, effect)
    if not known:
        why = tr("No distribution of this score is known for any ancestry: no z-score and no percentile.")
        return _Setting(None, None, effect, (why,), warning)
    place = portability.place(ancestry, known) if ancestry else None
    if place is None:
        why = tr("The ancestry is not known, so nobody to compare with is either: no z-score.")
        return _Setting(None, None, effect, (why,), warning)
    frame = tables.score_weights(name, table.build)
    at_place = expected(frame, place, entry["reference"])
    if not place.near:
        why = tr(
            "Frequencies of this score's sites are known for {known} only, and this ancestry is too far from "
            "them: no z-score.",
            known=", ".join(known),
        )
        return _Setting(None, at_place, effect, (why,), warning)
    notes: tuple[str, ...] = (
        tr(
            "expected score at this ancestry ({mixture}) from published frequencies of {fitted} of {total} "
            "sites; the bundled 1000 Genomes genotypes hold too few of them to be used",
            mixture=_mixture(place),
            fitted=at_place.fitted,
            total=entry["variants"],
        ),
    )
    if not entry["reference"]:
        notes += (tr("the spread is computed as if sites were independent; none was published"),)
    return _Setting(place, at_place, effect, notes, warning)


def _effect(
    name: str, tables: RiskTables, ancestry: AncestryEstimate | None, portability: Portability
) -> float | None:
    """Share of the effect per SD that is expected to remain; published by ancestry before general."""
    if ancestry is None or not ancestry.proportions:
        return None
    entry = tables.scores[name]
    place = portability.place(ancestry, entry["ancestries"]) if entry["ancestries"] else None
    if place is not None and place.near:
        published = _breast_effect(place, tables) if name in BREAST_SCORES else None
        if published is None:
            published = alpha_share(place, entry["reference"])
        if published is not None:
            return round(published, 3)
    left = portability.remaining_accuracy(ancestry, entry["built_in"])
    return None if left is None else round(math.sqrt(left), 3)


def _breast_effect(place: Place, tables: RiskTables) -> float | None:
    """Published odds ratios per SD by ancestry; where none is, CanRisk's alpha relative to European."""
    ratios, alphas = tables.breast_score_effect, tables.scores[BREAST_SCORES[-1]]["reference"]
    top, total = math.log(ratios["EUR"][0]), 0.0
    for name, share in place.shares:
        if name in ratios:
            total += share * math.log(ratios[name][0]) / top
        elif name.lower() in alphas:
            total += share * alphas[name.lower()]["alpha"] / alphas["eur"]["alpha"]
        else:
            return None
    return total


def _warning(built_in: list[str], ancestry: AncestryEstimate | None, effect: float | None) -> str:
    names = ", ".join(built_in)
    if ancestry is None or not ancestry.proportions:
        return tr("Built in people of {names} ancestry; this person's ancestry is not known.", names=names)
    if ancestry.best in built_in and (effect is None or effect >= WEAKER):
        return ""
    if effect is None or round(effect * 100) >= 100:  # "less, about 100 %" would contradict itself
        return tr("Built in people of {names} ancestry, not in people like this one.", names=names)
    return tr(
        "Built in people of {names} ancestry. In this person's ancestry it says less: about {share} % of its "
        "effect is expected to remain.",
        names=names,
        share=round(effect * 100),
    )


def _mixture(place: Place) -> str:
    shown = sorted(place.shares, key=lambda pair: -pair[1])
    return ", ".join(f"{name} {share:.0%}" for name, share in shown if share >= 0.01)


def _result(
    name: str, total: int, tables: RiskTables, setting: _Setting, tally: Tally, common: tuple[str, ...]
) -> PolygenicScore:
    entry = tables.scores[name]
    raw = float(tally.score_sum[0])
    seen = tally.matched - int(tally.uncalled[0])
    enough = seen >= FEWEST_MATCHED * total
    at_place = setting.expected if setting.place else None
    z = (raw - at_place.mean) / at_place.sd if at_place and enough else None
    notes = [
        *setting.notes,
        *common,
        *(tr(reason.value) + f": {count}" for reason, count in sorted(tally.losses.items())),
    ]
    if tally.imputed:
        notes.append(tr("expected copies used for {count} sites", count=tally.imputed))
    if at_place and not enough:
        notes.append(tr("too few sites seen for a z-score"))
    place = percentile(z) if z is not None else None
    label = ""
    if z is not None and setting.place:
        label = tr("{name}, people of this ancestry ({mixture})", name=name, mixture=_mixture(setting.place))
    return PolygenicScore(
        name=tr("{trait} ({name})", trait=entry["trait"], name=name),
        score_sum=raw,
        matched=seen,
        total=total,
        z=z,
        percentile=place,
        reference=label,
        notes=tuple(notes),
        id=name,
        mean=at_place.mean if at_place and enough else None,
        sd=at_place.sd if at_place and enough else None,
        z_unadjusted=_unadjusted(name, raw, tables) if enough else None,
        effect_share=setting.effect,
        sites_fitted=setting.expected.fitted if setting.expected else 0,
        warning=setting.warning,
        say=_say(place),
        citation=entry["citation"],
    )


def _unadjusted(name: str, raw: float, tables: RiskTables) -> float | None:
    """Against people of European ancestry, whoever the person is; for comparison, never as a result."""
    found = tables.score_reference(name, "eur") or tables.score_reference(name)
    return z_score(raw, Reference(found.mean, found.sd, found.population)) if found else None


def _say(place: float | None) -> str:
    if place is None:
        return ""
    lower = min(99, max(1, round(place)))
    return tr("Of 100 people of similar ancestry, about {count} have a lower score.", count=lower)
