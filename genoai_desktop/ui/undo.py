"""Edits of a case as steps that can be taken back and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QUndoCommand

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.text import tr

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Dossier
    from genoai_desktop.ui.session import Session

State = tuple[Case, "Dossier"]


class Apply(Protocol):
    """Makes a step; ``again`` where it is an undo or a redo and not the edit itself."""

    def __call__(self, session: Session, before: State, after: State, *, again: bool) -> None: ...


_LONGEST = 80
"""Letters of an edit's name in the menu."""


class ChangeCommand(QUndoCommand):
    """From one state of a case to another."""

    def __init__(self, apply: Apply, session: Session, after: State) -> None:
        before = session.state()
        super().__init__(title(before, after))
        self._apply, self._session = apply, session
        self._before, self._after = before, after
        self._made = False

    def undo(self) -> None:
        """Back to the state before."""
        self._session.undoing = True
        self._apply(self._session, self._after, self._before, again=True)

    def redo(self) -> None:
        """To the state after; also called when the step is made first."""
        self._session.undoing = False
        again, self._made = self._made, True
        self._apply(self._session, self._before, self._after, again=again)


def title(before: State, after: State) -> str:
    """What an edit changed, in words, short enough for a menu."""
    from genoai_desktop.app.casebook import change_title

    if before[0] != after[0]:
        text = change_title(before[0], after[0])
    elif before[1].status != after[1].status:
        text = tr("Status: {old} → {new}", old=before[1].status, new=after[1].status)
    else:
        text = tr("Notes")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
