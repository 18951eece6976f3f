"""Python's singletons outlive whatever Qt's bindings take from them."""

import sys

from PySide6.QtCore import QObject, Signal

from genoai_desktop.ui.singletons import protect


class Sender(QObject):
    """Emits; each emit may take a reference from ``True``."""

    sent = Signal(object)


def test_a_hundred_thousand_signals_do_no_harm() -> None:
    protect()
    sender = Sender()
    for _ in range(100_000):
        sender.sent.emit(None)
    assert sys.getrefcount(True) > 1000
    assert sys.getrefcount(None) > 1000
