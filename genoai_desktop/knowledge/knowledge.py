"""The facade that analyses receive: one lazily made, typed reader per subject."""

from functools import cached_property
from typing import TYPE_CHECKING

from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.installed import open_bundle

if TYPE_CHECKING:
    from genoai_desktop.knowledge.ancestry import AncestryPanel
    from genoai_desktop.knowledge.clinvar import ClinVar
    from genoai_desktop.knowledge.frequency import Frequencies
    from genoai_desktop.knowledge.genes import Genes
    from genoai_desktop.knowledge.liftover import Liftover
    from genoai_desktop.knowledge.pgx import PgxDefinitions
    from genoai_desktop.knowledge.phenotypes import Phenotypes
    from genoai_desktop.knowledge.profiles import Profiles
    from genoai_desktop.knowledge.repeats import Repeats
    from genoai_desktop.knowledge.risk import RiskTables


class Knowledge:
    """Everything the bundled tables know. Opening is cheap; each subject loads at its first use."""

    def __init__(self, bundle: Bundle | None = None) -> None:
        self.bundle = bundle or open_bundle()

    @cached_property
    def genes(self) -> "Genes":
        """Genes, MANE transcripts, proteins, domains, constraint, cytobands (both builds)."""
        from genoai_desktop.knowledge.genes import Genes

        return Genes(self.bundle)

    @cached_property
    def clinvar(self) -> "ClinVar":
        """ClinVar and UniProt variants."""
        from genoai_desktop.knowledge.clinvar import ClinVar

        return ClinVar(self.bundle)

    @cached_property
    def frequencies(self) -> "Frequencies":
        """Population frequencies."""
        from genoai_desktop.knowledge.frequency import Frequencies

        return Frequencies(self.bundle)

    @cached_property
    def liftover(self) -> "Liftover":
        """Positions from one build to the other."""
        from genoai_desktop.knowledge.liftover import Liftover

        return Liftover(self.bundle)

    @cached_property
    def phenotypes(self) -> "Phenotypes":
        """HPO, diseases and their annotations."""
        from genoai_desktop.knowledge.phenotypes import Phenotypes

        return Phenotypes(self.bundle)

    @cached_property
    def dominant_genes(self) -> frozenset[str]:
        """Genes of which one changed copy can cause a condition, on the X chromosome too."""
        return self.risk.dominant | self.phenotypes.x_dominant_genes

    @cached_property
    def repeats(self) -> "Repeats":
        """Short tandem repeats that cause disease, with their thresholds."""
        from genoai_desktop.knowledge.repeats import Repeats

        return Repeats(self.bundle)

    @cached_property
    def pgx(self) -> "PgxDefinitions":
        """Allele definitions, phenotypes and guidelines."""
        from genoai_desktop.knowledge.pgx import PgxDefinitions

        return PgxDefinitions(self.bundle)

    @cached_property
    def risk(self) -> "RiskTables":
        """Parameters of the risk models, penetrance curves, polygenic scores."""
        from genoai_desktop.knowledge.risk import RiskTables

        return RiskTables(self.bundle)

    @cached_property
    def ancestry(self) -> "AncestryPanel":
        """The 1000 Genomes reference genotypes for projection."""
        from genoai_desktop.knowledge.ancestry import AncestryPanel

        return AncestryPanel(self.bundle)

    @cached_property
    def profiles(self) -> "Profiles":
        """Published cases to compare a case with."""
        from genoai_desktop.knowledge.profiles import Profiles

        return Profiles(self.bundle)
