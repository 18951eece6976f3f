"""The parents of secondary and carrier findings: read in their own samples, as those of candidates are."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from test_risk_findings import KNOWLEDGE, _annotated, _pathogenic

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.risk import analyse
from genoai_desktop.app.consent import consented_family
from genoai_desktop.domain.case import Case, Consent, Person, Scope, Sex
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.risk import RiskFinding

FAMILY = (
    Person("p", "A", sex=Sex.FEMALE, mother="m", father="f"),
    Person("m", "B", sex=Sex.FEMALE),
    Person("f", "C", sex=Sex.MALE),
)
_COPIES = {"0/0": (0, 2), "0/1": (1, 2), "./.": (None, 0)}


def _trio(rows: list[dict[str, Any]], *parents: tuple[str, str]) -> Annotated:
    """The proband heterozygous at each row; ``parents``: genotypes of mother and father a row."""
    alone = _annotated(rows)
    frame = alone.table.frame
    for sample, genotypes in enumerate(zip(*parents, strict=True), start=1):
        copies = [_COPIES[one] for one in genotypes]
        reads = [None if dosage is None else 15 * dosage for dosage, _ in copies]
        frame = frame.with_columns(
            pl.Series(f"s{sample}_dosage", [dosage for dosage, _ in copies], dtype=pl.Int8),
            pl.Series(f"s{sample}_called", [called for _, called in copies], dtype=pl.UInt8),
            pl.Series(f"s{sample}_ad_alt", reads, dtype=pl.Int32),
            pl.lit(30, dtype=pl.Int32).alias(f"s{sample}_ad_ref"),
            *(pl.col(f"s0_{name}").alias(f"s{sample}_{name}") for name in ("ploidy", "dp", "gq", "ps")),
            pl.lit(0, dtype=pl.UInt8).alias(f"s{sample}_strand"),
        )
    return replace(alone, table=replace(alone.table, frame=frame, samples=("A", "B", "C")))


def _findings(
    rows: list[dict[str, Any]], *parents: tuple[str, str], withdrew: str = ""
) -> tuple[RiskFinding, ...]:
    events = (ConsentEvent(withdrew, Scope.PRIMARY, Decision.WITHDRAWN, str(date(2026, 5, 1))),)
    consent = Consent(frozenset({Scope.SECONDARY, Scope.CARRIER}))
    case = Case("c", "p", FAMILY, Build.GRCH37, consent=consent, consent_events=events if withdrew else ())
    known, annotated = consented_family(case, _trio(rows, *parents))
    return analyse(known, annotated, KNOWLEDGE, Silent()).findings


def _origin(*parents: tuple[str, str], withdrew: str = "") -> str:
    found = _findings([_pathogenic("MSH2")], *parents, withdrew=withdrew)
    (variant,) = next(one for one in found if one.scope == "secondary").variants
    return variant.origin


@pytest.mark.parametrize(
    ("mother", "father", "said"),
    [
        ("0/1", "0/0", "from the mother"),
        ("0/0", "0/0", "seen in neither parent: new (de novo)"),
        ("./.", "0/0", "could not be read in the mother; not seen in the father"),
    ],
)
def test_a_secondary_finding_has_its_origin(mother: str, father: str, said: str) -> None:
    assert _origin((mother, father)) == said


def test_nothing_is_read_of_a_parent_who_withdrew() -> None:
    assert _origin(("0/1", "0/0"), withdrew="m") == "the mother was not tested; not seen in the father"


def test_a_carrier_finding_has_its_origin() -> None:
    found = _findings([_pathogenic("CFTR")], ("0/0", "0/1"))
    assert [one.origin for one in found[0].variants] == ["from the father"]


def test_parents_tell_on_which_copies_two_variants_lie() -> None:
    two = [_pathogenic("ATP7B"), _pathogenic("ATP7B", 1)]

    def meanings(scope: str, *parents: tuple[str, str]) -> list[str]:
        return [one.meaning for one in _findings(two, *parents) if one.scope == scope]

    apart, together, open_ = (
        (("0/1", "0/0"), ("0/0", "0/1")),
        (("0/1", "0/0"), ("0/1", "0/0")),
        (("0/1", "0/0"), ("0/0", "./.")),
    )
    assert "Both copies" in meanings("secondary", *apart)[0]
    assert "Both copies" in meanings("carrier", *apart)[0]
    assert meanings("secondary", *together) == []
    assert meanings("carrier", *together)[0].startswith("Carrier of")
    assert "not known" in meanings("secondary", *open_)[0]
    assert "not known" in meanings("carrier", *open_)[0]
