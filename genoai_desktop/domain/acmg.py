"""ACMG/AMP evidence and classes (Richards 2015, Genet Med 17:405; Tavtigian 2020, Hum Mutat 41:1734)."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from genoai_desktop.domain.genome import VariantKey
from genoai_desktop.domain.provenance import Citation


class Strength(IntEnum):
    """Strength of one piece of evidence, in Tavtigian's points; stand-alone decides by itself."""

    SUPPORTING = 1
    MODERATE = 2
    STRONG = 4
    VERY_STRONG = 8
    STAND_ALONE = 16


class AcmgClass(StrEnum):
    """The five classes."""

    PATHOGENIC = "Pathogenic"
    LIKELY_PATHOGENIC = "Likely pathogenic"
    UNCERTAIN = "Uncertain significance"
    LIKELY_BENIGN = "Likely benign"
    BENIGN = "Benign"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One criterion that is met, with the strength it is given here."""

    code: str
    """The 2015 code without a strength, ``PVS1``."""
    strength: Strength

    @property
    def benign(self) -> bool:
        """Whether it speaks against pathogenicity."""
        return self.code.startswith("B")

    @property
    def points(self) -> int:
        """Signed points; negative for benign evidence."""
        size = min(int(self.strength), int(Strength.VERY_STRONG))
        return -size if self.benign else size

    def __str__(self) -> str:
        usual = usual_strength(self.code)
        return self.code if self.strength is usual else f"{self.code}_{LABELS[self.strength]}"


class Verdict(StrEnum):
    """What became of a criterion. What cannot be judged offline is never “not met”."""

    MET = "met"
    NOT_MET = "not met"
    NOT_ASSESSED = "not assessed"


@dataclass(frozen=True, slots=True)
class CriterionEdit:
    """A professional's word on one criterion of one variant; it takes the place of the program's.

    Raises:
        ValueError: no reason, no author, not a code that counts, or a strength that the code cannot have.
    """

    variant: VariantKey
    code: str
    """The 2015 code without a strength."""
    met: bool | None
    """None: not assessed."""
    strength: Strength | None
    """Where ``met``; None means the usual strength of the code."""
    reason: str
    author: str
    time: str
    """ISO 8601, with the offset from UTC."""

    def __post_init__(self) -> None:
        if self.code not in CODES or self.code in NEVER_COUNTED:
            raise ValueError(self.code)
        if not self.reason.strip() or not self.author.strip():
            raise ValueError("an edit needs a reason and an author")
        if self.strength is not None and self.strength not in strengths(self.code):
            raise ValueError(self.strength.name)

    @property
    def verdict(self) -> "Verdict":
        """What the edit says of the criterion."""
        if self.met is None:
            return Verdict.NOT_ASSESSED
        return Verdict.MET if self.met else Verdict.NOT_MET

    @property
    def evidence(self) -> Evidence | None:
        """The evidence it adds; None unless met."""
        return Evidence(self.code, self.strength or usual_strength(self.code)) if self.met else None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion for one variant: verdict, strength, reason and source."""

    code: str
    verdict: Verdict
    reason: str
    evidence: Evidence | None = None
    source: Citation | None = None
    edit: CriterionEdit | None = None
    """Who changed it, when and why; ``reason`` is then the person's."""
    computed: str = ""
    """What the program said before the edit: the code with its strength, or the verdict in words."""
    computed_reason: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """The class by points and by the 2015 rules, with every criterion."""

    by_points: AcmgClass
    by_rules: AcmgClass
    points: int
    criteria: tuple[Criterion, ...]
    before_edits: AcmgClass | None = None
    """The class that would be reported without a person's edits; None where there is none."""

    @property
    def reported(self) -> AcmgClass:
        """The class that tables and reports give: by points, but never benign on one supporting piece.

        A single point would make “likely benign” in the point system; the rules of 2015 ask for two
        supporting pieces, and a false reassurance harms.
        """
        against = sum(
            -item.evidence.points for item in self.criteria if item.evidence and item.evidence.benign
        )
        lone = self.by_points is AcmgClass.LIKELY_BENIGN and against == 1
        return AcmgClass.UNCERTAIN if lone else self.by_points

    def codes(self, verdict: Verdict) -> tuple[str, ...]:
        """Codes with that verdict; met ones with their strength."""
        return tuple(
            str(criterion.evidence) if criterion.evidence else criterion.code
            for criterion in self.criteria
            if criterion.verdict is verdict
        )


NEVER_COUNTED = frozenset({"PP5", "BP6"})
"""Another laboratory's word (ClinGen SVI: Biesecker 2018, Genet Med 20:1687)."""
LABELS = {
    Strength.SUPPORTING: "Supporting",
    Strength.MODERATE: "Moderate",
    Strength.STRONG: "Strong",
    Strength.VERY_STRONG: "VeryStrong",
    Strength.STAND_ALONE: "StandAlone",
}
_BY_PREFIX = {
    "PVS": Strength.VERY_STRONG,
    "PS": Strength.STRONG,
    "PM": Strength.MODERATE,
    "PP": Strength.SUPPORTING,
    "BA": Strength.STAND_ALONE,
    "BS": Strength.STRONG,
    "BP": Strength.SUPPORTING,
}
CODES = (
    "PVS1", "PS1", "PS2", "PS3", "PS4", "PM1", "PM2", "PM3", "PM4", "PM5", "PM6",
    "PP1", "PP2", "PP3", "PP4", "PP5",
    "BA1", "BS1", "BS2", "BS3", "BS4", "BP1", "BP2", "BP3", "BP4", "BP5", "BP6", "BP7",
)  # fmt: skip


def usual_strength(code: str) -> Strength:
    """The strength that the 2015 guideline gives a code by its name.

    Raises:
        ValueError: not a code of the guideline.
    """
    if code not in CODES:
        raise ValueError(code)
    return _BY_PREFIX[code.rstrip("0123456789")]


def strengths(code: str) -> tuple[Strength, ...]:
    """The strengths that a code may be given; stand-alone is for BA1 only.

    Raises:
        ValueError: not a code of the guideline.
    """
    alone = usual_strength(code) is Strength.STAND_ALONE
    return tuple(strength for strength in Strength if alone or strength is not Strength.STAND_ALONE)


def parse_evidence(text: str) -> Evidence:
    """``PM2_Supporting`` or ``PVS1``, in the spellings of the ClinGen repository.

    Raises:
        ValueError: not a code, or not a strength.
    """
    code, _, label = text.strip().replace(" ", "").partition("_")
    if not label:
        return Evidence(code, usual_strength(code))
    wanted = label.replace("_", "").lower()
    for strength, name in LABELS.items():
        if name.lower() == wanted:
            usual_strength(code)
            return Evidence(code, strength)
    raise ValueError(text)
