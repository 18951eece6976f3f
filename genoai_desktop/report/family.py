"""Letters to relatives and the list of whom to offer a test, made from the pedigree."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from reportlab.platypus import Flowable, KeepTogether

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document, DocumentKind
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.edits import Wording
from genoai_desktop.report.icons import in_hundred
from genoai_desktop.report.kin import Kin, Relation, chance, kin, relatives
from genoai_desktop.report.letter_frame import glossary, note, people, sealed, standing, surround
from genoai_desktop.report.letter_parts import percent, plain_words
from genoai_desktop.report.outcome import Mode, OutcomeKind, mode_of, outcome
from genoai_desktop.report.page import Heading, pdf_bytes
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.phrases import Phrases, phrases
from genoai_desktop.report.readability import Readability, glossary_of, readability
from genoai_desktop.report.signature import Signature, signed_sha256, valid_mark
from genoai_desktop.report.style import beside, gap, text

CASCADE_COLUMNS = (
    "person",
    "relation",
    "gene",
    "condition",
    "hgvs",
    "highest_chance",
    "already_sequenced",
    "note",
)


Told = list[tuple[list[str], float | None]]
"""The sentences on each finding, and the chance (0..1) in them."""


@dataclass(frozen=True, slots=True)
class FamilyFinding:
    """A finding that matters to relatives."""

    gene: str
    condition: str
    mode: Mode
    variants: tuple[ReportedVariant, ...]

    @property
    def new_in_proband(self) -> bool:
        """Both parents were shown not to have it."""
        words = " ".join(variant.inheritance.lower() for variant in self.variants)
        return "de novo" in words or "new in the child" in words


def family_findings(result: CaseResult) -> tuple[FamilyFinding, ...]:
    """Positive or likely positive primary findings and permitted secondary findings; never a VUS."""
    allowed = permitted(result)
    answer = outcome(allowed)
    found = []
    if answer.kind in {OutcomeKind.POSITIVE, OutcomeKind.LIKELY_POSITIVE} and answer.candidate:
        one = answer.candidate
        found.append(FamilyFinding(one.gene, one.disease_name, answer.mode, one.variants))
    for finding in allowed.risk.findings if allowed.risk else ():
        if finding.scope == Scope.SECONDARY.value:
            mode = mode_of(finding.inheritance)
            found.append(FamilyFinding(finding.gene, finding.condition, mode, finding.variants))
    return tuple(found)


def cascade_csv(result: CaseResult) -> str:
    """One row for each blood relative and finding, closest first: whom to offer a test, and why."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CASCADE_COLUMNS)
    for finding in family_findings(result):
        for one in relatives(result.case):
            if one.relation is not Relation.NONE and not result.case.person(one.person).deceased:
                writer.writerow(_row(result, finding, one))
    return buffer.getvalue()


def write_cascade_csv(result: CaseResult, path: Path | str) -> None:
    """Write ``cascade_csv``, whole or not at all."""
    write_atomic(path, cascade_csv(result).encode("utf-8"))


def _row(result: CaseResult, finding: FamilyFinding, one: Kin) -> tuple[str, ...]:
    number = chance(one, finding.mode, new_in_proband=finding.new_in_proband)
    note = "" if number is not None else tr("no number from the relation alone: counsel individually")
    hgvs = "; ".join(variant.hgvs_c or variant.hgvs_g for variant in finding.variants)
    sequenced = "yes" if result.case.person(one.person).sample else "no"
    said = "" if number is None else f"{number:g}"
    return (one.person, one.relation.value, finding.gene, finding.condition, hgvs, said, sequenced, note)


def write_family_letter(
    result: CaseResult,
    path: Path | str,
    relative: str,
    language: str = "en",
    *,
    share: bool = False,
    signature: Signature | None = None,
) -> None:
    """A letter to one relative. It never names the proband; gene and condition only with ``share``.

    ``share`` states that the proband agreed to tell relatives which gene and condition it is.

    Raises:
        UserError: nothing found that relatives need to know, no such blood relative, or no such language.
        OSError: the file cannot be written.
    """
    write_atomic(path, family_letter_pdf(result, relative, language, share=share, signature=signature))


def family_letter_pdf(
    result: CaseResult,
    relative: str,
    language: str = "en",
    *,
    share: bool = False,
    signature: Signature | None = None,
    clinic: Clinic = NO_CLINIC,
) -> bytes:
    """The bytes of ``write_family_letter``, with edits and the clinic's letterhead and wording."""
    words, findings = phrases(language), family_findings(result)
    if not findings:
        raise UserError(
            tr("There is no finding that relatives need to be told about."),
            remedy=tr("A result of uncertain significance is not a reason to write to relatives."),
        )
    made = _made(result, relative, language, clinic, share=share)
    digest = family_letter_sha256(result, relative, language, share=share, clinic=clinic)
    mark = valid_mark(signature, digest)
    frame = surround(words, "fam_title", words("fam_title"), mark, result.created, clinic)
    return pdf_bytes(lambda: _story(result, words, made, relative, mark), frame)[0]


def family_letter_text(
    result: CaseResult,
    relative: str,
    language: str = "en",
    *,
    share: bool = False,
    clinic: Clinic = NO_CLINIC,
) -> str:
    """Every sentence of the letter; raises ``UserError`` as the letter does."""
    lines = _made(result, relative, language, clinic, share=share).lines
    return "\n".join([*lines, *(meaning for _, meaning in glossary_of("\n".join(lines), phrases(language)))])


def family_letter_wording(
    result: CaseResult,
    relative: str,
    language: str = "en",
    *,
    share: bool = False,
    clinic: Clinic = NO_CLINIC,
) -> Wording:
    """The letter's sections with the generated text and what was made of it."""
    return _made(result, relative, language, clinic, share=share).wording


def family_letter_readability(
    result: CaseResult,
    relative: str,
    language: str = "en",
    *,
    share: bool = False,
    clinic: Clinic = NO_CLINIC,
) -> Readability:
    """Grade and unexplained terms; over grade 8 the letter can only be signed with a reason."""
    told = family_letter_text(result, relative, language, share=share, clinic=clinic)
    names = {plain_words(word) for one in family_findings(result) for word in (one.gene, one.condition)}
    return readability(told, phrases(language), names=names)


def family_letter_sha256(
    result: CaseResult,
    relative: str,
    language: str = "en",
    *,
    share: bool = False,
    clinic: Clinic = NO_CLINIC,
) -> str:
    """What a signature of this letter covers: the permitted result and the letter's wording."""
    told = family_letter_text(result, relative, language, share=share, clinic=clinic)
    head = f"family {language} {relative} {'shared' if share else 'private'}"
    return signed_sha256(permitted(result), f"{head}\n{told}")


@dataclass(frozen=True, slots=True)
class _Letter:
    """What the letter says, edits applied."""

    intro: tuple[str, ...]
    note: tuple[str, ...]
    told: Told
    private: tuple[str, ...]
    do: tuple[str, ...]
    privacy: tuple[str, ...]
    wording: Wording

    @property
    def lines(self) -> list[str]:
        """Every sentence."""
        found = [line for lines, _ in self.told for line in lines]
        return [*self.intro, *self.note, *found, *self.private, *self.do, *self.privacy]


def _made(result: CaseResult, relative: str, language: str, clinic: Clinic, *, share: bool) -> _Letter:
    words = phrases(language)
    told = _told(words, family_findings(result), _kin(result, relative), share=share)
    wording = Wording(result.case, Document(DocumentKind.FAMILY, language, relative, share), clinic)

    def fixed(name: str, head: str, key: str) -> tuple[str, ...]:
        return wording.lines(name, words(head), (words(key),))

    intro = fixed("intro", "fam_title", "fam_intro")
    own = wording.lines("note", words("note_head"), ())
    found: Told = []
    for number, (lines, chance_told) in enumerate(told, start=1):
        kept = wording.lines(f"finding {number}", words("fam_chance_head"), tuple(lines))
        found += [(list(kept), chance_told)] if kept else []
    private = () if share else fixed("private", "privacy", "fam_private")
    do, privacy = fixed("do", "fam_do_head", "fam_do"), fixed("privacy", "privacy", "privacy_text")
    return _Letter(intro, own, found, private, do, privacy, wording)


def _kin(result: CaseResult, relative: str) -> Kin:
    try:
        found = kin(result.case, relative)
    except KeyError:
        found = None
    if found is None or relative == result.case.proband or found.relation is Relation.NONE:
        raise UserError(
            tr("The pedigree has no such blood relative of the patient."),
            remedy=tr("Choose a relative, or complete the pedigree."),
        )
    return found


def _story(
    result: CaseResult, words: Phrases, made: _Letter, relative: str, mark: Signature | None
) -> list[Flowable]:
    person = result.case.person(relative)
    story: list[Flowable] = [Heading(words("fam_title"), "title")]
    story.append(text(words("for", name=person.name or person.id), "letter"))
    story += [*standing(words, mark, "letter"), gap(), *(text(line, "letter") for line in made.intro)]
    story += note(made.note, words, "letter")
    for lines, number in made.told:
        inside: list[Flowable] = [text(line, "letter") for line in lines]
        drawn = [beside(inside, people(words, number, 84))] if number is not None else inside
        story.append(KeepTogether([Heading(words("fam_chance_head"), "letterhead"), *drawn]))
    story += [text(line, "letter") for line in made.private]
    for head, last in (("fam_do_head", made.do), ("privacy", made.privacy)):
        if last:
            body = [text(line, "letter") for line in last]
            story.append(KeepTogether([Heading(words(head), "letterhead"), *body]))
    story += glossary(made.lines, words)
    return [*story, *sealed(words, mark)]


def _told(words: Phrases, findings: tuple[FamilyFinding, ...], one: Kin, *, share: bool) -> Told:
    """One entry a finding; findings that a letter without names cannot tell apart are said once."""
    told: Told = []
    for finding in findings:
        entry = _finding(words, finding, one, share=share)
        told += [entry] if entry not in told else []
    return told


def _finding(
    words: Phrases, finding: FamilyFinding, one: Kin, *, share: bool
) -> tuple[list[str], float | None]:
    number = chance(one, finding.mode, new_in_proband=finding.new_in_proband)
    lines = []
    if share:
        gene, condition = plain_words(finding.gene), plain_words(finding.condition)
        lines.append(words("fam_shared", gene=gene, condition=condition))
    if number is None:
        return [*lines, words("fam_chance_unknown")], None
    count = in_hundred(number)
    key = f"fam_chance_{finding.mode.value}"
    return [*lines, words(key, percent=percent(number, words.language), n=count, rest=100 - count)], number
