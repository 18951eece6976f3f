"""One test per defect: refused, reported or loaded, with the right code, line and field."""

import sys
import zlib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from vcf_text import META, codes, loaded, vcf, write

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.vcf import checks, load
from genoai_desktop.vcf.source import MAX_LINE

GOOD = "chr1 10 . A G 5 PASS DP=3 GT:DP 0/1:3"

REPORTED = {
    "chr1 ten . A G . . . GT 0/1": "vcf.pos",
    "chr1 -5 . A G . . . GT 0/1": "vcf.pos",
    "chr1 3000000000 . A G . . . GT 0/1": "vcf.pos-range",
    "chr1 10 . . G . . . GT 0/1": "vcf.ref-missing",
    "chr1 10 . A1 G . . . GT 0/1": "vcf.ref",
    "chr1 10 . A G, . . . GT 0/1": "vcf.alt",
    "chr1 10 . A R . . . GT 0/1": "vcf.alt-ambiguous",
    "chr1 10 . A <DEL . . . GT 0/1": "vcf.alt",
    "chr1 10 . A G]chr1:5[ . . . GT 0/1": "vcf.breakend",
    "chr1 10 . A G . . . GT 0/5": "vcf.gt-allele",
    "chr1 10 . A G . . . GT 0/x": "vcf.gt",
    "chr1 10 . A G . . . GT:DP 0/1:3:4": "vcf.sample-count",
    "chr1 10 . A G . . . GT:DP:DP 0/1:3:4": "vcf.format-duplicate",
    "chr1 10 . A G . . . GT": "vcf.column-count",
    "chr1 10 . A G . . . GT 0/1 0/1": "vcf.column-count",
    ". 10 . A G . . . GT 0/1": "vcf.chrom-missing",
}
LOADED = {
    "chr1 0 . A G . . . GT 0/1": "vcf.pos-zero",
    "chr1 999999999 . A G . . . GT 0/1": "vcf.pos-beyond",
    "chr1 10 . A G ten . . GT 0/1": "vcf.qual",
    "chr1 10 . A G -1 . . GT 0/1": "vcf.qual-negative",
    "chr1 10 . A G . 0 . GT 0/1": "vcf.filter",
    "chr1 10 . A G . q10;PASS . GT 0/1": "vcf.filter-pass",
    "chr1 10 . A G . new . GT 0/1": "vcf.filter-undeclared",
    "chr1 10 . A G . . DP=x GT 0/1": "vcf.info-type",
    "chr1 10 . A G . . DP=1,2 GT 0/1": "vcf.info-count",
    "chr1 10 . A G . . AF=0.1,0.2 GT 0/1": "vcf.info-count",
    "chr1 10 . A G . . DP=99999999999 GT 0/1": "vcf.info-range",
    "chr1 10 . A G . . DP GT 0/1": "vcf.info-no-value",
    "chr1 10 . A G . . DB=yes GT 0/1": "vcf.info-flag",
    "chr1 10 . A G . . DP=1;DP=2 GT 0/1": "vcf.info-duplicate",
    "chr1 10 . A G . . XX=1 GT 0/1": "vcf.info-undeclared",
    "chr1 10 . A G . . ;DP=1 GT 0/1": "vcf.info-key",
    "chr1 10 . A G . . . GT:ZZ 0/1:1": "vcf.format-undeclared",
    "chr1 10 . A G . . . DP:GT 3:0/1": "vcf.format-gt-first",
    "chr1 10 . A G . . . GT:AD 0/1:3": "vcf.format-count",
    "chr1 10 . A G . . . GT:DP 0/1:x": "vcf.format-type",
    "chr1 10 . A G,G . . . GT 0/1": "vcf.alt-duplicate",
    "chr1 10 . A A . . . GT 0/1": "vcf.alt-is-ref",
    "chr1 10 . R G . . . GT 0/1": "vcf.ref-ambiguous",
    "chr1 10 a,b A G . . . GT 0/1": "vcf.id-comma",
    "chr9 10 . A G . . . GT 0/1": "vcf.contig-undeclared",
}


@pytest.mark.parametrize("record", REPORTED)
@pytest.mark.parametrize("careful", [2000, 0], ids=["careful", "fast"])
def test_a_bad_record_is_reported_and_not_loaded(
    tmp_path: Path, record: str, careful: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "CAREFUL", careful)
    table = loaded(tmp_path, GOOD, record, GOOD)
    assert (table.records_read, table.records_loaded, table.records_reported) == (3, 2, 1)
    finding = next(f for f in table.findings if f.code == REPORTED[record])
    assert finding.where.line == 17
    assert finding.severity == "error"


@pytest.mark.parametrize("record", LOADED)
@pytest.mark.parametrize("careful", [2000, 0], ids=["careful", "fast"])
def test_an_odd_record_is_loaded_with_a_finding(
    tmp_path: Path, record: str, careful: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "CAREFUL", careful)
    table = loaded(tmp_path, GOOD, record)
    assert (table.records_read, table.records_loaded) == (2, 2)
    finding = next(f for f in table.findings if f.code == LOADED[record])
    assert finding.where.line == 17


REFUSED = {
    "vcf.empty": "",
    "vcf.html": "<html><body>Not found</body></html>",
    "vcf.fileformat": "#CHROM\tPOS\n",
    "vcf.version": "##fileformat=VCFv3.3\n",
    "vcf.no-columns": "##fileformat=VCFv4.2\nchr1\t5\t.\tA\tG\t.\t.\t.\n",
    "vcf.spaces": "##fileformat=VCFv4.2\n#CHROM POS ID REF ALT QUAL FILTER INFO\n",
    "vcf.columns": "##fileformat=VCFv4.2\n#CHROM\tPOS\tREF\tID\tALT\tQUAL\tFILTER\tINFO\n",
    "vcf.duplicate-sample": vcf(samples=("A", "A")),
    "vcf.empty-sample": vcf(samples=("A", "")),
}


@pytest.mark.parametrize("code", REFUSED)
def test_an_unreadable_file_is_refused_with_a_remedy(tmp_path: Path, code: str) -> None:
    with pytest.raises(UserError) as refused:
        load(write(tmp_path, REFUSED[code]), Silent())
    assert refused.value.code == code
    assert refused.value.remedy
    assert "case.vcf" in refused.value.where


def test_utf16_damage_and_truncation(tmp_path: Path) -> None:
    data = vcf(*[GOOD] * 3000).encode()
    with pytest.raises(UserError, match="UTF-16"):
        load(write(tmp_path, data.decode().encode("utf-16")), Silent())
    path = write(tmp_path, data, "t.vcf.gz")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="cut off"):
        load(path, Silent())
    path.write_bytes(whole[:-6] + b"\0\0" + whole[-4:])
    with pytest.raises(UserError, match="damaged"):
        load(path, Silent())


def test_neighbours(tmp_path: Path) -> None:
    again = loaded(tmp_path, GOOD, GOOD, "chr2 5 . A G . . . GT 0/1", "chr2 4 . A G . . . GT 0/1", GOOD)
    assert {"vcf.duplicate-record", "vcf.unsorted", "vcf.not-contiguous"} <= codes(again)
    assert again.records_loaded == 5


def test_header_rules(tmp_path: Path) -> None:
    bad = {
        '##INFO=<ID=XA,Number=x,Type=Integer,Description="d">': "vcf.meta-number",
        '##INFO=<ID=XA,Number=1,Type=Text,Description="d">': "vcf.meta-type",
        "##INFO=<ID=XA,Number=1,Type=Integer,Description=d>": "vcf.meta-quote",
        "##INFO=<ID=XA,Number=1,Type=Integer>": "vcf.meta-key",
        '##INFO=<ID=XA,Number=1,Type=Integer,Description="d>': "vcf.meta-syntax",
        '##INFO=<ID=DP,Number=1,Type=Integer,Description="again">': "vcf.meta-duplicate",
        '##FORMAT=<ID=XA,Number=1,Type=Flag,Description="d">': "vcf.meta-type",
        "##contig=<length=5>": "vcf.meta-key",
        "##contig=<ID=9,length=many>": "vcf.contig-length",
        "##nothing": "vcf.meta-syntax",
    }
    for line, code in bad.items():
        table = loaded(tmp_path, GOOD, meta=META + line + "\n")
        assert code in codes(table), line
        assert next(f for f in table.findings if f.code == code).where.line == 15


def test_a_record_of_64_megabytes_is_reported(tmp_path: Path) -> None:
    long = f"chr1 11 . A G . . DP={'1' * (2 * MAX_LINE)} GT 0/1"
    table = load(write(tmp_path, vcf(GOOD, long, GOOD.replace("10", "12", 1))), Silent())
    assert (table.records_read, table.records_loaded, table.records_reported) == (3, 2, 1)
    assert table.frame["pos"].to_list() == [10, 12]
    assert "vcf.long-record" in codes(table)


def test_five_thousand_alternates(tmp_path: Path) -> None:
    alts = ",".join("A" + "ACGT"[i % 4] * (i // 4 + 1) for i in range(5000))
    table = loaded(tmp_path, f"chr1 11 . A {alts} . . . GT 7/4999")
    assert table.height == 5000
    assert table.frame["s0_dosage"].sum() == 2
    assert table.frame["allele"].filter(table.frame["s0_dosage"] == 1).to_list() == [7, 4999]


def test_a_compressed_bomb_is_refused(tmp_path: Path) -> None:
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = engine.compress(vcf(GOOD).encode())
    record = ("\t".join(GOOD.split(" ")) + "\n").encode() * 30_000
    data += (
        engine.compress(record)
        + b"".join(engine.compress(bytes(1 << 20)) for _ in range(140))
        + engine.flush()
    )
    path = tmp_path / "bomb.vcf.gz"
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        load(path, Silent())
    assert refused.value.code in {"vcf.bomb", "vcf.long-line"}
