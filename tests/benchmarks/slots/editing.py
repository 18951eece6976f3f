"""Editing a case: every field done, undone and made again; criteria, letters, reads, dropped files."""

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from slots.files import reads_over
from slots.hands import drop, scroll
from slots.looking import move_on_locus
from slots.session import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "ui"))
from test_undo_everything import EDITS

from genoai_desktop.domain.letters import LETTERS
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.ui.dialogs.criteria import CriterionDialog
from genoai_desktop.ui.dialogs.edit_letter import EditLetterDialog

MANY_CANDIDATES = 5_000
WORDS = 3_000
"""Of the long letter."""


def edit_everything(session: Session) -> None:
    """Each field of the case, with the page in view that shows most of it."""
    window = session.window
    pages = {
        "medicines": "medicines",
        "outside_calls": "medicines",
        "consent": "consent",
        "family": "pedigree",
    }
    for field, edit in EDITS.items():
        session.show(pages.get(field, "candidates"))
        before = window.desk.session.case
        after = replace(before, **{field: edit(before)})
        session.soon(lambda after=after: window.desk.change(after), f"editing {field}", 0.3)
        session.soon(window.do_undo, f"undoing {field}", 0.3)
        session.soon(window.do_redo, f"making {field} again", 0.3)
        session.soon(window.do_undo, f"undoing {field}", 0.3)
    for page in window.pages:
        session.show(page)


def many_candidates(session: Session) -> None:
    """A ranking of 5,000, listed and scrolled."""
    page = session.window.pages["candidates"]
    session.show("candidates")
    rare = session.window.desk.current.result.rare
    few = rare.candidates
    many = tuple(replace(few[n % len(few)], rank=n + 1) for n in range(MANY_CANDIDATES))
    long: RareDiseaseResult = replace(rare, candidates=many)
    session.soon(lambda: page.show_ranking(long), "5,000 candidates")
    for share in (0.3, 0.7, 1.0, 0.0):
        session.soon(lambda s=share: scroll(page.list, s), f"5,000 candidates, scrolled to {share:.0%}", 0.1)
    for letter in "neur":
        session.soon(lambda k=letter: page.finder.insert(k), f"5,000 candidates, typing {letter!r}", 0.1)
    session.soon(page.finder.clear, "5,000 candidates, search cleared", 0.1)
    session.soon(page.bar.genes.click, "5,000 candidates, by gene", 0.3)
    session.soon(page.bar.genes.click, "5,000 candidates, by gene", 0.3)


def edit_criterion(session: Session) -> None:
    """Open the editor of a criterion, write, apply, take back."""
    window = session.window
    session.show("candidates")
    rare = window.desk.current.result.rare
    judged = ((v, v.acmg) for candidate in rare.candidates for v in candidate.variants if v.acmg)
    variant, classes = next(judged)
    criterion = classes.criteria[0]
    page = window.pages["candidates"]
    name = "ACMG editor"
    session.soon(lambda: page.edit_criterion(variant, criterion), name, 0.3)
    for step in (_reason, _reason, _verdict, _author, _apply):
        session.soon(step, name, 0.1)
    session.application.wait(session.idle, 1.0)
    session.soon(window.do_undo, "undoing the criterion", 0.5)


def _editor() -> CriterionDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CriterionDialog)
    return dialog


def _reason() -> None:
    _editor().reason.insertPlainText("seen ")


def _verdict() -> None:
    box = _editor().verdict
    box.setCurrentIndex((box.currentIndex() + 1) % box.count())


def _author() -> None:
    _editor().author.setText("A")


def _apply() -> None:
    _editor().save.click()


def write_letter(session: Session) -> None:
    """Type into a long letter, each letter judged for how hard it reads; keep it; see every document."""
    window = session.window
    session.show("report")
    report = window.report
    for offer in report.offers:
        session.soon(lambda d=offer.document: report.choose(d), f"document {offer.document.kind}", 0.3)
    letter = next(offer.document for offer in report.offers if offer.document.kind in LETTERS)
    session.soon(lambda: report.choose(letter), f"document {letter.kind}", 0.3)
    session.soon(report.edit, "letter editor", 0.5)
    dialog = next(one for one in session.dialogs() if isinstance(one, EditLetterDialog))
    words = " ".join(section.generated for section in dialog.sections.values()).split() or ["word"]
    long = " ".join(words[n % len(words)] for n in range(WORDS))
    session.soon(lambda: dialog.text.setPlainText(long), "letter editor, pasting 3,000 words", 0.8)
    for letter_ in "The test. ":
        session.soon(lambda k=letter_: _type(dialog, k), "letter editor, typing", 0.05)
    session.soon(lambda: _type(dialog, "."), "letter editor, judged", 1.0)
    for row in range(dialog.list.count()):
        session.soon(lambda r=row: dialog.list.setCurrentRow(r), "letter editor, another section", 0.1)
    session.soon(dialog.accept, "letter editor, kept", 0.5)
    session.show("report")
    session.soon(window.do_undo, "undoing the letter", 0.5)


def _type(dialog: EditLetterDialog, letter: str) -> None:
    dialog.text.moveCursor(QTextCursor.MoveOperation.Start)
    dialog.text.insertPlainText(letter)


def look_at_reads(session: Session, folder: Path) -> None:
    """The locus with reads below it."""
    desk = session.window.desk
    opened = desk.current
    key = next(v.key for c in opened.result.rare.candidates for v in c.variants)
    known = desk.services.knowledge.genes.chromosome_lengths(key.build)
    contig = next(name for name in opened.table.contigs if name.removeprefix("chr") == key.chromosome)
    path = reads_over(folder, key, contig, known[key.chromosome])
    session.show("locus")
    session.soon(lambda: desk.change(replace(opened.case, reads=str(path))), "adding reads", 0.5)
    session.soon(lambda: desk.show_locus(opened.result.rare.candidates[0].variants[0]), "locus with reads", 1)
    move_on_locus(session, "locus with reads")
    for _ in range(4):
        session.soon(lambda: session.window.locus.plot.zoom(0.5), "locus with reads, nearer", 0.6)
    session.soon(lambda: session.window.locus.plot.pan(0.25), "locus with reads, panned", 0.6)


def drop_files(session: Session, files: dict[str, Path]) -> None:
    """On the window, with a case open: each kind alone, and several together."""
    for name in ("vcf", "ped", "packet", "txt", "fasta"):
        session.soon(lambda f=files[name]: drop(session.window, [f]), f"dropping {name}", 0.6)
        session.use_dialogs(f"dropping {name}")
    both = [files["vcf"], files["ped"], files["packet"]]
    session.soon(lambda: drop(session.window, both), "dropping several", 0.6)
    session.use_dialogs("dropping several")
