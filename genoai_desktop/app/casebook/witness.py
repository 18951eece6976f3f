"""What this computer last saw of a store: a note outside of it, so that an older copy is noticed.

Whoever puts an older copy of the store and of its key file in place of both leaves a whole, older store.
The note lies in the program's data folder of whoever uses the computer, one file for each store, and says how
far the audit chain had come in each folder in which the store was open. It is authenticated with a key that
only the opened store has, and names neither a patient nor a folder nor the clinic.

What it cannot do: a computer that never had the store open has no note, and who can delete the note as well
goes unnoticed. An exported audit trail kept elsewhere tells then.
"""

import hmac
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from genoai_desktop.cases.audit import Mark
from genoai_desktop.cases.durable import alone, replace_file
from genoai_desktop.domain.durable import make_folder
from genoai_desktop.domain.errors import UserError

FOLDER = "stores"


@dataclass(frozen=True, slots=True)
class Note:
    """``places``: how far the chain had come, by folder. ``restored``: restorations that were seen here."""

    places: dict[str, Mark]
    restored: frozenset[str] = frozenset()

    def at(self, place: str) -> Mark:
        """What was seen in this folder; in one that is new here, the most that was seen in any."""
        if place in self.places or not self.places:
            return self.places.get(place, Mark())
        return max(self.places.values(), key=lambda mark: mark.count)


class Witness:
    """The note about one store. ``secret``: 32 bytes that only the opened store has."""

    def __init__(self, home: Path, secret: bytes, store: Path) -> None:
        self._secret = secret
        self._path = home / FOLDER / f"{self._named('store')}.json"
        self.place = self._named(f"place {store.resolve()}")

    def read(self) -> Note:
        """The note; an empty one where there is none, or where this store did not write it."""
        try:
            document = json.loads(self._path.read_bytes())
            body = str(document["body"])
            if not hmac.compare_digest(str(document["mac"]).encode(), self._mac(body).encode()):
                return Note({})
            found = json.loads(body)
            places = {str(name): Mark(int(m["count"]), str(m["head"])) for name, m in found["places"].items()}
            return Note(places, frozenset(map(str, found["restored"])))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Note({})

    def keep(self, mark: Mark, restored: tuple[str, ...]) -> None:
        """Note how far the chain has come; nothing is said where this computer cannot be written."""
        with suppress(UserError, OSError):
            make_folder(self._path.parent, 0o700)
            with alone(self._path):
                before = self.read()
                note = replace(
                    before,
                    places=before.places | {self.place: mark},
                    restored=before.restored | set(restored),
                )
                self._write(note)

    def _write(self, note: Note) -> None:
        places = {name: asdict(mark) for name, mark in sorted(note.places.items())}
        body = json.dumps({"places": places, "restored": sorted(note.restored)})
        replace_file(self._path, json.dumps({"body": body, "mac": self._mac(body)}).encode())

    def _mac(self, body: str) -> str:
        return hmac.new(self._secret, f"note\n{body}".encode(), "sha256").hexdigest()

    def _named(self, what: str) -> str:
        return hmac.new(self._secret, what.encode(), "sha256").hexdigest()[:32]
