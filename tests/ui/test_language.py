"""The window in another language: chosen at run time, everywhere at once, workers' words included."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.recognise import Recogniser
from genoai_desktop.domain.text import joined, language_in_use, shown, tr, use_language
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.actions import actions
from genoai_desktop.ui.dialogs.language import LanguageDialog
from genoai_desktop.ui.pages.registry import titles
from genoai_desktop.ui.window import MainWindow

CATALOGUES = resources() / "translations"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever a test speaks, the next one begins in English."""
    yield
    use_language("en", CATALOGUES)


def words(root: QWidget) -> set[str]:
    """Texts of labels, buttons and lists."""
    found = {w.text() for w in root.findChildren(QLabel) if w.pixmap().isNull()}
    found |= {w.text().strip() for w in root.findChildren(QAbstractButton)}
    for made in root.findChildren(QListWidget):
        found |= {made.item(row).text() for row in range(made.count())}
    return found - {""}


def choose(window: MainWindow, qtbot: QtBot, code: str) -> None:
    """As a person does, in the dialog."""
    window.do_language()
    dialog = window.findChildren(LanguageDialog)[-1]
    names = {"en": "English", "de": "Deutsch"}
    row = next(r for r in range(dialog.list.count()) if dialog.list.item(r).text() == names[code])
    dialog.list.setCurrentRow(row)
    dialog.accept()
    watermark = window.watermark
    qtbot.waitUntil(lambda: language_in_use() == code and window.watermark is not watermark)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_language_changes_at_once_and_everywhere(opened: MainWindow, qtbot: QtBot) -> None:
    english_titles = [spec.title for spec in actions()]
    before = list(titles().values())
    choose(opened, qtbot, "de")
    assert language_in_use() == "de"
    assert opened.shown_page() == "overview"
    assert [made.text() for made in opened.actions_by_id.values()][:4] == [a.title for a in actions()][:4]
    assert opened.actions_by_id["open"].text() != english_titles[0]
    menus = [action.text() for action in opened.menuBar().actions()]
    assert "&Fall" in menus
    assert len(menus) == len(set(menus))
    assert not {title for title in before if title in words(opened.sidebar)} - set(titles().values())
    for page in opened.pages:
        opened.show_page(page)
        qtbot.waitUntil(lambda: not opened.page.runner.busy, timeout=20_000)
        assert opened.page.title.text() == titles()[page] or page == "overview", page
    choose(opened, qtbot, "en")
    opened.show_page("overview")
    assert "Decision support" in opened.watermark.text()
    assert next(iter(opened.actions_by_id.values())).text() == english_titles[0]


def test_what_was_computed_is_said_in_the_language_of_the_window(opened: MainWindow, qtbot: QtBot) -> None:
    catalogue = CATALOGUES / "de" / "LC_MESSAGES" / "genoai.mo"
    assert catalogue.is_file()
    choose(opened, qtbot, "de")
    told = Recogniser(_back())
    english: dict[str, set[str]] = {}
    for page in opened.pages:
        opened.show_page(page)
        qtbot.waitUntil(lambda: not opened.page.runner.busy, timeout=20_000)
        if left := {text for text in words(opened) if _is_english(text) and told.say(text) != text}:
            english[page] = left
    assert english == {}


def _back() -> dict[str, str]:
    """The catalogue with a mark in place of every translation: what it changes was English."""
    import gettext

    made = gettext.translation("genoai", CATALOGUES, languages=["de"])
    entries: dict[str, str] = made.__dict__["_catalog"]
    return {text: f"×{text}" for text, other in entries.items() if text and text != other}


def _is_english(text: str) -> bool:
    return bool({"the", "is", "not", "of", "are", "was", "and"} & set(text.lower().split()))


def test_a_text_keeps_its_message_through_sums_and_lists() -> None:
    found = tr("{count} found", count=3)
    told = joined("; ", [found, tr("Medicines")]) + "!"
    assert told == "3 found; Medicines!"
    use_language("de", CATALOGUES)
    assert shown(told) == "3 gefunden; Medikamente!"
    assert f"{found}" == "3 gefunden"
    assert found == "3 found"
    assert shown(tr("Medicines")) == "Medikamente"
    use_language("en", CATALOGUES)
    assert shown(told) == "3 found; Medicines!"


def test_sentences_that_came_through_a_table_are_recognised_and_names_are_not() -> None:
    use_language("de", CATALOGUES)
    assert shown("exon 2 of 38") == "Exon 2 von 38"
    told = shown("Counted as PVS1. Homozygous in the patient.")
    assert told == "Als PVS1 gezählt. Bei der Person homozygot."
    for name in ("White", "Asian", "man", "Max No", "described"):
        assert shown(name) == name
    assert shown("A note of my own. Counted as PVS1.").startswith("A note of my own. ")


def test_a_message_is_recognised_with_its_values_in_their_place() -> None:
    told = Recogniser({"{a} lies before {b}, twice {b}": "vor {b} ({b}) liegt {a}"})
    assert told.say("one lies before two, twice two") == "vor two (two) liegt one"
    assert told.say("one lies before two, twice three") == "one lies before two, twice three"
