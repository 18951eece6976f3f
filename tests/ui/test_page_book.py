"""Pages that are made ahead and thrown away."""

from pytestqt.qtbot import QtBot

from genoai_desktop.ui.window import MainWindow


def test_throwing_the_pages_away_fills_none_of_them(opened: MainWindow, qtbot: QtBot) -> None:
    for page in opened.pages:
        opened.pages[page]
    opened.show_page("candidates")
    filled: list[str] = []
    for page in opened.pages.made:
        page.refresh = lambda name=page.id: filled.append(name)  # type: ignore[method-assign, misc]
    opened.drop_pages()
    opened.show_page("cases")
    assert filled == []


def test_a_page_is_made_ahead_in_two_steps(window: MainWindow, qtbot: QtBot) -> None:
    steps = window.pages.ahead(["report"])
    next(steps)
    assert "report" not in {page.id for page in window.pages.made}
    assert next(steps, "more") is None
    assert "report" in {page.id for page in window.pages.made}
    assert next(steps, "over") == "over"


def test_what_a_dropped_page_knew_goes_with_it(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("candidates")
    page = opened.page
    with qtbot.waitSignal(page.destroyed):
        opened.drop_pages()
        opened.show_page("cases")
    assert vars(page) == {}
