"""The Medicines page with a rich case open, and how its tests look at it."""

from collections.abc import Callable
from dataclasses import replace

from medicine_samples import NO_WEIGHT, PAROXETINE, PREGNANCY, WARFARIN
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sample_case import Opened, sample_case

from genoai_desktop.domain.pgx import (
    CallStatus,
    CopyNumber,
    GeneCall,
    MissingPosition,
    PgxResult,
    PossibleResult,
)
from genoai_desktop.ui.pages.medicines import MedicinesPage
from genoai_desktop.ui.window import MainWindow

PATIENCE = 20_000
NONE_EXCLUDED = tuple(MissingPosition(f"rs{n}", 1000 + n, ("*28",)) for n in range(20))


def rich_case() -> Opened:
    """The sample case with a conversion, a caution, doses, copies and results that were not excluded."""
    made = sample_case()
    before = made.result.pgx
    assert before is not None
    cyp2d6 = GeneCall(
        "CYP2D6",
        "*1/*1",
        ("*1/*5",),
        "Poor Metabolizer",
        "0.0",
        CallStatus.AMBIGUOUS,
        140,
        (),
        ("Copies were counted in the reads.",),
        (PossibleResult("*1/*5", "Intermediate Metabolizer", "1.0", (), True),),
        CopyNumber("CYP2D6", 2, 2.02, 1.9, 2.1, 0.98, method="depth against the genes beside it"),
    )
    ugt1a1 = GeneCall(
        "UGT1A1",
        "*1/*1",
        ("*1/*28",),
        "Indeterminate",
        "",
        CallStatus.INDETERMINATE,
        3,
        NONE_EXCLUDED,
        (),
        (PossibleResult("*1/*28", "Intermediate Metabolizer", "", ("rs3064744",), True),),
    )
    calls = (*(call for call in before.calls if call.gene != "CYP2D6"), cyp2d6, ugt1a1)
    doses = (NO_WEIGHT, WARFARIN)
    pgx = PgxResult(before.sample, calls, before.advice, (), (), (PAROXETINE,), (PREGNANCY,), doses)
    return replace(made, result=replace(made.result, pgx=pgx))


def medicines_page(window: MainWindow, qtbot: QtBot) -> MedicinesPage:
    """The page with the rich case open."""
    window.desk.add(rich_case())  # type: ignore[arg-type]
    window.show_page("medicines")
    found = window.pages["medicines"]
    assert isinstance(found, MedicinesPage)
    qtbot.waitUntil(lambda: not found.runner.busy, timeout=PATIENCE)
    return found


def drawn() -> None:
    """Let the parts of what is in view follow one another."""
    for _ in range(12):
        QApplication.processEvents()


def words(root: QWidget) -> str:
    """Everything that the labels in view say."""
    drawn()
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisibleTo(root))


def named(root: QWidget, name: str) -> QPushButton:
    """The button that a screen reader calls so."""
    drawn()
    return next(
        b for b in root.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(root)
    )


def settled(qtbot: QtBot, page: MedicinesPage, change: Callable[[], object]) -> None:
    """Make an edit and wait until the case was analysed again."""
    with qtbot.waitSignal(page.desk.case_changed, timeout=PATIENCE):
        change()
    qtbot.waitUntil(lambda: not page.runner.busy, timeout=PATIENCE)
