"""The real window: opening, turning pages, editing, closing, what consent hides."""

from pathlib import Path

import pytest
from conftest import QuickServices
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from sample_case import sample_case

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.actions import actions
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.shell.palette import CommandPalette
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow

CASE_PAGES = (
    "overview",
    "phenotype",
    "quality",
    "variants",
    "candidates",
    "medicines",
    "risks",
    "locus",
    "report",
)


def texts(widget: QWidget) -> str:
    """Everything that can be read in the widget now."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait for the workers."""
    qtbot.waitUntil(
        lambda: not window.runner.busy and not any(p.runner.busy for p in window.pages.values()),
        timeout=20_000,
    )


def test_the_window_starts_on_the_case_list_with_case_pages_out_of_reach(window: MainWindow) -> None:
    assert window.page.id == "cases"
    assert not window.sidebar.buttons["overview"].isEnabled()
    assert not window.actions_by_id["overview"].isEnabled()


def test_the_demo_opens_on_the_overview(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_id["demo"].trigger()
    qtbot.waitUntil(lambda: window.desk.current is not None)
    qtbot.waitUntil(lambda: "CHD7" in texts(window.page))  # Qt shows what was added in a step of its own
    assert window.page.id == "overview"
    assert "CHD7" in texts(window.page)
    assert "Synthetic" in window.page.banner.text.text()


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_page_draws_in_both_themes(opened: MainWindow, qtbot: QtBot, scheme: Scheme) -> None:
    opened.desk.theme.use(scheme)
    for page in CASE_PAGES:
        opened.actions_by_id[page].trigger()
        settle(qtbot, opened)
        assert opened.page.id == page
        assert not opened.grab().isNull()
        assert opened.watermark.isVisible()
        assert "Decision support for trained professionals" in opened.watermark.text()


def test_what_is_declined_appears_nowhere(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.add(sample_case(scopes=frozenset({Scope.PRIMARY})))  # type: ignore[arg-type]
    for page in CASE_PAGES:
        window.show_page(page)
        settle(qtbot, window)
        read = texts(window.page)
        for word in ("BRCA2", "CFTR", "clopidogrel:", "CYP2C19", "BCAC"):
            assert word not in read, (page, word)
    window.show_page("medicines")
    assert tr("Not covered by consent") in texts(window.page)


def test_opening_asks_and_then_analyses(
    window: MainWindow, services: QuickServices, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "family.vcf"
    file.write_text("##fileformat=VCFv4.3\n")
    window.open_file(file)
    dialog = window.findChild(OpenCaseDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.sample.count() == 2)
    dialog.name.setText("Case 7")
    dialog.add_term("HP:0000589")
    dialog.add_term("HP:0000175", excluded=True)
    dialog.medicines.setText("clopidogrel *, simvastatin")
    dialog.scopes[Scope.PGX].setChecked(True)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.current is not None)
    (request,) = services.requests
    assert (request.vcf, request.sample, request.name) == (file, "CHILD", "Case 7")
    assert (request.observed, request.excluded) == (("HP:0000589",), ("HP:0000175",))
    assert [(m.name, m.planned) for m in request.medicines] == [("clopidogrel", True), ("simvastatin", False)]
    assert request.consent.given == {Scope.PRIMARY, Scope.PGX}
    assert window.desk.recent == [file]


def drop(window: MainWindow, *files: Path) -> None:
    """As from a file manager."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))


def files(folder: Path, *names: str) -> list[Path]:
    """Empty ones."""
    for name in names:
        (folder / name).write_bytes(b"")
    return [folder / name for name in names]


def test_dropped_files_go_into_the_dialog_together(window: MainWindow, tmp_path: Path) -> None:
    ped, vcf, more, packet = files(tmp_path, "a.ped", "dropped.vcf.gz", "sv.vcf", "patient.json")
    drop(window, ped, vcf, more, packet)
    dialog = window.findChild(OpenCaseDialog)
    assert dialog is not None
    assert dialog.vcf.text() == str(vcf)
    assert dialog.more.paths == (more,)
    assert dialog.ped.text() == str(ped)
    assert dialog.phenopacket.text() == str(packet)
    dialog.reject()


def test_a_family_file_alone_goes_to_the_open_case(opened: MainWindow, tmp_path: Path) -> None:
    (ped,) = files(tmp_path, "a.ped")
    drop(opened, ped)
    assert opened.shown_page() == "pedigree"
    assert opened.page.runner.busy


def test_a_phenopacket_that_is_none_is_explained_on_the_page(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (packet,) = files(tmp_path, "a.json")
    drop(opened, packet)
    assert opened.shown_page() == "phenotype"
    qtbot.waitUntil(opened.page.banner.isVisible)
    assert "phenopacket" in opened.page.banner.text.text().lower()


def test_what_cannot_be_opened_is_named_with_what_can(window: MainWindow, tmp_path: Path) -> None:
    ped, text = files(tmp_path, "a.ped", "notes.docx")
    drop(window, text)
    assert "notes.docx is no file that can be opened here" in window.problem.text.text()
    drop(window, ped)
    assert "open a case first" in window.problem.text.text()


def test_a_refused_file_is_explained(window: MainWindow, services: QuickServices, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise UserError(
            "The header is missing.", where="family.vcf, line 1", remedy="Ask for the file again."
        )

    services.case_made = refuse  # type: ignore[assignment]
    window.open_demo()
    qtbot.waitUntil(window.problem.isVisible)
    assert window.problem.text.text() == "family.vcf, line 1: The header is missing. Ask for the file again."


def test_changing_the_phenotype_ranks_again(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("phenotype")
    page = opened.pages["phenotype"]
    page._add("HP:0001250", True)  # type: ignore[attr-defined]
    qtbot.mouseClick(page.rank, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(opened.desk.current.case.terms) == 4)  # type: ignore[union-attr]
    assert len(opened.desk.cases) == 1


def test_the_picker_finds_terms_as_one_types(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("phenotype")
    picker = opened.pages["phenotype"].picker  # type: ignore[attr-defined]
    qtbot.keyClicks(picker.field, "seizure")
    qtbot.waitUntil(lambda: picker.list.count() > 0, timeout=10_000)
    assert "HP:" in picker.list.item(0).text()
    with qtbot.waitSignal(picker.picked) as signal:
        qtbot.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert signal.args[1] is True


def test_closing_a_case_goes_back_to_the_list(opened: MainWindow) -> None:
    opened.actions_by_id["close_case"].trigger()
    assert opened.page.id == "cases"
    assert opened.desk.current is None


def test_actions_are_one_table_with_unique_names_and_keys(window: MainWindow) -> None:
    table = actions()
    assert len({spec.id for spec in table}) == len(table)
    keys = [QKeySequence(spec.shortcut).toString() for spec in table if spec.shortcut]
    assert len(set(keys)) == len(keys)
    assert all(spec.id in window.pages or callable(getattr(window, f"do_{spec.id}")) for spec in table)
    shown = {action.text() for menu in window.menuBar().actions() for action in menu.menu().actions()}  # type: ignore[attr-defined]
    assert shown == {spec.title for spec in table}


def test_the_palette_finds_and_does(opened: MainWindow, qtbot: QtBot) -> None:
    opened.actions_by_id["palette"].trigger()
    palette = opened.findChild(CommandPalette)
    assert palette is not None
    qtbot.keyClicks(palette.field, "medicin")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened.page.id == "medicines"


@pytest.mark.parametrize("action", ["about", "shortcuts"])
def test_the_help_dialogs_open(window: MainWindow, qtbot: QtBot, action: str) -> None:
    window.actions_by_id[action].trigger()
    dialog = next(w for w in window.findChildren(QWidget) if w.isWindow() and w.isVisible())
    dialog.close()


def test_it_fits_a_small_screen(opened: MainWindow, qtbot: QtBot) -> None:
    opened.resize(960, 540)
    for page in CASE_PAGES:
        opened.show_page(page)
        settle(qtbot, opened)
        hint = opened.minimumSizeHint()
        assert hint.width() <= 1280, page
        assert hint.height() <= 800, page
