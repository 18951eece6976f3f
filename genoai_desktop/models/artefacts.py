"""Trained artefacts: named by a manifest, verified by SHA-256 before a byte of them is interpreted."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from genoai_desktop.domain.errors import KnowledgeError
from genoai_desktop.domain.provenance import Version
from genoai_desktop.domain.text import tr


@dataclass(frozen=True, slots=True)
class Artefact:
    """One row of ``models/manifest.json``."""

    name: str
    file: str
    sha256: str
    release: str
    card: str

    @property
    def version(self) -> Version:
        """As a result names it."""
        return Version(self.name, self.release, self.sha256, "Apache-2.0")


def read_manifest(folder: Path) -> dict[str, Artefact]:
    """Every artefact by name.

    Raises:
        KnowledgeError: the manifest is missing or damaged.
    """
    try:
        rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["models"]
        return {row["name"]: Artefact(**row) for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise broken("manifest.json") from error


def verified_bytes(folder: Path, name: str) -> bytes:
    """The bytes of an artefact, if they are those that the manifest names.

    Raises:
        KnowledgeError: unknown, missing or altered.
    """
    artefact = read_manifest(folder).get(name)
    if artefact is None:
        raise broken(name)
    try:
        data = (folder / artefact.file).read_bytes()
    except OSError as error:
        raise broken(name) from error
    if hashlib.sha256(data).hexdigest() != artefact.sha256:
        raise broken(name)
    return data


def broken(name: str) -> KnowledgeError:
    """The error for an artefact that is not the one that was shipped."""
    return KnowledgeError(
        tr("The model “{name}” is missing or is not the one that was shipped.", name=name),
        remedy=tr("Install the program again."),
        code="model.broken",
    )
