"""The catalogue of disease repeats."""

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.repeats import RepeatStatus, same_unit


def test_every_disease_is_one_of_its_gene(knowledge: Knowledge) -> None:
    phenotypes = knowledge.phenotypes
    loci = knowledge.repeats.loci(Build.GRCH38)
    assert len(loci) >= 50
    for locus in loci:
        for name in (*locus.diseases, *locus.premutation):
            index = phenotypes.disease_index(name)
            assert index in phenotypes.gene_diseases[locus.gene], (locus.locus, name)
        assert locus.normal_max is not None
        assert locus.pathogenic_min is not None
        assert locus.normal_max < locus.pathogenic_min


def test_lengths_have_three_places(knowledge: Knowledge) -> None:
    htt = knowledge.repeats.find(Build.GRCH38, 4, 3074877, 3074933, "CAG", "HTT")
    assert htt is not None
    assert htt.diseases[0] == "OMIM:143100"
    assert htt.status(17) is RepeatStatus.NORMAL
    assert htt.status(35) is RepeatStatus.INTERMEDIATE
    assert htt.status(36) is RepeatStatus.PATHOGENIC


def test_a_record_is_found_by_name_or_by_place_and_unit(knowledge: Knowledge) -> None:
    find = knowledge.repeats.find
    by_place = find(Build.GRCH38, 4, 3074877, 3074933, "GCA")
    assert by_place is not None
    assert by_place.locus == "HTT"
    assert find(Build.GRCH38, 4, 3074877, 3074933, "AAAAT") is None
    assert find(Build.GRCH38, 4, 90_000_000, 90_000_030, "CAG") is None
    assert find(Build.GRCH38, 5, 3074877, 3074933, "CAG", "HTT") is None, "a name on another chromosome"
    trgt = find(Build.GRCH38, 4, 3074877, 3074933, "CAG,CCG", "HTT_CAG")
    assert trgt is not None
    assert trgt.locus == "HTT"


def test_units_are_the_same_on_either_strand_and_from_any_base() -> None:
    assert same_unit("CAG", "GCA")
    assert same_unit("CTG", "CAG")
    assert same_unit("GCG", "GCN")
    assert same_unit("AAGGG", "AARRG")
    assert not same_unit("CAG", "CCG")
    assert not same_unit("CAG", "CA")
