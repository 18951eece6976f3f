"""The demo case as if it were patients', a store of them, and a pack that says otherwise of one variant."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from known import bundled_knowledge as knowledge
from known import demo_case

from genoai_desktop.app.casebook import Casebook, StoredCase
from genoai_desktop.app.casebook.document import of_opening, with_result
from genoai_desktop.app.casebook.ledger import collect
from genoai_desktop.app.casebook.reopen import with_files
from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.consent import ConsentEvent
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge.bundle import Bundle, bundle_serial
from genoai_desktop.knowledge.locations import resources

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "packaging" / "knowledge")]
import build_pack  # noqa: E402
from common import Origin, write_table  # noqa: E402

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
GENE = "CHD7"
_ORIGIN = Origin("a test", "2099-01-01", "CC0", "test", description="Made by a test")


@cache
def demo() -> OpenCase:
    """The demo case with its ledger, analysed once."""
    opened = demo_case()
    return replace(opened, ledger=collect(opened, knowledge()))


def patient(
    name: str, scopes: Iterable[Scope] = Scope, events: tuple[ConsentEvent, ...] = (), vcf: Path | None = None
) -> OpenCase:
    """The demo case as if it were a patient's, with this consent."""
    opened, consent = demo(), Consent(frozenset(scopes))
    request = replace(opened.request, synthetic=False, name=name, vcf=vcf or opened.request.vcf)
    case = replace(opened.case, id=name, synthetic=False, consent=consent, consent_events=events)
    made = replace(opened, request=request, case=case, result=replace(opened.result, case=case))
    return replace(made, ledger=made.ledger.permitted(consent))


def stored(opened: OpenCase) -> StoredCase:
    """As the window saves it."""
    made = of_opening(Casebook.new_uid(), opened.request, opened.case)
    return with_files(with_result(made, opened.result, opened.ledger), Silent())


def make_pack(folder: Path, serial: int = 1, *, significance: str = "Uncertain significance") -> Path:
    """ClinVar says otherwise of the demo's variant, and EYA1 is known for one more disease."""
    tables = folder / f"tables-{serial}"
    bundle = Bundle()
    clinvar = bundle.table("clinvar")
    variant = next(v for c in _candidates() for v in c.variants if v.gene == GENE)
    index = demo().annotated.variants["clinvar_index"][variant.row]
    here = pl.int_range(pl.len()) == index
    said = pl.when(here).then(pl.lit(significance)).otherwise(pl.col("significance").cast(pl.String))
    changed = clinvar.with_columns(
        pl.when(here).then(3).otherwise(pl.col("class")).cast(clinvar["class"].dtype).alias("class"),
        said.cast(clinvar["significance"].dtype).alias("significance"),
    )
    write_table("clinvar", changed, _ORIGIN, tables)
    genes = bundle.table("disease_genes")
    more = pl.DataFrame([{**genes.row(0, named=True), "disease": 5, "gene": "EYA1"}], schema=genes.schema)
    write_table("disease_genes", pl.concat([genes, more]), _ORIGIN, tables)
    path = folder / f"{serial}.genopack"
    newer = bundle_serial(resources() / "knowledge") + serial
    build_pack.write_pack(tables, build_pack.described(tables, "ClinVar of a test", newer, KEY), KEY, path)
    return path


def _candidates() -> tuple[object, ...]:
    rare = demo().result.rare
    assert rare is not None
    return rare.candidates


def public_key(folder: Path) -> Path:
    """The publisher's key as a PEM file."""
    path = folder / "publisher.pem"
    path.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path
