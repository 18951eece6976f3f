"""Colour is never the only signal: with every status colour the same, everything still looks different.

Marks, bars, tracks and drawings are painted with a palette in which all colours that mean something are one
colour; two states that mean different things must differ by shape, pattern or words. Labels and badges are
looked for on every page: one that has a colour has words, and the same words never come in two colours.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from all_states import BY_NAME
from page_looks import USUAL, wear
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget
from pytestqt.qtbot import QtBot
from stage import Stage
from states_case import STATES

from genoai_desktop.domain.findings import Severity
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import CallStatus, Concern
from genoai_desktop.ui import icons
from genoai_desktop.ui.locus.view import KINDS, LocusPlot
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import LIGHT, PALETTES, Scheme
from genoai_desktop.ui.viewmodels.locus import LocusScene, Marker, Span
from genoai_desktop.ui.viewmodels.reads import Read, Reads
from genoai_desktop.ui.widgets import banner, medicine_marks
from genoai_desktop.ui.widgets.figures import Part, SignedBar, Stacked
from genoai_desktop.ui.widgets.finding_words import TONES, severity_words
from genoai_desktop.ui.widgets.legend import Symbol

ONE = "#334455"
SOFT = "#e6e6e6"
MEANT = ("accent", "danger", "warning", "success", "muted", "series_a", "series_b", "series_c", "series_d")
GROUNDS = ("accent_soft", "danger_soft", "warning_soft", "success_soft", "neutral_soft")
FULL = (
    *("medicines.full", "medicines.avoid", "medicines.gene_uncertain", "medicines.dose", "risks.full"),
    *("consent.stated", "consent.minor_withdrawn", "report.letter", "pedigree.family", "audit.tampered"),
)
SHOWN = (
    *(one for one in STATES if not one.name.endswith((".no_case", ".loading"))),
    *(BY_NAME[name] for name in FULL),
)
"""States in which something has a colour that means something."""
APART = 6
"""Pixels in which two pictures must differ."""


@pytest.fixture
def colourless(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[Theme]:
    """Everything that means something in one colour."""
    same = replace(LIGHT, **dict.fromkeys(MEANT, ONE), **dict.fromkeys(GROUNDS, SOFT))
    monkeypatch.setitem(PALETTES, Scheme.LIGHT, same)
    theme.use(Scheme.LIGHT)
    yield theme
    monkeypatch.undo()
    theme.use(Scheme.LIGHT)


def pixels(image: QImage) -> np.ndarray:
    """Grey values."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    raw = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return raw[:, : grey.width()].astype(int)


def picture(made: QWidget, width: int = 300, height: int = 60) -> np.ndarray:
    made.setFixedSize(width, height)
    found = pixels(made.grab().toImage())
    made.deleteLater()
    return found


def of_icon(icon: QIcon) -> np.ndarray:
    return pixels(icon.pixmap(24, 24).toImage())


def apart(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape != other.shape or int((np.abs(one - other) > 40).sum()) >= APART


def alike(pictures: dict[Any, np.ndarray]) -> list[tuple[Any, Any]]:
    """Pairs that cannot be told apart."""
    pairs = combinations(pictures.items(), 2)
    return [(one, other) for (one, first), (other, second) in pairs if not apart(first, second)]


def test_two_colours_alone_are_no_difference(colourless: Theme) -> None:
    """The test itself: bars that differ by colour only are found out."""
    bars = {token: of_icon(icons.icon("info", getattr(colourless.palette, token))) for token in MEANT}
    assert len(alike(bars)) == len(MEANT) * (len(MEANT) - 1) // 2


def test_concerns_about_medicines_have_shapes_and_words(colourless: Theme) -> None:
    shapes = {one: of_icon(medicine_marks.concern_icon(colourless, one)) for one in Concern}
    assert alike(shapes) == []
    assert len({medicine_marks.concern_words(one) for one in Concern}) == len(Concern)


def test_statuses_of_calls_that_differ_in_colour_differ_in_shape(colourless: Theme) -> None:
    shapes = {one: of_icon(medicine_marks.status_icon(colourless, one)) for one in CallStatus}
    unsure = {CallStatus.INDETERMINATE, CallStatus.NOT_COVERED}
    assert [pair for pair in alike(shapes) if set(pair) != unsure] == []
    assert len({medicine_marks.status_words(one) for one in CallStatus}) == len(CallStatus)


def test_banners_have_icons_of_their_own(colourless: Theme) -> None:
    shapes = {tone: of_icon(icons.icon(tone, ONE)) for tone in banner._TONES}
    assert alike(shapes) == []


def test_findings_are_told_apart_in_words() -> None:
    assert len({severity_words(one) for one in Severity}) == len(set(TONES.values())) == len(Severity)


def test_symbols_of_the_locus_have_shapes(colourless: Theme, qtbot: QtBot) -> None:
    drawn = {
        kind: picture(Symbol(colourless, kind, token, kind), 24, 24) for kind, (_, token) in KINDS.items()
    }
    assert alike(drawn) == []
    assert len({symbol for symbol, _ in KINDS.values()}) == len(KINDS)


def scene(**parts: Any) -> LocusScene:
    span = Span("8", 1000, 1400)
    base: dict[str, Any] = {
        "view": span, "loaded": span, "length": 145_138_636, "markers": (), "genes": (), "bands": (),
        "reads": Reads(), "build": Build.GRCH38,
    }  # fmt: skip
    return LocusScene(**(base | parts))


def plotted(theme: Theme, made: LocusScene) -> np.ndarray:
    plot = LocusPlot(theme)
    plot.resize(500, 400)
    plot.show_scene(made)
    plot.show()
    QApplication.processEvents()
    found = pixels(plot.grab().toImage())
    plot.close()
    plot.deleteLater()
    return found


def test_strands_of_reads_and_bases_that_differ_have_shapes(colourless: Theme, qtbot: QtBot) -> None:
    def reads(**parts: Any) -> np.ndarray:
        read = Read(**({"start": 1050, "end": 1350, "reverse": False, "lane": 0, "mismatches": ()} | parts))
        return plotted(colourless, scene(reads=Reads(1000, (5,) * 401, (read,))))

    assert alike({"forward": reads(), "reverse": reads(reverse=True)}) == []
    assert alike({"same": reads(), "differs": reads(mismatches=((1200, "T"),))}) == []


def test_classes_of_variants_have_shapes_in_the_plot(colourless: Theme, qtbot: QtBot) -> None:
    drawn = {
        kind: plotted(colourless, scene(markers=(Marker(0, 1200, kind, 0.001, "x", "x"),))) for kind in KINDS
    }
    assert alike(drawn) == []


def test_evidence_for_and_against_points_to_two_sides(colourless: Theme) -> None:
    drawn = {value: picture(SignedBar(colourless, value, 5.0, "")) for value in (3.0, -3.0)}
    assert alike(drawn) == []


def test_parts_of_a_bar_have_patterns_that_the_legend_repeats(colourless: Theme, qtbot: QtBot) -> None:
    tokens = ("series_a", "series_b", "series_c", "series_d", "muted")
    made = Stacked(colourless, [Part(f"P{n}", 0.2, token) for n, token in enumerate(tokens)], "")
    made.resize(500, made.heightForWidth(500))
    shown = pixels(made.grab().toImage())
    bars = {n: shown[1:11, n * 100 + 4 : n * 100 + 90] for n in range(5)}
    assert alike(bars) == []
    places = made._places(500)
    signs = {n: shown[18:, int(place.x()) : int(place.x()) + 11] for n, place in enumerate(places)}
    assert alike(signs) == []
    made.deleteLater()


def coloured(window: QWidget) -> list[tuple[str, str, str]]:
    """(kind, tone, words) of every label in view that a colour makes a statement with."""
    found = []
    for widget in window.findChildren(QLabel):
        for kind in ("badge", "tone"):
            tone = widget.property(kind)
            if widget.isVisible() and tone and widget.pixmap().isNull():
                found.append((kind, str(tone), widget.text()))
    for frame in window.findChildren(QFrame):
        tone = frame.property("banner")
        if frame.isVisible() and tone:
            words = [one.text() for one in frame.findChildren(QLabel) if one.isVisible() and one.text()]
            signs = [
                one for one in frame.findChildren(QLabel) if one.isVisible() and not one.pixmap().isNull()
            ]
            found.append(("banner", str(tone), " ".join(words) if words and signs else ""))
    return found


def shown_everywhere(theme: Theme, folder: Path) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    for state in SHOWN:
        (folder / state.name).mkdir()
        stage = Stage(theme, folder / state.name)
        widget = state.show(stage)
        stage.settle(widget)
        yield state.name, coloured(widget)
        stage.close()


@pytest.mark.usefixtures("quick_keys")
def test_words_stand_with_every_colour_on_every_page(theme: Theme, tmp_path: Path) -> None:
    """The same badge never comes in two colours: then the colour would say what the words do not."""
    tones: dict[tuple[str, str], set[str]] = defaultdict(set)
    bare, seen = [], 0
    with wear(theme, USUAL[0]):
        for name, labels in shown_everywhere(theme, tmp_path):
            for kind, tone, words in labels:
                seen += 1
                tones[kind, words].add(tone)
                if not words.strip():
                    bare.append(f"{name}: {kind} {tone}")
    assert seen > 100
    assert bare == []
    assert {
        words: found for (kind, words), found in tones.items() if kind == "badge" and len(found) > 1
    } == {}
