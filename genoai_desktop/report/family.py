"""Letters to relatives and the list of whom to offer a test, made from the pedigree."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from reportlab.platypus import Flowable, KeepTogether

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.icons import in_hundred
from genoai_desktop.report.kin import Kin, Relation, chance, kin, relatives
from genoai_desktop.report.letter_frame import glossary, people, sealed, standing, surround
from genoai_desktop.report.letter_parts import percent, plain_words
from genoai_desktop.report.outcome import Mode, OutcomeKind, mode_of, outcome
from genoai_desktop.report.page import Heading, pdf_bytes
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.phrases import Phrases, phrases
from genoai_desktop.report.readability import glossary_of
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
) -> bytes:
    """The bytes of ``write_family_letter``."""
    words, findings = phrases(language), family_findings(result)
    if not findings:
        raise UserError(
            tr("There is no finding that relatives need to be told about."),
            remedy=tr("A result of uncertain significance is not a reason to write to relatives."),
        )
    one = _kin(result, relative)
    told = _told(words, findings, one, share=share)
    mark = valid_mark(signature, _digest(result, words, told, relative, share=share))
    frame = surround(words, "fam_title", words("fam_title"), mark, result.created)
    return pdf_bytes(lambda: _story(result, words, told, one, mark, share=share), frame)[0]


def family_letter_text(
    result: CaseResult, relative: str, language: str = "en", *, share: bool = False
) -> str:
    """Every sentence of the letter; raises ``UserError`` as the letter does."""
    words = phrases(language)
    told = _told(words, family_findings(result), _kin(result, relative), share=share)
    return _wording(words, told, share=share)


def family_letter_sha256(
    result: CaseResult, relative: str, language: str = "en", *, share: bool = False
) -> str:
    """What a signature of this letter covers: the permitted result and the letter's wording."""
    words = phrases(language)
    told = _told(words, family_findings(result), _kin(result, relative), share=share)
    return _digest(result, words, told, relative, share=share)


def _wording(words: Phrases, told: Told, *, share: bool) -> str:
    lines = [words("fam_intro"), *(line for lines, _ in told for line in lines)]
    lines += [] if share else [words("fam_private")]
    lines += [words("fam_do"), words("privacy_text")]
    return "\n".join([*lines, *(meaning for _, meaning in glossary_of("\n".join(lines), words))])


def _digest(result: CaseResult, words: Phrases, told: Told, relative: str, *, share: bool) -> str:
    head = f"family {words.language} {relative} {'shared' if share else 'private'}"
    return signed_sha256(permitted(result), f"{head}\n{_wording(words, told, share=share)}")


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
    result: CaseResult, words: Phrases, told: Told, one: Kin, mark: Signature | None, *, share: bool
) -> list[Flowable]:
    person = result.case.person(one.person)
    story: list[Flowable] = [Heading(words("fam_title"), "title")]
    story.append(text(words("for", name=person.name or person.id), "letter"))
    story += [*standing(words, mark, "letter"), gap(), text(words("fam_intro"), "letter")]
    for lines, number in told:
        inside: list[Flowable] = [text(line, "letter") for line in lines]
        drawn = [beside(inside, people(words, number, 84))] if number is not None else inside
        story.append(KeepTogether([Heading(words("fam_chance_head"), "letterhead"), *drawn]))
    if not share:
        story.append(text(words("fam_private"), "letter"))
    for head, body in (("fam_do_head", "fam_do"), ("privacy", "privacy_text")):
        story.append(KeepTogether([Heading(words(head), "letterhead"), text(words(body), "letter")]))
    story += glossary(_wording(words, told, share=share).split("\n"), words)
    return [*story, *sealed(words, mark)]


def _told(words: Phrases, findings: tuple[FamilyFinding, ...], one: Kin, *, share: bool) -> Told:
    return [_finding(words, finding, one, share=share) for finding in findings]


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
