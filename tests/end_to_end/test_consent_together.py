"""Any consents together, and a relative who withdrew, on every way out of ``test_consent_everywhere``."""

import random
import re
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_consent_everywhere import ASKED, WAYS, declined, everything

from genoai_desktop.app import reanalyse
from genoai_desktop.app.casebook.ledger import collect
from genoai_desktop.app.consent import narrowed
from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.consent_case import decided
from genoai_desktop.domain.context import Silent

sys.path.insert(0, str(Path(__file__).parents[1] / "casebook"))
from ledger_cases import knowledge

pytestmark = pytest.mark.usefixtures("quick_keys")

TOGETHER = [frozenset(), *(frozenset(random.Random(seed).sample(ASKED, 1 + seed)) for seed in range(4))]
"""What is consented to: nothing, and four draws of one to four scopes."""


@cache
def given(scopes: frozenset[Scope]) -> OpenCase:
    full = everything()
    case = replace(full.case, consent=Consent(scopes | {Scope.RESEARCH, Scope.RECONTACT}))
    opened = reanalyse(full, case, knowledge(), Silent())
    return replace(opened, ledger=collect(opened, knowledge()))


@pytest.mark.parametrize("scopes", TOGETHER, ids=lambda scopes: "+".join(sorted(scopes)) or "nothing")
def test_what_is_declined_together_leaves_on_no_way(scopes: frozenset[Scope], tmp_path: Path) -> None:
    opened, leaks = given(scopes), []
    for number, (name, way) in enumerate(WAYS.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        text = way(opened, folder)
        leaks += [
            (name, scope, found)
            for scope in ASKED
            if scope not in scopes and (found := declined(text, scope))
        ]
    assert leaks == []


@pytest.mark.parametrize("scopes", TOGETHER, ids=lambda scopes: "+".join(sorted(scopes)) or "nothing")
def test_what_is_declined_is_not_computed(scopes: frozenset[Scope]) -> None:
    result = given(scopes).result
    assert (result.rare is not None) == (Scope.PRIMARY in scopes)
    assert (result.pgx is not None) == (Scope.PGX in scopes)
    asked = scopes & {Scope.SECONDARY, Scope.CARRIER, Scope.POLYGENIC}
    assert asked or result.risk is None or not (result.risk.findings or result.risk.polygenic)
    assert set(result.withheld) == {scope.value for scope in ASKED if scope not in scopes}


@cache
def without_the_mother(how: str) -> OpenCase:
    full = everything()
    mother = full.case.index.mother
    assert mother is not None
    no = ConsentEvent(mother, Scope.PRIMARY, Decision.WITHDRAWN, "2026-05-01")
    case = decided(full.case, [no], date(2026, 6, 1))
    if how == "at once":
        return narrowed(full, case, knowledge().genes.secondary_findings, knowledge().dominant_genes)
    opened = reanalyse(full, case, knowledge(), Silent())
    return replace(opened, ledger=collect(opened, knowledge()))


READ_OF_HER = re.compile(
    r"\btrio\b|de[ -]novo|inherited from (?:the|her) mother|both parents were", re.IGNORECASE
)
"""What can only be said of somebody whose genotypes were looked at."""


def test_with_the_mother_the_ways_say_what_was_read_of_her(tmp_path: Path) -> None:
    assert READ_OF_HER.search(WAYS["document clinician"](everything(), tmp_path))


@pytest.mark.parametrize("how", ["anew", "at once"])
def test_nothing_read_of_a_relative_who_withdrew_leaves_on_any_way(how: str, tmp_path: Path) -> None:
    opened, leaks = without_the_mother(how), {}
    for number, (name, way) in enumerate(WAYS.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        if found := READ_OF_HER.findall(way(opened, folder)):
            leaks[name] = found
    assert leaks == {}
    mother = opened.case.person(opened.case.index.mother or "")
    assert mother.sample not in opened.table.samples
    quality = opened.result.quality
    assert quality is None or mother.sample not in [one.sample for one in quality.samples]


def test_a_relative_who_withdrew_is_not_called_sequenced(tmp_path: Path) -> None:
    rows = WAYS["document cascade"](without_the_mother("anew"), tmp_path).splitlines()
    place = rows[0].split(",").index("already_sequenced")
    mother = without_the_mother("anew").case.index.mother
    hers = [row for row in rows if row.startswith(f"{mother},")]
    assert hers
    assert not any(row.rsplit(",", 2)[-2] == "yes" for row in hers), place
