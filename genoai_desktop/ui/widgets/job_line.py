"""One line of a dialog: what a worker does now, how far it is, and a button to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from genoai_desktop.domain.text import shown, tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.widgets.basics import button, label, row


class JobLine(QWidget):
    """Seen only while the runner has a job that reports; short requests never make it flicker.

    ``stopped`` fires after the person, or the lock, stopped what the runner had under way.
    """

    stopped = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName(tr("Progress"))
        self.step = label("", "muted")
        self.step.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.stop = button(tr("Cancel"), self._stop)
        line = row(self.bar, self.step, self.stop)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()
        runner.progress.connect(self._progress)
        runner.busy_changed.connect(self._busy)
        runner.stopped.connect(self.stopped)

    def _progress(self, text: str, fraction: float) -> None:
        text = shown(text)
        self.step.setText(text)
        self.step.setToolTip(text)
        self.step.setAccessibleName(text)
        self.bar.setRange(0, 0 if fraction < 0 else 1000)
        self.bar.setValue(int(max(0.0, fraction) * 1000))
        self.show()

    def _busy(self, busy: bool) -> None:
        if not busy:
            self.hide()

    def _stop(self) -> None:
        self._runner.cancel_all()
        self.stopped.emit()
