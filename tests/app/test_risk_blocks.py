"""``risk prs`` on gVCF and BCF: reference blocks are genotypes, and binary files give the same sums."""

from pathlib import Path

import pysam
import pytest

from genoai_desktop.app.risk_scores import score_file
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.knowledge import Knowledge

HEAD = (
    "##fileformat=VCFv4.2\n"
    "##contig=<ID=1,length=249250621>\n"
    '##ALT=<ID=NON_REF,Description="any other">\n'
    '##INFO=<ID=END,Number=1,Type=Integer,Description="end of the block">\n'
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="genotype">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\n"
)
RECORDS = (
    "1\t100\t.\tA\t<NON_REF>\t.\t.\tEND=200\tGT\t0/0\t./.\n"
    "1\t300\t.\tC\tT,<NON_REF>\t.\t.\t.\tGT\t0/1\t1/1\n"
    "1\t400\t.\tG\t<NON_REF>\t.\t.\tEND=450\tGT\t0/0\t0/0\n"
)
SCORE = (
    "Chromosome,Position,Reference_Allele,Effect_Allele,Effect_Allele_Frequency,Log_Odds_Ratio\n"
    "1,100,A,C,0.2,0.5\n1,150,G,T,0.25,1.0\n1,300,C,T,0.1,2.0\n1,440,A,G,0.1,4.0\n1,900,A,G,0.1,8.0\n"
)


def write(folder: Path) -> tuple[Path, Path]:
    vcf, score = folder / "blocks.g.vcf", folder / "score.prs"
    vcf.write_text(HEAD + RECORDS)
    score.write_text(SCORE)
    return vcf, score


def forms(vcf: Path) -> list[Path]:
    """The same file as text, compressed with an index, and as BCF with and without one."""
    packed = vcf.with_name("indexed.g.vcf.gz")
    pysam.tabix_compress(str(vcf), str(packed), force=True)
    pysam.tabix_index(str(packed), preset="vcf", force=True)
    binary, bare = vcf.with_name("indexed.bcf"), vcf.with_name("bare.bcf")
    for target in (binary, bare):
        with (
            pysam.VariantFile(str(vcf)) as source,
            pysam.VariantFile(str(target), "wb", header=source.header) as out,
        ):
            for record in source:
                out.write(record)
    pysam.tabix_index(str(binary), preset="bcf", force=True)
    return [vcf, packed, binary, bare]


def test_reference_blocks_count_as_reference_in_every_form(tmp_path: Path, knowledge: Knowledge) -> None:
    vcf, score = write(tmp_path)
    for path in forms(vcf):
        first, second = score_file(path, score, knowledge, Silent())
        # block sites: no effect alleles; 300: one and two copies; 900: expected copies, 2 x 0.1
        assert first.score.score_sum == pytest.approx(2.0 + 8.0 * 0.2), path.name
        assert first.allele_count == 8
        # the second person has no call in the first block: expected copies at 100 and 150
        assert second.score.score_sum == pytest.approx(4.0 + 8.0 * 0.2 + 0.5 * 0.4 + 1.0 * 0.5), path.name
        assert (first.score.matched, first.score.total) == (4, 5)
        assert any("not in the file: 1" in note for note in first.score.notes)


def test_a_block_does_not_guess_which_allele_is_the_reference(tmp_path: Path, knowledge: Knowledge) -> None:
    vcf, _ = write(tmp_path)
    plain = tmp_path / "plain.txt"
    plain.write_text("1:150 G 1.0\n1:300 T 2.0\n")
    first, _second = score_file(vcf, plain, knowledge, Silent())
    assert first.score.score_sum == pytest.approx(2.0)
    assert first.score.matched == 1
    assert any("reference is not known: 1" in note for note in first.score.notes)


def test_a_structural_record_with_an_end_is_not_a_block(tmp_path: Path, knowledge: Knowledge) -> None:
    vcf, score = write(tmp_path)
    vcf.write_text(
        HEAD
        + "1\t90\t.\tA\t<DEL>\t.\t.\tSVTYPE=DEL;END=200\tGT\t0/1\t0/0\n"
        + RECORDS[RECORDS.index("1\t300") :]
    )
    first, _second = score_file(vcf, score, knowledge, Silent())
    assert first.score.matched == 2


def test_a_damaged_bcf_is_refused_in_words(tmp_path: Path, knowledge: Knowledge) -> None:
    vcf, score = write(tmp_path)
    whole = forms(vcf)[-1].read_bytes()
    broken = tmp_path / "broken.bcf"
    broken.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError):
        score_file(broken, score, knowledge, Silent())
