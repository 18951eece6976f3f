"""Relations, chances, family letters without anybody else's details, and the cascade list."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_calls import family_letter_pdf, family_letter_text, letter_text
from pdf_reading import pages_of, words_of
from report_cases import brca, candidate, case, rare, rich_result, risk, variant

from genoai_desktop.app.documents import offers
from genoai_desktop.domain.acmg import AcmgClass, Classification
from genoai_desktop.domain.case import Case, Consent, Person, Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.failed import CODE, FailedAnalysis, Part
from genoai_desktop.domain.family import Pregnancy, Twins, Zygosity
from genoai_desktop.domain.family_case import family_from
from genoai_desktop.domain.family_edit import set_member
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.variant import Zygosity as Zygosities
from genoai_desktop.report import letter
from genoai_desktop.report.cascade import CASCADE_COLUMNS, cascade_csv, concerned
from genoai_desktop.report.kin import Relation, chance, kin
from genoai_desktop.report.letter_base import Letter
from genoai_desktop.report.outcome import Mode, Outcome, OutcomeKind, outcome
from genoai_desktop.report.phrases import LANGUAGES, phrases
from genoai_desktop.report.readability import readability

PEOPLE = (
    Person("gm"),
    Person("gf"),
    Person("m", mother="gm", father="gf"),
    Person("aunt", mother="gm", father="gf"),
    Person("f"),
    Person("me", mother="m", father="f"),
    Person("sib", mother="m", father="f"),
    Person("half", mother="m", father="f2"),
    Person("f2"),
    Person("open", mother="m"),
    Person("partner"),
    Person("kid", mother="me", father="partner"),
    Person("nephew", mother="sib"),
    Person("grandkid", mother="kid"),
    Person("cousin", mother="aunt"),
)
FAMILY = Case("F", "me", PEOPLE, Build.GRCH38, consent=Consent(frozenset(Scope)))
INHERITED = rare((candidate(variants=(variant(inheritance="from the mother", acmg_codes=("PM1",)),)),))


@pytest.mark.parametrize(
    ("person", "relation", "shared"),
    [
        ("m", Relation.PARENT, 0.5),
        ("kid", Relation.CHILD, 0.5),
        ("sib", Relation.SIBLING, 0.5),
        ("half", Relation.HALF_SIBLING, 0.25),
        ("open", Relation.SIBLING_OR_HALF, 0.5),
        ("gm", Relation.GRANDPARENT, 0.25),
        ("grandkid", Relation.GRANDCHILD, 0.25),
        ("aunt", Relation.AUNT_UNCLE, 0.25),
        ("nephew", Relation.NIECE_NEPHEW, 0.25),
        ("cousin", Relation.OTHER, 0.125),
        ("partner", Relation.NONE, 0.0),
    ],
)
def test_relations_of_a_pedigree(person: str, relation: Relation, shared: float) -> None:
    found = kin(FAMILY, person)
    assert found.relation is relation
    assert found.shared == shared


def test_chances_follow_mendel() -> None:
    assert chance(kin(FAMILY, "sib"), Mode.DOMINANT, new_in_proband=False) == 0.5
    assert chance(kin(FAMILY, "sib"), Mode.DOMINANT, new_in_proband=True) is None
    assert chance(kin(FAMILY, "kid"), Mode.DOMINANT, new_in_proband=True) == 0.5
    assert chance(kin(FAMILY, "sib"), Mode.RECESSIVE, new_in_proband=False) == 0.25
    assert chance(kin(FAMILY, "kid"), Mode.X_LINKED, new_in_proband=False) is None
    assert chance(kin(FAMILY, "partner"), Mode.DOMINANT, new_in_proband=False) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=12), st.integers(0, 11)
)
def test_kinship_is_symmetric_in_any_pedigree(parents: list[tuple[int, int]], chosen: int) -> None:
    people = tuple(
        Person(f"p{n}", mother=f"p{m}" if m < n else None, father=f"p{f}" if f < n and f != m else None)
        for n, (m, f) in enumerate(parents)
    )
    other = f"p{chosen % len(people)}"
    there = kin(Case("x", "p0", people, Build.GRCH38), other).shared
    back = kin(Case("x", other, people, Build.GRCH38), "p0").shared
    assert there == pytest.approx(back)


def test_letter_names_nobody_else_and_no_gene_without_agreement() -> None:
    result = rich_result(rare=INHERITED)
    words = words_of(family_letter_pdf(result, "P4"))
    assert "Dora Example" in words
    for secret in ("Ana Example", "FGFR2", "Pfeiffer", "BRCA1", "CYP2C19", "DEMO-001"):
        assert secret not in words
    assert "up to 50%" in words
    assert "DRAFT" in words
    assert "FGFR2" in words_of(family_letter_pdf(result, "P4", share=True))


def test_declined_secondary_finding_reaches_no_relative() -> None:
    declined = case(consent=Consent(frozenset(Scope) - {Scope.SECONDARY}))
    assert "BRCA1" not in words_of(
        family_letter_pdf(rich_result(case=declined, rare=INHERITED), "P4", share=True)
    )
    assert "BRCA1" not in cascade_csv(rich_result(case=declined))
    assert "BRCA1" in cascade_csv(rich_result())


def test_nothing_to_tell_is_refused() -> None:
    vus = rare((candidate(variants=(variant(classification="Uncertain significance", clinvar=None),)),))
    with pytest.raises(UserError):
        family_letter_pdf(rich_result(rare=vus, risk=None), "P4")
    for person in ("P1", "nobody"):
        with pytest.raises(UserError):
            family_letter_pdf(rich_result(), person)


@pytest.mark.parametrize("part", [Part.RARE, Part.RISK, Part.CLASSIFICATION])
def test_after_a_failed_analysis_nobody_is_told_that_there_is_no_finding(part: Part) -> None:
    failed = FailedAnalysis(part, "The disk is full.")
    result = rich_result(rare=None, risk=None, failed=(failed,))
    with pytest.raises(UserError) as told:
        family_letter_pdf(result, "P4")
    assert told.value.code == CODE
    assert failed.words in str(told.value)
    (row,) = csv.DictReader(io.StringIO(cascade_csv(result)))
    assert row == {**dict.fromkeys(CASCADE_COLUMNS, ""), "note": failed.words}


@pytest.mark.parametrize("part", [Part.QUALITY, Part.PGX, Part.ANCESTRY])
def test_the_cascade_list_says_nothing_of_analyses_that_do_not_concern_relatives(part: Part) -> None:
    result = rich_result(failed=(FailedAnalysis(part, "The disk is full."),))
    assert cascade_csv(result) == cascade_csv(rich_result())


def test_cascade_list_is_closest_first() -> None:
    result = rich_result(rare=INHERITED, risk=None, case=replace(FAMILY, id="F"))
    rows = list(csv.DictReader(io.StringIO(cascade_csv(result))))
    assert tuple(rows[0]) == CASCADE_COLUMNS
    numbers = [float(row["highest_chance"]) for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    assert "partner" not in {row["person"] for row in rows}
    assert brca().gene not in {row["gene"] for row in rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_family_phrases_are_plain(language: str) -> None:
    words = phrases(language)
    keys = ("fam_intro", "fam_private", "fam_do", "fam_chance_unknown")
    text = (
        "\n".join(words(key) for key in keys) + "\n" + words("fam_chance_dominant", percent=50, n=50, rest=50)
    )
    assert readability(text, words).passes


def test_a_loop_in_the_pedigree_is_refused() -> None:
    loop = (Person("me", mother="m"), Person("m", mother="me"))
    with pytest.raises(UserError):
        kin(Case("x", "me", loop, Build.GRCH38), "m")


def test_a_letter_to_a_relative_says_whom_to_ask_and_fits_two_pages() -> None:
    base = rich_result()
    assert base.risk is not None
    many = tuple(
        replace(base.risk.findings[0], gene=f"GENE{n}", condition=f"A condition with a long name, number {n}")
        for n in range(12)
    )
    result = replace(base, risk=replace(base.risk, findings=many))
    made = family_letter_pdf(result, "P4", "de", share=True)
    assert len(pages_of(made)) <= 2
    words = words_of(made)
    assert "Wen Sie fragen können" in words
    assert "weitere Ergebnisse" in words


def test_two_findings_are_not_called_one() -> None:
    both = family_letter_text(rich_result(rare=INHERITED), "P4", share=True)
    assert "a test for these gene changes" in both
    one = family_letter_text(rich_result(rare=INHERITED, risk=None), "P4", share=True)
    assert "a test for this one gene change" in one


def test_a_sibling_of_somebody_with_a_new_change_gets_no_number() -> None:
    new = rare((candidate(variants=(variant(inheritance="AD", acmg_codes=("PS2",)),)),))
    told = family_letter_text(rich_result(rare=new, risk=None, case=FAMILY), "sib")
    assert "We cannot give you a number here" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_parent_in_whom_a_new_change_was_not_seen_is_told_so(language: str) -> None:
    new = rare((candidate(variants=(variant(inheritance="AD", acmg_codes=("PS2",)),)),))
    result = rich_result(rare=new, risk=None, case=FAMILY)
    assert phrases(language)("fam_not_seen") in family_letter_text(result, "m", language)
    rows = {row["person"]: row["note"] for row in csv.DictReader(io.StringIO(cascade_csv(result)))}
    assert rows["m"] == "not seen in this parent's own test"
    assert rows["sib"].startswith("no number")
    inherited = rich_result(rare=INHERITED, risk=None, case=FAMILY)
    assert phrases(language)("fam_not_seen") not in family_letter_text(inherited, "m", language)


def _with_twin(zygosity: Zygosity) -> Case:
    """FAMILY with a twin of the proband and the twin's child."""
    people = (*PEOPLE, Person("twin", mother="m", father="f"), Person("theirs", mother="twin", father="x"))
    known = (*people, Person("x"))
    family = family_from(known, "me")
    drawn = replace(family, twins=(Twins(("me", "twin"), zygosity),))
    return replace(FAMILY, persons=known, family=drawn)


def test_an_identical_twin_shares_every_gene_change_and_so_do_the_twins_children() -> None:
    twins = _with_twin(Zygosity.IDENTICAL)
    assert kin(twins, "twin").relation is Relation.IDENTICAL_TWIN
    for mode in (Mode.DOMINANT, Mode.RECESSIVE):
        assert chance(kin(twins, "twin"), mode, new_in_proband=True) == 1.0
    assert chance(kin(twins, "theirs"), Mode.DOMINANT, new_in_proband=True) == 0.5
    assert kin(_with_twin(Zygosity.FRATERNAL), "twin").shared == 0.5
    assert kin(_with_twin(Zygosity.UNKNOWN), "theirs").shared == 0.25


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_to_an_identical_twin_gives_no_half_chance_and_does_not_tell_whose_twin(
    language: str,
) -> None:
    result = rich_result(rare=INHERITED, risk=None, case=_with_twin(Zygosity.IDENTICAL))
    text = family_letter_text(result, "twin", language)
    assert phrases(language)("fam_chance_certain") in text
    assert "50" not in text
    assert not {"twin", "zwilling", "gemel", "jumeau"} & set(text.lower().split())


def test_one_change_in_both_copies_is_passed_to_every_child() -> None:
    both = variant(inheritance="", acmg_codes=("PM1",), zygosity=Zygosities.HOMOZYGOUS)
    result = rich_result(rare=rare((candidate(variants=(both,)),)), risk=None, case=FAMILY)
    assert "twice" in letter_text(result)
    assert "50 in 100" not in letter_text(result)
    assert phrases("en")("fam_chance_certain") in family_letter_text(result, "kid")
    assert phrases("en")("fam_chance_unknown") in family_letter_text(result, "sib")
    numbers = {r["person"]: r["highest_chance"] for r in csv.DictReader(io.StringIO(cascade_csv(result)))}
    assert (numbers["kid"], numbers["m"], numbers["sib"]) == ("1", "1", "")


def test_a_pregnancy_gets_no_letter_and_is_on_no_list_to_be_tested() -> None:
    known = (*PEOPLE, Person("unborn", mother="me", father="partner"))
    family = family_from(known, "me")
    drawn = set_member(family, "unborn", pregnancy=Pregnancy.ONGOING)
    result = rich_result(rare=INHERITED, risk=None, case=replace(FAMILY, persons=known, family=drawn))
    assert "unborn" not in cascade_csv(result)
    assert "unborn" not in {one.document.relative for one in offers(result)}
    assert "kid" in {one.document.relative for one in offers(result)}


def test_a_letter_to_a_child_speaks_to_who_reads_it_for_the_child() -> None:
    child = phrases("en")("for_child")
    kid = replace(FAMILY, persons=tuple(replace(p, age_years=6.0) if p.id == "kid" else p for p in PEOPLE))
    by_year = replace(FAMILY, family=set_member(family_from(PEOPLE, "me"), "kid", birth_year=2020))
    pages = {
        one: words_of(
            family_letter_pdf(rich_result(rare=INHERITED, case=one, created="2026-03-01T00:00:00Z"), "kid")
        )
        for one in (kid, by_year, FAMILY)
    }
    assert [child in " ".join(words.split()) for words in pages.values()] == [True, True, False]


def test_a_known_change_of_an_x_linked_dominant_condition_is_no_unclear_result_in_a_woman() -> None:
    def kind(*modes: str) -> OutcomeKind:
        return outcome(rich_result(rare=rare((candidate(inheritance=modes),)), risk=None)).kind

    assert kind("XD") is OutcomeKind.POSITIVE
    assert kind("X-linked dominant") is OutcomeKind.POSITIVE
    assert kind("XR") is OutcomeKind.VUS
    assert kind("XD", "XR") is OutcomeKind.VUS


def test_a_parent_whose_own_test_shows_that_it_comes_from_the_other_is_told_so() -> None:
    known = replace(FAMILY, proband="me")
    for said in ("from the father", "vom Vater (mosaic)"):
        one = variant(inheritance="AD", origin=said, acmg_codes=("PM1",))
        result = rich_result(rare=rare((candidate(variants=(one,)),)), risk=None, case=known)
        assert phrases("en")("fam_not_seen") in family_letter_text(result, "m")
        assert "up to 50%" in family_letter_text(result, "f")
        rows = {r["person"]: r for r in csv.DictReader(io.StringIO(cascade_csv(result)))}
        assert (rows["m"]["highest_chance"], rows["f"]["highest_chance"]) == ("", "0.5")


def test_an_assumed_new_change_is_one_for_parents_and_siblings_too() -> None:
    for one in (
        variant(inheritance="AD", acmg_codes=("PM6",)),
        variant(inheritance="AD", acmg_codes=(), origin="seen in neither parent: new (de novo)"),
    ):
        result = rich_result(rare=rare((candidate(variants=(one,)),)), risk=None, case=FAMILY)
        assert phrases("en")("rel_dominant_new") in letter_text(result)
        assert phrases("en")("fam_not_seen") in family_letter_text(result, "m")


def _outcome(*modes: str, **changes: object) -> Outcome:
    one = variant(**changes)
    found = candidate(inheritance=modes, variants=(one,))
    return outcome(rich_result(rare=rare((found,)), risk=None))


def test_what_reviewers_call_pathogenic_is_no_unclear_result_because_little_could_be_assessed() -> None:
    uncertain = {"classification": "Uncertain significance", "acmg_codes": ("PM2",)}
    assert _outcome("AD", **uncertain).kind is OutcomeKind.LIKELY_POSITIVE
    entry = variant().clinvar
    assert entry is not None
    for weaker in (replace(entry, stars=1), replace(entry, dated=True), None):
        assert _outcome("AD", clinvar=weaker, **uncertain).kind is OutcomeKind.VUS


def test_a_class_that_a_person_has_edited_holds_against_the_reviewers() -> None:
    edited = Classification(
        AcmgClass.UNCERTAIN, AcmgClass.UNCERTAIN, 3, (), before_edits=AcmgClass.PATHOGENIC
    )
    assert _outcome("AD", classification="Uncertain significance", acmg=edited).kind is OutcomeKind.VUS


def test_one_copy_of_a_condition_that_is_dominant_or_recessive_is_likely_to_matter() -> None:
    """Familial hypercholesterolaemia has both modes in the tables."""
    assert _outcome("AD", "AR", inheritance="AD").kind is OutcomeKind.LIKELY_POSITIVE
    assert _outcome("AD", "AR", inheritance="AD").mode is Mode.DOMINANT
    assert _outcome("AD", "AR", inheritance="AR").kind is OutcomeKind.VUS
    both = _outcome("AD", "AR", inheritance="AR", zygosity=Zygosities.HOMOZYGOUS)
    assert (both.kind, both.mode) == (OutcomeKind.POSITIVE, Mode.UNKNOWN)  # children get one copy
    assert _outcome("AR", inheritance="AR", zygosity=Zygosities.HOMOZYGOUS).mode is Mode.RECESSIVE


def test_the_answer_itself_is_not_told_again_as_a_finding_besides_it() -> None:
    found = replace(risk().findings[0], scope="secondary", variants=candidate().variants)
    result = rich_result(risk=replace(risk(), findings=(found,)), case=FAMILY)
    assert phrases("en")("secondary_head") not in letter_text(result)
    assert len(list(csv.DictReader(io.StringIO(cascade_csv(result))))) == len(concerned(FAMILY))
    assert phrases("en")("secondary_head") in letter_text(rich_result(case=FAMILY))


def test_findings_that_are_named_have_headings_of_their_own() -> None:
    several = rich_result(rare=INHERITED, case=FAMILY)
    titles = [one.title for one in _letter(several, share=True).wording().sections]
    head = phrases("en")("fam_chance_head")
    assert {f"{head}: FGFR2", f"{head}: BRCA1"} <= set(titles)
    assert head in [one.title for one in _letter(several, share=False).wording().sections]


def _letter(result: CaseResult, *, share: bool) -> Letter:
    return letter(result, Document(DocumentKind.FAMILY, "en", "sib", share))


def test_an_identifier_is_no_formula_in_the_cascade_list() -> None:
    odd = tuple(replace(one, id="=1+1") if one.id == "kid" else one for one in PEOPLE if one.id != "grandkid")
    result = rich_result(rare=INHERITED, risk=None, case=replace(FAMILY, persons=odd))
    assert "'=1+1" in {row["person"] for row in csv.DictReader(io.StringIO(cascade_csv(result)))}


def _secondary(*origins: str) -> CaseResult:
    """No answer to the question; BRCA1 variants of these origins as a secondary finding."""
    one = replace(brca(), inheritance="", acmg_codes=("PVS1",))
    found = replace(risk().findings[0], variants=tuple(replace(one, origin=said) for said in origins))
    return rich_result(rare=rare(()), risk=replace(risk(), findings=(found,)), case=FAMILY)


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("seen in neither parent: new (de novo)", {"m", "f"}),
        ("from the mother", {"f"}),
        ("von der Mutter (mosaic)", {"f"}),
        ("not seen in the mother; the father was not tested", {"m"}),
        ("beim Vater nicht gesehen", {"f"}),
        ("could not be read in the mother; not seen in the father", {"f"}),
        ("the mother was not tested; could not be read in the father", set()),
        ("the mother has it; the father was not tested", set()),
        ("both parents have it: from which of them is not known", set()),
        ("", set()),
    ],
)
def test_a_parent_whose_own_test_did_not_show_a_secondary_finding_is_told_so(
    origin: str, told: set[str]
) -> None:
    result = _secondary(origin)
    rows = {r["person"]: r for r in csv.DictReader(io.StringIO(cascade_csv(result)))}
    for parent in ("m", "f"):
        letter_says = phrases("en")("fam_not_seen") in family_letter_text(result, parent)
        assert letter_says is (parent in told)
        assert rows[parent]["note"] == ("not seen in this parent's own test" if parent in told else "")
        assert rows[parent]["highest_chance"] == ("" if parent in told else "0.5")


def test_a_new_secondary_finding_gives_siblings_no_half_chance() -> None:
    result = _secondary("seen in neither parent: new (de novo)")
    assert "We cannot give you a number here" in family_letter_text(result, "sib")
    assert phrases("en")("rel_dominant_new") in letter_text(result)
    assert phrases("en")("rel_dominant") in letter_text(_secondary("not seen in the mother"))


def test_of_two_variants_a_parent_lacks_both_or_is_not_told_so() -> None:
    result = _secondary("seen in neither parent: new (de novo)", "from the mother")
    assert phrases("en")("fam_not_seen") not in family_letter_text(result, "m")
    assert phrases("en")("fam_not_seen") in family_letter_text(result, "f")


def test_where_only_one_parent_can_pass_it_on_the_other_is_not_said_to_have_been_tested() -> None:
    on_x = replace(
        variant(
            inheritance="XL", acmg_codes=("PM1",), zygosity=Zygosities.HEMIZYGOUS, origin="from the mother"
        ),
        key=replace(variant().key, chromosome="X"),
    )
    result = rich_result(
        rare=rare((candidate(inheritance=("X-linked",), variants=(on_x,)),)), risk=None, case=FAMILY
    )
    assert phrases("en")("fam_not_seen") not in family_letter_text(result, "f")
