"""Cases kept in the encrypted store: documents, autosave, versions, search, users, backup, audit."""

from genoai_desktop.app.casebook.casebook import Casebook, Saved
from genoai_desktop.app.casebook.changes import case_changes, change_title, version_changes
from genoai_desktop.app.casebook.document import Dossier, Note, Status, StoredCase
from genoai_desktop.app.casebook.door import Door, is_store, strength
from genoai_desktop.app.casebook.files import FileRef, FilesMissing

__all__ = [
    "Casebook",
    "Door",
    "Dossier",
    "FileRef",
    "FilesMissing",
    "Note",
    "Saved",
    "Status",
    "StoredCase",
    "case_changes",
    "change_title",
    "is_store",
    "strength",
    "version_changes",
]
