"""Relatives' chances with whom to test next, and the couple, on the Risks page."""

from PySide6.QtWidgets import QFrame, QWidget

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.risk import CoupleGene, CoupleResult, RelativeChance
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.condition_names import titled
from genoai_desktop.report.drawings.people import compared
from genoai_desktop.report.drawings.words import hundred_words, percent
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.basics import badge, box, card, column, label
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.columns import columns
from genoai_desktop.ui.widgets.coverage import coverage_rows
from genoai_desktop.ui.widgets.figures import Bar
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.risk_drawing import DrawingView
from genoai_desktop.ui.widgets.variant import inheritance_words, title

_LEAST_CELL = 200
"""Narrowest part of a relative's line in device-independent pixels."""


def relatives_card(theme: Theme, case: Case, relatives: tuple[RelativeChance, ...]) -> QFrame:
    """A line per relative: chance, X in 100, what a test would tell; the most telling test is marked."""
    best = {
        subject: max((r.information or 0.0 for r in relatives if r.subject == subject), default=0.0)
        for subject in {r.subject for r in relatives}
    }
    order = sorted(relatives, key=lambda r: (r.subject, -(r.information or -1.0), r.person))
    lines = [
        columns(*_relative(theme, case, one, best[one.subject]), least=_LEAST_CELL, gap_below="s")
        for one in order
    ]
    hint = tr("Bits: how much a test of this relative is expected to tell about the whole family.")
    return card(*lines, label(hint, "caption", wrap=True), title=tr("Relatives, and whom to test next"))


def _relative(theme: Theme, case: Case, one: RelativeChance, best: float) -> list[QWidget]:
    name = _name(case, one.person)
    chance = tr("{percent}, {words}", percent=percent(one.carrier), words=hundred_words(one.carrier))
    tells = tr("not ranked") if one.information is None else tr("{bits} bits", bits=f"{one.information:.2f}")
    told: list[QWidget] = []
    if one.information and one.information == best:
        told.append(badge(tr("test next"), "accent"))
    if one.text:
        told.append(label(one.text, "caption", wrap=True))
    bar = Bar(theme, one.carrier, f"{name}, {one.subject}: {chance}")
    bar.setMinimumWidth(90)
    return [
        _cell(tr("Relative"), label(name, "strong", wrap=True)),
        _cell(tr("May carry {subject}", subject=one.subject), label(chance, wrap=True), bar),
        _cell(tr("A test tells"), label(tells), *told),
    ]


def _cell(caption: str, *parts: QWidget) -> QWidget:
    return box(column(label(caption, "caption"), *parts, None, space="xs"))


def _name(case: Case, person_id: str) -> str:
    found = next((person for person in case.persons if person.id == person_id), None)
    if found is None and case.family is not None:
        member = case.family.by_id.get(person_id)
        return (member.name or member.id) if member is not None else person_id
    return (found.name or found.id) if found is not None else person_id


def couple_cards(theme: Theme, case: Case, couple: CoupleResult) -> list[QWidget]:
    """Joint genes, genes of one partner, and what was not covered."""
    first = case.index.name or case.index.sample or case.index.id
    second = case.partner.sample if case.partner is not None else tr("partner")
    names = (first, second)
    made: list[QWidget] = [_joint(theme, gene, names) for gene in couple.joint]
    if not couple.joint:
        text = tr(
            "No gene was found in which both carry a disease-causing variant. This does not rule it out."
        )
        made.append(card(label(text, "muted", wrap=True), title=tr("Couple: joint genes")))
    if couple.single:
        rows = [_single(gene, names) for gene in couple.single]
        made.append(card(*rows, title=tr("Couple: genes of one partner")))
    if couple.coverage or couple.notes:
        lines = coverage_rows(theme, couple.coverage)
        notes = [label(note, "caption", wrap=True) for note in couple.notes]
        made.append(card(*lines, *notes, title=tr("Couple: what was covered and what was not")))
    return made


def _joint(theme: Theme, gene: CoupleGene, names: tuple[str, str]) -> QFrame:
    head = flowing(
        label(gene.gene, "heading"),
        badge(tr("Couple"), "danger"),
        badge(inheritance_words(gene.inheritance)),
    )
    words: list[QWidget] = [head, label(titled(gene.condition), "strong", wrap=True)]
    child = gene.child
    if child is not None:
        chance = child.any_child
        numbers = f"{percent(chance)}   ·   {hundred_words(chance)}"
        words += [
            label(tr("Chance that a child is affected"), "caption"),
            label(numbers, "figure", wrap=True),
        ]
        if child.son != child.daughter:
            parts = tr(
                "A son: {son} ({sons}). A daughter: {daughter} ({daughters}).",
                son=percent(child.son),
                sons=hundred_words(child.son),
                daughter=percent(child.daughter),
                daughters=hundred_words(child.daughter),
            )
            words.append(label(parts, wrap=True))
    words.append(label(gene.text, wrap=True))
    words += _carriers(gene, names)
    left = column(*words, None)
    if child is None:
        made = card(left)
    else:
        on_x = child.son != child.daughter
        shown, who = (child.son, tr("sons")) if on_x else (child.any_child, tr("children"))
        made = card(beside(box(left), DrawingView(theme, compared(shown, None, who=who)), gap="xl"))
    made.setAccessibleName(f"{gene.gene}: {titled(gene.condition)}")
    return made


def _carriers(gene: CoupleGene, names: tuple[str, str]) -> list[QWidget]:
    made: list[QWidget] = []
    both = zip(names, gene.carriers, (gene.first_variants, gene.second_variants), strict=True)
    for name, share, variants in both:
        chance = tr("not known") if share is None else percent(share)
        found = joined("; ", (title(variant) for variant in variants)) or tr("no variant found")
        text = tr("{name}: chance to be a carrier {chance}; {found}", name=name, chance=chance, found=found)
        made.append(label(text, "caption", wrap=True))
    return made


def _single(gene: CoupleGene, names: tuple[str, str]) -> QWidget:
    head = label(f"{gene.gene}: {titled(gene.condition)}", "strong", wrap=True)
    words = gene.text
    if gene.child is not None:
        words += " " + tr(
            "Chance that a child is affected: {percent}, {words}.",
            percent=percent(gene.child.any_child),
            words=hundred_words(gene.child.any_child),
        )
    return box(column(head, label(words, wrap=True), *_carriers(gene, names), space="xs"))
