"""One open case: what was analysed, what a person made of it, its undo stack, and whether it is saved."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoStack

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.consent_case import narrows
from genoai_desktop.domain.letters import with_signatures
from genoai_desktop.domain.text import tr

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Dossier, StoredCase
    from genoai_desktop.app.request import OpenCase
    from genoai_desktop.domain.ledger import Ledger

MOST_UNDONE = 200
"""Edits that can be taken back; versions in the store reach further."""


_STATES = count(1)
"""Numbers of all states of all cases: a case that is closed and opened again goes on counting, as the store
passes over what is older than what it saved last."""


class Session:
    """``stored`` is the truth about what a person edited; ``opened`` what was analysed last.

    ``dirty``: there is something that the store has not acknowledged. ``problem``: why not, in words.
    ``behind``: pedigree or phenotype were edited, and the analyses have not taken that into account yet.
    """

    def __init__(self, opened: OpenCase, stored: StoredCase | None = None) -> None:
        from genoai_desktop.app.casebook import Casebook
        from genoai_desktop.app.casebook.document import of_opening, with_result

        self.opened = opened
        self.stored: StoredCase = (
            with_result(stored, opened.result, _ledger(opened))
            if stored is not None
            else with_result(
                of_opening(Casebook.new_uid(), opened.request, opened.case), opened.result, _ledger(opened)
            )
        )
        self.stack = QUndoStack()
        self.stack.setUndoLimit(MOST_UNDONE)
        self.dirty = False
        self.saving = False
        self.problem = ""
        self.undoing = False
        self.behind = False
        self.papers: dict[str, bytes] = {}
        """Signed PDFs by their SHA-256, as long as the case is open; the store keeps them as attachments."""
        self.revision = next(_STATES)
        """Number of the state, so that a save that comes late never replaces a newer one."""

    @property
    def uid(self) -> str:
        """The random identifier of the case in the store and in the audit chain."""
        return self.stored.uid

    @property
    def keeps(self) -> bool:
        """Whether this case belongs into the store: the synthetic demo does not."""
        return not self.opened.case.synthetic

    @property
    def case(self) -> Case:
        """The case as edited, which an analysis may not have reached yet."""
        return self.stored.case

    @property
    def analysed(self) -> bool:
        """Whether ``opened`` shows the case as edited."""
        return self.opened.case == self.stored.case

    def state(self) -> tuple[Case, Dossier]:
        """What undo goes back to."""
        return self.stored.case, self.stored.dossier

    def set_state(self, case: Case, dossier: Dossier) -> None:
        """Take a state over; results of consent that is gone go with it."""
        self.revision = next(_STATES)
        if narrows(self.stored.case, case):
            self._name_no_edit()
        case = replace(case, signatures=with_signatures(case.signatures, self.stored.case.signatures))
        if case.consent != self.stored.case.consent:
            allowed = {scope.value for scope in case.consent.given}
            kept = {name: part for name, part in self.stored.summary.items() if name in allowed}
            self.stored = replace(self.stored, summary=kept)
        self.stored = replace(self.stored, case=case, dossier=dossier)

    def _name_no_edit(self) -> None:
        """Names of earlier edits may say what is declined now; they can be taken back as before."""
        for number in range(self.stack.count()):
            self.stack.command(number).setText(tr("an earlier edit"))

    def show(self, opened: OpenCase) -> None:
        """Take the result of an analysis over."""
        from genoai_desktop.app.casebook.document import with_result

        self.revision = next(_STATES)
        self.opened = opened
        self.stored = with_result(self.stored, opened.result, _ledger(opened))


def _ledger(opened: OpenCase) -> Ledger | None:
    return getattr(opened, "ledger", None)
