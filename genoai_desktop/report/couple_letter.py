"""The letter to a couple: genes that matter for their children, chances, what was not covered."""

from collections.abc import Iterable
from dataclasses import replace

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import CoupleGene, CoupleResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.drawings.words import rare
from genoai_desktop.report.edits import Wording
from genoai_desktop.report.icons import in_hundred
from genoai_desktop.report.letter_base import Letter
from genoai_desktop.report.letter_frame import Content, Density, Part
from genoai_desktop.report.letter_parts import percent
from genoai_desktop.report.names import (
    condition_forms,
    condition_headed,
    condition_said,
    english_names,
    plain_words,
)
from genoai_desktop.report.phrases import Phrases

_X_LINKED = "XL"
_NAMED = 6
_DO = ("couple_do_check", "couple_do_talk", "couple_do_family", "couple_do_choose")


class CoupleLetter(Letter):
    """What both partners' tests say together.

    Raises:
        UserError: no couple result, or consent of one partner is missing.
    """

    title = "couple_title"
    densities = (
        Density(4, "letter", 76),
        Density(3, "letter", 76),
        Density(3, "small", 62),
        Density(1, "tight", 50),
    )

    def __init__(self, result: CaseResult, document: Document, clinic: Clinic = NO_CLINIC) -> None:
        super().__init__(result, document, clinic)
        self.couple = _couple(self.allowed)

    @property
    def covers(self) -> str:
        """The couple's, in that language."""
        return f"couple {self.document.language}"

    def names(self) -> set[str]:
        """Person, genes, conditions, and conditions that the test does not see."""
        names = {self.allowed.case.index.name, self.allowed.case.id, *_hidden(self.couple, self.words)}
        for one in (*self.couple.joint, *self.couple.single):
            names |= {one.gene, *condition_forms(one.condition, self.words.language)}
        return names

    def content(self, wording: Wording, density: Density) -> Content:
        """At a glance, the joint genes, those of one partner, what was not covered, what to do."""
        full = couple_parts(self.couple, self.words, self.densities[0].most)
        result, means, following = full[0].lines
        glance = self.glance(wording, (result, means, following))
        note = self.note(wording)
        told = {part.id: _worded(part, wording) for part in full[1:] if part.id}
        joint = [_section(one) for one in self.couple.joint]
        edited = [n for n, names in enumerate(joint, start=1) if any(map(wording.edited, names))]
        most = max([density.most, *edited])
        parts = tuple(told.get(part.id, part) for part in couple_parts(self.couple, self.words, most)[1:])
        told_of = (one.condition for one in (*self.couple.joint, *self.couple.single))
        english = english_names(told_of, (), self.words.language)
        return Content(self.words("couple_title"), self._addressed(), parts, glance, note, english=english)

    def _addressed(self) -> tuple[str, ...]:
        case, words = self.allowed.case, self.words
        first, partner = case.index, case.partner
        sample = partner.sample if partner else ""
        other = next((one.name for one in case.persons if sample and one.sample == sample), "")
        name = first.name or first.id
        if other and other != first.name:
            return (words("couple_for", first=name, second=other),)
        return (words("couple_for_unnamed", first=name),)


def _worded(part: Part, wording: Wording) -> Part:
    """A list stays a list: its items are the paragraphs that can be edited."""
    if part.items:
        return replace(part, items=wording.lines(part.id, part.title, part.items))
    return replace(part, lines=wording.lines(part.id, part.title, part.lines))


def _couple(allowed: CaseResult) -> CoupleResult:
    partner, couple = allowed.case.partner, allowed.risk.couple if allowed.risk else None
    consents = (allowed.case.consent, partner.consent) if partner else ()
    if not consents or not all(one.allows(Scope.CARRIER) for one in consents):
        raise UserError(
            tr("A letter to the couple needs consent to carrier findings of both partners."),
            remedy=tr("Record both consents on the consent page."),
            code="couple.consent",
        )
    if couple is None:
        raise UserError(
            tr("There is no result of couple mode."),
            remedy=tr("Open the partner's file and analyse the couple."),
            code="couple.none",
        )
    return couple


def couple_parts(couple: CoupleResult, words: Phrases, most: int) -> list[Part]:
    """At a glance (three lines), the joint genes, those of one partner, what was not covered, what to do."""
    parts = [_glance(couple, words)]
    parts += [part for one in couple.joint[:most] for part in _joint(one, words)]
    beyond = len(couple.joint) - most
    if beyond > 0:
        parts.append(Part("", (words.count("more", beyond),)))
    if couple.single:
        parts.append(replace(_single(couple.single, words), id="single"))
    hidden = _hidden(couple, words)
    not_seen = (words("couple_not_seen", names=", ".join(hidden)),) if hidden else ()
    parts.append(Part(words("couple_limits"), (*not_seen, words("couple_missed")), id="limits"))
    wanted = _DO if couple.joint or couple.single else _DO[1:2] + _DO[3:]
    parts.append(Part(words("couple_do"), (), items=tuple(words(key) for key in wanted), id="do"))
    parts.append(Part(words("privacy"), (words("privacy_text"),), id="privacy"))
    return parts


def _glance(couple: CoupleResult, words: Phrases) -> Part:
    both = [one for one in couple.joint if one.inheritance != _X_LINKED]
    on_x = [one for one in couple.joint if one.inheritance == _X_LINKED]
    told = [words("couple_result_both", names=_names(both, words))] if both else []
    told += [words("couple_result_x", names=_names(on_x, words))] if on_x else []
    kind = "found" if told else "none"
    result = " ".join(told) or words("couple_result_none")
    return Part(words("found"), (result, words(f"couple_means_{kind}"), words(f"couple_next_{kind}")))


def _names(genes: Iterable[CoupleGene], words: Phrases) -> str:
    full = list(dict.fromkeys(condition_said(one.condition, words.language) for one in genes))
    if len(full) <= _NAMED:
        return ", ".join(full)
    return words("and_more", names=", ".join(full[:_NAMED]), n=len(full) - _NAMED)


def _section(one: CoupleGene) -> tuple[str, str]:
    """Names of the sections of a joint gene: the gene with the children or sons, and the daughters."""
    return f"joint {one.gene} {one.condition}", f"daughters {one.gene} {one.condition}"


def _joint(one: CoupleGene, words: Phrases) -> tuple[Part, ...]:
    """The gene with its chance drawn; of a gene on the X chromosome, sons and daughters each."""
    condition = condition_said(one.condition, words.language)
    name, daughters = _section(one)
    on_x, child = one.inheritance == _X_LINKED, one.child
    found = words("couple_x" if on_x else "couple_both", gene=plain_words(one.gene), condition=condition)
    title = f"{condition_headed(one.condition, words.language)} ({one.gene})"
    if child is None:
        return (Part(title, (found, words("couple_unknown")), id=name),)
    if not on_x:
        lines = (found, words("couple_child", **_numbers(child.any_child, words)))
        return (Part(title, lines, drawn=child.any_child, id=name),)
    lines = (found, words("couple_son", **_numbers(child.son, words)))
    if child.daughter > 0:
        told = words("couple_daughter", **_numbers(child.daughter, words))
        further = (Part("", (told,), drawn=child.daughter, id=daughters, of="daughters"),)
    else:
        further = (Part("", (words("couple_daughter_carrier"),), id=daughters),)
    return (Part(title, lines, drawn=child.son, id=name, of="sons"), *further)


def _numbers(chance: float, words: Phrases) -> dict[str, object]:
    count = in_hundred(chance)
    return {"percent": percent(chance, words.language), "n": count, "rest": 100 - count}


def _single(genes: tuple[CoupleGene, ...], words: Phrases) -> Part:
    lines = [words("couple_single", names=_names(genes, words))]
    known = [one.child.any_child for one in genes if one.child is not None]
    unknown = [one for one in genes if one.child is None]
    if known:
        key = "couple_single_low" if rare(max(known)) else "couple_single_chance"
        lines.append(words(key, **_numbers(max(known), words)))
    if unknown and known:
        lines.append(words("couple_single_unknown", names=_names(unknown, words)))
    elif unknown:
        lines.append(words("couple_unknown"))
    return Part(words("couple_single_head"), tuple(lines), drawn=max(known, default=None))


def _hidden(couple: CoupleResult, words: Phrases) -> list[str]:
    """Conditions whose main cause short variants do not show, each once; a gene without words as it is."""
    genes = [item.partition(":")[0].strip() for line in couple.coverage for item in line.missing_items]
    return list(dict.fromkeys(words.get(f"hidden_{gene}") or gene for gene in genes))
