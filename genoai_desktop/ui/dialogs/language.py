"""The language of the window, by its own name."""

from PySide6.QtCore import QLocale, QSettings, Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from genoai_desktop.domain.text import language_in_use, languages, tr
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.widgets.basics import button, column, label, row

SETTING = "language"


def chosen_language(settings: QSettings | None) -> str:
    """The language that was chosen; without a choice English, not the computer's: it is the reviewed one."""
    stored = str(settings.value(SETTING, "en")) if settings is not None else "en"
    return stored if stored in languages(resources() / "translations") else "en"


def window_languages() -> tuple[tuple[str, str], ...]:
    """Languages of the window (ISO 639-1) by their own names."""
    found = []
    for code in languages(resources() / "translations"):
        native = QLocale(code).nativeLanguageName()
        found.append((code, "English" if code == "en" else native[:1].upper() + native[1:]))
    return tuple(found)


class LanguageDialog(QDialog):
    """``changed`` carries the language (ISO 639-1) when another one was chosen."""

    changed = Signal(str)

    def __init__(self, settings: QSettings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._before = language_in_use()
        self.setWindowTitle(tr("Language of the window"))
        self.setAccessibleName(tr("Language of the window"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Language"))
        for code, name in window_languages():
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, code)
            self.list.addItem(item)
            if code == self._before:
                self.list.setCurrentItem(item)
        note = label(
            tr(
                "The window changes at once. Names of diseases, features and medicines stay as their sources "
                "have them; every document has a language of its own."
            ),
            "muted",
            wrap=True,
        )
        buttons = row(
            None, button(tr("Cancel"), self.reject), button(tr("Apply"), self.accept, kind="primary")
        )
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.setLayout(column(self.list, note, buttons, space="m", margins=True))
        self.resize(420, 320)

    def accept(self) -> None:
        """Keep the choice."""
        item = self.list.currentItem()
        code = str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else self._before
        super().accept()
        if code == self._before:
            return
        if self._settings is not None:
            self._settings.setValue(SETTING, code)
            self._settings.sync()
        self.changed.emit(code)
