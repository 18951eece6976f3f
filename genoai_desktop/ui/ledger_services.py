"""The use cases about the ledger, newer knowledge and update packs, for ``Services``. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context

if TYPE_CHECKING:
    from genoai_desktop.analysis.rare_disease import InHouse
    from genoai_desktop.app.casebook import Casebook
    from genoai_desktop.app.casebook.ledger import LedgerRow
    from genoai_desktop.app.casebook.news import CheckState, News
    from genoai_desktop.app.casebook.recheck import Overview
    from genoai_desktop.app.request import OpenCase
    from genoai_desktop.app.updates import PackReview, PackState
    from genoai_desktop.knowledge import Knowledge
    from genoai_desktop.knowledge.packs import PackInfo


class LedgerServices:
    """Mixed into ``Services``. ``casebook`` gives the unlocked store, None where there is none."""

    casebook: Callable[[], Casebook | None] = staticmethod(lambda: None)

    @property
    def knowledge(self) -> Knowledge:
        """The tables in use."""
        raise NotImplementedError

    def drop_knowledge(self) -> None:
        """Open the tables anew at their next use."""
        raise NotImplementedError

    def earlier(self, uid: str = "") -> InHouse | None:
        """What the clinic's other cases carried; None without a store."""
        from genoai_desktop.app.casebook.in_house import in_house

        book = self.casebook()
        return None if book is None else in_house(book, uid)

    def with_ledger(self, opened: OpenCase) -> OpenCase:
        """The case with what the store keeps of it for later."""
        from genoai_desktop.app.casebook.ledger import collect

        return replace(opened, ledger=collect(opened, self.knowledge))

    def outdated(self, opened: OpenCase) -> bool:
        """Whether the case was annotated by other tables than those in use now."""
        versions = tuple(info.version for info in self.knowledge.bundle.tables.values())
        return versions != opened.result.versions

    def from_files(self, opened: OpenCase, case: Case, context: Context) -> OpenCase:
        """The case read and annotated anew: a mixture of two releases would claim to be of one."""
        from genoai_desktop.app.casebook.reopen import from_files

        return self.with_ledger(from_files(opened.request, case, self.knowledge, context, opened.earlier))

    def ledger_rows(self, book: Casebook, context: Context) -> tuple[LedgerRow, ...]:
        """Every variant of every stored case."""
        from genoai_desktop.app.casebook.ledger import ledger_rows

        return ledger_rows(book, context)

    def ledger_overview(self, book: Casebook, context: Context) -> Overview:
        """Which cases are said otherwise of, by the last check."""
        from genoai_desktop.app.casebook.recheck import overview

        return overview(book, self.knowledge, context)

    def check_cases(self, book: Casebook, how: str, context: Context) -> CheckState:
        """Hold the present knowledge against every stored case: ``quick`` or ``full``."""
        from genoai_desktop.app.casebook.recheck import check_cases

        return check_cases(book, self.knowledge, how, context)

    def note_reopened(self, book: Casebook, stored: Any, opened: Any, context: Context) -> News | None:
        """Keep as news what a case that was just opened says otherwise than when it was saved."""
        from genoai_desktop.app.casebook.recheck import note_reopened

        context.check()
        if opened.result.failed:  # what is missing would be told as gone
            return None
        return note_reopened(book, stored, opened.ledger, self.knowledge)

    def review_pack(self, path: Path, context: Context) -> PackReview:
        """Verify an update pack in full, and say what is new in it."""
        from genoai_desktop.app import updates

        return updates.review(path, context)

    def install_pack(self, path: Path, context: Context) -> PackInfo:
        """Put a pack in use, and open the tables anew."""
        from genoai_desktop.app import updates

        info = updates.install(path, context, self.casebook())
        self.drop_knowledge()
        return info

    def roll_back_pack(self, context: Context) -> PackInfo:
        """Take the newest pack out of use, and open the tables anew."""
        from genoai_desktop.app import updates

        info = updates.roll_back(context, self.casebook())
        self.drop_knowledge()
        return info

    def trust_publisher(self, path: Path, context: Context) -> str:
        """Accept packs of the publisher whose key this is."""
        from genoai_desktop.app import updates

        return updates.trust(path, context, self.casebook())

    def packs(self, context: Context) -> PackState:
        """Which packs are in use, and whom this machine trusts."""
        from genoai_desktop.app import updates

        context.check()
        return updates.state()
