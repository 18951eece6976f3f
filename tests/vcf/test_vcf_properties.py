"""Round trips and invariants of splitting, trimming, alignment and genotypes."""

from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.vcf.alleles import left_align, trim
from genoai_desktop.vcf.genotypes import parse_genotype

BASES = st.text("ACGT", min_size=1, max_size=12)
ALLELE = st.one_of(st.just(-1), st.integers(0, 40))


def _apply(sequence: str, position: int, ref: str, alt: str) -> str:
    assert sequence[position - 1 : position - 1 + len(ref)] == ref
    return sequence[: position - 1] + alt + sequence[position - 1 + len(ref) :]


@given(BASES, BASES, BASES, st.text("ACGT", max_size=12))
def test_trimming_changes_no_haplotype(before: str, ref: str, alt: str, after: str) -> None:
    sequence, position = before + ref + after, len(before) + 1
    place, short_ref, short_alt = trim(position, ref, alt)
    assert _apply(sequence, place, short_ref, short_alt) == before + alt + after
    assert short_ref
    assert short_alt
    assert trim(place, short_ref, short_alt) == (place, short_ref, short_alt)


@given(st.text("AC", min_size=3, max_size=20), st.data())
def test_left_alignment_changes_no_haplotype_and_is_unique(sequence: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(1, len(sequence)))
    length = data.draw(st.integers(1, len(sequence) - position + 1))
    ref, alt = (
        sequence[position - 1 : position - 1 + length],
        data.draw(st.text("AC", min_size=1, max_size=6)),
    )
    whole = _apply(sequence, position, ref, alt)
    place, new_ref, new_alt = left_align(position, ref, alt, lambda p: sequence[p - 1])
    assert _apply(sequence, place, new_ref, new_alt) == whole
    again = left_align(place, new_ref, new_alt, lambda p: sequence[p - 1])
    assert again == (place, new_ref, new_alt)


@given(st.lists(ALLELE, min_size=1, max_size=6), st.booleans())
def test_genotypes_round_trip(alleles: list[int], phased: bool) -> None:
    text = ("|" if phased else "/").join("." if a < 0 else str(a) for a in alleles)
    genotype = parse_genotype(text)
    assert genotype is not None
    assert genotype.alleles == tuple(alleles)
    assert genotype.phased == (phased and len(alleles) > 1)
    assert genotype.called == sum(a >= 0 for a in alleles)


@given(st.text(max_size=12))
def test_any_text_is_a_genotype_or_nothing(text: str) -> None:
    genotype = parse_genotype(text)
    assert genotype is None or 1 <= len(genotype.alleles) <= 64
