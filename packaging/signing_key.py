#!/usr/bin/env python3
"""Make a publisher's key pair: ``python packaging/signing_key.py PRIVATE.pem PUBLIC.pem``.

The private key is encrypted with a passphrase and stays with the publisher, off line. The public key
goes to clinics (``genoai-desktop knowledge trust PUBLIC.pem``) or, for the program's own publisher,
into ``resources/keys/``. Neither file is overwritten.
"""

import getpass
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
)


def make(private: Path, public: Path, passphrase: bytes) -> None:
    """Write both files; FileExistsError where one is there already."""
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))
    _new(private, secret, 0o600)
    _new(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)


def _new(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as handle:
        handle.write(data)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    first = getpass.getpass("Passphrase of the private key: ")
    if len(first) < 12 or first != getpass.getpass("Again: "):
        raise SystemExit("At least twelve characters, the same twice.")
    make(Path(sys.argv[1]), Path(sys.argv[2]), first.encode())
