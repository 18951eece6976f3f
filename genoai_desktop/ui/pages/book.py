"""The pages of a window, each made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtWidgets import QStackedWidget

from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.pages.registry import PAGES


class PageBook(Mapping[str, Page]):
    """Pages by id, in the order of the rail. Looking one up makes it; ``made`` never does.

    ``greet`` is called with each page after it was made.
    """

    def __init__(self, desk: Desk, stack: QStackedWidget, greet: Callable[[Page], None]) -> None:
        self._desk, self._stack, self._greet = desk, stack, greet
        self._made: dict[str, Page] = {}

    def __getitem__(self, page: str) -> Page:
        if page not in self._made:
            made = PAGES[page].load()(self._desk)
            self._made[page] = made
            self._stack.addWidget(made)
            made.dress()
            self._greet(made)
        return self._made[page]

    def __iter__(self) -> Iterator[str]:
        return iter(PAGES)

    def __len__(self) -> int:
        return len(PAGES)

    def __contains__(self, page: object) -> bool:
        return page in PAGES

    @property
    def made(self) -> tuple[Page, ...]:
        """The pages that exist."""
        return tuple(self._made.values())

    def drop(self) -> None:
        """Throw every page away, with what it shows."""
        for page in self.made:
            page.runner.cancel_all()
            page.hide()
            self._stack.removeWidget(page)
            _let_go(page)
            page.deleteLater()
        self._made = {}


def _let_go(page: Page) -> None:
    """When Qt has ended the page, nothing that it knew is left: its shell in Python may live on."""
    known = vars(page)
    page.destroyed.connect(lambda *_: known.clear())
