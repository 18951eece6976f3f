"""Which letter a result calls for; when in doubt, the more careful one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from genoai_desktop.domain.acmg import AcmgClass
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.genome import VariantKey
from genoai_desktop.domain.rare import Candidate
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RiskFinding
from genoai_desktop.domain.text import languages, tr
from genoai_desktop.domain.variant import ReportedVariant, Zygosity
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.report.speech import documents_in

_CONSIDERED = 5
_CLINVAR_STARS = 2
_DISEASE_CAUSING = (AcmgClass.PATHOGENIC, AcmgClass.LIKELY_PATHOGENIC)


class OutcomeKind(StrEnum):
    """The answer to the question that the patient came with."""

    POSITIVE = "positive"
    LIKELY_POSITIVE = "likely_positive"
    VUS = "vus"
    NEGATIVE = "negative"
    SECONDARY = "only_secondary"
    """No cause was looked for; a secondary finding was reported."""
    CARRIER = "only_carrier"
    """Likewise; carrier findings alone."""
    PGX = "only_pgx"
    """Likewise; medicines alone."""
    FAILED = "failed"
    """The search for a cause, or the judging of what it found, failed in the program: no answer is known."""
    UNREAD = "unread"
    """The file has no record: nothing was read, so no answer is known."""
    BARE = "bare"
    """Likewise: all records lie beside chromosomes 1 to 22 and X, so next to no gene was looked at."""
    NONE = "none"


class Mode(StrEnum):
    """Inheritance, as far as a letter to relatives needs it."""

    DOMINANT = "dominant"
    RECESSIVE = "recessive"
    X_LINKED = "x"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome with the candidate behind it, None for a negative or absent analysis."""

    kind: OutcomeKind
    candidate: Candidate | None = None
    mode: Mode = Mode.UNKNOWN


def standing(variant: ReportedVariant) -> AcmgClass | None:
    """The class a letter may rely on: the case's own, else ClinVar's with at least two stars; else None."""
    own = variant.classification.strip().lower()
    for level in AcmgClass:
        if own in {level.value.lower(), level.name.lower()}:
            return level
    if own in {"vus", "variant of uncertain significance", "uncertain"}:
        return AcmgClass.UNCERTAIN
    entry = variant.clinvar
    if entry is None or entry.dated or entry.stars < _CLINVAR_STARS:
        return None
    said = entry.classification.strip().lower().replace("_", " ")
    if said == "pathogenic/likely pathogenic":
        return AcmgClass.LIKELY_PATHOGENIC
    return next((level for level in AcmgClass if said == level.value.lower()), None)


def relied_on(variant: ReportedVariant) -> AcmgClass | None:
    """``standing``, but what ClinVar's reviewers call pathogenic is no unclear result of the program's alone.

    Offline many criteria cannot be assessed. Where the class is uncertain for that reason, two or more stars
    of a current release make the variant likely pathogenic; where a person has edited criteria, theirs holds.
    """
    own = standing(variant)
    edited = variant.acmg is not None and variant.acmg.before_edits is not None
    if own is not AcmgClass.UNCERTAIN or edited:
        return own
    others = standing(replace(variant, classification=""))
    return AcmgClass.LIKELY_PATHOGENIC if others in _DISEASE_CAUSING else own


def shown_new(variants: Iterable[ReportedVariant]) -> bool:
    """Both parents were shown to have none of it: PS2 or PM6 of ACMG/AMP, their own files, or said in words.

    Of several variants each has to be new: one that a parent has can be in the family.
    """
    each = [
        any("de novo" in said.lower() for said in (one.inheritance, one.origin))
        or "new in the child" in one.inheritance.lower()
        or any(code.split("_")[0] in ("PS2", "PM6") for code in one.acmg_codes)
        for one in variants
    ]
    return bool(each) and all(each)


def lacking(variants: Iterable[ReportedVariant]) -> frozenset[str]:
    """``mother``, ``father``: parents whose own test was read and showed none of the variants.

    A parent who was not tested, or could not be read there, is not among them.
    """
    each = [_lack(one) for one in variants]
    return frozenset.intersection(*each) if each else frozenset()


def inherited_from(one: ReportedVariant) -> str:
    """``mother`` or ``father`` where it was seen in one tested parent and not in the other."""
    chromosome = one.key.chromosome
    only_one_can = chromosome in ("Y", "M", "MT") or (
        chromosome == "X" and one.zygosity is not Zygosity.HETEROZYGOUS
    )
    return "" if only_one_can else _who(one.origin, _SEEN)


def _lack(one: ReportedVariant) -> frozenset[str]:
    """Who of the parents has it not, by the words of ``analysis.rare_disease.origin``."""
    if shown_new((one,)):
        return frozenset(("mother", "father"))
    shown = {_who(part, _NOT_SEEN) for part in one.origin.split("; ")}
    other = {"mother": "father", "father": "mother"}.get(inherited_from(one), "")
    return frozenset({*shown, other} - {""})


_SEEN = (("mother", "from the mother"), ("father", "from the father"))
_NOT_SEEN = (
    ("mother", "not seen in the mother"),
    ("mother", "not seen in the mother: new, or missed there"),
    ("father", "not seen in the father"),
    ("father", "not seen in the father: new, or missed there"),
)


def _who(said: str, ways: tuple[tuple[str, str], ...]) -> str:
    return next((who for who, words in _in_each_language(ways) if said.startswith(words)), "")


@cache
def _in_each_language(ways: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The words in every language that they may have been said in."""
    found = []
    for language in languages(resources() / "translations"):
        with documents_in(language):
            found += [(who, str(tr(words))) for who, words in ways]
    return tuple(found)


def both_copies(variants: Sequence[ReportedVariant]) -> bool:
    """Whether both copies of the gene have the one change that was found."""
    return len(variants) == 1 and variants[0].zygosity is Zygosity.HOMOZYGOUS


def mode_of(inheritance: Iterable[str] | str) -> Mode:
    """Read inheritance words or abbreviations; several different modes make it unknown."""
    words = [inheritance] if isinstance(inheritance, str) else list(inheritance)
    modes = {_mode(word) for word in words} - {Mode.UNKNOWN}
    return modes.pop() if len(modes) == 1 else Mode.UNKNOWN


def _mode(word: str) -> Mode:
    lower = word.lower()
    if lower.startswith("x") or "x-linked" in lower:
        return Mode.X_LINKED
    if "recessive" in lower or lower == "ar":
        return Mode.RECESSIVE
    return Mode.DOMINANT if "dominant" in lower or lower == "ad" else Mode.UNKNOWN


def mode_for_relatives(candidate: Candidate) -> Mode:
    """``mode_here``, but unknown where both copies are changed and one can be enough: children get one."""
    mode = mode_here(candidate)
    also_dominant = Mode.DOMINANT in {_mode(word) for word in candidate.inheritance}
    return Mode.UNKNOWN if mode is Mode.RECESSIVE and also_dominant else mode


def _one_copy(word: str) -> bool:
    """Whether that mode shows in women with one changed copy: X-linked dominant, by name or as ``XD``."""
    lower = word.lower()
    return "dominant" in lower or lower == "xd"


def mode_here(candidate: Candidate) -> Mode:
    """The inheritance of the condition; of one that has several, the one that the variants found fit."""
    known = mode_of(candidate.inheritance)
    if known is not Mode.UNKNOWN:
        return known
    fit = mode_of([one.inheritance for one in candidate.variants])
    return fit if fit in {_mode(word) for word in candidate.inheritance} else Mode.UNKNOWN


def outcome(result: CaseResult) -> Outcome:
    """Positive or likely positive only with a classified variant that fits phenotype and inheritance."""
    asked = result.case.consent.allows(Scope.PRIMARY)
    if result.failure(Part.RARE, Part.CLASSIFICATION) and asked:
        return Outcome(OutcomeKind.FAILED)
    if asked and nothing_read(result):
        return Outcome(OutcomeKind.UNREAD)
    if result.rare is None:
        return Outcome(_without_question(result))
    considered = [one for one in result.rare.candidates[:_CONSIDERED] if _phenotype_fits(one)]
    for kind, least in (
        (OutcomeKind.POSITIVE, {AcmgClass.PATHOGENIC}),
        (OutcomeKind.LIKELY_POSITIVE, {AcmgClass.PATHOGENIC, AcmgClass.LIKELY_PATHOGENIC}),
    ):
        for candidate in considered:
            if _explains(candidate, least):
                return Outcome(kind, candidate, mode_for_relatives(candidate))
    for candidate in considered:
        if any(_uncertain(variant, candidate.rank) for variant in candidate.variants):
            return Outcome(OutcomeKind.VUS, candidate, mode_for_relatives(candidate))
    bare = result.quality is not None and result.quality.only_beside
    return Outcome(OutcomeKind.BARE if bare else OutcomeKind.NEGATIVE)


def nothing_read(result: CaseResult) -> bool:
    """Whether the file had no record at all: no finding in it is no finding in the person."""
    return result.quality is not None and not result.quality.records


def also_listed(result: CaseResult, answer: Outcome) -> tuple[RiskFinding, ...]:
    """Secondary findings that are the answer to the question itself: they are told once, as the answer."""
    findings = result.risk.findings if result.risk else ()
    if answer.candidate is None or answer.kind not in (OutcomeKind.POSITIVE, OutcomeKind.LIKELY_POSITIVE):
        return ()
    told = {variant.key for variant in answer.candidate.variants}
    return tuple(
        one
        for one in findings
        if one.scope == Scope.SECONDARY.value
        and one.variants
        and {variant.key for variant in one.variants} <= told
    )


def listed_words(rank: int) -> str:
    """Why the answer to the question is among the secondary findings."""
    return tr(
        "This is candidate {rank} itself, whose gene is also on the ACMG list of secondary findings: one "
        "finding, not a second one. Confirm it in a second sample before acting on it.",
        rank=rank,
    )


def listed_notes(result: CaseResult, answer: Outcome) -> dict[VariantKey, tuple[str, ...]]:
    """What exchange formats say (in English) at the variants of ``also_listed``."""
    return {
        variant.key: (f"also on the ACMG list of secondary findings, for {one.condition}",)
        for one in also_listed(result, answer)
        for variant in one.variants
    }


def besides(result: CaseResult, answer: Outcome) -> tuple[RiskFinding, ...]:
    """The findings without secondary ones that are the answer to the question itself."""
    listed = also_listed(result, answer)
    return tuple(one for one in (result.risk.findings if result.risk else ()) if one not in listed)


def _without_question(result: CaseResult) -> OutcomeKind:
    """What a letter is about when nobody asked for a cause: the weightiest part that there is."""
    scopes = {finding.scope for finding in result.risk.findings} if result.risk else set()
    if Scope.SECONDARY.value in scopes:
        return OutcomeKind.SECONDARY
    if Scope.CARRIER.value in scopes:
        return OutcomeKind.CARRIER
    return OutcomeKind.PGX if result.pgx is not None else OutcomeKind.NONE


def _phenotype_fits(candidate: Candidate) -> bool:
    about = [one.log_odds for one in candidate.contributions if one.kind == "phenotype"]
    return not about or sum(about) > 0


def _explains(candidate: Candidate, classes: set[AcmgClass]) -> bool:
    """One copy is enough in a dominant condition; in one that can also be recessive, never for certain."""
    good = [variant for variant in candidate.variants if relied_on(variant) in classes]
    if not good:
        return False
    mode = mode_here(candidate)
    if mode is Mode.DOMINANT and mode_of(candidate.inheritance) is Mode.UNKNOWN:
        return AcmgClass.LIKELY_PATHOGENIC in classes
    if mode is Mode.DOMINANT or (mode is Mode.X_LINKED and all(map(_one_copy, candidate.inheritance))):
        return True
    double = any(variant.zygosity in {Zygosity.HOMOZYGOUS, Zygosity.HEMIZYGOUS} for variant in good)
    return double or (mode is Mode.RECESSIVE and len(good) >= 2)


def _uncertain(variant: ReportedVariant, rank: int) -> bool:
    level = relied_on(variant)
    if level is None:
        return rank == 1
    return level not in {AcmgClass.BENIGN, AcmgClass.LIKELY_BENIGN}
