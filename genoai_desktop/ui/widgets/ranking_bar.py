"""How the candidates are looked at: by which evidence, as diseases or genes, with which penetrance."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.widgets.basics import box, button, checkbox, choice, label, row
from genoai_desktop.ui.widgets.flow import FlowLayout

BOTH, PHENOTYPE, VARIANTS = "both", "phenotype", "variants"


class RankingBar(QWidget):
    """Switches over the ranking. ``evidence_wanted`` says ``both``, ``phenotype`` or ``variants``."""

    evidence_wanted = Signal(str)
    unit_wanted = Signal(bool)
    """True for genes, False for diseases."""
    penetrance_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What the ranking looks at"))
        titles = {
            BOTH: tr("Phenotype and variants"),
            PHENOTYPE: tr("Phenotype only"),
            VARIANTS: tr("Variants only"),
        }
        self.evidence = {name: button(title) for name, title in titles.items()}
        choice(*self.evidence.values())
        self.diseases, self.genes = button(tr("Diseases")), button(tr("Genes"))
        choice(self.diseases, self.genes)
        self.penetrance = checkbox(tr("Incomplete penetrance"))
        self.penetrance.setToolTip(
            tr("Healthy relatives who carry a variant then count little against it. Part of the case.")
        )
        self.evidence[BOTH].setChecked(True)
        self.diseases.setChecked(True)
        for name, made in self.evidence.items():
            made.clicked.connect(lambda _on=False, name=name: self.evidence_wanted.emit(name))
        self.diseases.clicked.connect(lambda: self.unit_wanted.emit(False))
        self.genes.clicked.connect(lambda: self.unit_wanted.emit(True))
        self.penetrance.clicked.connect(self.penetrance_wanted)
        flow = FlowLayout("s")
        for parts in (
            (label(tr("Rank by"), "muted"), self.evidence[BOTH]),
            (self.evidence[PHENOTYPE],),
            (self.evidence[VARIANTS],),
            (label(tr("List"), "muted"), self.diseases, self.genes),
            (self.penetrance,),
        ):
            flow.addWidget(box(row(*parts)))
        self.setLayout(flow)

    def show_case(self, *, incomplete_penetrance: bool) -> None:
        """Both kinds of evidence, and the case's own penetrance."""
        self.evidence[BOTH].setChecked(True)
        self.penetrance.setChecked(incomplete_penetrance)
