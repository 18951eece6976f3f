"""What a power cut may leave of an action: every state of the disk is opened, and nothing told is lost.

Run by ``test_power_cut`` with ``power_cut.c`` loaded first: ``power_cut.py ACTION FOLDER STATES``. The record
of one run of the action is cut off at many places. What was written and not flushed by then is kept, lost,
torn, or kept in part whatever its order; a name that was given, changed or taken is on the disk for certain
only once its folder was flushed. That is weaker than any file system in use (Pillai and others, "All File
Systems Are Not Created Equal", OSDI 2014): what holds here holds on all of them.
"""

import ctypes
import hashlib
import os
import random
import shutil
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from failing_calls import ACTIONS, PASSPHRASE, Action, keep, opened, prepared, sound, unharmed
from quick_keys import quicken

from genoai_desktop.app import screening
from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.app.outputs import write_together
from genoai_desktop.app.tables import write_bytes
from genoai_desktop.cases import keys
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.locations import DATA_VARIABLE

CREATE, WRITE, TRUNCATE, FLUSH, RENAME, UNLINK, MKDIR, RMDIR, LINK, TOLD = range(1, 11)
_HEAD = struct.Struct("=5q")
_UNKEPT = "-shm"
"""The index of SQLite's log lives in memory shared by programs, and is made anew after a cut."""


@dataclass(eq=False)
class Node:
    """A file's bytes or a folder's names: what is on the disk for certain, and what is on its way."""

    data: bytearray | None = None
    names: dict[str, "Node"] = field(default_factory=dict)
    waiting: list["Step"] = field(default_factory=list)


@dataclass(eq=False)
class Step:
    """One change of a node. ``cut``: how it is when the power goes in the middle of it."""

    apply: Callable[["Image", Node], None]
    cut: Callable[["Image", Node], None] | None = None


@dataclass
class Image:
    """A disk after the cut: contents by node, made of what is certain and of chosen steps."""

    data: dict[Node, bytearray] = field(default_factory=dict)
    names: dict[Node, dict[str, Node]] = field(default_factory=dict)

    def content(self, node: Node) -> bytearray:
        return self.data.setdefault(node, bytearray(node.data or b""))

    def entries(self, node: Node) -> dict[str, Node]:
        return self.names.setdefault(node, dict(node.names))


def put(at: int, new: bytes) -> Callable[[Image, Node], None]:
    def apply(image: Image, node: Node) -> None:
        data = image.content(node)
        data.extend(bytes(max(0, at - len(data))))
        data[at : at + len(new)] = new

    return apply


def sized(size: int) -> Callable[[Image, Node], None]:
    def apply(image: Image, node: Node) -> None:
        data = image.content(node)
        del data[size:]
        data.extend(bytes(size - len(data)))

    return apply


def named(new: dict[str, Node], gone: tuple[str, ...] = ()) -> Callable[[Image, Node], None]:
    def apply(image: Image, node: Node) -> None:
        entries = image.entries(node)
        for name in gone:
            entries.pop(name, None)
        entries.update(new)

    return apply


class Disk:
    """The folder as it was when the record began, and everything that came since."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._now: dict[Path, Node] = {}
        self._numbers: dict[int, Node] = {}
        self.top = self._read(root)
        self.told = False

    def _read(self, path: Path) -> Node:
        if path.is_dir():
            node = Node(names={one.name: self._read(one) for one in path.iterdir()})
        else:
            node = Node(bytearray(path.read_bytes()))
        self._now[path] = self._numbers[path.stat().st_ino] = node
        return node

    def take(self, kind: int, number: int, at: int, one: bytes, two: bytes) -> None:
        """The next record."""
        if kind == TOLD:
            self.told = True
        elif kind in (WRITE, TRUNCATE):
            half = put(at, one[: len(one) // 2]) if kind == WRITE else None
            apply = put(at, one) if kind == WRITE else sized(at)
            self._numbers[number].waiting.append(Step(apply, half))
        elif kind == FLUSH:
            self._flush(self._numbers[number])
        elif kind in (CREATE, MKDIR):
            node = self._numbers[number] = Node(bytearray() if kind == CREATE else None)
            self._name(Path(os.fsdecode(one)), node)
        elif kind in (UNLINK, RMDIR):
            path = Path(os.fsdecode(one))
            self._now.pop(path)
            self._now[path.parent].waiting.append(Step(named({}, (path.name,))))
        elif kind == RENAME:
            self._rename(Path(os.fsdecode(one)), Path(os.fsdecode(two)))
        else:
            raise AssertionError(f"a record of kind {kind}")

    def _name(self, path: Path, node: Node) -> None:
        self._now[path] = node
        self._now[path.parent].waiting.append(Step(named({path.name: node})))

    def _rename(self, source: Path, target: Path) -> None:
        moved = {path: node for path, node in self._now.items() if path == source or source in path.parents}
        for path, node in moved.items():
            del self._now[path]
            self._now[target / path.relative_to(source)] = node
        node = self._now[target]
        if source.parent == target.parent:
            self._now[target.parent].waiting.append(Step(named({target.name: node}, (source.name,))))
        else:
            self._now[target.parent].waiting.append(Step(named({target.name: node})))
            self._now[source.parent].waiting.append(Step(named({}, (source.name,))))

    @staticmethod
    def _flush(node: Node) -> None:
        image = Image()
        for step in node.waiting:
            step.apply(image, node)
        node.waiting.clear()
        if node.data is None:
            node.names = image.entries(node)
        else:
            node.data = image.content(node)

    def images(self, draws: int, chance: random.Random) -> Iterator[dict[str, bytes]]:
        """Disks that a cut at this moment may leave: files by path below the root, folders end in a slash."""
        every = [(node, step) for node in self._nodes() for step in node.waiting]
        data = [pair for pair in every if pair[0].data is not None]
        chosen = [every, [], data, [pair for pair in every if pair not in data]]
        chosen += [[pair for pair in every if chance.random() < 0.5] for _ in range(draws)]
        for some in chosen:
            yield self._image(some, None)
        if data:
            yield self._image(every, data[-1][1])

    def _nodes(self) -> list[Node]:
        known = [self.top]
        for node in known:
            reach = [*node.names.values(), *self._now.values()] if node is self.top else node.names.values()
            known += [one for one in reach if one not in known]
        return known

    def _image(self, steps: list[tuple[Node, Step]], torn: Step | None) -> dict[str, bytes]:
        image = Image()
        for node, step in steps:
            (step.cut if step is torn and step.cut else step.apply)(image, node)
        return dict(self._files(image, self.top, ""))

    def _files(self, image: Image, node: Node, path: str) -> Iterator[tuple[str, bytes]]:
        for name, one in image.entries(node).items():
            if one.data is None:
                yield f"{path}{name}/", b""
                yield from self._files(image, one, f"{path}{name}/")
            elif not name.endswith(_UNKEPT):
                yield path + name, bytes(image.content(one))


def records(path: Path) -> Iterator[tuple[int, int, int, bytes, bytes]]:
    data, at = path.read_bytes(), 0
    while at < len(data):
        kind, number, offset, one, two = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        yield kind, number, offset, data[at : at + one], data[at + one : at + one + two]
        at += one + two


def recorded(action: Action, place: Path, trace: Path) -> Disk:
    """Do the action once; the disk as it was before."""
    library = ctypes.CDLL(None)
    book = opened(place)
    disk = Disk(place)
    library.power_watch(str(place).encode(), str(trace).encode())
    action.act(book, place)
    library.power_told()
    with suppress(UserError):
        book.close()
    library.power_ignore()
    return disk


def laid_out(files: dict[str, bytes], place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, data in files.items():
        if name.endswith("/"):
            (place / name).mkdir(parents=True, exist_ok=True)
        else:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)


def states(disk: Disk, trace: Path, most: int) -> Iterator[tuple[int, bool, dict[str, bytes]]]:
    """(After how many records, whether the program had been told, the disk) without repetition."""
    chance, seen = random.Random(7), set()
    every = list(records(trace))
    share = max(1.0, len(every) * 6 / most)
    yield 0, False, next(disk.images(0, chance))
    for number, record in enumerate(every, 1):
        disk.take(*record)
        turning = record[0] not in (WRITE, TRUNCATE)
        if not turning and chance.random() * share > 1:
            continue
        for image in disk.images(2, chance):
            text = repr((disk.told, sorted((n, hashlib.sha256(d).digest()) for n, d in image.items())))
            if text not in seen:
                seen.add(text)
                yield number, disk.told, image


def same_as_real(disk: Disk, place: Path) -> None:
    """Nothing reached the folder by a way that is not recorded."""
    last = next(disk.images(0, random.Random(0)))
    real = {
        str(path.relative_to(place)): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and not path.name.endswith(_UNKEPT)
    }
    assert {name: data for name, data in last.items() if not name.endswith("/")} == real


def set_up(_book: Casebook, place: Path) -> None:
    with Door(place / "second" / "clinic").set_up(keys.prepare("ada", PASSPHRASE)) as new:
        keep(new, "first")


def was_set_up(place: Path, done: bool | None) -> None:
    """A new store, in a new folder within a new one: there with its first case once that was told."""
    unharmed(place, done)
    if not done and not (place / "second" / "clinic" / "clinic.keys").exists():
        return
    store = place / "second" / "clinic" / "clinic.genoai"
    if not done and not (store.exists() and store.stat().st_size):  # said to be gone; set up again
        return
    with Door(place / "second" / "clinic").unlock("ada", PASSPHRASE) as book:
        if done:
            sound(book)


def written(place: Path, done: bool | None) -> None:
    unharmed(place, done)
    target = place / "report.pdf"
    assert target.exists() or not done
    assert not target.exists() or target.read_bytes() == b"%PDF" * 9_000


RESULTS = {name: name.encode() * 3_000 for name in ("result.json", "report.pdf", "letter.pdf")}


def results_written(place: Path, done: bool | None) -> None:
    """What is there is whole; all of it once it was told."""
    unharmed(place, done)
    for name, data in RESULTS.items():
        target = place / "results" / "of today" / name
        assert target.exists() or not done
        assert not target.exists() or target.read_bytes() == data


@cache
def knowledge() -> Knowledge:
    return Knowledge()


def own_options() -> list[screening.Row]:
    """The bundle's table of screening options without those of one gene."""
    return [row for row in screening.bundled_rows(knowledge()) if row[0] != "BRCA1"]


def options_kept(place: Path, done: bool | None) -> None:
    unharmed(place, done)
    found = screening.rows(knowledge(), Silent())
    mine = not any(row[0] == "BRCA1" and any(row[2:]) for row in found)
    assert mine or (not done and found == screening.bundled_rows(knowledge()))


def options_taken_away(_book: Casebook, _place: Path) -> None:
    screening.keep(own_options(), knowledge(), Silent())
    screening.keep(screening.bundled_rows(knowledge()), knowledge(), Silent())


def options_gone(place: Path, done: bool | None) -> None:
    unharmed(place, done)
    bundled = screening.rows(knowledge(), Silent()) == screening.bundled_rows(knowledge())
    assert bundled or not done


MORE = {
    "results": Action(
        lambda _, place: write_together(RESULTS, place / "results" / "of today"), results_written
    ),
    "screening": Action(lambda *_: screening.keep(own_options(), knowledge(), Silent()), options_kept),
    "screening taken away": Action(options_taken_away, options_gone),
    "set up": Action(set_up, was_set_up),
    "report": Action(lambda _, place: write_bytes(b"%PDF" * 9_000, place / "report.pdf"), written),
}


def main() -> None:
    quicken()
    name, folder, most = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    action = (ACTIONS | MORE)[name]
    made = prepared(folder)
    place, tried = folder / "device", 0
    os.environ[DATA_VARIABLE] = str(place / "data")
    shutil.copytree(made, place)
    disk = recorded(action, place, folder / "trace")
    shutil.copytree(place, folder / "after")
    for number, told, files in states(disk, folder / "trace", most):
        laid_out(files, place)
        try:
            action.settled(place, True if told else None)
        except BaseException:
            sys.stderr.write(f"after record {number}, told: {told}, {sorted(files)}\n")
            raise
        tried += 1
    same_as_real(disk, folder / "after")
    sys.stdout.write(f"{tried}")


if __name__ == "__main__":
    main()
