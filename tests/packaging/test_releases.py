"""Official releases become update packs: ClinVar's and gnomAD's own VCF formats, a few real records."""

import gzip
import sys
from pathlib import Path

import polars as pl
import pysam
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.bundle import Bundle, bundle_serial
from genoai_desktop.knowledge.frequency import Knowing, source_name
from genoai_desktop.knowledge.installed import Installed, open_bundle
from genoai_desktop.knowledge.locations import resources

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "packaging" / "knowledge")]
import build_pack  # noqa: E402
import release_clinvar  # noqa: E402
import signing_key  # noqa: E402

PASSPHRASE = "a passphrase of a test"
CLINVAR = """##fileformat=VCFv4.1
##fileDate=2026-11-15
##source=ClinVar
##reference=GRCh38
##ID=<Description="ClinVar Variation ID">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
6\t26092913\t9\tG\tA\t.\t.\tALLELEID=15048;CLNDISDB=MONDO:MONDO:0021001,MedGen:C3469186,OMIM:235200|MedGen:C3661900;\
CLNDN=Hemochromatosis_type_1|not_provided;CLNREVSTAT=criteria_provided,_multiple_submitters,_no_conflicts;\
CLNSIG=Pathogenic;CLNVC=single_nucleotide_variant;GENEINFO=HFE:3077
13\t32340300\t9325\tGT\tG\t.\t.\tCLNDISDB=MONDO:MONDO:0012933;CLNDN=Breast-ovarian_cancer,_familial_2;\
CLNREVSTAT=reviewed_by_expert_panel;CLNSIG=Pathogenic;GENEINFO=BRCA2:675
17\t43093449\t41812\tG\tA\t.\t.\tCLNDN=not_specified;CLNREVSTAT=reviewed_by_expert_panel;CLNSIG=Benign;\
GENEINFO=BRCA1:672
17\t43106487\t17661\tA\tC\t.\t.\tCLNDN=x;CLNREVSTAT=criteria_provided,_conflicting_classifications;\
CLNSIG=Conflicting_classifications_of_pathogenicity;GENEINFO=BRCA1:672
1\t1000\t5\tA\t<DEL>\t.\t.\tCLNDN=x;CLNREVSTAT=no_assertion_criteria_provided;CLNSIG=Pathogenic;GENEINFO=X:1
"""


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publisher's key, trusted on this machine."""
    monkeypatch.setenv("GENOAI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("GENOAI_PACK_PASSPHRASE", PASSPHRASE)
    signing_key.make(tmp_path / "private.pem", tmp_path / "public.pem", PASSPHRASE.encode())
    Installed().trust(tmp_path / "public.pem")
    return tmp_path / "private.pem"


def packed(tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> Path:
    """Run the tool as its user does."""
    out = tmp_path / "update.genopack"
    serial = str(bundle_serial(resources() / "knowledge") + 1)
    monkeypatch.setattr(
        sys,
        "argv",
        ["build_pack.py", "--key", str(key), "--name", "T", "--serial", serial, "--out", str(out), *options],
    )
    build_pack.main()
    return out


def test_the_private_key_is_encrypted_and_never_overwritten(key: Path) -> None:
    with pytest.raises(TypeError):
        load_pem_private_key(key.read_bytes(), None)
    with pytest.raises(FileExistsError):
        signing_key.make(key, key.with_name("other.pem"), b"x" * 12)


def test_a_clinvar_release(tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = tmp_path / "clinvar.vcf.gz"
    release.write_bytes(gzip.compress(CLINVAR.encode()))
    Installed().install(packed(tmp_path, key, monkeypatch, "--clinvar", str(release)))
    bundle = open_bundle()
    assert bundle.tables["clinvar"].release == "2026-11-15"
    assert bundle.tables["clinvar"].rows == 4
    clinvar = Knowledge().clinvar
    query = pl.DataFrame(
        {
            "chrom": [6, 13, 17],
            "pos": [26092913, 32340300, 43093449],
            "ref": ["G", "GT", "G"],
            "alt": ["A", "G", "A"],
        },
        schema_overrides={"chrom": pl.UInt8},
    )
    found = clinvar.lookup(query, Build.GRCH38)
    assert found["class"].to_list() == [5, 5, 1]
    assert found["stars"].to_list() == [2, 3, 3]
    lifted = query.with_columns(pos=pl.Series([26093141, 32914437, 41245466]))
    assert clinvar.lookup(lifted, Build.GRCH37)["class"].to_list() == [5, 5, 1]


def test_a_clinvar_release_in_pieces_loses_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = tmp_path / "clinvar.vcf.gz"
    release.write_bytes(gzip.compress(CLINVAR.encode()))
    whole = release_clinvar._frame(release)
    monkeypatch.setattr(release_clinvar, "_PIECE", 2)
    assert whole.height > 2
    assert release_clinvar._frame(release).equals(whole)


def test_another_vcf_is_not_taken_for_clinvar(tmp_path: Path) -> None:
    release = tmp_path / "other.vcf.gz"
    release.write_bytes(gzip.compress(CLINVAR.replace("=GRCh38", "=GRCh37").encode()))
    with pytest.raises(SystemExit, match="not ClinVar's VCF for GRCh38"):
        release_clinvar.build(release, tmp_path)


def test_a_frequency_release(tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = tmp_path / "gnomad.sites.vcf.gz"
    text = (
        "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n##contig=<ID=chr6,length=170805979>\n"
        '##INFO=<ID=AF,Number=A,Type=Float,Description="x">\n'
        '##INFO=<ID=AF_grpmax,Number=A,Type=Float,Description="x">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        "chr6\t26092913\t.\tG\tA,T\t.\tPASS\tAF=0.046,0.00001;AF_grpmax=0.064,0.00002\n"
    )
    plain = tmp_path / "plain.vcf"
    plain.write_text(text)
    pysam.tabix_compress(str(plain), str(release))
    before = Bundle().tables["frequency_common"].rows
    pack = packed(tmp_path, key, monkeypatch, "--frequency", str(release))
    Installed().install(pack)
    query = pl.DataFrame(
        {"chrom": [6, 6], "pos": [26092913] * 2, "ref": ["G"] * 2, "alt": ["A", "T"]},
        schema_overrides={"chrom": pl.UInt8},
    )
    found = Knowledge().frequencies.lookup(query, Build.GRCH38)
    assert found["kind"].to_list() == [Knowing.MEASURED, Knowing.ABSENT]
    assert found["highest"][0] == pytest.approx(0.064)
    assert "gnomAD (update pack)" in source_name(found["source"][0])
    after = open_bundle().tables["frequency_common"].rows
    assert before <= after <= before + 1
