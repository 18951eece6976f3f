"""The unlocked case store, with the rights of the user who unlocked it. Safe to call from any thread.

Every method waits for the store's own thread. Counselors and administrators work on cases; reviewers
read, compare, export and sign; administrators also manage users, settings, backup and restore.
"""

import csv
import io
import secrets
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from genoai_desktop.app.casebook import backup as backup_file
from genoai_desktop.app.casebook import document
from genoai_desktop.app.casebook.changes import version_changes
from genoai_desktop.app.casebook.document import StoredCase
from genoai_desktop.app.casebook.summary import search_words
from genoai_desktop.app.casebook.worker import StoreWorker
from genoai_desktop.cases import keys
from genoai_desktop.cases.audit import Act, Entry
from genoai_desktop.cases.connection import fits
from genoai_desktop.cases.keys import Role
from genoai_desktop.cases.store import Attachment, CaseHead, Store, StoredVariant
from genoai_desktop.cases.throttle import Throttle
from genoai_desktop.domain.durable import replace_file
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

LARGEST_ATTACHMENT = 100_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An acknowledged save: it is on the disk. ``other``: who else saved the case meanwhile, if anybody."""

    version: int
    other: str = ""


class Casebook:
    """Made by ``Door``. ``close`` it, or use it in a ``with`` block."""

    def __init__(self, folder: Path, worker: StoreWorker, data_key: bytes, user: str, role: Role) -> None:
        self.folder, self.user, self.role = folder, user, role
        self._worker, self._data_key = worker, data_key
        self._seen: dict[str, int] = {}
        self._order: dict[str, int] = {}
        self._written: dict[str, tuple[Any, ...]] = {}
        self._lock = threading.Lock()
        self._throttle = Throttle(self._key_file)

    def __enter__(self) -> "Casebook":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self, act: Act | None = None) -> None:
        """Finish what was asked and close; ``act`` (locked) is recorded first. The key is forgotten."""
        try:
            if act is not None:
                self.record(act)
        finally:
            self._worker.close()
            self._data_key = b""

    @property
    def may_edit(self) -> bool:
        """Whether this user may change cases."""
        return self.role is not Role.REVIEWER

    @property
    def may_administer(self) -> bool:
        """Whether this user manages users, settings, backup and restore."""
        return self.role is Role.ADMINISTRATOR

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
        content = document.write(stored)
        kept = None if variants is None else tuple(variants)
        with self._lock:
            seen = self._seen.get(stored.uid, stored.version)
            if order < self._order.get(stored.uid, 0):
                return Saved(seen)
            self._order[stored.uid] = order
            last = self._written.get(stored.uid)
            if seen and last is not None and last[0] == content and kept in (None, last[1]):
                return Saved(seen)
            version = self._worker.call(_save, stored, content, kept, act)
            self._seen[stored.uid] = version
            self._written[stored.uid] = (content, kept if kept is not None or last is None else last[1])
        if version == seen + 1:
            return Saved(version)
        others = [user for number, _, user in self.versions(stored.uid) if seen < number < version]
        return Saved(version, others[-1] if others else "")

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
        return version_changes(_as_allowed(before, latest), _as_allowed(after, latest))

    def delete(self, uid: str) -> None:
        """Take a case out of the store for good. Asking the person first is the caller's part."""
        self._require_editor()
        self._worker.call(Store.delete, uid)
        with self._lock:
            self._seen.pop(uid, None)
            self._written.pop(uid, None)
            self._order[uid] = sys.maxsize  # a save that is still under way does not bring it back

    def attach(self, uid: str, path: Path) -> Attachment:
        """Keep a copy of a file with a case, encrypted.

        Raises:
            UserError: it cannot be read, is too large, or the store cannot be written.
        """
        self._require_editor()
        try:
            if path.stat().st_size > LARGEST_ATTACHMENT:
                raise UserError(
                    tr("The file is too large to keep with a case."),
                    where=path.name,
                    remedy=tr("Keep files of up to {mb} MB.", mb=LARGEST_ATTACHMENT // 1_000_000),
                )
            data = path.read_bytes()
        except OSError as error:
            raise UserError(tr("The file cannot be read."), where=path.name) from error
        return self.attach_data(uid, path.name, data)

    def attach_data(self, uid: str, name: str, data: bytes) -> Attachment:
        """Keep what was made in memory with a case, encrypted; it never was a file.

        Raises:
            UserError: the user may not edit, or the store cannot be written.
        """
        self._require_editor()
        return self._worker.call(Store.attach, uid, name, data)

    def attachments(self, uid: str) -> tuple[Attachment, ...]:
        """What is kept with a case."""
        return self._worker.call(Store.attachments, uid)

    def attachment(self, attachment_id: str) -> bytes:
        """The content of an attachment. The view is recorded."""
        return self._worker.call(Store.attachment, attachment_id)

    def export_attachment(self, uid: str, attachment_id: str, path: Path) -> None:
        """Write an attachment out, readable. Recorded as an export."""
        data = self.attachment(attachment_id)
        self.record(Act.EXPORTED, uid, f"attachment {attachment_id}")
        _write(path, data)

    def detach(self, attachment_id: str) -> None:
        """Delete an attachment."""
        self._require_editor()
        self._worker.call(Store.detach, attachment_id)

    def setting(self, name: str) -> Any:
        """A setting of the clinic kept in the store, None where there is none."""
        return self._worker.call(Store.setting, name)

    def set_setting(self, name: str, value: Any, *, audited: bool = True) -> None:
        """Keep a setting of the clinic (JSON types). Audited ones are for administrators."""
        if audited:
            self._require_administrator()
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

    def record(self, act: Act, uid: str = "", detail: str = "") -> None:
        """Enter an event into the audit chain. ``detail`` holds identifiers only, never a name."""
        self._worker.call(Store.record, act, uid, detail)

    def audit(self) -> tuple[Entry, ...]:
        """The whole chain, oldest first."""
        return self._worker.call(Store.audit)

    def audit_problems(self) -> list[str]:
        """What is wrong with the chain; empty when nothing was edited, inserted or cut off."""
        return self._worker.call(Store.audit_problems)

    def export_audit(self, entries: Iterable[Entry], path: Path) -> None:
        """Write entries as CSV: identifiers only. Recorded as an export."""
        self._require_administrator()
        self.record(Act.EXPORTED, "", "audit trail")
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(["number", "time", "user", "act", "case", "detail", "previous", "sha256"])
        for entry in entries:
            table.writerow(
                [
                    entry.number,
                    entry.time,
                    entry.user,
                    entry.act,
                    entry.case,
                    entry.detail,
                    entry.previous,
                    entry.digest,
                ]
            )
        _write(path, text.getvalue().encode())

    def damage(self) -> list[str]:
        """What of the store's file is not as it was written; empty when it is sound."""
        return self._worker.call(Store.damage)

    def users(self) -> tuple[tuple[str, Role], ...]:
        """Names and roles."""
        return keys.users(self._key_file)

    def set_user(self, user: str, role: Role, passphrase: str) -> None:
        """Add a user, or give one a new role and passphrase. Administrators only."""
        self._require_administrator()
        keys.set_user(self._key_file, self._data_key, user, role, passphrase)
        self.record(Act.USER, "", f"{user} {role.value}")

    def remove_user(self, user: str) -> None:
        """Take a user's key away. Administrators only; nobody removes themselves."""
        self._require_administrator()
        if user == self.user:
            raise UserError(tr("You cannot remove yourself."), remedy=tr("Ask another administrator."))
        keys.remove_user(self._key_file, user)
        self.record(Act.USER, "", f"{user} removed")

    def change_passphrase(self, old: str, new: str) -> None:
        """Give oneself a new passphrase.

        Raises:
            WrongPassphrase: ``old`` is not right.
            TooSoon: after several wrong ones.
            UserError: ``new`` is too short.
        """
        data_key, role = self._own_key(old)
        keys.set_user(self._key_file, data_key, self.user, role, new)
        self.record(Act.USER, "", f"{self.user} passphrase")

    def renew_recovery(self) -> str:
        """A new recovery key to print; the old one opens nothing any more. Administrators only."""
        self._require_administrator()
        recovery = keys.renew_recovery(self._key_file, self._data_key)
        self.record(Act.USER, "", "recovery key")
        return recovery

    def prepare_rotation(self, passphrase: str) -> keys.Prepared:
        """A new data key and a new recovery key to write down; nothing is changed yet. Administrators only.

        Raises:
            WrongPassphrase, TooSoon: the passphrase is not the user's own.
        """
        self._require_administrator()
        self._own_key(passphrase)
        return keys.prepare(self.user, passphrase)

    def rotate(self, prepared: keys.Prepared) -> tuple[str, ...]:
        """Put the whole store under the new data key. Names of the users who need a new passphrase now.

        Nobody else's passphrase is known here, so theirs and the old recovery key open nothing any more:
        whoever knew the old data key is shut out. Old backups stay under the old one. A crash at any
        moment is settled at the next unlocking.

        Raises:
            UserError: another program has the store open, or the device failed; the old key holds then.
        """
        self._require_administrator()
        others = tuple(name for name, _ in self.users() if name != self.user)
        keys.begin_rotation(self._key_file, prepared)
        try:
            self._worker.call(Store.rekey, prepared.data_key)
        except UserError:
            if fits(self.folder / backup_file.STORE_FILE, self._data_key):
                keys.take_back_rotation(self._key_file)
            raise
        self._data_key = prepared.data_key
        keys.finish_rotation(self._key_file)
        self.record(Act.USER, "", "data key changed")
        return others

    def backup(self, target: Path) -> None:
        """The whole store with its keys in one file, read back and compared. Administrators only.

        Raises:
            UserError: it could not be written or is not whole; no file is left then.
        """
        self._require_administrator()
        self.record(Act.BACKED_UP)
        backup_file.write(target, self._key_file, lambda path: self._worker.call(Store.backup, path))

    def _own_key(self, passphrase: str) -> tuple[bytes, Role]:
        """What the user's own passphrase opens; wrong ones count."""
        self._throttle.attempt(self.user)
        try:
            found = keys.unlock(self._key_file, self.user, passphrase)
        except keys.WrongPassphrase:
            self._throttle.failed(self.user)
            raise
        self._throttle.passed(self.user)
        return found

    @property
    def _key_file(self) -> Path:
        return self.folder / backup_file.KEY_FILE

    def _require_editor(self) -> None:
        if not self.may_edit:
            raise UserError(
                tr("Reviewers may not change cases."),
                remedy=tr("Ask a counselor, or have an administrator change your role."),
                code="casebook.role",
            )

    def _require_administrator(self) -> None:
        if not self.may_administer:
            raise UserError(
                tr("Only administrators may do this."),
                remedy=tr("Ask an administrator."),
                code="casebook.role",
            )


def _save(
    store: Store,
    stored: StoredCase,
    content: dict[str, Any],
    variants: tuple[StoredVariant, ...] | None,
    act: Act,
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
    )


def _in_house(store: Store, without: str) -> tuple[dict[StoredVariant, int], int]:
    return store.variant_counts(without), store.counted_cases(without)


def _load(store: Store, uid: str, version: int | None) -> tuple[dict[str, Any], int]:
    content = store.load(uid, version)
    found = version if version is not None else store.versions(uid)[-1][0]
    return content, found


def _as_allowed(content: dict[str, Any], latest: dict[str, Any]) -> dict[str, Any]:
    """Results that the newest consent does not allow are taken out, in old versions too."""
    given = set(latest.get("case", {}).get("consent", {}).get("given", []))
    kept = {scope: part for scope, part in content.get("summary", {}).items() if scope in given}
    return content | {"summary": kept}


def _write(path: Path, data: bytes) -> None:
    try:
        replace_file(path, data)
    except OSError as error:
        raise UserError(
            tr("The file cannot be written ({reason}).", reason=error.strerror or ""), where=path.name
        ) from error


def with_version(stored: StoredCase, saved: Saved) -> StoredCase:
    """``stored`` under the number it was saved as."""
    return replace(stored, version=saved.version)
