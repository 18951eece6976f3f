"""Letters to relatives, made from the pedigree: what was found, the chance of this relative, what to do.

A letter never names the proband; gene and condition only where the patient agreed to share them.
"""

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.failed import CODE
from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.cascade import FOR_RELATIVES, FamilyFinding, family_findings
from genoai_desktop.report.edits import Wording
from genoai_desktop.report.icons import in_hundred
from genoai_desktop.report.kin import Kin, Relation, kin
from genoai_desktop.report.letter_base import Letter
from genoai_desktop.report.letter_frame import Content, Density, Part
from genoai_desktop.report.letter_parts import percent
from genoai_desktop.report.names import condition_forms, condition_said, english_names, plain_words

Told = tuple[str, tuple[str, ...], float | None]
"""Gene where the letter may name it among several, sentences on a finding, and the chance (0..1) in them."""


class FamilyLetter(Letter):
    """To the relative of the document; ``share`` states that the patient agreed to tell gene and condition.

    Raises:
        UserError: nothing found that relatives need to know, or no such blood relative.
    """

    title = "fam_title"
    densities = (Density(4, "letter", 76), Density(3, "small", 62), Density(1, "tight", 50))

    def __init__(self, result: CaseResult, document: Document, clinic: Clinic = NO_CLINIC) -> None:
        super().__init__(result, document, clinic)
        self.findings = family_findings(result)
        failed = self.allowed.failure(*FOR_RELATIVES)
        if not self.findings and failed:
            raise UserError(failed.words, remedy=tr("Analyse the case again."), code=CODE)
        if not self.findings:
            raise UserError(
                tr("There is no finding that relatives need to be told about."),
                remedy=tr("A result of uncertain significance is not a reason to write to relatives."),
            )
        self.kin = _kin(result, document.relative)

    @property
    def header(self) -> str:
        """No case, no date of the patient's test."""
        return self.words("fam_title")

    @property
    def covers(self) -> str:
        """Whose letter it is, and how much it may tell."""
        shared = "shared" if self.document.share else "private"
        return f"family {self.document.language} {self.document.relative} {shared}"

    def names(self) -> set[str]:
        """Genes and conditions."""
        language = self.words.language
        genes = {plain_words(one.gene) for one in self.findings}
        return genes.union(*(condition_forms(one.condition, language) for one in self.findings))

    def content(self, wording: Wording, density: Density) -> Content:
        """What was found, chances, what to do, whom to ask, privacy."""
        words = self.words
        person = self.result.case.person(self.document.relative)
        intro = self.fixed(wording, "intro", "fam_title", "fam_intro").lines
        note = self.note(wording)
        parts = self._findings(wording, density)
        if not self.document.share:
            private = self.fixed(wording, "private", "privacy", "fam_private")
            parts.append(Part("", private.lines))
        several = "_several" if len(self._told()) > 1 else ""
        parts.append(self.fixed(wording, "do", "fam_do_head", f"fam_do{several}"))
        parts.append(self.fixed(wording, "ask", "glance_ask", "ask"))
        parts.append(self.fixed(wording, "privacy", "privacy", "privacy_text"))
        addressed = self.addressed(person)
        english = english_names((one.condition for one in self.findings), (), words.language)
        return Content(words("fam_title"), addressed, tuple(parts), (), note, intro, english)

    def _findings(self, wording: Wording, density: Density) -> list[Part]:
        """Each finding is a section of its own; what has no room is told of, edited ones always have."""
        head = self.words("fam_chance_head")
        parts: list[Part] = []
        beyond = 0
        for number, (gene, told, chance_told) in enumerate(self._told(), start=1):
            name = f"finding {number}"
            title = f"{head}: {gene}" if gene else head
            lines = wording.lines(name, title, told)
            if number <= density.most or wording.edited(name):
                parts.append(Part(title, lines, chance_told, id=name))
            else:
                beyond += 1
        return [*parts, Part("", (self.words.count("more", beyond),))] if beyond else parts

    def _told(self) -> tuple[Told, ...]:
        """One entry a finding; findings that a letter without names cannot tell apart are said once."""
        told = dict.fromkeys(self._finding(finding) for finding in self.findings)
        return tuple(told if len(told) > 1 else (("", lines, number) for _, lines, number in told))

    def _finding(self, finding: FamilyFinding) -> Told:
        words = self.words
        number = finding.chance_of(self.kin)
        gene, lines = "", tuple[str, ...]()
        if self.document.share:
            gene, condition = plain_words(finding.gene), condition_said(finding.condition, words.language)
            lines = (words("fam_shared", gene=gene, condition=condition),)
        if finding.not_seen_in(self.kin):
            return gene, (*lines, words("fam_not_seen")), None
        if number is None:
            return gene, (*lines, words("fam_chance_unknown")), None
        if number == 1:
            return gene, (*lines, words("fam_chance_certain")), None
        count = in_hundred(number)
        said = percent(number, words.language)
        key = f"fam_chance_{finding.mode.value}"
        return gene, (*lines, words(key, percent=said, n=count, rest=100 - count)), number


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
