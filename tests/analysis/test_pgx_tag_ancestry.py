"""HLA tags are compared with the ancestry that was estimated, and every use of them says so."""

import pytest
from known import bundled_knowledge
from pgx_table_helper import make_table

from genoai_desktop.analysis.pharmacogenomics import advise, analyse, call_all
from genoai_desktop.analysis.pharmacogenomics.tag_ancestry import compared_ancestry
from genoai_desktop.app.pgx_files import call_rows, call_samples
from genoai_desktop.domain.case import Case, Consent, Person, Scope
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import Concern, GeneCall
from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.vcf.table import VariantTable


class Knowledge:
    pgx = PgxDefinitions(Bundle())


PGX = Knowledge.pgx
B5701, A3101, B5801 = ("6", 31464003, "T", "G"), ("6", 29945521, "A", "T"), ("6", 31138722, "G", "A")


def ancestry(*shares: tuple[str, float]) -> AncestryEstimate:
    return AncestryEstimate(shares, 500, 1000, admixture=tuple((name, one, 0.01) for name, one in shares))


def file(*tags: tuple[tuple[str, int, str, str], str]) -> VariantTable:
    return make_table([(*place, [genotype]) for place, genotype in tags], ["S"])


def hla(gene: str, table: VariantTable, found: AncestryEstimate | None, consented: bool = True) -> GeneCall:
    compared = compared_ancestry(found, consented)
    (calls,) = call_all(table, PGX, Silent(), samples=[0], ancestry=lambda _sample: compared)
    return next(call for call in calls if call.gene == gene)


@pytest.mark.parametrize("group", ["AFR", "AMR", "EAS", "EUR"])
def test_an_ancestry_in_which_the_tag_was_tested_raises_no_warning(group: str) -> None:
    call = hla("HLA-B", file((B5701, "0/0")), ancestry((group, 1.0)))
    assert "*57:01 negative" in call.phenotype
    assert "was tested" in " ".join(call.notes)
    assert "Warning" not in " ".join(call.notes)


def test_an_ancestry_that_nobody_tested_warns_and_excludes_nothing() -> None:
    call = hla("HLA-B", file((B5701, "0/0")), ancestry(("SAS", 1.0)))
    assert "negative" not in call.phenotype
    assert "Warning: by the file the ancestry is South Asian" in " ".join(call.notes)
    assert "Warning" in call.caveats[0].text


def test_a_part_of_the_ancestry_counts_too() -> None:
    call = hla("HLA-B", file((B5701, "0/0")), ancestry(("EUR", 0.8), ("SAS", 0.2)))
    assert "negative" not in call.phenotype
    small = hla("HLA-B", file((B5701, "0/0")), ancestry(("EUR", 0.95), ("SAS", 0.05)))
    assert "*57:01 negative" in small.phenotype


def test_a_tag_that_marks_other_alleles_too_warns_where_it_is_carried() -> None:
    call = hla("HLA-A", file((A3101, "0/1")), ancestry(("EUR", 1.0)))
    assert call.phenotype == "*31:01 possible"
    assert call.caveats[0].doubtful
    assert "not a reliable sign" in call.caveats[0].text
    absent = hla("HLA-A", file((A3101, "0/0")), ancestry(("EUR", 1.0)))
    assert absent.phenotype == "*31:01 negative"
    assert "84 %" in " ".join(absent.notes)


def test_a_poor_tag_warns_in_every_ancestry() -> None:
    call = hla("HLA-B", file((B5801, "0/0")), ancestry(("EAS", 1.0)))
    assert "*58:01" not in call.phenotype
    assert "does not exclude" in call.caveats[0].text


@pytest.mark.parametrize(
    ("found", "consented", "reason"),
    [
        (None, True, "not estimated"),
        (AncestryEstimate((), 3, 1000), True, "too little"),
        (ancestry(("EUR", 1.0)), False, "no consent"),
    ],
)
def test_an_ancestry_that_is_not_known_is_said_with_the_reason(
    found: AncestryEstimate | None, consented: bool, reason: str
) -> None:
    call = hla("HLA-B", file((B5701, "0/1")), found, consented)
    assert call.phenotype == "*57:01 positive"
    assert reason in " ".join(call.notes)
    assert reason in call.caveats[0].text


def test_advice_that_rests_on_a_tag_is_never_simply_usual() -> None:
    call = hla("HLA-B", file((B5701, "0/0")), ancestry(("EUR", 1.0)))
    found = advise([call], PGX, ["abacavir"])
    assert found
    for one in found:
        assert one.action.startswith("By a tag variant only: confirm by HLA typing first.")
        assert one.concern is Concern.CAUTION


def test_advice_on_a_doubtful_tag_asks_for_typing_before_anything_else() -> None:
    call = hla("HLA-B", file((B5801, "0/1"), (B5701, "0/0")), ancestry(("AFR", 1.0)))
    assert call.phenotype == "*57:01 negative; *58:01 possible"
    found = advise([call], PGX, ["allopurinol"])
    assert found
    for one in found:
        assert one.concern is Concern.CAUTION
        assert "If typing confirms it: " in one.action
        assert "was tested" not in one.action  # that is about *57:01, which allopurinol does not ask
        assert one.phenotypes == ("*58:01 possible",)


def test_a_reliable_tag_that_is_carried_keeps_the_guidelines_concern() -> None:
    call = hla("HLA-B", file((B5701, "0/1")), ancestry(("EUR", 1.0)))
    (one,) = [one for one in advise([call], PGX, ["abacavir"]) if one.guideline.source == "CPIC"]
    assert one.concern is Concern.AVOID
    assert one.action.endswith("Avoid abacavir.")


def test_the_ancestry_is_asked_for_only_where_a_tag_was_seen() -> None:
    def never(_sample: int) -> AncestryEstimate:
        raise AssertionError("not needed")

    table = make_table([("1", 1, "A", "G", ["0/1"])], ["S"], Build.GRCH38)
    call_samples(table, bundled_knowledge(), Silent(), ancestry=never)


def test_the_command_lines_note_holds_the_comparison() -> None:
    calls = call_samples(
        file((B5701, "0/1")), bundled_knowledge(), Silent(), ancestry=lambda _sample: ancestry(("SAS", 1.0))
    )
    (row,) = [row for row in call_rows(calls) if row["gene"] == "HLA-B"]
    assert "South Asian" in row["note"]
    assert "Confirm by HLA typing" in row["note"]


@pytest.mark.parametrize("given", [True, False])
def test_a_case_compares_only_with_consent(given: bool) -> None:
    scopes = {Scope.PRIMARY, Scope.PGX} | ({Scope.POLYGENIC} if given else set())
    case = Case("c", "S", (Person("S", "S"),), Build.GRCH38, consent=Consent(frozenset(scopes)))
    found = analyse(
        case, file((B5701, "0/1")), bundled_knowledge(), Silent(), ancestry=ancestry(("EUR", 1.0))
    )
    call = next(one for one in found.calls if one.gene == "HLA-B")
    assert ("European" in call.caveats[0].text) is given
    assert ("no consent" in call.caveats[0].text) is not given
