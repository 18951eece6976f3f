"""Results of other laboratories: typed HLA, a diplotype, copies of CYP2D6; by hand or from a file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import form_layout, text_field
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, card, clear, column, label, row

if TYPE_CHECKING:
    from genoai_desktop.app.medicines import OutsideOptions
    from genoai_desktop.domain.pgx import GeneCall

_FILES = "TSV (*.tsv *.txt)"


class OutsideCallsDialog(TypingDialog):
    """``edited`` is the case with the results as listed, once accepted."""

    def __init__(self, desk: Desk, parent: QWidget | None, case: Case, gene: str = "") -> None:
        super().__init__(parent)
        self.desk, self._case, self._wanted = desk, case, gene
        self.runner = Runner(desk.pool, self)
        self.calls: tuple[OutsideCall, ...] = case.outside_calls
        self.setWindowTitle(tr("Results of other laboratories"))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(620)
        self.banner = Banner(desk.theme)
        self.gene, self.phenotype = QComboBox(), QComboBox()
        self.gene.setAccessibleName(tr("Gene"))
        self.phenotype.setAccessibleName(tr("Phenotype"))
        self.diplotype = text_field(tr("Diplotype"), tr("for example *57:01/*08:01 or *1x2/*4"))
        self.copies = text_field(
            tr("Copies of the gene"), tr("whole copies, where the laboratory counted them")
        )
        self.score = text_field(tr("Activity score"), tr("optional: where the laboratory states one"))
        self.source = text_field(tr("Laboratory and date"), tr("optional: shown in the report"))
        self.meaning = label("", "muted", wrap=True)
        self.add_button = button(tr("Add this result"), self.add)
        self.file_button = button(tr("Read from a file…"), self._choose_file)
        self.apply_button = button(tr("Apply and call again"), self.accept, kind="primary")
        self._list = QVBoxLayout()
        self._counted: tuple[str, ...] = ()
        self._phenotypes: dict[str, tuple[str, ...]] = {}
        self._lay_out()
        self._show_list()
        self.gene.currentTextChanged.connect(self._gene_changed)
        for field in (self.diplotype, self.copies, self.score):
            field.textChanged.connect(lambda _text: self._look())
        self.phenotype.currentIndexChanged.connect(lambda _at: self._look())
        self.runner.run(
            desk.services.outside_options, done=self._know, failed=self.banner.explain, key="options"
        )

    def edited(self) -> Case:
        """The case with these results in place of those before."""
        return replace(self._case, outside_calls=self.calls)

    def drafted(self) -> OutsideCall:
        """What is typed.

        Raises:
            UserError: the copies are no number.
        """
        text = self.copies.text().strip()
        if text and not text.isdigit():
            raise UserError(
                tr("The copies must be a whole number."),
                where="copies",
                remedy=tr("Correct it, or leave it empty."),
            )
        return OutsideCall(
            self.gene.currentText(),
            self.diplotype.text().strip(),
            str(self.phenotype.currentData() or ""),
            self.score.text().strip(),
            copies=int(text) if text and self.copies.isEnabled() else None,
            source=self.source.text().strip(),
        )

    def add(self) -> None:
        """Check what is typed and put it on the list."""
        self.banner.hide()
        try:
            draft = self.drafted()
        except UserError as error:
            self._explain(error)
            return
        self.runner.run(
            self.desk.services.stated_result, draft, done=self._added, failed=self._explain, key="add"
        )

    def read_file(self, path: Path) -> None:
        """Put the proband's results of a file on the list."""
        self.banner.hide()
        sample = self._case.index.sample or ""
        self.runner.run(
            self.desk.services.read_stated, path, sample, done=self._read, failed=self._explain, key="file"
        )

    def more_entered(self) -> bool:
        """Results on the list."""
        return self.calls != self._case.outside_calls

    def done(self, result: int) -> None:
        """Stop what is under way before closing."""
        self.runner.cancel_all()
        super().done(result)

    def _added(self, answer: tuple[OutsideCall, GeneCall]) -> None:
        self._take((answer[0],))
        for field in (self.diplotype, self.copies, self.score):
            field.clear()
        self.phenotype.setCurrentIndex(0)
        self.diplotype.setFocus()

    def _read(self, calls: tuple[OutsideCall, ...]) -> None:
        self._take(calls)
        genes = joined(", ", (call.gene for call in calls))
        self.banner.say("success", tr("Read from the file: {genes}.", genes=genes))

    def _take(self, calls: tuple[OutsideCall, ...]) -> None:
        new = {call.gene for call in calls}
        self.calls = (*(call for call in self.calls if call.gene not in new), *calls)
        self._show_list()

    def _drop(self, call: OutsideCall) -> None:
        self.calls = tuple(other for other in self.calls if other is not call)
        self._show_list()

    def _know(self, options: OutsideOptions) -> None:
        self._counted, self._phenotypes = options.counted, options.phenotypes
        self.gene.addItems(list(options.genes))
        self.gene.setCurrentIndex(max(0, self.gene.findText(self._wanted or "HLA-B")))
        self._gene_changed(self.gene.currentText())

    def _gene_changed(self, gene: str) -> None:
        self.phenotype.clear()
        self.phenotype.addItem(tr("from the diplotype"), "")
        for name in self._phenotypes.get(gene, ()):
            self.phenotype.addItem(pgx_said(name), name)
        self.phenotype.setEnabled(self.phenotype.count() > 1)
        self.copies.setEnabled(gene in self._counted)
        self._look()

    def _look(self) -> None:
        """Say what the typed result stands for, as it is typed."""
        try:
            draft = self.drafted()
        except UserError:
            draft = OutsideCall("")
        if not (draft.diplotype or draft.phenotype or draft.copies is not None):
            self._say("")
            return
        self.runner.run(
            self.desk.services.stated_result,
            draft,
            done=self._mean,
            failed=lambda error: self._say(getattr(error, "what", "")),
            key="look",
        )

    def _mean(self, answer: tuple[OutsideCall, GeneCall]) -> None:
        call = answer[1]
        if not call.phenotype:
            self._say(joined(" ", call.notes))
            return
        score = tr(", activity score {score}", score=call.activity_score) if call.activity_score else ""
        self._say(tr("This stands for: {phenotype}{score}.", phenotype=pgx_said(call.phenotype), score=score))

    def _say(self, text: str) -> None:
        self.meaning.setText(text)
        self.meaning.setAccessibleName(text)

    def _explain(self, error: Exception) -> None:
        """Name the field as the form does, and go there."""
        fields = {
            "diplotype": self.diplotype,
            "copies": self.copies,
            "gene": self.gene,
            "phenotype": self.phenotype,
        }
        field = fields.get(error.where) if isinstance(error, UserError) else None
        if field is not None and isinstance(error, UserError):
            field.setFocus()
            error = UserError(error.what, where=field.accessibleName(), remedy=error.remedy, code=error.code)
        self.banner.explain(error)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Read from a file"), "", _FILES)
        if name:
            self.read_file(Path(name))

    def _show_list(self) -> None:
        clear(self._list)
        if not self.calls:
            self._list.addWidget(
                label(tr("None yet. What this file shows is used alone."), "muted", wrap=True)
            )
        for call in self.calls:
            copies = tr("{count} copies", count=call.copies) if call.copies is not None else ""
            said = joined(
                ", ",
                (part for part in (call.diplotype, copies, pgx_said(call.phenotype), call.source) if part),
            )
            remove = button(
                tr("Remove"),
                partial(self._drop, call),
                kind="quiet",
                name=tr("Remove {gene}", gene=call.gene),
            )
            line = row(label(call.gene, "strong"), label(said, wrap=True), remove, space="m")
            line.setStretch(1, 1)
            self._list.addWidget(box(line))
        self.apply_button.setEnabled(self.calls != self._case.outside_calls)

    def _lay_out(self) -> None:
        form = form_layout()
        for field in (self.gene, self.diplotype, self.copies, self.phenotype, self.score, self.source):
            form.addRow(field.accessibleName(), field)
        lead = tr("A result stated here leads over what the file shows, and is printed as stated.")
        self.setLayout(
            column(
                label(self.windowTitle(), "heading", wrap=True),
                label(lead, "muted", wrap=True),
                self.banner,
                card(form, self.meaning, row(self.file_button, None, self.add_button)),
                card(self._list, title=tr("Stated for this patient")),
                row(None, button(tr("Cancel"), self.reject), self.apply_button),
                margins=True,
                space="m",
            )
        )
