"""Locus: ideogram, genes, variants and reads; zoom, pan, jump, copy and export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSizePolicy, QWidget

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.desk import Desk, Target
from genoai_desktop.ui.locus import export
from genoai_desktop.ui.locus.ideogram import Ideogram
from genoai_desktop.ui.locus.view import KINDS, LocusPlot
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.viewmodels.browse import browse_frame
from genoai_desktop.ui.viewmodels.locus import LocusScene, Span, load_scene, resolve
from genoai_desktop.ui.widgets.basics import box, button, card, column, label, row
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.legend import Symbol

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_START = "FGFR2"
_LOW = 200
"""Least height of the plot at the normal text size, and of its rows of reads; a lower window scrolls."""


_LONGEST_PLACE = "chr10:121,476,640-121,601,584"
_EDGES = 28
"""Of a field, to the left and right of its words."""


class LocusPage(Page):
    """Reloads in a worker whenever the view leaves what was loaded."""

    id = "locus"
    icon = "locus"
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.ideogram = Ideogram(desk.theme)
        self.plot = LocusPlot(desk.theme)
        self.place = QLineEdit()
        self.place.setPlaceholderText(tr("Gene or chr:start-end"))
        self.place.setAccessibleName(tr("Jump to gene or place"))
        self.place.returnPressed.connect(self._jump)
        self.note = label("", "caption", wrap=True)
        self.detail = label(
            tr(
                "Click a variant to read about it, or go from one to the next with ↑ and ↓. "
                "Drag to pan, wheel to zoom; + − ← → on the keyboard."
            ),
            "muted",
            wrap=True,
        )
        self._frame = pl.DataFrame()
        self._case: OpenCase | None = None
        self._waiting: Target | None = None
        self._view: Span | None = None
        self._wanted, self._chosen = 0, -1
        """Position to choose once it is drawn; row of the chosen variant."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(150)
        self._pause.timeout.connect(self._reload)
        self._assemble_tools()
        self.holder = card(self.ideogram, self.plot, self._legend(), self.detail, self.note)
        self.holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(self.holder)
        self.plot.moved.connect(self._moved)
        self.plot.picked.connect(self._picked)
        self.ideogram.jumped.connect(self._centre)
        desk.theme.changed.connect(self.plot.paint_theme)

    def name(self) -> str:
        """The title."""
        return tr("Locus")

    def reset(self) -> None:
        """The widgets stay."""

    def fill(self, opened: OpenCase) -> None:
        """Go where the best evidence is, unless a place was asked for."""
        self.place.setMinimumWidth(self.place.fontMetrics().horizontalAdvance(_LONGEST_PLACE) + _EDGES)
        rows = _LOW + (_LOW if opened.case.reads else 0)
        self.plot.setMinimumHeight(rows * self.desk.theme.scale // 100)
        if opened is not self._case:
            self._case = opened
            self._frame = browse_frame(opened)
            self.go(self._waiting or self._first(opened))
            self._waiting = None

    def find_field(self) -> QWidget | None:
        """Jump to a gene or place."""
        return self.place

    def put_down(self) -> None:
        """The plot keeps its place in the window; the next case is drawn over it."""
        super().put_down()
        self._case, self._frame = None, pl.DataFrame()

    def go(self, target: Target) -> None:
        """Show a place with its surroundings; the whole gene when it is known."""
        if self._case is None:
            self._waiting = target
            return
        self._wanted, self._chosen = target.start, -1
        self._pause.stop()  # a reload after panning must not take the place of the jump
        self.place.setText(target.gene or f"chr{target.chromosome}:{target.start:,}-{target.end:,}")
        margin = max(60, (target.end - target.start) // 4)
        span = Span(target.chromosome, max(1, target.start - margin), target.end + margin)
        self.run(_load, self.desk.services, self._case, self._frame, span, target.gene, done=self._show)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and pan from the keyboard."""
        keys = {
            Qt.Key.Key_Plus: lambda: self.plot.zoom(0.5),
            Qt.Key.Key_Equal: lambda: self.plot.zoom(0.5),
            Qt.Key.Key_Minus: lambda: self.plot.zoom(2.0),
            Qt.Key.Key_Left: lambda: self.plot.pan(-0.25),
            Qt.Key.Key_Right: lambda: self.plot.pan(0.25),
            Qt.Key.Key_Down: lambda: self.step(1),
            Qt.Key.Key_Up: lambda: self.step(-1),
        }
        action = keys.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def step(self, by: int) -> None:
        """To the next variant in view (-1: the one before), from the chosen one or from the edge."""
        scene = self.plot.scene_data
        if scene is None or self._view is None:
            return
        view = self._view
        here = sorted(
            (marker.position, marker.row)
            for marker in scene.markers
            if view.start <= marker.position <= view.end
        )
        rows = [row_ for _, row_ in here]
        if rows:
            before = rows.index(self._chosen) + by if self._chosen in rows else (0 if by > 0 else -1)
            self._picked(rows[before % len(rows)])

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        if not self.may_leave("locus picture clipboard"):
            return
        QGuiApplication.clipboard().setImage(export.picture(self.holder))
        self.banner.say("success", tr("The picture is on the clipboard."))

    def save(self) -> None:
        """Ask where, as SVG or PDF."""
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the locus view"), "locus.svg", "SVG (*.svg);;PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write SVG or PDF."""
        if not self.may_leave("locus picture"):
            return
        export.save(path, self.ideogram, self.plot)
        self.banner.say("success", tr("Saved as {name}.", name=path.name))

    def _first(self, opened: OpenCase) -> Target:
        rare = opened.result.rare
        for candidate in rare.candidates[:20] if rare else ():
            for variant in candidate.variants:
                key = variant.key
                return Target(key.chromosome, key.position, key.position + len(key.ref) - 1, variant.gene)
        return Target("10", 1, 1, _START)

    def _jump(self) -> None:
        if self._case is not None:
            self._pause.stop()
            self.run(
                _resolve,
                self.desk.services,
                self.place.text(),
                self._case.case.build,
                done=self._arrive,
                key="jump",
            )

    def _arrive(self, span: Span) -> None:
        assert self._case is not None
        self._pause.stop()  # a reload after panning must not take the place of the jump
        self.banner.hide()
        self.run(_load, self.desk.services, self._case, self._frame, span, "", done=self._show)

    def _show(self, scene: LocusScene) -> None:
        self._view = scene.view
        self.plot.show_scene(scene)
        wanted = next((m for m in scene.markers if m.position == self._wanted), None)
        if wanted is not None:
            self._wanted = 0
            self._picked(wanted.row)
        self.ideogram.show_scene(scene, scene.view)
        none = tr("No variant of the patient lies here. That does not mean reference: see Quality.")
        told = joined(" ", (part for part in ("" if scene.markers else none, scene.note) if part))
        self.note.setText(told)
        self.note.setAccessibleName(told)
        self.note.setVisible(bool(told))
        self._say_place(scene.view)

    def _moved(self, span: Span) -> None:
        scene = self.plot.scene_data
        self._view = span
        if scene is None:
            return
        self.ideogram.show_scene(scene, span)
        self._say_place(span)
        outside = span.start < scene.loaded.start or span.end > scene.loaded.end
        closer = self._case is not None and self._case.case.reads and span != scene.view
        if outside or closer or span.size * 8 < scene.loaded.size:
            self._pause.start()

    def _reload(self) -> None:
        if self._case is not None and self._view is not None:
            self.run(_load, self.desk.services, self._case, self._frame, self._view, "", done=self._show)

    def _centre(self, position: int) -> None:
        if self._view is not None:
            half = self._view.size // 2
            self._arrive(Span(self._view.chromosome, max(1, position - half), position + half))

    def _picked(self, row_: int) -> None:
        scene = self.plot.scene_data
        marker = next((m for m in scene.markers if m.row == row_), None) if scene else None
        if marker is not None:
            self._chosen = row_
            self.plot.choose(marker)
            kinds = {
                "pathogenic": tr("ClinVar: pathogenic or likely pathogenic"),
                "uncertain": tr("ClinVar: uncertain or conflicting"),
                "benign": tr("ClinVar: benign or likely benign"),
                "none": tr("not in ClinVar"),
            }
            unseen = tr("no measured frequency")
            seen = unseen if marker.frequency is None else written(marker.frequency, ".3%")
            self.detail.setText(joined(" · ", (marker.title, kinds[marker.kind], seen)))
            self.detail.setAccessibleName(self.detail.text())

    def _say_place(self, span: Span) -> None:
        build = self._case.case.build if self._case else ""
        self.subtitle.setText(
            f"chr{span.chromosome}:{span.start:,}–{span.end:,} ({build}), "
            + tr("{size} bases", size=f"{span.size:,}")
        )

    def _assemble_tools(self) -> None:
        for text, name, clicked in (
            ("−", tr("Zoom out"), lambda: self.plot.zoom(2.0)),
            ("+", tr("Zoom in"), lambda: self.plot.zoom(0.5)),
            ("←", tr("Pan left"), lambda: self.plot.pan(-0.25)),
            ("→", tr("Pan right"), lambda: self.plot.pan(0.25)),
        ):
            made = button(text, clicked, name=name)
            made.setToolTip(name)
            made.setMinimumWidth(44)
            self.tools.addWidget(made)
        self.tools.addWidget(self.place)
        self.tools.addWidget(button(tr("Go"), self._jump))
        self.tools.addWidget(button(tr("Copy"), self.copy, name=tr("Copy the picture")))
        self.tools.addWidget(button(tr("Save…"), self.save, name=tr("Save as SVG or PDF")))

    def _legend(self) -> QWidget:
        words = {
            "pathogenic": tr("pathogenic"),
            "uncertain": tr("uncertain"),
            "benign": tr("benign"),
            "none": tr("not in ClinVar"),
        }
        signs = flowing(
            *(
                box(
                    row(
                        Symbol(self.desk.theme, kind, token, words[kind]),
                        label(words[kind], "caption"),
                        space="xs",
                    )
                )
                for kind, (_, token) in KINDS.items()
            ),
            gap="l",
        )
        hint = tr(
            "Taller = rarer. Thick = coding, thin = untranslated; above it the protein domains. "
            "Reads point the way of their strand; a full-height mark on one is a base that differs."
        )
        return box(column(signs, label(hint, "caption", wrap=True), space="xs"))


def _resolve(services: Services, typed: str, build: Build, context: Context) -> Span:
    context.check()
    return resolve(services.knowledge, typed, build)


def _load(
    services: Services, opened: OpenCase, frame: pl.DataFrame, span: Span, gene: str, context: Context
) -> LocusScene:
    """With a gene, the view takes in the whole gene around the place."""
    transcript = services.knowledge.genes.transcript(gene, opened.case.build) if gene else None
    if transcript is not None:
        locus = transcript.locus
        margin = max(300, (locus.end - locus.start) // 20)
        start, end = min(span.start, locus.start - margin), max(span.end, locus.end + margin)
        if span.chromosome == locus.chromosome or span.end <= 100:
            span = Span(locus.chromosome, max(1, locus.start - margin if span.end <= 100 else start), end)
    return load_scene(opened, frame, services.knowledge, span, context)
