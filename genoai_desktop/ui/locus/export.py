"""The locus view as SVG, PDF or picture."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.locus.ideogram import Ideogram
from genoai_desktop.ui.locus.view import LocusPlot


def draw(painter: QPainter, ideogram: Ideogram, plot: LocusPlot, size: QSizeF) -> None:
    """Ideogram on top, plot below, in ``size``; the scene is drawn as vectors."""
    top = ideogram.height()
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), plot.backgroundBrush())
    painter.save()
    ideogram.draw(painter, QRectF(0, 0, size.width(), top))
    painter.restore()
    plot.scene().render(
        painter, QRectF(0, top, size.width(), size.height() - top), QRectF(plot.viewport().rect())
    )


def picture(holder: QWidget) -> QImage:
    """What is on the screen, at the screen's resolution."""
    return holder.grab().toImage()


def save(path: Path, ideogram: Ideogram, plot: LocusPlot) -> None:
    """Write ``path`` as SVG or PDF, whichever its name ends in."""
    size = QSizeF(plot.width(), plot.height() + ideogram.height())
    if path.suffix.lower() == ".svg":
        _save_svg(path, ideogram, plot, size)
    else:
        _save_pdf(path, ideogram, plot, size)


def _save_svg(path: Path, ideogram: Ideogram, plot: LocusPlot, size: QSizeF) -> None:
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(QSize(int(size.width()), int(size.height())))
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(tr("Locus view"))
    painter = QPainter(generator)
    draw(painter, ideogram, plot, size)
    painter.end()


def _save_pdf(path: Path, ideogram: Ideogram, plot: LocusPlot, size: QSizeF) -> None:
    writer = QPdfWriter(str(path))
    writer.setResolution(96)
    page = QPageSize(QSizeF(size.width() * 0.75, size.height() * 0.75), QPageSize.Unit.Point)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    writer.setTitle(tr("Locus view"))
    painter = QPainter(writer)
    draw(painter, ideogram, plot, size)
    painter.end()
