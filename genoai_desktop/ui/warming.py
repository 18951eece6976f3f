"""Loads what the first picture can do without, one library after the other, off the window's thread."""

from contextlib import suppress
from importlib import import_module

from genoai_desktop.domain.context import Context
from genoai_desktop.ui.pages.registry import PAGES

LATER = (
    *("numpy", "polars", "scipy.stats", "pysam", "reportlab", "cryptography", "pikepdf"),
    "genoai_desktop.knowledge.bundle",
    "genoai_desktop.app.request",
    "genoai_desktop.app.reference",
    "genoai_desktop.app.casebook",
    "genoai_desktop.app.analysing",
    "genoai_desktop.app.phenotype",
    "genoai_desktop.app.pedigrees.exchange",
    "genoai_desktop.report.clinician",
    "genoai_desktop.report.letter_kinds",
    "pypdfium2",
    "pyqtgraph",
    *(f"genoai_desktop.ui.pages.{page.module}" for page in PAGES.values()),
    "genoai_desktop.ui.shell.palette",
    *(f"genoai_desktop.ui.dialogs.{name}" for name in ("open_case", "edit_letter", "sign", "criteria")),
    *(
        f"genoai_desktop.ui.dialogs.{name}"
        for name in ("first_run", "users", "backup", "update", "letterhead")
    ),
    *(f"genoai_desktop.ui.dialogs.{name}" for name in ("about", "notes", "audit", "compare", "attachments")),
    "genoai_desktop.ui.help.window",
)
"""In the order in which a person comes to need them."""


def load_libraries(context: Context) -> None:
    """Import them; between two the job can be stopped, for example by closing the window.

    Texts of the window must not be translated at import (a test holds this): a worker has its own language.
    """
    for name in LATER:
        context.check()
        # Python lets one of two threads that import the same packages crosswise fail, to avoid a deadlock;
        # what this one leaves out the other loads
        with suppress(ImportError):
            import_module(name)
    context.check()
    import_module("genoai_desktop.report.fonts").register()
