"""The editor of one ACMG criterion: verdict, strength, reason; the class that would follow at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from genoai_desktop.app.criteria import now, preview
from genoai_desktop.domain.acmg import (
    Classification,
    Criterion,
    CriterionEdit,
    Verdict,
    strengths,
    usual_strength,
)
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.ui.dialogs.fields import form_layout, text_field
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.basics import button, column, label, row
from genoai_desktop.ui.widgets.criteria import strength_words, verdict_words
from genoai_desktop.ui.widgets.variant import title

_MET = {Verdict.MET: True, Verdict.NOT_MET: False, Verdict.NOT_ASSESSED: None}


class CriterionDialog(TypingDialog):
    """Change one criterion of one variant. ``edit`` is what was decided once the dialog is accepted.

    ``restore`` is called, and the dialog closed, where the person goes back to the program's word.
    """

    def __init__(
        self,
        parent: QWidget | None,
        variant: ReportedVariant,
        criterion: Criterion,
        author: str = "",
        restore: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        assert variant.acmg is not None
        self._variant, self._criterion = variant, criterion
        self._classification: Classification = variant.acmg
        self.edit: CriterionEdit | None = None
        self.setWindowTitle(tr("Edit {code}: {variant}", code=criterion.code, variant=title(variant)))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(560)
        self.verdict, self.strength = self._boxes(criterion)
        self.reason = QPlainTextEdit(criterion.reason if criterion.edit else "")
        self.reason.setAccessibleName(tr("Reason (required)"))
        self.reason.setPlaceholderText(tr("Why, with the publication or finding it rests on"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(90)
        self.author = text_field(tr("Your name (required)"))
        self.author.setText(criterion.edit.author if criterion.edit else author)
        self.preview = label("", "strong", wrap=True)
        self.problem = label(tr("A reason and your name are needed."), "caption", wrap=True)
        self.save = button(tr("Apply"), self._accept, kind="primary")
        self._lay_out(restore)
        self.verdict.currentIndexChanged.connect(self._changed)
        self.strength.currentIndexChanged.connect(self._changed)
        self.reason.textChanged.connect(self._changed)
        self.author.textChanged.connect(self._changed)
        self._changed()
        self.verdict.setFocus()

    @staticmethod
    def _boxes(criterion: Criterion) -> tuple[QComboBox, QComboBox]:
        verdict, strength = QComboBox(), QComboBox()
        verdict.setAccessibleName(tr("Verdict"))
        for one in Verdict:
            verdict.addItem(verdict_words(one), one.value)
        verdict.setCurrentIndex(verdict.findData(criterion.verdict.value))
        strength.setAccessibleName(tr("Strength"))
        usual = usual_strength(criterion.code)
        for step in strengths(criterion.code):
            name = strength_words(step)
            strength.addItem(tr("{name} (usual)", name=name) if step is usual else name, int(step))
        given = criterion.evidence.strength if criterion.evidence else usual
        strength.setCurrentIndex(strength.findData(int(given)))
        return verdict, strength

    def _lay_out(self, restore: Callable[[], None] | None) -> None:
        said = self._criterion.computed or (
            str(self._criterion.evidence)
            if self._criterion.evidence
            else verdict_words(self._criterion.verdict)
        )
        why = self._criterion.computed_reason or self._criterion.reason
        original = label(tr("The program says: {said}. {why}", said=said, why=why), "muted", wrap=True)
        form = form_layout()
        form.addRow(tr("&Verdict"), self.verdict)
        form.addRow(tr("&Strength"), self.strength)
        form.addRow(tr("&Reason"), self.reason)
        form.addRow(tr("Your &name"), self.author)
        buttons: list[QWidget | None] = [button(tr("Cancel"), self.reject), self.save]
        if self._criterion.edit is not None and restore is not None:
            buttons.insert(0, button(tr("Back to the program's word"), lambda: self._restore(restore)))
            buttons.insert(1, None)
        else:
            buttons.insert(0, None)
        self.setLayout(
            column(
                label(self.windowTitle(), "heading", wrap=True),
                original,
                form,
                self.preview,
                self.problem,
                row(*buttons),
                margins=True,
                space="m",
            )
        )

    def _drafted(self, reason: str, author: str) -> CriterionEdit:
        verdict = Verdict(self.verdict.currentData())
        chosen = next(
            step for step in strengths(self._criterion.code) if int(step) == self.strength.currentData()
        )
        return CriterionEdit(
            variant=self._variant.key,
            code=self._criterion.code,
            met=_MET[verdict],
            strength=chosen if verdict is Verdict.MET else None,
            reason=reason,
            author=author,
            time=now(),
        )

    def _changed(self) -> None:
        self.strength.setEnabled(self.verdict.currentData() == Verdict.MET.value)
        shown = preview(self._classification, self._drafted("-", "-"))
        text = tr(
            "Class with this change: {points_class} by points ({points}), {rules_class} by the 2015 rules. "
            "Reported: {reported}; now {now}.",
            points_class=shown.by_points,
            points=f"{shown.points:+d}",
            rules_class=shown.by_rules,
            reported=shown.reported,
            now=self._classification.reported,
        )
        self.preview.setText(text)
        self.preview.setAccessibleName(text)
        missing = not self.reason.toPlainText().strip() or not self.author.text().strip()
        self.problem.setVisible(missing)
        self.save.setEnabled(not missing)

    def _accept(self) -> None:
        self.edit = self._drafted(self.reason.toPlainText().strip(), self.author.text().strip())
        self.accept()

    def _restore(self, restore: Callable[[], None]) -> None:
        self.discard()
        restore()
