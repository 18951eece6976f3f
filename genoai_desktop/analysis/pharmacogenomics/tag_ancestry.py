"""Whether the tag variant of an HLA allele holds in the ancestry that was estimated for the patient.

A tag is another variant that travels with the allele, and does so in some populations only. In which it was
tested is data (``pgx_hla_tags``); ancestry is the estimate by superpopulation of 1000 Genomes.
"""

from dataclasses import dataclass
from typing import Any

from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.domain.text import tr

LEAST_SHARE = 0.1
"""Share of a superpopulation from which a tag must have been tested in it, too (where it is over twice its
standard error)."""
_SURE = 0.99
"""Sensitivity from which a tag that is absent is taken to exclude its allele."""


@dataclass(frozen=True, slots=True)
class ComparedAncestry:
    """Superpopulations that make up the patient's ancestry, or why they are not known."""

    groups: tuple[str, ...] = ()
    reason: str = ""


def compared_ancestry(found: AncestryEstimate | None, consented: bool = True) -> ComparedAncestry:
    """The estimate as tags are compared with it. Without consent to it the estimate is not looked at."""
    if not consented:
        return ComparedAncestry(reason=tr("there is no consent to estimate it"))
    if found is None:
        return ComparedAncestry(reason=tr("it was not estimated"))
    groups = {name for name, share, error in found.admixture if share >= max(LEAST_SHARE, 2 * error)}
    if found.best:
        return ComparedAncestry(tuple(sorted(groups | {found.best})))
    return ComparedAncestry(reason=tr("the file shows too little of it"))


def excludes(tag: dict[str, Any], ancestry: ComparedAncestry) -> bool:
    """Whether the absence of the tag excludes the allele in this person, as far as a tag can."""
    sensitivity = tag["sensitivity"]
    if not isinstance(sensitivity, float) or sensitivity < _SURE:
        return False
    return set(ancestry.groups) <= set(tag["negative_in"])


def signals(tag: dict[str, Any], ancestry: ComparedAncestry) -> bool:
    """Whether carrying the tag is a reliable sign of the allele in this person, as far as a tag can be."""
    tested = set(tag["positive_in"])
    return bool(tested) and set(ancestry.groups) <= tested


def warning(tag: dict[str, Any], carried: bool, ancestry: ComparedAncestry) -> str:
    """What the comparison of the tag with the ancestry says."""
    if not ancestry.groups:
        return tr("Whether the tag holds in this person's ancestry is not known: {reason}.",
                  reason=ancestry.reason)  # fmt: skip
    names = _names()
    tested = set(tag["positive_in" if carried else "negative_in"])
    outside = [names[group] for group in ancestry.groups if group not in tested]
    if not outside:
        listed = ", ".join(names[group] for group in ancestry.groups)
        return tr("By the file the ancestry is {groups}, in which the tag was tested.", groups=listed)
    listed = ", ".join(outside)
    if carried:
        return tr("Warning: by the file the ancestry is {groups}, where carrying this tag is not a reliable "
                  "sign of the allele.", groups=listed)  # fmt: skip
    return tr("Warning: by the file the ancestry is {groups}, where lacking this tag does not exclude the "
              "allele.", groups=listed)  # fmt: skip


def _names() -> dict[str, str]:
    return {
        "AFR": tr("African"), "AMR": tr("American (admixed)"), "EAS": tr("East Asian"),
        "EUR": tr("European"), "SAS": tr("South Asian"),
    }  # fmt: skip


def published(tag: dict[str, Any]) -> str:
    """Sensitivity and specificity as published, or that there are none."""
    if tag["sensitivity"] is None:
        return tr("no sensitivity is published that could be relied on")
    figures = (f"{100 * tag[name]:.0f} %" for name in ("sensitivity", "specificity"))
    return tr("sensitivity {sensitivity}, specificity {specificity}",
              **dict(zip(("sensitivity", "specificity"), figures, strict=True)))  # fmt: skip
