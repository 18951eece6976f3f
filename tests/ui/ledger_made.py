"""Rows of the ledger and news of a check, made by hand: nobody's."""

from genoai_desktop.app.casebook.ledger import LedgerRow, Recontact
from genoai_desktop.app.casebook.news import CheckState, Difference, News
from genoai_desktop.app.casebook.recheck import ChangedCase, Overview
from genoai_desktop.domain.genome import Build, VariantKey
from genoai_desktop.domain.ledger import LedgerEntry

_WISHES = (Recontact("yes", "2025-03-01"), Recontact("no", "2025-04-11"), Recontact("not asked"))
_MADE = (
    ("CHD7", "CHARGE syndrome", "Pathogenic", 14, "Pathogenic", 2),
    ("BRCA2", "Breast-ovarian cancer, familial, susceptibility to, 2", "Uncertain significance", 3, "", 0),
    ("FGFR2", "Pfeiffer syndrome", "Likely pathogenic", 8, "Likely pathogenic", 1),
    ("POLG", "Mitochondrial DNA depletion syndrome 4A (Alpers type)", "Uncertain significance", 4,
     "Conflicting", 1),
    ("CFTR", "Cystic fibrosis", "Benign", -8, "Benign", 3),
)  # fmt: skip


def ledger_rows() -> tuple[LedgerRow, ...]:
    """Five variants of three families."""
    return tuple(
        LedgerRow(
            f"uid-{number % 3}",
            f"Family {9 + number % 3}",
            LedgerEntry(
                kind="candidate",
                gene=gene,
                disease=disease,
                disease_id="OMIM:214800",
                needs=(),
                variant=VariantKey("8", 60_741_400 + number, "C", "T", Build.GRCH38),
                hgvs_c="c.1480C>T",
                hgvs_p="p.(Arg494Ter)",
                classification=found,
                points=points,
                codes=("PVS1", "PM2_Supporting"),
                clinvar=clinvar,
                clinvar_stars=stars,
            ),
            _WISHES[number % 3],
            "2026-01-01T09:30:00+00:00",
            "0.1.0",
            (("clinvar", "2025-12"),),
            changed=number == 0,
        )
        for number, (gene, disease, found, points, clinvar, stars) in enumerate(_MADE)
    )


def changed_cases(news: bool = True) -> Overview:
    """Two families of which something is said otherwise, one of them seen; or none."""
    time = "2026-01-15T10:00:00+00:00"
    state = CheckState("check", time, "quick", "ada", 3, True, "0.1.0", ())
    if not news:
        return Overview(state, 3, False, ())
    said = (
        Difference("class", (), "BRCA2 c.1480C>T: ClinVar said nothing, now Likely pathogenic (2 stars)."),
        Difference("class", (), "BRCA2 c.1480C>T: from Uncertain significance to Likely pathogenic."),
    )
    fresh = News("uid-0", "check", time, "quick", "", said)
    seen = News("uid-1", "check", time, "full", "", said[:1], seen_by="ada", seen_at=time)
    return Overview(
        state,
        3,
        False,
        (
            ChangedCase("uid-0", "Family 9", "open", _WISHES[0], fresh),
            ChangedCase("uid-1", "Family 10", "open", _WISHES[1], seen),
        ),
    )
