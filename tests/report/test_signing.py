"""Signed, sealed, verified, amended: a final document cannot change unseen."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from letter_calls import family_letter_pdf, family_letter_sha256, letter_pdf, letter_sha256
from page import validate_pdf_bytes
from pdf_reading import words_of
from pdf_ua import problems
from report_cases import rich_result

from genoai_desktop.domain.errors import UserError
from genoai_desktop.report import Amendment, Signature, clinician_pdf, content_sha256
from genoai_desktop.report.signing import (
    Certificate,
    Seal,
    amendment_of,
    load_certificate,
    signed_document,
    verify,
    write_signed,
)

NOW = datetime.now(UTC).replace(microsecond=0)
PASSPHRASE = "a made-up passphrase"
WHO = ("Dr. Eva Sign <&> محمد", "Clinical geneticist", "2026-03-06T09:00:00+01:00")


def pkcs12_of(
    key: object = None, *, days: int = 30, begins: int = -1, signs: bool = True
) -> tuple[bytes, x509.Certificate]:
    """A certificate made for this test alone."""
    made = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Eva Sign (test)")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.public_key())  # type: ignore[attr-defined]
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=begins))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(
            x509.KeyUsage(signs, signs, not signs, False, False, False, False, False, False), critical=True
        )
    )
    certificate = builder.sign(made, hashes.SHA256())  # type: ignore[arg-type]
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(b"test", made, certificate, None, lock), certificate  # type: ignore[arg-type]


@cache
def mine() -> tuple[bytes, x509.Certificate]:
    return pkcs12_of()


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    path = tmp_path / "eva.p12"
    path.write_bytes(mine()[0])
    return load_certificate(path, PASSPHRASE)


def root() -> bytes:
    return mine()[1].public_bytes(Encoding.DER)


def signature(amendment: Amendment | None = None) -> Signature:
    return Signature(*WHO, letter_sha256(rich_result(), "en"), amendment)


def letter(mark: Signature) -> bytes:
    return letter_pdf(rich_result(), "en", mark)


def test_a_sealed_letter_is_intact_and_names_its_signer(certificate: Certificate) -> None:
    data = signed_document(letter, signature(), certificate)
    found = verify(data, roots=[root()])
    assert found.seal is Seal.INTACT
    assert found.signature == signature()
    assert found.certificate == "Eva Sign (test)"
    assert found.trusted is True
    assert found.is_about(letter_sha256(rich_result(), "en"))
    assert not found.is_about(letter_sha256(rich_result(), "de"))
    assert datetime.fromisoformat(found.sealed_at) - NOW < timedelta(minutes=10)
    assert "Eva Sign" in found.words


def test_trust_is_not_claimed_without_a_root(certificate: Certificate) -> None:
    data = signed_document(letter, signature(), certificate)
    assert verify(data).trusted is None
    assert verify(data, roots=[pkcs12_of()[1].public_bytes(Encoding.PEM)]).trusted is False


def test_a_sealed_letter_is_still_accessible(certificate: Certificate) -> None:
    data = signed_document(letter, signature(), certificate)
    assert problems(data) == []
    assert validate_pdf_bytes(data, profile="ua1").is_compliant


def test_any_change_shows(certificate: Certificate) -> None:
    data = signed_document(letter, signature(), certificate)
    for place in range(100, data.index(b"/ByteRange"), max(1, data.index(b"/ByteRange") // 12)):
        damaged = bytearray(data)
        damaged[place] ^= 1
        with suppress(UserError):
            assert verify(bytes(damaged)).seal is not Seal.INTACT
    stream = data.index(b"stream\n") + len(b"stream\n")
    for place in range(stream, stream + 40):  # in the midst of compressed data
        damaged = bytearray(data)
        damaged[place] ^= 8
        with suppress(UserError):
            assert verify(bytes(damaged)).seal is Seal.CHANGED
    assert verify(data + b"\n%more").seal is Seal.CHANGED
    assert verify(data.replace(b"/ByteRange", b"/ByteRanje")).seal is not Seal.INTACT


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")
@pytest.mark.parametrize("changed", [False, True])
def test_another_program_judges_the_seal_alike(
    certificate: Certificate, tmp_path: Path, changed: bool
) -> None:
    """The bytes that the seal is over and the seal itself, handed to OpenSSL."""
    data = signed_document(letter, signature(), certificate)
    found = re.search(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)\s*\]", data)
    assert found is not None
    start, length, second, rest = map(int, found.groups())
    hexadecimal = data[start + length : second].strip(b"<>")
    seal = bytes.fromhex(hexadecimal.decode("ascii"))
    size = int.from_bytes(seal[2:4], "big") + 4  # a DER sequence with a length of two bytes, then padding
    covered = bytearray(data[start : start + length] + data[second : second + rest])
    covered[200] ^= changed
    (tmp_path / "seal.der").write_bytes(seal[:size])
    (tmp_path / "covered").write_bytes(covered)
    command = ["openssl", "cms", "-verify", "-inform", "DER", "-binary", "-noverify"]
    command += ["-in", str(tmp_path / "seal.der"), "-content", str(tmp_path / "covered"), "-out", os.devnull]
    made = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (made.returncode == 0) is not changed, made.stderr


def test_name_role_time_version_and_digest_are_printed() -> None:
    for data in (
        letter(signature()),
        clinician_pdf(rich_result(), replace(signature(), content_sha256=content_sha256(rich_result()))),
    ):
        words = words_of(data)
        assert "Clinical geneticist" in words
        assert "2026-03-06T09:00:00+01:00" in words
        assert verify(data).signature is not None
        assert verify(data).signature.content_sha256 in words.replace(" ", "")  # type: ignore[union-attr]
        assert "DRAFT" not in words


def test_only_the_seal_differs_between_two_runs(certificate: Certificate) -> None:
    assert signed_document(letter, signature()) == signed_document(letter, signature())
    first, second = (signed_document(letter, signature(), certificate) for _ in range(2))
    start = len(letter(signature())) // 2
    assert first[:start] == second[:start]


def test_a_draft_is_not_signed(certificate: Certificate) -> None:
    other = replace(signature(), content_sha256="0" * 64)
    with pytest.raises(UserError):
        signed_document(letter, other, certificate)
    assert verify(letter(other)).seal is Seal.DRAFT
    assert "DRAFT" in words_of(letter(other))


def test_without_a_certificate_it_says_that_a_change_would_not_show() -> None:
    found = verify(signed_document(letter, signature()))
    assert found.seal is Seal.NAMED
    assert found.signature == signature()
    assert "would not show" in found.words


def test_a_final_document_is_not_overwritten(tmp_path: Path, certificate: Certificate) -> None:
    path = tmp_path / "letter.pdf"
    data = signed_document(letter, signature(), certificate)
    path.write_bytes(letter_pdf(rich_result()))
    write_signed(data, path)  # a draft may be replaced
    assert path.read_bytes() == data
    with pytest.raises(UserError):
        write_signed(data, path)
    with pytest.raises(UserError):
        write_signed(letter_pdf(rich_result()), tmp_path / "other.pdf")


def test_an_amendment_names_what_it_takes_the_place_of(certificate: Certificate) -> None:
    old = verify(signed_document(letter, signature(), certificate))
    told = amendment_of(old, " The second test is in. ")
    assert told == Amendment(2, signature().content_sha256, WHO[2], "The second test is in.")
    data = signed_document(letter, signature(told), certificate)
    assert verify(data).signature == signature(told)
    words = words_of(data)
    assert "version 2" in words
    assert "signed on 6 March 2026" in words
    assert signature().content_sha256 in words.replace(" ", "")
    assert amendment_of(verify(data), "Once more").version == 3
    report = replace(signature(told), content_sha256=content_sha256(rich_result()))
    assert "Takes the place of" in words_of(clinician_pdf(rich_result(), report))


def test_amending_needs_a_signed_document_and_a_reason(certificate: Certificate) -> None:
    data = signed_document(letter, signature(), certificate)
    for found, reason in (
        (verify(letter_pdf(rich_result())), "why"),
        (verify(data + b" "), "why"),
        (verify(data), "  "),
    ):
        with pytest.raises(UserError):
            amendment_of(found, reason)


def test_the_digest_covers_wording_language_and_reader() -> None:
    result = rich_result()
    digests = {
        letter_sha256(result, "en"),
        letter_sha256(result, "de"),
        family_letter_sha256(result, "P4"),
        family_letter_sha256(result, "P4", share=True),
        family_letter_sha256(result, "P2"),
        content_sha256(result),
    }
    assert len(digests) == 6
    mark = Signature(*WHO, family_letter_sha256(result, "P4"))
    assert "DRAFT" not in words_of(family_letter_pdf(result, "P4", signature=mark))
    assert "DRAFT" in words_of(family_letter_pdf(result, "P4", share=True, signature=mark))


@pytest.mark.parametrize(
    ("made", "passphrase"),
    [
        (lambda: mine()[0], "wrong"),
        (lambda: b"not a certificate", PASSPHRASE),
        (lambda: pkcs12_of(days=-1, begins=-9)[0], PASSPHRASE),
        (lambda: pkcs12_of(signs=False)[0], PASSPHRASE),
        (lambda: pkcs12_of(rsa.generate_private_key(65537, 1024))[0], PASSPHRASE),
    ],
)
def test_a_certificate_that_cannot_sign_is_refused(made: object, passphrase: str, tmp_path: Path) -> None:
    path = tmp_path / "eva.p12"
    path.write_bytes(made())  # type: ignore[operator]
    with pytest.raises(UserError):
        load_certificate(path, passphrase)
    with pytest.raises(UserError):
        load_certificate(tmp_path / "none.p12", passphrase)


def test_an_rsa_certificate_signs_as_well(tmp_path: Path) -> None:
    path = tmp_path / "eva.p12"
    path.write_bytes(pkcs12_of(rsa.generate_private_key(65537, 2048))[0])
    data = signed_document(letter, signature(), load_certificate(path, PASSPHRASE))
    assert verify(data).seal is Seal.INTACT


def test_secrets_are_not_shown(certificate: Certificate) -> None:
    assert PASSPHRASE not in repr(certificate)
    assert "data" not in repr(certificate)


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"hello")
    for file in (path, tmp_path / "none.pdf", b""):
        with pytest.raises(UserError):
            verify(file)


def test_reports_load_no_signature_library() -> None:
    code = (
        "import sys, genoai_desktop.report, genoai_desktop.report.signing as s\n"
        "print([name for name in ('pyhanko', 'aiohttp', 'asyncio') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
