"""The guide: every page explained, every link and picture there, found by words; terms defined once."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.text import use_language
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.actions import actions
from genoai_desktop.ui.help.glossary import define, defined_in, hint, terms
from genoai_desktop.ui.help.topics import OF_PAGE, search, topic, topics
from genoai_desktop.ui.help.window import HelpWindow, picture_file
from genoai_desktop.ui.pages.registry import PAGES
from genoai_desktop.ui.pedigree.view import KEYS
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow


def test_every_page_of_the_window_has_a_topic() -> None:
    known = {one.id for one in topics()}
    assert set(OF_PAGE) == set(PAGES)
    assert set(OF_PAGE.values()) <= known
    assert {"limits", "comfort", "glossary"} <= known


def test_every_picture_of_the_guide_is_there() -> None:
    for one in topics():
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", one.text):
            assert (resources() / "screenshots" / name).is_file(), (one.id, name)


def test_every_shortcut_of_the_guide_is_a_shortcut_of_the_window(window: MainWindow) -> None:
    keys = {made.shortcut().toString() for made in window.actions_by_id.values()}
    for one in topics():
        for said in re.findall(r"\*\*((?:Ctrl\+)[^*]+|F\d+)\*\*", one.text):
            assert said.replace("−", "-") in keys, (one.id, said)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_menu_of_the_guide_is_a_menu_of_the_window(language: str) -> None:
    use_language(language, resources() / "translations")
    try:
        menus = [(one.menu.replace("&", ""), one.title) for one in actions()]
        said = [
            (one.id, path.split(" → "))
            for one in topics()
            for path in re.findall(r"(?<!\*)\*([^*\n]+ → [^*\n]+)\*", one.text)
        ]
    finally:
        use_language("en", resources() / "translations")
    assert len(said) >= 9
    for topic_id, (menu, title) in said:
        assert any(menu == where and known.startswith(title) for where, known in menus), (topic_id, title)


def test_every_key_of_the_pedigree_in_the_guide_does_something() -> None:
    text = next(one.text for one in topics() if one.id == "pedigree")
    line = next(line for line in text.splitlines() if line.startswith("- **Keys**"))
    letters = re.findall(r"(?<![A-Za-z])([A-Z])(?= [a-z])", line)
    assert len(letters) >= 13
    for letter in letters:
        assert Qt.Key[f"Key_{letter}"] in KEYS, letter


def test_the_guide_has_pictures_of_the_window_in_its_language() -> None:
    for one in topics():
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", one.text):
            german = picture_file(name, Scheme.LIGHT, "de")
            assert german == resources() / "screenshots" / "de" / name
            assert picture_file(name, Scheme.LIGHT, "en") == resources() / "screenshots" / name
    assert picture_file("locus.png", Scheme.DARK, "de").name == "locus-dark.png"
    assert picture_file("cases.png", Scheme.DARK, "de") == resources() / "screenshots" / "de" / "cases.png"
    assert picture_file("cases.png", Scheme.LIGHT, "fr") == resources() / "screenshots" / "cases.png"


def test_pictures_of_the_guide_are_small() -> None:
    sizes = {path: path.stat().st_size for path in (resources() / "screenshots").rglob("*.png")}
    assert max(sizes.values()) < 120_000
    assert sum(sizes.values()) < 2_200_000


def test_a_picture_of_the_guide_is_not_pushed_sideways(qtbot: QtBot, theme: Theme) -> None:
    guide = HelpWindow(theme)
    qtbot.addWidget(guide)
    guide.resize(700, 600)
    guide.show()
    guide.open_at("start")
    qtbot.waitUntil(lambda: guide.text.horizontalScrollBar().maximum() == 0)


def test_words_find_topics() -> None:
    assert search("recovery")[0].id == "store"
    assert search("cannot do")[0].id == "limits"
    assert "medicines" in [one.id for one in search("CYP2D6")]
    assert search("xylophone") == []
    assert topic("no such topic").id == "start"


def test_terms_are_found_as_whole_words_the_longest_first() -> None:
    assert defined_in("An autosomal recessive disease with two VUSs") == ["autosomal recessive", "VUS"]
    assert defined_in("allelic") == []
    assert hint("Nothing technical") == ""
    assert hint("Diplotype").startswith("diplotype: ")


def test_definitions_are_short_and_their_own_words() -> None:
    for term, meaning in terms().items():
        assert meaning.endswith("."), term
        assert len(meaning) < 220, term


def test_labels_get_definitions_and_keep_their_own_hints(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    plain, own, other = (QLabel(text, root) for text in ("Diplotype", "Penetrance", "Name"))
    own.setToolTip("mine")
    define(root)
    assert terms()["diplotype"] in plain.toolTip()
    assert (own.toolTip(), other.toolTip()) == ("mine", "")


@pytest.mark.parametrize("wanted", ["limits", "candidates", "glossary"])
def test_the_guide_opens_at_a_topic(qtbot: QtBot, theme: Theme, wanted: str) -> None:
    guide = HelpWindow(theme)
    qtbot.addWidget(guide)
    guide.show()
    guide.open_at(wanted)
    assert guide.topic == wanted
    assert topic(wanted).title in guide.text.toPlainText()
    guide.field.setText("passphrase")
    assert guide.topic == "store"
    qtbot.keyClick(guide.field, Qt.Key.Key_Down)
    guide.field.setText("xylophone")
    assert guide.topic == ""
    assert "Nothing" in guide.text.toPlainText()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=False)
def test_f1_opens_the_topic_of_the_page_in_view(opened: MainWindow) -> None:
    opened.show_page("medicines")
    opened.actions_by_id["help"].trigger()
    assert opened.guide is not None
    assert opened.guide.topic == "medicines"
    opened.actions_by_id["limits"].trigger()
    assert opened.guide.topic == "limits"
    opened.guide.close()


def folders() -> list[Path]:
    """The guide in every language."""
    return [path for path in (resources() / "help").iterdir() if path.is_dir()]


@pytest.mark.parametrize("place", folders(), ids=lambda path: path.name)
def test_the_guide_is_the_same_in_every_language(place: Path) -> None:
    english = resources() / "help"
    assert {path.name for path in place.glob("*.md")} == {path.name for path in english.glob("*.md")}
    for path in place.glob("*.md"):
        own, first = path.read_text("utf-8"), (english / path.name).read_text("utf-8")
        for kind in (r"!\[[^\]]+\]\(([^)]+)\)", r"\*\*(Ctrl\+[^*]+|F\d+)\*\*"):
            assert re.findall(kind, own) == re.findall(kind, first), path.name
        for kind in (r"(?m)^#+ ", r"(?m)^- ", r"(?m)^\d+\. "):
            assert len(re.findall(kind, own)) == len(re.findall(kind, first)), (path.name, kind)
    ours = json.loads((place / "glossary.json").read_text("utf-8"))
    assert len(ours) == len(json.loads((english / "glossary.json").read_text("utf-8")))


def test_guide_and_definitions_follow_the_language_of_the_window(qtbot: QtBot, theme: Theme) -> None:
    use_language("de", resources() / "translations")
    try:
        assert topic("limits").title == "Was dieses Programm nicht kann"
        assert search("Passphrase")[0].id == "store"
        assert defined_in("Anlageträgerin, heterozygote Variante") == ["Anlageträger", "heterozygot"]
        guide = HelpWindow(theme)
        qtbot.addWidget(guide)
        guide.open_at("glossary")
        assert "Zygotie" in guide.text.toPlainText()
    finally:
        use_language("en", resources() / "translations")
    assert topic("limits").title == "What this program cannot do"
