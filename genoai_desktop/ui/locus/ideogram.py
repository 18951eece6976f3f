"""The chromosome with its bands, and where on it we are."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPen

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.viewmodels.locus import LocusScene, Span
from genoai_desktop.ui.widgets.figures import Figure

_SHADES = {
    "gpos25": 0.18,
    "gpos33": 0.22,
    "gpos50": 0.36,
    "gpos66": 0.45,
    "gpos75": 0.54,
    "gpos100": 0.75,
    "gvar": 0.3,
    "stalk": 0.3,
}


class Ideogram(Figure):
    """``jumped`` carries the position that was clicked."""

    jumped = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Ideogram"), 30 + theme.type_size("caption") + 4, 280)
        theme.changed.connect(self._resize)
        self._scene: LocusScene | None = None
        self._view: Span | None = None

    def _resize(self) -> None:
        self.setMinimumHeight(30 + self.theme.type_size("caption") + 4)
        self.updateGeometry()

    @property
    def _left(self) -> int:
        """Room for the name of the chromosome."""
        return 64 * self.theme.scale // 100

    def show_scene(self, scene: LocusScene, view: Span) -> None:
        """Draw this chromosome, with the view marked."""
        self._scene, self._view = scene, view
        bands = [band.name for band in scene.bands if band.end >= view.start and band.start <= view.end]
        names = bands[0] if len(bands) == 1 else f"{bands[0]} – {bands[-1]}" if bands else view.chromosome
        self.setAccessibleName(tr("Ideogram: {bands}", bands=names))
        self._bands = names
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Bands inside a rounded outline; the centromere pinched."""
        if self._scene is None or self._view is None:
            return
        bar = QRectF(area.left() + self._left, area.top() + 8, area.width() - self._left - 8, 16)
        font = painter.font()
        font.setPixelSize(self.theme.type_size("body"))
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self.theme.colour("text"))
        painter.drawText(
            QRectF(area.left(), bar.top() - 7, self._left - 4, 30),
            Qt.AlignmentFlag.AlignVCenter,
            f"chr{self._view.chromosome}",
        )
        clip = QPainterPath()
        clip.addRoundedRect(bar, 8, 8)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(bar, self.theme.colour("surface"))
        self._draw_bands(painter, bar)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colour("control_border"), 1))
        painter.drawRoundedRect(bar, 8, 8)
        self._draw_view(painter, bar)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump to where the chromosome was clicked."""
        if self._scene is not None:
            share = (event.position().x() - self._left) / max(1.0, self.width() - self._left - 8.0)
            self.jumped.emit(int(self._scene.length * min(1.0, max(0.0, share))))

    def _draw_bands(self, painter: QPainter, bar: QRectF) -> None:
        assert self._scene is not None
        painter.setPen(Qt.PenStyle.NoPen)
        for band in self._scene.bands:
            left = bar.left() + bar.width() * (band.start - 1) / self._scene.length
            width = bar.width() * (band.end - band.start + 1) / self._scene.length
            colour = QColor(self.theme.colour("danger" if band.stain == "acen" else "muted"))
            colour.setAlphaF(0.45 if band.stain == "acen" else _SHADES.get(band.stain, 0.0))
            painter.fillRect(QRectF(left, bar.top(), width, bar.height()), colour)

    def _draw_view(self, painter: QPainter, bar: QRectF) -> None:
        assert self._scene is not None
        assert self._view is not None
        left = bar.left() + bar.width() * (self._view.start - 1) / self._scene.length
        width = max(3.0, bar.width() * self._view.size / self._scene.length)
        painter.setPen(QPen(self.theme.colour("accent"), 2))
        painter.drawRoundedRect(QRectF(left - 1, bar.top() - 4, width + 2, bar.height() + 8), 2, 2)
        painter.setPen(self.theme.colour("muted"))
        font = painter.font()
        font.setPixelSize(self.theme.type_size("caption"))
        font.setWeight(font.Weight.Normal)
        painter.setFont(font)
        text_width = painter.fontMetrics().horizontalAdvance(self._bands)
        x = min(max(bar.left(), left + width / 2 - text_width / 2), bar.right() - text_width)
        painter.drawText(QPointF(x, bar.bottom() + 6 + self.theme.type_size("caption")), self._bands)
