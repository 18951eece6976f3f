"""How states are brought about: as in daily work, and a use case that fails or does not come back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from sample_case import Opened, sample_case
from stage import Stage

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.bundle import Bundle

Show = Callable[[Stage], QWidget]
Step = Callable[[Stage], Any]
Make = Callable[[], Opened]

STORE_UNREAD = UserError("The case store could not be read.", remedy="Check that the disk is connected.")


def page(name: str, *before: Step, then: Step | None = None) -> Show:
    """The page in view after some steps; ``then`` is done once it is in view."""

    def show(stage: Stage) -> QWidget:
        for step in before:
            step(stage)
        stage.window.show_page(name)
        if then is not None:
            stage.settle()
            then(stage)
        stage.settle()
        return stage.window

    return show


def case(make: Make = sample_case) -> Step:
    """A case on the desk."""
    return lambda stage: stage.open(make())


def on_page(act: Callable[[Any], Any]) -> Step:
    """``act(page)`` on the page in view."""
    return lambda stage: act(stage.window.page)


def asked(action: str, *before: Step, then: Callable[[Any], Any] | None = None) -> Show:
    """What an action of the menu opens; ``then(dialog)`` is done once it is there."""

    def show(stage: Stage) -> QWidget:
        for step in before:
            step(stage)
        stage.window.actions_by_id[action].trigger()
        seen = stage.dialog()
        if then is not None:
            then(seen)
            stage.settle(seen)
        return seen

    return show


def pressed(name: str, button: str, make: Make = sample_case) -> Show:
    """What a button of a page opens."""

    def show(stage: Stage) -> QWidget:
        getattr(stage.case(make(), name), button)()
        return stage.dialog()

    return show


def store(stage: Stage) -> None:
    """An unlocked, empty case store."""
    stage.store()


def stored(stage: Stage) -> None:
    """An unlocked store with a case in it, open."""
    stage.store()
    stage.stored_case()


def tab(at: int) -> Callable[[Any], None]:
    """Turn to a tab of a dialog."""
    return lambda made: made.tabs.setCurrentIndex(at)


def staged(name: str, make: Callable[[Stage], Callable[..., Any]]) -> Step:
    """Put a use case in the place of ``name``."""
    return lambda stage: stage.services.stage(name, make(stage))


def fails(name: str, error: Exception) -> Step:
    """The use case ``name`` ends with ``error``."""
    return staged(name, lambda _stage: failing(error))


def waits(name: str, label: str, fraction: float | None = 0.4) -> Step:
    """The use case ``name`` does not come back."""
    return staged(name, lambda stage: stage.services.never(tr(label), fraction))


def answers(name: str, answer: Callable[[], Any]) -> Step:
    """The use case ``name`` gives this."""
    return staged(name, lambda _stage: lambda *_arguments: answer())


def failing(error: Exception) -> Callable[..., Any]:
    """A use case that ends with ``error``."""

    def fail(*_arguments: Any, **_more: Any) -> Any:
        raise error

    return fail


def table_missing(name: str) -> Exception:
    """What the program itself says of a table that is gone."""
    try:
        Bundle().raw(name + " (gone)")
    except UserError as error:
        return error
    raise AssertionError(name)


def edited(stage: Stage) -> None:
    """An edit of the case in view, that is analysed."""
    from dataclasses import replace

    session = stage.window.desk.session
    assert session is not None
    stage.window.desk.change(replace(session.case, indication="Another indication"))
