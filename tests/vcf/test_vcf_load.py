"""What ``load`` makes of every kind of file and record."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from vcf_text import META, codes, loaded, vcf, write

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.vcf import check, load
from genoai_desktop.vcf.known_sites import SITES
from genoai_desktop.vcf.table import Kind

ONE = "chr1 1000 rs1 A G 50 PASS DP=20 GT:AD:DP:GQ 0/1:10,9:19:99"


@pytest.mark.parametrize("name", ["a.vcf", "a.vcf.gz"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_ends_byte_order_marks_and_gzip_change_nothing(
    tmp_path: Path, name: str, end: str, bom: bytes
) -> None:
    text = vcf(ONE, "chr1 2000 . C T . q10 . GT 1/1")
    path = write(tmp_path, bom + text.replace("\n", end).encode(), name)
    table = load(path, Silent())
    assert table.frame["pos"].to_list() == [1000, 2000]
    assert table.frame["s0_dosage"].to_list() == [1, 2]
    assert (table.records_read, table.records_loaded, table.records_reported) == (2, 2, 0)
    assert ("vcf.bom" in codes(table)) == bool(bom)


def test_bgzip_and_bcf_give_the_table_of_the_text(tmp_path: Path) -> None:
    import pysam

    plain = write(tmp_path, vcf(ONE, "chr1 2000 . C T,G 9.5 q10 DB GT:AD 1|2:0,5,6"))
    pysam.tabix_compress(str(plain), str(tmp_path / "b.vcf.gz"))
    with (
        pysam.VariantFile(str(plain)) as source,
        pysam.VariantFile(str(tmp_path / "b.bcf"), "wb", header=source.header) as out,
    ):
        for record in source:
            out.write(record)
    expected = load(plain, Silent()).frame
    for name in ("b.vcf.gz", "b.bcf"):
        found = load(tmp_path / name, Silent()).frame
        assert found.drop("filter").equals(expected.drop("filter"))
        assert found["filter"].cast(str).to_list() == ["PASS", "q10", "q10"]


def test_columns_of_one_record(tmp_path: Path) -> None:
    row = loaded(tmp_path, ONE).frame.row(0, named=True)
    assert (row["record"], row["allele"], row["chrom"], row["pos"], row["end"]) == (0, 1, 1, 1000, 1000)
    assert (row["ref"], row["alt"], row["kind"], row["rsid"], row["qual"]) == (
        "A",
        "G",
        Kind.SNV,
        "rs1",
        50.0,
    )
    assert (row["s0_dosage"], row["s0_called"], row["s0_ploidy"], row["s0_strand"]) == (1, 2, 2, 0)
    assert (row["s0_dp"], row["s0_gq"], row["s0_ad_ref"], row["s0_ad_alt"], row["s0_ps"]) == (
        19,
        99,
        10,
        9,
        None,
    )


def test_alternates_are_split_and_trimmed(tmp_path: Path) -> None:
    table = loaded(tmp_path, "chr1 100 . CAGG CAG,CATG,C,* 9 PASS . GT:AD 1/3:1,2,3,4,5")
    assert table.frame.select("pos", "ref", "alt", "kind").rows() == [
        (101, "AG", "A", Kind.DELETION),
        (102, "G", "T", Kind.SNV),
        (100, "CAGG", "C", Kind.DELETION),
        (100, "CAGG", "*", Kind.STAR),
    ]
    assert table.frame["s0_dosage"].to_list() == [1, 0, 1, 0]
    assert table.frame["s0_ad_alt"].to_list() == [2, 3, 4, 5]
    assert table.frame["s0_ad_ref"].to_list() == [1, 1, 1, 1]
    assert "vcf.star" in codes(table)


def test_genotypes_keep_their_meaning(tmp_path: Path) -> None:
    samples = ("A", "B", "C", "D", "E", "F", "G")
    table = loaded(tmp_path, "chrX 500 . A G 1 PASS . GT:PS 0|1:77 1|0 ./1 1 ./. . 0/1/1", samples=samples)
    row = table.frame.row(0, named=True)
    assert [row[f"s{i}_dosage"] for i in range(7)] == [1, 1, 1, 1, None, None, 2]
    assert [row[f"s{i}_called"] for i in range(7)] == [2, 2, 1, 1, 0, 0, 3]
    assert [row[f"s{i}_ploidy"] for i in range(7)] == [2, 2, 2, 1, 2, 1, 3]
    assert [row[f"s{i}_strand"] for i in range(7)] == [2, 1, 0, 0, 0, 0, 0]
    assert row["s0_ps"] == 77


def test_reference_blocks_are_kept_apart(tmp_path: Path) -> None:
    table = loaded(
        tmp_path,
        "chr1 100 . A <NON_REF> . . END=199 GT:DP:GQ 0/0:30:80",
        "chr1 200 . A G,<NON_REF> 50 . . GT:AD 0/1:9,8,0",
        "chr1 300 . C . . . . GT:DP ./.:0",
        "chr1 400 . C . . . . GT:DP 0/0:12",
    )
    assert table.blocks.select("start", "end", "s0_gt", "s0_dp").rows() == [
        (100, 199, 0, 30),
        (300, 300, None, 0),
        (400, 400, 0, 12),
    ]
    assert table.frame["kind"].to_list() == [Kind.SNV, Kind.NON_REF]
    assert table.frame["record"].to_list() == [1, 1]
    assert table.records_loaded == 4


def test_samples_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path, vcf("chr1 5 . A G . . . GT 0/0 0/1 1/1", samples=("A", "B", "C")))
    table = load(path, Silent(), samples=["C", "A"])
    assert table.samples == ("C", "A")
    assert table.frame.select("s0_dosage", "s1_dosage").row(0) == (2, 0)
    with pytest.raises(UserError, match="no sample of that name"):
        load(path, Silent(), samples=["Z"])


@pytest.mark.parametrize("count", [111, 3202])
def test_many_samples(tmp_path: Path, count: int) -> None:
    samples = tuple(f"N{i}" for i in range(count))
    genotypes = " ".join(("0|0", "0|1", "1|1")[i % 3] for i in range(count))
    path = write(tmp_path, vcf(f"chr1 5 . A G . PASS . GT {genotypes}", samples=samples), "many.vcf.gz")
    table = load(path, Silent())
    assert len(table.samples) == count
    assert [table.frame[f"s{i}_dosage"][0] for i in range(6)] == [0, 1, 2, 0, 1, 2]
    assert load(path, Silent(), samples=samples[-2:]).frame.width < 40


def test_structural_records(tmp_path: Path) -> None:
    meta = META + '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="t">\n'
    meta += '##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="t">\n'
    table = loaded(
        tmp_path,
        "chr1 100 . A <DEL> . . SVTYPE=DEL;END=600;SVLEN=-500 GT 0/1",
        "chr1 700 b G G]chr2:900] . . SVTYPE=BND GT 0/1",
        "chr2 10 . C <STR12> . . END=40;RU=CAG;REPID=HTT GT:REPCN 0/1:10/45",
        meta=meta,
    )
    assert table.frame["kind"].to_list() == [Kind.SYMBOLIC, Kind.BREAKEND, Kind.SYMBOLIC]
    assert table.frame["end"].to_list() == [600, 700, 40]
    found = table.structural.select("row", "svtype", "end2", "svlen", "chrom2", "repeat_id", "repeat_count_0")
    assert found.rows() == [
        (0, "DEL", 600, -500, None, None, None),
        (1, "BND", 900, None, "chr2", None, None),
        (2, "STR12", 40, None, None, "HTT", "10/45"),
    ]


def test_annotation_belongs_to_its_own_allele(tmp_path: Path) -> None:
    meta = META + (
        '##INFO=<ID=CSQ,Number=.,Type=String,Description="From VEP. Format: '
        'Allele|Consequence|IMPACT|SYMBOL|Feature|HGVSc|gnomADe_AF|AF">\n'
    )
    csq = "G|missense_variant|MODERATE|BRCA1|NM_1|c.1A>G|0.01|0.5,T|stop_gained|HIGH|BRCA1|NM_1|c.1A>T||0.5"
    table = loaded(tmp_path, f"chr1 100 . A G,T . . CSQ={csq} GT 1/2", meta=meta)
    assert table.annotation.select("row", "gene", "consequence", "impact", "hgvs_c", "source").rows() == [
        (0, "BRCA1", "missense_variant", "MODERATE", "c.1A>G", "CSQ"),
        (1, "BRCA1", "stop_gained", "HIGH", "c.1A>T", "CSQ"),
    ]
    assert [None if v is None else round(v, 4) for v in table.frame["file_af"].to_list()] == [0.01, None]


def test_left_alignment_with_a_reference(tmp_path: Path) -> None:
    import pysam

    fasta = tmp_path / "ref.fa"
    fasta.write_text(">1\nGGGCACACACAGGG\n")
    pysam.faidx(str(fasta))
    path = write(tmp_path, vcf("chr1 8 . CAC C . . . GT 0/1", "chr1 11 . A ACA . . . GT 0/1"))
    rows = load(path, Silent(), reference=fasta).frame.select("pos", "ref", "alt").rows()
    assert rows == [(3, "GCA", "G"), (3, "G", "GCA")]


def test_build_is_found_and_a_contradiction_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, vcf(ONE))
    assert load(path, Silent()).build_guess.build is Build.GRCH38
    with pytest.raises(UserError, match="GRCh38"):
        load(path, Silent(), build=Build.GRCH37)
    bare = "##fileformat=VCFv4.2\n"
    table = loaded(tmp_path, "1 5 . A G . . .", samples=(), meta=bare)
    assert table.build_guess.confidence == 0
    assert "vcf.build-unknown" in codes(table)
    hint = bare + "##reference=file:///refs/human_g1k_v37.fasta\n"
    assert loaded(tmp_path, "1 5 . A G . . .", samples=(), meta=hint).build is Build.GRCH37


def test_cancel_ends_the_work(tmp_path: Path) -> None:
    context = Silent()
    context.cancel()
    with pytest.raises(Cancelled):
        load(write(tmp_path, vcf(ONE)), context)


def test_check_counts_as_load_does(tmp_path: Path) -> None:
    path = write(tmp_path, vcf(ONE, "chr1 x . A G . . . GT 0/1"))
    report = check(path, Silent())
    assert (report.records_read, report.records_loaded, report.records_reported) == (2, 1, 1)
    assert (report.build, report.samples) == ("GRCh38", ("S1",))
    assert [(f.code, f.where.line, f.where.field) for f in report.findings] == [("vcf.pos", 17, "POS")]


@pytest.mark.parametrize("build", list(Build))
def test_build_is_told_by_known_positions(tmp_path: Path, build: Build) -> None:
    chosen = sorted(SITES[build])[:200:5]
    records = [f"{chromosome} {position} . A G . . ." for chromosome, position in chosen]
    guess = loaded(tmp_path, *records, samples=(), meta="##fileformat=VCFv4.2\n").build_guess
    assert (guess.build, guess.confidence) == (build, 0.99)
    assert "Common variants: 40" in guess.reason


def test_a_file_without_records_has_the_columns_of_one_with(tmp_path: Path) -> None:
    empty, full = loaded(tmp_path), loaded(tmp_path, ONE)
    assert empty.height == 0
    assert empty.frame.schema == full.frame.schema
    assert "vcf.no-records" in codes(empty)
