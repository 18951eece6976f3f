"""The program as a person starts it, driven through a day's work, then left to crash (``test_leftovers``).

Arguments: the folder of the store, the patient's file, and how to end: ``kill`` waits to be killed,
``abort`` crashes by itself, ``quit`` closes the window.
"""

import faulthandler
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import genoai_desktop.ui  # noqa: F401 - before PySide6: guards a fault of PySide6 under Python 3.11

# isort: split
import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from store_fixtures import PASSPHRASE, StoreServices, real_case

from genoai_desktop import __main__
from genoai_desktop.cases.keys import WrongPassphrase
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.ui import application
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.window import MainWindow

FOLDER, VCF, END = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
HOME = Path.home()


class RealReports(StoreServices):
    """Analyses answered at once; documents as they are made for people."""

    preview_report = Services.preview_report  # type: ignore[assignment]
    save_report = Services.save_report  # type: ignore[assignment]


def patient() -> object:
    made = real_case(VCF, "Quirke family")
    index = replace(made.case.index, name="Zebulon Quirke")
    persons = tuple(index if one.id == index.id else one for one in made.case.persons)
    case = replace(made.case, persons=persons, indication="Zyxwv syndrome")
    return replace(made, case=case, result=replace(made.result, case=case))


Condition = Callable[[], object]


def day(window: MainWindow) -> Iterator[Condition]:
    """Each step waits until what it yields is true."""
    yield lambda: window.lock_screen is not None
    assert window.door is not None
    for wrong in ("Zebulon Quirke!", "another wrong one"):
        with pytest.raises(WrongPassphrase, match="Try again"):
            window.door.unlock("ada", wrong)
    window.unlocked(window.door.unlock("ada", PASSPHRASE))
    window.desk.remember(VCF)
    window.desk.add(patient())  # type: ignore[arg-type]
    window.vault.keep(window.desk.session)  # type: ignore[arg-type]
    yield lambda: not window.vault.unsaved()
    for page in list(window.pages):
        window.show_page(page)
        QApplication.processEvents()
    window.desk.change(replace(window.desk.current.case, indication="Zyxwv syndrome, familial"))  # type: ignore[union-attr]
    yield lambda: not window.vault.unsaved() and not window.runner.busy
    book, session = window.vault.casebook, window.desk.session
    assert book is not None
    assert session is not None
    book.attach(session.uid, VCF)
    assert [head.case_id for head in book.search("zebulon zyxwv")] == [session.uid]
    assert book.search("somebody else") == ()
    window.runner.run(fail_in_a_worker, key="fault")
    yield lambda: "fault" in window.problem.text.text()
    window.problem.hide()
    window.problem.text.clear()
    window.show_page("report")
    yield lambda: window.pages["report"].shown is not None  # type: ignore[attr-defined]
    job = window.runner.run(
        window.desk.services.save_report,
        session.opened.result,
        HOME / "exports" / "report.pdf",
        Document(DocumentKind.CLINICIAN),
        window.desk.house.clinic,
        window.desk.services.knowledge,
    )
    job.cancel()
    yield lambda: job.final
    book.backup(HOME / "exports" / "store.backup")
    QTimer.singleShot(50, accept_file_dialog)
    QFileDialog.getSaveFileName(window, "", str(HOME / "Quirke folder" / "a.txt"))
    shared = HOME / "config" / "QtProject.conf"
    yield lambda: "Quirke" not in shared.read_text()
    window.do_lock()
    screen = window.lock_screen
    assert screen is not None
    yield lambda: not screen.runner.busy
    QTimer.singleShot(0, fault)
    window.unlocked(window.door.unlock("ada", PASSPHRASE))
    yield lambda: "fault" in window.problem.text.text()


def accept_file_dialog() -> None:
    shown = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()
    ]
    if not shown:
        QTimer.singleShot(50, accept_file_dialog)
        return
    shown[0].setDirectory(str(HOME / "Quirke folder"))
    shown[0].selectFile("a.txt")
    shown[0].accept()


def fail_in_a_worker(_context: object) -> None:
    raise KeyError("Zebulon Quirke in a worker")


def fault() -> None:
    raise KeyError("Zebulon Quirke")


def go_on(window: MainWindow, steps: Iterator[Condition], waiting: list[Condition]) -> None:
    """Called every few milliseconds."""
    if waiting and not waiting[0]():
        return
    try:
        waiting[:] = [next(steps)]
    except StopIteration:
        waiting[:] = [lambda: False]
        sys.stdout.write("done\n")
        sys.stdout.flush()
        if END == "abort":
            faulthandler.enable()
            os.abort()
        if END == "quit":
            window.close()


def main() -> int:
    settings = QSettings("GenoAI", "GenoAI Desktop")
    settings.setValue("store/folder", str(FOLDER))
    settings.sync()
    application.Services = lambda: RealReports(VCF)  # type: ignore[misc,assignment]
    made: list[MainWindow] = []
    first = application.MainWindow

    class Seen(first):  # type: ignore[valid-type,misc]
        def __init__(self, *given: object) -> None:
            super().__init__(*given)
            made.append(self)
            self.clock = QTimer(self)
            steps, waiting = day(self), []
            self.clock.timeout.connect(lambda: go_on(self, steps, waiting))
            self.clock.start(20)

    application.MainWindow = Seen  # type: ignore[misc]
    sys.argv[1:] = []
    return __main__.main()


if __name__ == "__main__":
    raise SystemExit(main())
