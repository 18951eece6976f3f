"""The professional's certificate with its key: a PKCS#12 file (``.p12``, ``.pfx``)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

_LEAST_RSA_BITS = 2048
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Certificate:
    """A usable certificate. ``valid_until`` is an ISO 8601 date; the key is never shown."""

    subject: str
    issuer: str
    valid_until: str
    data: bytes = field(repr=False)
    passphrase: str = field(repr=False)


def common_name(name: x509.Name) -> str:
    """The common name, else all of the name."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def load_certificate(path: Path | str, passphrase: str, *, now: datetime | None = None) -> Certificate:
    """Read and check a PKCS#12 file.

    Raises:
        UserError: unreadable, wrong passphrase, no key in it, not for signing, too weak, or not valid now.
    """
    where = Path(path).name
    try:
        data = Path(path).read_bytes()[:_MOST_BYTES]
    except OSError as error:
        raise UserError(
            tr("The certificate file cannot be read."),
            where=where,
            remedy=tr("Check the file and its place."),
        ) from error
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, passphrase.encode("utf-8") or None)
    except ValueError as error:
        raise UserError(
            tr("The certificate file does not open."),
            where=where,
            remedy=tr("Check the passphrase, and that it is a PKCS#12 file (.p12, .pfx)."),
            code="sign.passphrase",
        ) from error
    if key is None or certificate is None:
        raise UserError(
            tr("The certificate file holds no private key."),
            where=where,
            remedy=tr("Export the certificate together with its key."),
            code="sign.no-key",
        )
    _check(key, certificate, where, now or datetime.now(UTC))
    return Certificate(
        common_name(certificate.subject),
        common_name(certificate.issuer),
        certificate.not_valid_after_utc.date().isoformat(),
        data,
        passphrase,
    )


def _check(key: object, certificate: x509.Certificate, where: str, now: datetime) -> None:
    if isinstance(key, RSAPrivateKey) and key.key_size < _LEAST_RSA_BITS:
        what = tr("The certificate's key is too short to be safe ({bits} bits).", bits=key.key_size)
        raise UserError(what, where=where, remedy=tr("Ask for a certificate with a longer key."))
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        what = tr("The certificate's kind of key is not supported for PDF signatures.")
        raise UserError(what, where=where, remedy=tr("Ask for a certificate with an RSA or ECDSA key."))
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        what = tr(
            "The certificate is valid from {first} to {last} only.",
            first=certificate.not_valid_before_utc.date().isoformat(),
            last=certificate.not_valid_after_utc.date().isoformat(),
        )
        remedy = tr("Renew it, or check the clock of this machine.")
        raise UserError(what, where=where, remedy=remedy, code="sign.expired")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        what = tr("The certificate is not meant for signatures.")
        raise UserError(what, where=where, remedy=tr("Ask for one with the key usage “digital signature”."))
