"""Update packs: look at one, put it in use, go back, trust a publisher."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.arrivals import PACK_ENDING
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.frame import fill, sure, table, wide
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import button, card, clear, column, facts, label, row
from genoai_desktop.ui.widgets.job_line import JobLine

if TYPE_CHECKING:
    from genoai_desktop.app.updates import PackReview, PackState
    from genoai_desktop.knowledge.packs import PackInfo


class UpdateDialog(QDialog):
    """``changed`` fires when other tables are in use than before."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None, path: Path | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.runner = Runner(desk.pool, self)
        self.runner.outlives_lock = True
        self.setWindowTitle(tr("Update the knowledge"))
        self.setAccessibleName(self.windowTitle())
        self.resize(760, 660)
        self.setAcceptDrops(True)
        self.banner = Banner(desk.theme)
        self._review: PackReview | None = None
        self._said: QWidget | None = None
        self._can_go_back = False
        self._book = desk.vault.casebook
        self._build()
        self._show_review(None)
        self.runner.busy_changed.connect(self._busy)
        self._ask_state()
        if path is not None:
            self.look_at(path)

    def _build(self) -> None:
        self.choose_button = button(tr("Choose a pack…"), self._choose)
        self.job = JobLine(self.runner)
        self.about = column(space="s")
        self.table = table(
            tr("What is new in the pack"),
            (
                tr("Table"),
                tr("Release here"),
                tr("Release in the pack"),
                tr("Rows here"),
                tr("Rows in the pack"),
            ),
        )
        wide(self.table, (150, 130, 150, 110), self.desk.theme.scale)
        self.table.setMinimumHeight(150)
        self.install_button = button(tr("Install"), self.install, kind="primary")
        self.here = column(space="xs")
        self.back_button = button(tr("Go back one pack…"), self._roll_back)
        self.trust_button = button(tr("Trust a publisher…"), self._trust)
        self.check_button = button(tr("Which of my cases changed?"), self._check, kind="primary")
        self.check_button.hide()
        self.again_button = button(tr("Analyse the open cases again"), self._again)
        self.again_button.hide()
        self.trust_button.setEnabled(self._book is None or self._book.may_administer)
        if not self.trust_button.isEnabled():
            self.trust_button.setToolTip(tr("Only administrators may trust a publisher."))
        drop = label(tr("Drop an update pack anywhere on this window, or choose one."), "muted", wrap=True)
        head = row(drop, self.choose_button, space="m")
        head.setStretch(0, 1)
        self.setLayout(
            column(
                self.banner,
                row(self.check_button, self.again_button, None),
                card(
                    head,
                    self.job,
                    self.about,
                    self.table,
                    row(None, self.install_button),
                    title=tr("A new pack"),
                ),
                card(self.here, row(self.back_button, self.trust_button, None), title=tr("In use here")),
                None,
                row(None, button(tr("Close"), self.accept)),
                space="l",
                margins=True,
            )
        )

    def look_at(self, path: Path) -> None:
        """Verify a pack and say what is new."""
        self.banner.hide()
        self._show_review(None)
        self._run(self.desk.services.review_pack, path, done=self._show_review)

    def install(self) -> None:
        """Put the pack that was looked at in use."""
        if self._review is None:
            return
        self.install_button.setEnabled(False)
        self._run(self.desk.services.install_pack, self._review.path, done=self._installed)

    def roll_back(self) -> None:
        """Take the newest pack out of use."""
        self._run(self.desk.services.roll_back_pack, done=self._rolled_back)

    def trust(self, path: Path) -> None:
        """Accept packs of the publisher of this key."""
        self._run(self.desk.services.trust_publisher, path, done=self._trusted)

    def _run(self, function: Any, *arguments: Any, done: Any) -> None:
        self.runner.run(function, *arguments, done=done, failed=self._failed, key="pack")

    def _failed(self, error: Exception) -> None:
        self.install_button.setEnabled(self._review is not None)
        self.banner.explain(error)

    def _show_review(self, found: PackReview | None) -> None:
        self._review = found
        if self._said is not None:
            self._said.hide()
            self._said.deleteLater()
            self._said = None
        self.table.setVisible(found is not None)
        self.install_button.setEnabled(found is not None)
        self.install_button.setVisible(found is not None)
        if found is None:
            return
        info = found.info
        self._said = facts(
            (
                (tr("Pack"), f"{info.name} ({info.serial})"),
                (tr("Made"), info.created),
                (tr("Publisher's key, verified"), _grouped(info.publisher)),
                (tr("Notes"), info.notes),
            )
        )
        self.about.addWidget(self._said)
        fill(
            self.table,
            (
                (
                    one.table,
                    (
                        one.table,
                        one.old_release or tr("not there"),
                        one.new_release,
                        f"{one.old_rows:>10,}",
                        f"{one.new_rows:>10,}",
                    ),
                )
                for one in found.changes
            ),
        )

    def _installed(self, info: PackInfo) -> None:
        self._show_review(None)
        self.banner.say("success", tr("Installed and in use: {name}.", name=info.name))
        self._after()

    def _rolled_back(self, info: PackInfo) -> None:
        self.banner.say("success", tr("Taken out of use: {name}.", name=info.name))
        self._after()

    def _after(self) -> None:
        """Other tables are in use: offer what follows from that."""
        self.check_button.setVisible(self.desk.vault.casebook is not None)
        self.again_button.setVisible(bool(self.desk.cases))
        self._ask_state()
        self.changed.emit()
        self.desk.knowledge_changed.emit()

    def _check(self) -> None:
        self.accept()
        self.desk.check_wanted.emit("quick")

    def _again(self) -> None:
        self.accept()
        self.desk.again_wanted.emit()

    def _trusted(self, key: str) -> None:
        self.banner.say("success", tr("Trusted from now on: publisher {key}.", key=_grouped(key)))
        self._ask_state()

    def _ask_state(self) -> None:
        self.runner.run(self.desk.services.packs, done=self._show_state, failed=self._failed, key="state")

    def _show_state(self, state: PackState) -> None:
        clear(self.here)
        if state.trouble:
            self.here.addWidget(label(state.trouble, tone="danger", wrap=True))
        for info in state.packs:
            words = tr(
                "{name} ({serial}), tables: {count}, publisher {key}",
                name=info.name,
                serial=info.serial,
                count=len(info.tables),
                key=_grouped(info.publisher),
            )
            self.here.addWidget(label(words, wrap=True))
        if not state.packs and not state.trouble:
            self.here.addWidget(label(tr("The program's own tables; no pack is installed."), wrap=True))
        words = tr("Trusted publishers: {keys}", keys=", ".join(map(_grouped, state.trusted)) or tr("none"))
        self.here.addWidget(label(words, "caption", wrap=True))
        self._can_go_back = bool(state.packs) or bool(state.trouble)
        self.back_button.setEnabled(self._can_go_back and not self.runner.busy)

    def _choose(self) -> None:
        kinds = f"{tr('Update packs')} (*{PACK_ENDING});;{tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose an update pack"), "", kinds)
        if name:
            self.look_at(Path(name))

    def _roll_back(self) -> None:
        text = tr("The newest pack is taken out of use; the tables before it are used again. Its file stays.")
        if sure(self, tr("Go back one pack?"), text, tr("Go back")):
            self.roll_back()

    def _trust(self) -> None:
        from genoai_desktop.app.updates import key_fingerprint

        name, _ = QFileDialog.getOpenFileName(
            self, tr("Choose the publisher's public key"), "", "PEM (*.pem)"
        )
        if not name:
            return
        try:
            key = _grouped(key_fingerprint(Path(name)))
        except UserError as error:
            self.banner.explain(error)
            return
        text = tr(
            "Compare this fingerprint with the one that the publisher gave you by another way: {key}. "
            "Packs of a trusted publisher decide what this program says of patients.",
            key=key,
        )
        if sure(self, tr("Trust this publisher?"), text, tr("Trust")):
            self.trust(Path(name))

    def _busy(self, busy: bool) -> None:
        self.choose_button.setEnabled(not busy)
        self.back_button.setEnabled(not busy and self._can_go_back)
        self.install_button.setEnabled(not busy and self._review is not None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one local file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.look_at(paths[0])

    def done(self, result: int) -> None:
        """Stop what is under way before closing."""
        self.runner.cancel_all()
        super().done(result)


def _grouped(fingerprint: str) -> str:
    """In groups of four, to be compared by eye."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4))
