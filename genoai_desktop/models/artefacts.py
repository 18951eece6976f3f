"""Trained artefacts: named by a manifest, verified by SHA-256 before a byte of them is interpreted."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        raise _broken("manifest.json") from error


def verified_bytes(folder: Path, name: str) -> bytes:
    """The bytes of an artefact, if they are those that the manifest names.

    Raises:
        KnowledgeError: unknown, missing or altered.
    """
    artefact = read_manifest(folder).get(name)
    if artefact is None:
        raise _broken(name)
    try:
        data = (folder / artefact.file).read_bytes()
    except OSError as error:
        raise _broken(name) from error
    if hashlib.sha256(data).hexdigest() != artefact.sha256:
        raise _broken(name)
    return data


def load_estimator(folder: Path, name: str, trusted: tuple[str, ...]) -> Any:
    """A scikit-learn estimator stored with skops, which refuses every type not named in ``trusted``.

    Raises:
        KnowledgeError: the artefact is not the one of the manifest, or holds another type.
    """
    from skops.io import get_untrusted_types, loads

    data = verified_bytes(folder, name)
    if set(get_untrusted_types(data=data)) - set(trusted):
        raise _broken(name)
    return loads(data, trusted=list(trusted))


def _broken(name: str) -> KnowledgeError:
    return KnowledgeError(
        tr("The model “{name}” is missing or is not the one that was shipped.", name=name),
        remedy=tr("Install the program again."),
        code="model.broken",
    )
