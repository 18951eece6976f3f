"""What would change the answer: for one candidate, the findings that would move its score most."""

from genoai_desktop.analysis.annotation.regions import MT
from genoai_desktop.analysis.rare_disease.genotypes import Family
from genoai_desktop.analysis.rare_disease.inheritance import (
    CIS,
    DE_NOVO,
    SECOND_MISSING,
    TRANS,
    UNAFFECTED_HAS,
    UNAFFECTED_HAS_INCOMPLETE,
)
from genoai_desktop.analysis.rare_disease.weighing import BestFit
from genoai_desktop.domain.rare import Candidate
from genoai_desktop.domain.text import tr

WORTH_SAYING = 1.5
"""Log odds from which a single reason is named as one that the candidate rests on."""


def would_change(candidate: Candidate, found: BestFit | None, around: Family) -> tuple[str, ...]:
    """What would move the candidate most, in words and log odds; nothing that is settled already."""
    said: list[str] = []
    if found is None:
        if candidate.gene:
            said.append(
                tr(
                    "A causal variant in {genes} that this test could not show would raise it by 6 and more",
                    genes=candidate.gene,
                )
            )
    else:
        said += _family_tests(found, around)
    found_out = [part for part in candidate.contributions if part.kind != "prior"]
    strongest = max(found_out, key=lambda part: part.log_odds, default=None)
    if strongest is not None and strongest.log_odds >= WORTH_SAYING:
        said.append(
            tr(
                "Without “{reason}” it falls by {value}",
                reason=strongest.text,
                value=f"{strongest.log_odds:.1f}",
            )
        )
    worst = min(candidate.contributions, key=lambda part: part.log_odds, default=None)
    if worst is not None and worst.log_odds <= -WORTH_SAYING and worst.kind == "phenotype":
        said.append(
            tr(
                "Should “{reason}” prove wrong, it rises by {value}",
                reason=worst.text,
                value=f"{-worst.log_odds:.1f}",
            )
        )
    return tuple(said)


def _family_tests(found: BestFit, around: Family) -> list[str]:
    """What testing parents, or looking for a second variant, would settle."""
    fit, parents = found.fit, (around.mother, around.father)
    missing = [parent for parent in parents if parent is None]
    settled = any(reason.log_odds in (TRANS, CIS) for reason in fit.reasons)
    if fit.mode == "AR" and len(fit.alleles) == 2 and missing and not settled:
        return [
            tr(
                "Testing the parents tells whether both lie on one copy ({cis}) or on two (+{trans})",
                cis=f"{CIS:.1f}", trans=f"{TRANS:.1f}",
            )
        ]  # fmt: skip
    if (
        fit.mode == "AR"
        and len(fit.alleles) == 1
        and not around.genotype(around.proband, fit.alleles[0].row).both
    ):
        text = tr("A second variant in {gene} would raise it by {value} and more", gene=found.gene,
                  value=f"{-SECOND_MISSING:.1f}")  # fmt: skip
        return [text]
    if fit.mode in ("AD", "XD") and missing and fit.alleles[0].chrom != MT:
        against = UNAFFECTED_HAS_INCOMPLETE if around.case.incomplete_penetrance else UNAFFECTED_HAS
        return [
            tr(
                "Testing the parents: new in the patient adds {new}, found in a healthy parent {has}",
                new=f"+{DE_NOVO:.1f}", has=f"{against:.1f}",
            )
        ]  # fmt: skip
    return []
