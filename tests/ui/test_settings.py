"""The settings dialog: every change holds at once, is kept, is found by words, and can be taken back."""

from pathlib import Path

import pytest
from conftest import QuickServices
from looking_room import cut_off, sideways
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QSpinBox
from pytestqt.qtbot import QtBot
from store_fixtures import quick_store, unlocked
from test_reference import LENGTHS, fasta

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import language_in_use, use_language
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.actions import actions
from genoai_desktop.ui.dialogs.settings import SettingsDialog
from genoai_desktop.ui.preferences import Preferences
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow


@pytest.fixture
def dialog(opened: MainWindow, qtbot: QtBot) -> SettingsDialog:
    """The settings over the window with the sample case."""
    opened.actions_by_id["settings"].trigger()
    made = opened.settings_dialog
    assert made is not None
    qtbot.waitUntil(lambda: made.built)
    return made


def take(dialog: SettingsDialog, preference: str, value: object) -> None:
    """Choose as a person does."""
    control = dialog.controls[preference]
    if isinstance(control, QComboBox):
        at = control.findData(value)
        assert at >= 0, value
        control.setCurrentIndex(at)
        control.activated.emit(at)
    else:
        assert isinstance(control, QSpinBox)
        control.setFocus()
        control.selectAll()
        QTest.keyClicks(control, str(value))
        QTest.keyClick(control, Qt.Key.Key_Return)


def rows(dialog: SettingsDialog) -> list[str]:
    """Names of the rows that the search leaves."""
    return [shown.accessibleName() for _, shown, _ in dialog._rows if not shown.isHidden()]


def test_the_settings_have_the_usual_shortcut(opened: MainWindow) -> None:
    assert opened.actions_by_id["settings"].shortcut() == QKeySequence("Ctrl+,")


def test_theme_and_text_size_change_at_once_and_come_back(dialog: SettingsDialog) -> None:
    theme = dialog.desk.theme
    try:
        take(dialog, "theme", "dark")
        take(dialog, "text", 150)
        assert (theme.scheme, theme.scale) == (Scheme.DARK, 150)
        dialog.restore()
        assert (theme.follows, theme.scale) == (True, 100)
        assert dialog.controls["text"].currentData() == 100  # type: ignore[union-attr]
        dialog.banner.action.click()
        assert (theme.scheme, theme.scale) == (Scheme.DARK, 150)
    finally:
        theme.follows = False
        theme.use(Scheme.LIGHT, 100)


def test_a_text_size_chosen_in_the_dialog_gives_its_own_rows_their_room(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    theme, control = dialog.desk.theme, dialog.controls["text"]
    at_first = control.width()
    try:
        take(dialog, "text", 200)
        qtbot.waitUntil(lambda: theme.settled)
        assert not dialog.sections.isVisible()
        qtbot.waitUntil(lambda: (sideways(dialog), cut_off(dialog)) == ([], []))
        assert control.width() == 2 * at_first
        take(dialog, "text", 100)
        assert dialog.sections.isVisible()
        assert control.width() == at_first
    finally:
        theme.use(Scheme.LIGHT, 100)


def test_restoring_what_was_never_changed_says_so(dialog: SettingsDialog) -> None:
    dialog.desk.theme.follows = True
    dialog.restore()
    dialog.desk.theme.follows = False
    assert "default already" in dialog.banner.text.text()


def test_the_language_changes_window_and_dialog(dialog: SettingsDialog, qtbot: QtBot) -> None:
    try:
        take(dialog, "language", "de")
        qtbot.waitUntil(lambda: language_in_use() == "de" and dialog.windowTitle() == "Einstellungen")
        assert dialog.isVisible()
        assert dialog.desk.settings is not None
        assert dialog.desk.settings.value("language") == "de"
    finally:
        use_language("en", resources() / "translations")


def test_letters_are_shown_in_the_preferred_language(
    dialog: SettingsDialog, opened: MainWindow, settings: QSettings
) -> None:
    page = opened.report
    take(dialog, "letters/language", "fr")
    assert page.view.language.currentData() == "fr"
    opened.drop_pages()
    assert opened.report.view.language.currentData() == "fr"
    assert settings.value("letters/language") == "fr"


def test_variants_begin_with_the_preferred_filters(dialog: SettingsDialog, opened: MainWindow) -> None:
    page = opened.variants
    take(dialog, "variants/begin with", "damaging")
    assert page.filters.filters.maximum_frequency == 0.01
    opened.drop_pages()
    assert opened.variants.filters.filters.minimum_impact == 2


def test_candidates_are_listed_by_gene_where_preferred(
    dialog: SettingsDialog, opened: MainWindow, qtbot: QtBot
) -> None:
    opened.show_page("candidates")
    take(dialog, "candidates/as", "genes")
    qtbot.waitUntil(lambda: "genes, most probable first" in opened.page.subtitle.text())


def test_settings_of_another_program_fall_back_to_the_default(window: MainWindow) -> None:
    window.desk.prefer("letters/language", "tlh")
    found = {one.id: one.read() for one in Preferences(window.desk, window).all()}
    assert found["letters/language"] == "en"
    assert window.report.view.language.currentData() == "en"


def test_the_time_until_locking_needs_a_store_and_is_kept_there(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.do_settings()
    dialog = window.settings_dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.built)
    assert not dialog.controls["idle"].isEnabled()
    unlocked(window, quick_store(tmp_path / "clinic"))
    qtbot.waitUntil(lambda: dialog.built)
    assert dialog.controls["idle"].isEnabled()
    take(dialog, "idle", 25)
    assert window.vault.idle_minutes == 25
    book = window.vault.casebook
    assert book is not None
    qtbot.waitUntil(lambda: book.setting("lock minutes") == 25)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("dark", "Theme"), ("genom", "GRCh38"), ("ctrl+k", "Command palette"), ("fra", "Language")],
)
def test_words_find_a_setting(dialog: SettingsDialog, typed: str, found: str) -> None:
    everything = len(rows(dialog))
    QTest.keyClicks(dialog.finder, typed)
    assert any(found in one for one in rows(dialog))
    assert len(rows(dialog)) < everything / 2
    QTest.keyClicks(dialog.finder, " xylophone")
    assert rows(dialog) == []
    assert dialog.nothing.isVisible()


def test_a_section_stays_in_view_when_everything_is_said_anew(dialog: SettingsDialog, qtbot: QtBot) -> None:
    at = list(dialog.cards).index("Reference genome")
    dialog.sections.setCurrentRow(at)
    before = dialog.area.verticalScrollBar().value()
    assert before > 0
    dialog.say_anew()
    qtbot.waitUntil(lambda: dialog.built)
    qtbot.waitUntil(lambda: dialog.area.verticalScrollBar().value() == before)


def test_every_shortcut_is_listed(dialog: SettingsDialog) -> None:
    listed = " ".join(rows(dialog))
    for spec in actions():
        if spec.shortcut:
            assert f"{spec.title.replace('&', '')} {spec.shortcut}" in listed, spec.id


def test_a_reference_genome_is_taken_forgotten_and_taken_back(
    dialog: SettingsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fasta(tmp_path, LENGTHS[Build.GRCH38])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    dialog._choose_genome()
    qtbot.waitUntil(lambda: dialog.desk.reference_for(Build.GRCH38) == path, timeout=20_000)
    assert "is GRCh38." in dialog.banner.text.text()
    dialog._forget(Build.GRCH38)
    assert dialog.desk.references == {}
    dialog.banner.action.click()
    assert dialog.desk.reference_for(Build.GRCH38) == path
    QApplication.processEvents()


def test_a_file_that_is_no_genome_is_explained_in_the_dialog(
    dialog: SettingsDialog, services: QuickServices, qtbot: QtBot, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.fa"
    wrong.write_text("not a sequence")
    dialog.use_reference(wrong)
    qtbot.waitUntil(lambda: "not a FASTA" in dialog.banner.text.text(), timeout=20_000)
    assert dialog.desk.references == {}


def test_a_locked_program_has_settings_but_no_letterhead(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    unlocked(window, quick_store(tmp_path / "clinic"))
    window.do_lock()
    window.do_settings()
    dialog = window.settings_dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.built)
    assert "No letterhead yet" in " ".join(rows(dialog))
    assert not dialog.controls["idle"].isEnabled()
    qtbot.waitUntil(lambda: window.lock_screen is not None and not window.lock_screen.busy)


def test_a_number_can_be_read_in_its_field(dialog: SettingsDialog) -> None:
    control = dialog.controls["idle"]
    assert isinstance(control, QSpinBox)
    needed = control.fontMetrics().horizontalAdvance(control.text())
    assert control.lineEdit().width() > needed
