"""The one table of what can be chosen once for every case: what it is, what it may be, and its default.

The settings dialog reads and writes through it; nothing here holds a value of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.language import SETTING as LANGUAGE
from genoai_desktop.ui.dialogs.language import window_languages
from genoai_desktop.ui.preferred import CANDIDATES_AS, FILTERS_AT_START, LETTERS_IN
from genoai_desktop.ui.theme.tokens import TEXT_SCALES, Scheme
from genoai_desktop.ui.vault import IDLE_MINUTES
from genoai_desktop.ui.widgets.sheets import LANGUAGES

_FOLLOW = "computer"


@dataclass(frozen=True, slots=True)
class Preference:
    """``choices``: value and words; empty where it is a whole number from ``least`` to ``most``."""

    id: str
    section: str
    title: str
    hint: str
    default: Any
    read: Callable[[], Any]
    write: Callable[[Any], None]
    choices: tuple[tuple[Any, str], ...] = ()
    least: int = 0
    most: int = 0
    unit: str = ""
    closed: str = ""
    """Why it cannot be changed now; empty where it can."""


class Preferences(QObject):
    """``language_wanted`` carries the language (ISO 639-1) that the window shall speak."""

    language_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk

    def all(self) -> tuple[Preference, ...]:
        """Every preference in the words of the window's language, in the order of the dialog."""
        return (*self._appearance(), *self._lock(), *self._analysis(), *self._letters())

    def changed(self) -> dict[str, Any]:
        """Values that are not the default, of what may be changed now."""
        values = {one.id: (one.read(), one.default) for one in self.all() if not one.closed}
        return {name: value for name, (value, default) in values.items() if value != default}

    def restore(self, values: dict[str, Any] | None = None) -> None:
        """Give every preference that may be changed its default, or what ``values`` names for it."""
        for one in self.all():
            wanted = (values or {}).get(one.id, one.default)
            if not one.closed and one.read() != wanted:
                one.write(wanted)

    def _appearance(self) -> tuple[Preference, ...]:
        section, theme = tr("Appearance"), self.desk.theme
        schemes = ((_FOLLOW, tr("as the computer")), ("light", tr("light")), ("dark", tr("dark")))
        sizes = tuple((scale, tr("{percent} %", percent=scale)) for scale in TEXT_SCALES)
        return (
            Preference(
                "theme", section, tr("Theme"), tr("Light or dark; both reach the contrast of WCAG 2.2 AA."),
                _FOLLOW, lambda: _FOLLOW if theme.follows else theme.scheme.value, self._use_scheme, schemes,
            ),
            Preference(
                "text", section, tr("Text size"), tr("Also Ctrl and the mouse wheel, or Ctrl + and Ctrl −."),
                100, lambda: theme.scale, lambda scale: theme.use(theme.scheme, int(scale)), sizes,
            ),
            Preference(
                "language", section, tr("Language of the window"),
                tr("Documents have a language of their own. English is the reviewed one."),
                "en", self._language, self._speak, window_languages(),
            ),
        )  # fmt: skip

    def _lock(self) -> tuple[Preference, ...]:
        vault, book = self.desk.vault, self.desk.vault.casebook
        closed = ""
        if book is None:
            closed = tr("Kept in the case store: set one up or unlock it first.")
        elif not book.may_administer:
            closed = tr("Only administrators of the store change this.")
        hint = tr("The store closes and everything of a case is out of sight when nobody used the program.")
        return (
            Preference(
                "idle", tr("Privacy and lock"), tr("Lock when unused for"), hint, IDLE_MINUTES,
                lambda: vault.idle_minutes, lambda minutes: vault.set_idle_minutes(int(minutes)),
                least=1, most=240, unit=tr(" minutes"), closed=closed,
            ),
        )  # fmt: skip

    def _analysis(self) -> tuple[Preference, ...]:
        from genoai_desktop.ui.viewmodels.browse import PRESETS, presets

        section = tr("Analysis")
        units = (("diseases", tr("Diseases")), ("genes", tr("Genes")))
        return (
            self._kept(
                FILTERS_AT_START, section, tr("Variants begin with"),
                tr("The filters that are set when the variants are first looked at."),
                tuple(zip(PRESETS, presets(), strict=True)),
            ),
            self._kept(
                CANDIDATES_AS, section, tr("Candidates are listed as"),
                tr("The same probabilities, by disease or summed up by gene."), units,
            ),
        )  # fmt: skip

    def _letters(self) -> tuple[Preference, ...]:
        hint = tr("Letters are first shown in it; each can be had in every language.")
        return (
            self._kept(LETTERS_IN, tr("Reports and letters"), tr("Language of letters"), hint,
                       LANGUAGES),
        )  # fmt: skip

    def _kept(
        self, key: str, section: str, title: str, hint: str, choices: tuple[tuple[Any, str], ...]
    ) -> Preference:
        """One that the settings of this computer keep; its default is the first choice."""
        default = str(choices[0][0])

        def read() -> str:
            stored = self.desk.preference(key, default)
            return stored if stored in {value for value, _ in choices} else default

        return Preference(
            key, section, title, hint, default, read, lambda value: self.desk.prefer(key, str(value)), choices
        )

    def _use_scheme(self, wanted: str) -> None:
        theme = self.desk.theme
        if wanted == _FOLLOW:
            theme.follow()
            return
        theme.follows = False
        theme.use(Scheme(wanted))

    def _language(self) -> str:
        """As chosen: a worker may still be reading the words of it."""
        settings = self.desk.settings
        return str(settings.value(LANGUAGE, language_in_use())) if settings is not None else language_in_use()

    def _speak(self, code: str) -> None:
        if self.desk.settings is not None:
            self.desk.settings.setValue(LANGUAGE, code)
            self.desk.settings.sync()
        self.language_wanted.emit(code)
