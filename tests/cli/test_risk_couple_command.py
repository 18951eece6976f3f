"""``analyse --partner``: a couple's letter and result, and no partner's file without both consents."""

import json
from pathlib import Path

import pytest

from genoai_desktop.cli.main import main
from genoai_desktop.knowledge.locations import resources

DEMO = str(resources() / "demo" / "family.vcf.gz")
COUPLE = ["--sample", "DEMO-FATHER", "--sex", "male", "--partner", DEMO, "--partner-sample", "DEMO-MOTHER"]


def test_a_couple_is_analysed_and_gets_its_letter(tmp_path: Path) -> None:
    out = tmp_path / "out"
    consents = ["--consent", "primary,carrier", "--partner-consent", "carrier"]
    code = main(["analyse", "--vcf", DEMO, *COUPLE, *consents, "--out", str(out), "--quiet"])
    assert code in (0, 1)
    assert (out / "couple-letter.pdf").read_bytes().startswith(b"%PDF")
    couple = json.loads((out / "result.json").read_text())["risk"]["couple"]
    assert couple["coverage"]
    assert all(gene["carriers"][0] is not None for gene in couple["joint"])


@pytest.mark.parametrize(
    ("consents", "field"),
    [
        (["--consent", "primary,carrier"], "--partner-consent"),
        (["--consent", "primary,carrier", "--partner-consent", "primary"], "--partner-consent"),
        (["--consent", "primary", "--partner-consent", "carrier"], "--consent"),
    ],
)
def test_without_both_consents_nothing_is_opened(
    tmp_path: Path, consents: list[str], field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["analyse", "--vcf", DEMO, *COUPLE, *consents, "--out", str(out)]) == 2
    assert field in capsys.readouterr().err
    assert not out.exists()
