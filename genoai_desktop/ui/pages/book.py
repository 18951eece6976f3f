"""The pages of a window, each made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

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
        self._bare: dict[str, Page] = {}

    def __getitem__(self, page: str) -> Page:
        if page not in self._made:
            made = self._bare.pop(page, None) or self.bare(page)
            self._made[page] = made
            first = not self._stack.count()  # comes into view at once, so it must be complete
            if first:
                made.dress()
            self._stack.addWidget(made)
            if not first:
                made.dress()
            self._greet(made)
        return self._made[page]

    def bare(self, page: str) -> Page:
        """A new page that is not in the window yet."""
        return PAGES[page].load()(self._desk)

    def take(self, page: Page) -> None:
        """Use this one when it is first looked at."""
        self._bare[page.id] = page

    def ahead(self, wanted: Iterable[str]) -> Iterator[None]:
        """Make pages before they are looked at, each in two steps; between two the window has its turn."""
        for page in wanted:
            if page not in self._made and page not in self._bare:
                self.take(self.bare(page))
                yield
            if page not in self._made:
                self[page]
                yield

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

    def drop_bare(self) -> None:
        """Throw away what is made and not yet in the window."""
        for page in self._bare.values():
            page.deleteLater()
        self._bare = {}

    def drop(self) -> None:
        """Throw every page away, the one in view last: another would come into view, and be filled."""
        self.drop_bare()
        shown = self._stack.currentWidget()
        for page in sorted(self.made, key=lambda page: page is shown):
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
