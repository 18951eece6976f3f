"""The locus plot: lollipops, gene models with domains, coverage and reads, on one genomic axis."""

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPicture, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from genoai_desktop.domain.text import joined, shown, tr
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.viewmodels.locus import GeneTrack, LocusScene, Marker, Span
from genoai_desktop.ui.wheel import ZOOMS

KINDS = {
    "pathogenic": ("d", "danger"),
    "uncertain": ("t1", "warning"),
    "benign": ("o", "success"),
    "none": ("s", "muted"),
}
"""Symbol and colour of each class: the shape tells as much as the colour."""
_DOMAIN_COLOURS = ("series_b", "series_c", "series_d", "series_a")


class PositionAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks with thousands separators, never in exponent form."""

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """1-based positions."""
        return [f"{int(value):,}" for value in values]


class Shapes(pg.GraphicsObject):  # type: ignore[misc]
    """Rectangles and lines in data coordinates, drawn once."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QPicture()
        self._painter: QPainter | None = None
        self._area = QRectF()

    def rect(
        self, left: float, bottom: float, width: float, height: float, token: str, alpha: float = 1.0
    ) -> None:
        """A filled rectangle."""
        colour = QColor(self._theme.colour(token))
        colour.setAlphaF(alpha)
        painter = self._open()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRect(QRectF(left, bottom, width, height))
        self._area = self._area.united(QRectF(left, bottom, width, height))

    def arrow(
        self, left: float, bottom: float, width: float, height: float, tip: float, token: str, alpha: float
    ) -> None:
        """A bar with a point: to the right, or to the left where ``tip``, its length, is negative."""
        colour = QColor(self._theme.colour(token))
        colour.setAlphaF(alpha)
        painter, middle, right = self._open(), bottom + height / 2, left + width
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        long = min(abs(tip), width)
        ends = (
            ((left, bottom), (right - long, bottom), (right, middle), (right - long, bottom + height),
             (left, bottom + height))
            if tip > 0
            else ((right, bottom), (left + long, bottom), (left, middle), (left + long, bottom + height),
                  (right, bottom + height))
        )  # fmt: skip
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ends]))
        self._area = self._area.united(QRectF(left, bottom, width, height))

    def finish(self) -> None:
        """No more shapes."""
        if self._painter is not None:
            self._painter.end()
            self._painter = None

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Play the picture."""
        painter.drawPicture(0, 0, self._picture)

    def boundingRect(self) -> QRectF:
        """What was drawn."""
        return QRectF(self._area)

    def _open(self) -> QPainter:
        if self._painter is None:
            self._painter = QPainter(self._picture)
        return self._painter


_TIPS = 160
"""The point of a read is this part of the view: its strand is told by its shape, not by its colour."""
_AXIS = 64
"""Width of the axis to the left at the normal text size."""
_COVERAGE, _READS = 2, 3
"""Rows below the variants and the genes."""


class LocusPlot(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """``moved`` carries the stretch in view; ``picked`` the row of a variant that was clicked."""

    moved = Signal(object)
    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.scene_data: LocusScene | None = None
        self._chosen: list[Any] = []
        self._marker: Marker | None = None
        self.setAccessibleName(tr("Locus plot"))
        self.setAntialiasing(True)
        self.setProperty(ZOOMS, True)
        self.setMinimumSize(300, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.ci.setContentsMargins(0, 0, 0, 0)
        self.variants = self._plot(0, tr("Rarer ↑"), 3)
        self.genes = self._plot(1, "", 2)
        self._of_reads: dict[int, Any] = {}
        self.genes.setXLink(self.variants)
        self.variants.getViewBox().sigXRangeChanged.connect(self._moved)
        self.points = pg.ScatterPlotItem()
        self.points.sigClicked.connect(self._clicked)
        self.paint_theme()

    def show_scene(self, scene: LocusScene) -> None:
        """Draw everything; the view goes to ``scene.view``."""
        self.scene_data = scene
        self._chosen = []
        for plot in self._plots:
            plot.clear()
            self._limit(plot)
        self._draw_markers(scene.markers)
        self._draw_genes(scene.genes, scene.view)
        self._draw_coverage(scene)
        self._draw_reads(scene)
        self.variants.setXRange(scene.view.start, scene.view.end, padding=0)
        if self._marker in scene.markers:
            self.choose(self._marker)
        said = tr(
            "Locus plot: {genes}; {count} variants",
            genes=joined(", ", (g.gene for g in scene.genes)) or tr("no gene"),
            count=len(scene.markers),
        )
        self.setAccessibleName(said)

    def choose(self, marker: Marker) -> None:
        """Ring one variant and write its name beside it, until another is chosen."""
        self._marker = marker
        for item in self._chosen:
            self.variants.removeItem(item)
        top = height(marker.frequency)
        ring = pg.ScatterPlotItem([marker.position], [top], symbol="o", size=24, brush=None)
        ring.setPen(pg.mkPen(self._theme.colour("accent"), width=2))
        ring.setZValue(5)
        left = self.scene_data is not None and marker.position > sum(self._middle) / 2
        apart = "\u2003"  # beside the ring
        words = shown(marker.name)
        name = self._words(words + apart if left else apart + words, "text", (1.0 if left else 0.0, 0.5))
        name.setPos(marker.position, top)
        name.setZValue(6)
        self._chosen = [ring, name]
        for item in self._chosen:
            self.variants.addItem(item)

    @property
    def _middle(self) -> tuple[float, float]:
        (left, right), _ = self.variants.getViewBox().viewRange()
        return left, right

    def zoom(self, factor: float) -> None:
        """Make the view ``factor`` times as wide."""
        self.variants.getViewBox().scaleBy((factor, 1))

    def pan(self, share: float) -> None:
        """Move by a share of the width; positive to the right."""
        (left, right), _ = self.variants.getViewBox().viewRange()
        self.variants.getViewBox().translateBy(x=(right - left) * share)

    def paint_theme(self) -> None:
        """Take the colours of the theme in use."""
        self.setBackground(self._theme.colour("surface"))
        for plot in self._plots:
            self._paint_axes(plot)
        if self.scene_data is not None:
            self.show_scene(self.scene_data)

    def _plot(self, row: int, title: str, stretch: int) -> Any:
        last = row == 3
        axes = {"bottom": PositionAxis("bottom")}
        plot = self.addPlot(row=row, col=0, axisItems=axes, enableMenu=False)
        plot.setMouseEnabled(x=True, y=False)
        plot.hideButtons()
        plot.getAxis("left").setWidth(_AXIS)
        plot.setLabel("left", title)
        plot.getAxis("left").setStyle(tickLength=-4)
        plot.getAxis("bottom").setStyle(showValues=row == 1)
        if last or row == 1:
            plot.getAxis("left").setTicks([])
        self.ci.layout.setRowStretchFactor(row, stretch)
        return plot

    @property
    def coverage(self) -> Any:
        """The row of depth."""
        return self._row_of_reads(_COVERAGE, tr("Depth"), 1)

    @property
    def reads(self) -> Any:
        """The row of reads."""
        return self._row_of_reads(_READS, tr("Reads"), 2)

    def _row_of_reads(self, row: int, title: str, stretch: int) -> Any:
        """Made when there are reads to show: a plot takes longer to make than a page of text."""
        if row not in self._of_reads:
            made = self._plot(row, title, stretch)
            made.setXLink(self.variants)
            self._paint_axes(made)
            self._limit(made)
            self._of_reads[row] = made
        return self._of_reads[row]

    @property
    def _plots(self) -> tuple[Any, ...]:
        return (self.variants, self.genes, *self._of_reads.values())

    def _limit(self, plot: Any) -> None:
        """Nobody pans beyond the chromosome."""
        if self.scene_data is not None:
            length = self.scene_data.length
            plot.setLimits(xMin=max(-1e5, 1 - length * 0.01), xMax=length * 1.01, minXRange=20)

    def _paint_axes(self, plot: Any) -> None:
        font = self._font()
        for name in ("left", "bottom"):
            axis = plot.getAxis(name)
            axis.setPen(self._theme.colour("control_border"))
            axis.setTextPen(self._theme.colour("muted"))
            axis.setTickFont(font)
            axis.label.setFont(font)
        plot.getAxis("left").setWidth(_AXIS * self._theme.scale // 100)

    def _font(self) -> QFont:
        """Of axes and names: as a caption of the page."""
        font = QFont(self.font())
        font.setPixelSize(self._theme.type_size("caption"))
        return font

    def _words(self, text: str, token: str, anchor: tuple[float, float]) -> Any:
        made = pg.TextItem(text, color=self._theme.colour(token), anchor=anchor)
        made.setFont(self._font())
        return made

    def _show_row(self, row: int, shown: bool) -> bool:
        """A row without data takes no room; whether there is anything to draw in it."""
        if not shown and row not in self._of_reads:
            return False
        plot = self.coverage if row == _COVERAGE else self.reads
        plot.setVisible(shown)
        grid = self.ci.layout
        grid.setRowStretchFactor(row, row - 1 if shown else 0)
        grid.setRowMaximumHeight(row, 16777215 if shown else 0)
        grid.setRowPreferredHeight(row, 120 if shown else 0)
        return shown

    def _draw_markers(self, markers: tuple[Marker, ...]) -> None:
        heights = np.array([height(marker.frequency) for marker in markers])
        positions = np.array([marker.position for marker in markers], dtype=float)
        if len(markers):
            stems_x = np.repeat(positions, 2)
            stems_y = np.column_stack([np.zeros_like(heights), heights]).ravel()
            faint = QColor(self._theme.colour("control_border"))
            faint.setAlphaF(0.55)
            pen = pg.mkPen(faint, width=1)
            self.variants.addItem(pg.PlotDataItem(stems_x, stems_y, connect="pairs", pen=pen))
        order = {"none": 0, "benign": 1, "uncertain": 2, "pathogenic": 3}
        spots = [
            {
                "pos": (marker.position, heights[index]),
                "symbol": KINDS[marker.kind][0],
                "brush": self._theme.colour(KINDS[marker.kind][1]),
                "pen": pg.mkPen(self._theme.colour("surface"), width=1),
                "size": 15 if marker.kind == "pathogenic" else 12 if marker.kind == "uncertain" else 9,
                "data": marker,
            }
            for index, marker in sorted(enumerate(markers), key=lambda pair: order[pair[1].kind])
        ]
        self.points = pg.ScatterPlotItem(hoverable=True, tip=_tip)
        self.points.setData(spots)
        self.points.sigClicked.connect(self._clicked)
        self.variants.addItem(self.points)
        self.variants.setYRange(0, 6, padding=0)
        levels = ((0, "100 %"), (2, "1 %"), (4, "0.01 %"), (5.5, tr("unseen")))
        self.variants.getAxis("left").setTicks([levels])

    def _draw_genes(self, tracks: tuple[GeneTrack, ...], view: Span) -> None:
        shapes = Shapes(self._theme)
        lanes = max((track.lane for track in tracks), default=0) + 1
        for track in tracks:
            self._draw_gene(shapes, track, -float(track.lane))
            middle = (max(track.start, view.start) + min(track.end, view.end)) / 2
            if track.end < view.start or track.start > view.end:
                middle = (track.start + track.end) / 2
            arrow = "◀" if track.reverse else "▶"
            name = self._words(f"{track.gene} {arrow}", "text", (0.5, 0))
            name.setPos(middle, -track.lane - 0.26)
            self.genes.addItem(name)
        shapes.finish()
        self.genes.addItem(shapes)
        self.genes.setYRange(-lanes + 0.2, 0.6, padding=0)

    def _draw_gene(self, shapes: Shapes, track: GeneTrack, y: float) -> None:
        shapes.rect(track.start, y - 0.015, track.end - track.start + 1, 0.03, "control_border")
        for start, end in track.exons:
            shapes.rect(start, y - 0.1, end - start + 1, 0.2, "series_a", 0.45)
            if track.cds and end >= track.cds[0] and start <= track.cds[1]:
                left, right = max(start, track.cds[0]), min(end, track.cds[1])
                shapes.rect(left, y - 0.2, right - left + 1, 0.4, "series_a")
        for index, (_, parts) in enumerate(track.domains):
            for start, end in parts:
                shapes.rect(start, y + 0.26, end - start + 1, 0.14, _DOMAIN_COLOURS[index % 4], 0.9)
        self._name_domains(track, y)

    def _name_domains(self, track: GeneTrack, y: float) -> None:
        for _index, (name, parts) in enumerate(track.domains[:12]):
            if parts and self.scene_data is not None:
                width = parts[-1][1] - parts[0][0]
                if width > self.scene_data.view.size / 14:
                    text = self._words(name, "muted", (0.5, 1))
                    text.setPos((parts[0][0] + parts[-1][1]) / 2, y + 0.36)
                    self.genes.addItem(text)

    def _draw_coverage(self, scene: LocusScene) -> None:
        depth = scene.reads.coverage
        if self._show_row(_COVERAGE, bool(depth)):
            x = np.arange(len(depth) + 1) + scene.reads.start - 0.5
            fill = QColor(self._theme.colour("series_a"))
            fill.setAlphaF(0.45)
            pen = pg.mkPen(self._theme.colour("series_a"))
            self.coverage.addItem(
                pg.PlotDataItem(x, np.array(depth), stepMode="center", fillLevel=0, brush=fill, pen=pen)
            )
            self.coverage.setYRange(0, max(depth) * 1.1 + 1, padding=0)

    def _draw_reads(self, scene: LocusScene) -> None:
        if not self._show_row(_READS, bool(scene.reads.reads)):
            return
        shapes = Shapes(self._theme)
        tip = scene.view.size / _TIPS
        for read in scene.reads.reads:
            token, points = ("series_d", -tip) if read.reverse else ("series_a", tip)
            wide = read.end - read.start + 1
            shapes.arrow(read.start - 0.5, -read.lane - 0.7, wide, 0.6, points, token, 0.45)
            for position, _base in read.mismatches:
                shapes.rect(position - 0.5, -read.lane - 0.75, 1, 0.7, "danger")
        shapes.finish()
        self.reads.addItem(shapes)
        lanes = max(read.lane for read in scene.reads.reads) + 1
        self.reads.setYRange(-min(lanes, 40), 0.2, padding=0)

    def _moved(self, _box: Any, limits: tuple[float, float]) -> None:
        if self.scene_data is not None:
            self.moved.emit(
                Span(self.scene_data.view.chromosome, max(1, int(limits[0])), max(2, int(limits[1])))
            )

    def _clicked(self, _item: Any, points: Any, *_: Any) -> None:
        if len(points):
            self.picked.emit(points[0].data().row)


def height(frequency: float | None) -> float:
    """How tall a lollipop stands: minus log10 of the frequency, at most 5; unseen alleles tallest."""
    if frequency is None or frequency <= 0:
        return 5.5
    return min(5.0, max(0.15, -math.log10(frequency)))


def _tip(x: float, y: float, data: Marker) -> str:  # noqa: ARG001 - pyqtgraph passes these by name
    """What a lollipop says when the mouse is over it."""
    return shown(data.title)
