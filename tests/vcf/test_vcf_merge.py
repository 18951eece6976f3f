"""Several files of one case as one table."""

from pathlib import Path

import pytest

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.vcf import load, merge
from genoai_desktop.vcf.table import VariantTable

HEAD = (
    "##fileformat=VCFv4.2\n##contig=<ID=chr1,assembly=GRCh38>\n##contig=<ID=chr2,assembly=GRCh38>\n"
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
    '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="Copies">\n'
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">\n'
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type">\n'
)


def table(folder: Path, name: str, samples: str, *lines: str, build: Build = Build.GRCH38) -> VariantTable:
    path = folder / name
    columns = "\t".join(["#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT", samples]).replace(" ", "\t")
    path.write_text("\n".join([HEAD + columns, *(line.replace(" ", "\t") for line in lines)]) + "\n")
    return load(path, Silent(), build=build)


def test_records_of_both_files_meet_by_sample_name(tmp_path: Path) -> None:
    small = table(tmp_path, "a.vcf", "child mother", "chr1 100 . A G 50 PASS . GT 0/1 0/0")
    large = table(
        tmp_path,
        "b.vcf",
        "mother child",
        "chr2 500 . N <DEL> 50 PASS SVTYPE=DEL;END=900 GT:CN 0/1:1 0/0:2",
        "chr1 700 . N <DUP> 50 PASS SVTYPE=DUP;END=950 GT:CN ./.:2 0/1:3",
    )
    both = merge([small, large])
    assert both.samples == ("child", "mother")
    assert both.frame["s0_dosage"].to_list() == [1, 0, 1]
    assert both.frame["s1_dosage"].to_list() == [0, 1, None]
    assert both.frame["record"].to_list() == [0, 1, 2]
    assert [both.contigs[i] for i in both.frame["contig"]] == ["chr1", "chr2", "chr1"]
    assert both.structural["row"].to_list() == [1, 2]
    assert both.structural["copy_number_0"].to_list() == [2, 3]
    assert both.structural["copy_number_1"].to_list() == [1, 2]
    assert both.records_read == 3
    assert [f.where.file for f in both.findings if f.code == "vcf.read"] == ["a.vcf", "b.vcf"]


def test_a_single_sample_under_another_name_is_taken_with_a_warning(tmp_path: Path) -> None:
    small = table(tmp_path, "a.vcf", "child", "chr1 100 . A G 50 PASS . GT 0/1")
    large = table(tmp_path, "b.vcf", "other", "chr2 500 . N <DEL> 50 PASS SVTYPE=DEL;END=900 GT 0/1")
    both = merge([small, large])
    assert both.samples == ("child",)
    assert both.frame["s0_dosage"].to_list() == [1, 1]
    assert "vcf.sample-name" in [f.code for f in both.findings]


def test_files_of_other_persons_or_builds_are_refused(tmp_path: Path) -> None:
    small = table(tmp_path, "a.vcf", "child mother", "chr1 100 . A G 50 PASS . GT 0/1 0/0")
    other = table(tmp_path, "b.vcf", "x y", "chr2 500 . N <DEL> 50 PASS SVTYPE=DEL;END=900 GT 0/1 0/0")
    with pytest.raises(UserError):
        merge([small, other])
    old = VariantTable(**{**_fields(other), "build": Build.GRCH37, "samples": ("child", "mother")})
    with pytest.raises(UserError):
        merge([small, old])


def _fields(one: VariantTable) -> dict[str, object]:
    return {name: getattr(one, name) for name in VariantTable.__dataclass_fields__}


def test_one_file_alone_is_left_as_it_is(tmp_path: Path) -> None:
    small = table(tmp_path, "a.vcf", "child", "chr1 100 . A G 50 PASS . GT 0/1")
    same = merge([small])
    assert same.frame.equals(small.frame)
    assert same.findings == small.findings
