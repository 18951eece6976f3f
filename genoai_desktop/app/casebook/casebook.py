"""The unlocked case store, with the rights of the user who unlocked it. Safe to call from any thread.

Every method waits for the store's own thread. Counselors and administrators work on cases; reviewers
read, compare, export and sign; administrators also manage users, settings, backup and restore.
"""

import hashlib
import json
import secrets
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from genoai_desktop.app.casebook import document
from genoai_desktop.app.casebook.allowed import as_allowed
from genoai_desktop.app.casebook.changes import version_changes
from genoai_desktop.app.casebook.decisions import (
    Known,
    case_in,
    consent_details,
    consent_differs,
    with_what_is_known,
)
from genoai_desktop.app.casebook.document import StoredCase
from genoai_desktop.app.casebook.keyring import Keyring
from genoai_desktop.app.casebook.papers import Papers
from genoai_desktop.app.casebook.summary import search_words
from genoai_desktop.app.casebook.worker import StoreWorker
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.keys import Role
from genoai_desktop.cases.store import CaseHead, Overtaken, Store, StoredVariant
from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import SignedDocument
from genoai_desktop.domain.text import tr

_NOTES = ("recent files", "news ", "ledger check")
"""Settings whose names begin so are notes of the program, about no rule of the clinic."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An acknowledged save: it is on the disk. ``other``: who else saved the case meanwhile, if anybody.

    ``case``: as it was saved, where decisions on consent that somebody else had recorded came to it.
    """

    version: int
    other: str = ""
    case: Case | None = None


class Casebook(Keyring, Papers):
    """Made by ``Door``. ``close`` it, or use it in a ``with`` block."""

    def __init__(self, folder: Path, worker: StoreWorker, data_key: bytes, user: str, role: Role) -> None:
        super().__init__(folder, worker, data_key, user, role)
        self._seen: dict[str, int] = {}
        self._order: dict[str, int] = {}
        self._written: dict[str, tuple[bytes, bytes]] = {}

    def __enter__(self) -> "Casebook":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @staticmethod
    def new_uid() -> str:
        """A random identifier for a new case: the only one that the audit chain names."""
        return secrets.token_hex(8)

    def save(
        self,
        stored: StoredCase,
        variants: Iterable[StoredVariant] | None = None,
        act: Act = Act.CHANGED,
        order: int = 0,
    ) -> Saved:
        """Keep a case as its next version; the same content again makes none. On the disk on return.

        ``order`` counts the states of a case in this program: one that comes late never replaces a newer.

        Raises:
            UserError: the user may not edit, or the device is full, read-only or gone.
        """
        self._require_editor()
        return self._keep(stored, variants, act, order)

    def add_signature(self, uid: str, record: SignedDocument, name: str, data: bytes) -> StoredCase:
        """Keep a signed PDF and its record with a case: the one change that reviewers make as well.

        Raises:
            UserError: there is no such case, the record is in another user's name, or the store fails.
        """
        content, version = self.peek(uid)
        stored = document.read(uid, version, content)
        with self._worker.together():
            kept = self._worker.call(Store.attach, uid, name, data)
            known = replace(record, attachment=kept.attachment_id)
            case = replace(stored.case, signatures=(*stored.case.signatures, known))
            new = replace(stored, case=case)
            return with_version(new, self._keep(new, None, Act.SIGNED, self._order.get(uid, 0)))

    def _keep(
        self,
        stored: StoredCase,
        variants: Iterable[StoredVariant] | None,
        act: Act,
        order: int,
    ) -> Saved:
        kept = None if variants is None else tuple(variants)
        with self._lock:
            seen = self._seen.get(stored.uid, stored.version)
            if order < self._order.get(stored.uid, 0):
                return Saved(seen)
            while True:
                known = self._known(stored.uid)
                if seen and not known.version:
                    raise _deleted()
                self._require_own_signatures(stored, known.case)
                whole = with_what_is_known(stored, known.case, self._base(stored.uid, seen, known))
                if not whole.case.consent.allows(Scope.RESEARCH):
                    kept = ()
                content = document.write(whole)
                self._order[stored.uid] = order
                last = self._written.get(stored.uid, (b"", b""))
                now = _digest(content), last[1] if kept is None else _digest(kept)
                if seen and now == last:
                    return Saved(seen)
                details = consent_details(whole.case, known.case)
                with suppress(Overtaken):
                    version = self._worker.call(_save, whole, content, kept, act, known.version, details)
                    break
            self._seen[stored.uid] = version
            self._written[stored.uid] = now
        case = whole.case if consent_differs(whole.case, stored.case) else None
        if version == seen + 1:
            return Saved(version, case=case)
        others = [user for number, _, user in self.versions(stored.uid) if seen < number < version]
        return Saved(version, others[-1] if others else "", case)

    def _known(self, uid: str) -> Known:
        try:
            content, version = self.peek(uid)
        except UserError as error:
            if error.code != "store.missing":
                raise
            return Known()  # the first version
        return Known(version, case_in(content))

    def _base(self, uid: str, seen: int, known: Known) -> Case | None:
        """What this program and whoever saved meanwhile began with; None where nobody knows."""
        if 0 < seen < known.version:
            return case_in(self._worker.call(Store.peek, uid, seen)[0])
        return known.case if seen == known.version else None

    def decided_meanwhile(self, stored: StoredCase) -> Case | None:
        """The case with decisions on consent that somebody else has saved since; None where there are none.

        Raises:
            UserError: the store cannot be read.
        """
        with self._lock:
            seen = self._seen.get(stored.uid, stored.version)
            known = self._known(stored.uid)
            whole = with_what_is_known(stored, known.case, self._base(stored.uid, seen, known))
        return whole.case if consent_differs(whole.case, stored.case) else None

    def touched_elsewhere(self) -> bool:
        """Whether another program has changed the store since this was asked last."""
        return self._worker.call(Store.touched_elsewhere)

    def _require_own_signatures(self, stored: StoredCase, known: Case | None) -> None:
        """A new signature is this user's, or names nobody (no store was open)."""
        before = known.signatures if known is not None else ()
        new = [one for one in stored.case.signatures if one.user and one not in before]
        if any((one.user, one.user_role) != (self.user, self.role.value) for one in new):
            raise UserError(
                tr("A signature can only be kept by the one who signed."),
                remedy=tr("Let that person unlock the store and sign."),
                code="casebook.signature",
            )

    def load(self, uid: str, version: int | None = None) -> StoredCase:
        """A case, its newest version unless one is named. The view is recorded.

        Raises:
            UserError: there is none, it is damaged, or of a later program.
        """
        content, found = self._worker.call(_load, uid, version)
        stored = document.read(uid, found, content)
        if version is None:
            with self._lock:
                self._seen[uid] = found
                self._written.pop(uid, None)
        return stored

    def peek(self, uid: str) -> tuple[dict[str, Any], int]:
        """The newest document of a case and its version; the caller records the view.

        Raises:
            UserError: there is none, or it is damaged.
        """
        return self._worker.call(Store.peek, uid)

    def heads(self) -> tuple[CaseHead, ...]:
        """Every case, the last changed first."""
        return self._worker.call(Store.heads)

    def search(self, text: str) -> tuple[CaseHead, ...]:
        """Cases for which every word begins a name, gene, variant, term or status."""
        return self._worker.call(Store.search, text)

    def versions(self, uid: str) -> tuple[tuple[int, str, str], ...]:
        """Number, time (ISO 8601, UTC) and user of every version, oldest first."""
        return self._worker.call(Store.versions, uid)

    def compare(self, uid: str, older: int, newer: int) -> tuple[str, ...]:
        """What differs between two versions, in plain words, by what consent allows now."""
        before, _ = self._worker.call(_load, uid, older)
        after, _ = self._worker.call(_load, uid, newer)
        latest, _ = self._worker.call(_load, uid, None)
        return version_changes(as_allowed(before, latest), as_allowed(after, latest))

    def delete(self, uid: str, context: Context | None = None) -> None:
        """Take a case out of the store for good. Asking the person first is the caller's part.

        Raises:
            Cancelled: the person stopped it; the case is there as before.
        """
        self._require_editor()
        with self._worker.together():
            self._worker.call(Store.delete, uid, context)
            self._worker.submit(Store.empty_log)
        with self._lock:
            self._seen.pop(uid, None)
            self._written.pop(uid, None)
            self._order[uid] = sys.maxsize  # a save that is still under way does not bring it back

    def setting(self, name: str) -> Any:
        """A setting of the clinic kept in the store, None where there is none."""
        return self._worker.call(Store.setting, name)

    def set_setting(self, name: str, value: Any, *, audited: bool = True) -> None:
        """Keep a setting of the clinic (JSON types), for administrators.

        ``audited``: False for what the program notes by itself (``_NOTES``), whoever works with it.
        """
        if audited or not name.startswith(_NOTES):
            self.require_administrator()
        self._worker.call(Store.set_setting, name, value, audited=audited)

    def in_house_counts(self) -> dict[tuple[int, int, str, str, str], int]:
        """In how many stored cases each rare coding variant was seen in the proband.

        Keys: (chromosome code, 1-based position, ref, alt, build's name). Only cases whose patients
        consented to research use at their last save are counted; synthetic cases never are.
        """
        counts = self._worker.call(Store.variant_counts)
        return {
            (chrom, position, ref, alt, build): count
            for (build, chrom, position, ref, alt), count in counts.items()
        }

    def in_house(self, without: str = "") -> tuple[dict[StoredVariant, int], int]:
        """Counts by (build, chromosome code, position, ref, alt), and of how many cases; as above.

        ``without``: a case never counts for itself.
        """
        return self._worker.call(_in_house, without)

    def damage(self) -> list[str]:
        """What of the store's file is not as it was written; empty when it is sound."""
        return self._worker.call(Store.damage)


def _save(
    store: Store,
    stored: StoredCase,
    content: dict[str, Any],
    variants: tuple[StoredVariant, ...] | None,
    act: Act,
    after: int,
    consents: list[str],
) -> int:
    status = stored.dossier.status.value
    words = set(search_words(stored.case, content["summary"], status))
    return store.save(
        stored.uid,
        stored.case.id,
        content,
        status=status,
        words=sorted(words),
        act=act,
        variants=variants,
        after=after,
        consents=consents,
    )


def _digest(written: Any) -> bytes:
    """SHA-256 of JSON types. Cases themselves are not kept for this: hundreds are saved between two locks."""
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).digest()


def _in_house(store: Store, without: str) -> tuple[dict[StoredVariant, int], int]:
    return store.variant_counts(without), store.counted_cases(without)


def _load(store: Store, uid: str, version: int | None) -> tuple[dict[str, Any], int]:
    content = store.load(uid, version)
    found = version if version is not None else store.versions(uid)[-1][0]
    return content, found


def with_version(stored: StoredCase, saved: Saved) -> StoredCase:
    """``stored`` as it was saved, under its number."""
    return replace(stored, version=saved.version, case=saved.case or stored.case)


def _deleted() -> UserError:
    return UserError(
        tr("The case was deleted from the store meanwhile; it is not saved again."),
        remedy=tr("Close it. If it is still needed, open its files as a new case."),
        code="casebook.deleted",
    )
