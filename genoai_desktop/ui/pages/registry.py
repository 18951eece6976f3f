"""The pages of a case, in the order of the rail. A new analysis adds one line here."""

from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.pages.candidates import CandidatesPage
from genoai_desktop.ui.pages.cases import CasesPage
from genoai_desktop.ui.pages.consent import ConsentPage
from genoai_desktop.ui.pages.locus import LocusPage
from genoai_desktop.ui.pages.medicines import MedicinesPage
from genoai_desktop.ui.pages.overview import OverviewPage
from genoai_desktop.ui.pages.pedigree import PedigreePage
from genoai_desktop.ui.pages.phenotype import PhenotypePage
from genoai_desktop.ui.pages.quality import QualityPage
from genoai_desktop.ui.pages.report import ReportPage
from genoai_desktop.ui.pages.risks import RisksPage
from genoai_desktop.ui.pages.similar import SimilarPage
from genoai_desktop.ui.pages.variants import VariantsPage

PAGES: tuple[type[Page], ...] = (
    CasesPage,
    OverviewPage,
    PhenotypePage,
    PedigreePage,
    QualityPage,
    VariantsPage,
    CandidatesPage,
    MedicinesPage,
    RisksPage,
    SimilarPage,
    LocusPage,
    ConsentPage,
    ReportPage,
)
