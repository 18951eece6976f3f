"""Files kept with a case go in, out and away in pieces: stopped at any of them nothing has changed."""

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from looks import Looks, faults

from genoai_desktop.cases.connection import connect
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import Cancelled, UserError

KEY = bytes(range(32))
PIECE = 1 << 18
PAGE = 4096
CONTENT = Random(3).randbytes(12 * PIECE + 17)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store(tmp_path / "store", KEY, "ada") as store:
        store.save("c1", "Family", {"n": 1})
        store.attach("c1", "kept.pdf", CONTENT)
    return tmp_path / "store"


def only(store: Store) -> str:
    (kept,) = store.attachments("c1")
    return kept.attachment_id


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 80 * PIECE])
def test_every_size_comes_back_as_it_was_given(path: Path, size: int) -> None:
    data = Random(size).randbytes(size)
    with Store(path, KEY, "ada") as store:
        made = store.attach("c1", "scan.pdf", data)
        assert made.size == size
        assert store.attachment(made.attachment_id) == data
        assert store.damage() == []


Act = Callable[[Store, Context], object]
ACTS: dict[str, Act] = {
    "attach": lambda store, context: store.attach("c1", "new.pdf", CONTENT, context),
    "read": lambda store, context: store.attachment(only(store), context),
    "detach": lambda store, context: store.detach(only(store), context),
    "delete": lambda store, context: store.delete("c1", context),
}


@pytest.mark.parametrize("name", ACTS)
def test_stopped_at_any_piece_nothing_has_changed(path: Path, name: str) -> None:
    act = ACTS[name]
    with Store(path, KEY, "ada") as store:
        before = store.mark(), store.attachments("c1"), store.heads()
        number, stopped = 0, True
        while stopped:
            number += 2
            looks = Looks(number)
            try:
                act(store, looks)
                stopped = False
            except Cancelled:
                assert looks.after == 0
                assert (store.mark(), store.attachments("c1"), store.heads()) == before
                assert store.damage() == []
        assert number > 4, "it looked at every piece"
        assert store.mark().count == before[0].count + 1
        assert store.damage() == []


@pytest.mark.parametrize("name", ["attach", "read"])
def test_progress_goes_by_the_pieces(path: Path, name: str) -> None:
    looks = Looks()
    with Store(path, KEY, "ada") as store:
        ACTS[name](store, looks)
    assert faults(looks.reports) == []
    assert len({fraction for _, fraction in looks.reports}) > 3


def test_a_deleted_case_takes_every_piece_along(path: Path) -> None:
    with Store(path, KEY, "ada") as store:
        store.save("c2", "Other", {"n": 1})
        other = store.attach("c2", "other.pdf", CONTENT[::-1])
        store.delete("c1")
        assert store.attachment(other.attachment_id) == CONTENT[::-1]
        assert store.damage() == []


def test_a_piece_that_was_changed_is_refused(path: Path) -> None:
    with Store(path, KEY, "ada") as store:
        store._connection.execute("UPDATE attachment_piece SET data = zeroblob(9) WHERE number = 2")
        with pytest.raises(UserError, match="not as it was saved"):
            store.attachment(only(store))


@pytest.fixture
def earlier(path: Path) -> Path:
    """An earlier program kept a whole content in the first row."""
    connection = connect(path, KEY)
    connection.execute("UPDATE attachment SET data = ?", (CONTENT,))
    connection.execute("DELETE FROM attachment_piece")
    connection.close()
    return path


def test_a_large_file_of_an_earlier_program_is_read_in_pieces(earlier: Path) -> None:
    looks = Looks()
    with Store(earlier, KEY, "ada") as store:
        assert store.attachment(only(store), looks) == CONTENT
        assert looks.count > 3
        assert store.unsound(Silent()) == []


@pytest.mark.parametrize("name", ["detach", "delete"])
def test_a_large_file_of_an_earlier_program_is_deleted_in_pieces(earlier: Path, name: str) -> None:
    looks = Looks()
    with Store(earlier, KEY, "ada") as store:
        for number in (1, 6, 12):
            with pytest.raises(Cancelled):
                ACTS[name](store, Looks(number))
            assert store.attachment(only(store)) == CONTENT
        ACTS[name](store, looks)
        store.empty_log()
        assert faults(looks.reports) == []
        assert looks.count > len(CONTENT) // PIECE
        assert store.damage() == []


def test_no_page_of_a_file_of_an_earlier_program_stays(earlier: Path) -> None:
    told = [CONTENT[begin : begin + 64] for begin in range(0, len(CONTENT) - 64, PAGE)]
    assert all(any(part in page for page in plain_pages(earlier)) for part in told[5:10])
    with Store(earlier, KEY, "ada") as store:
        store.detach(only(store))
        store.empty_log()
    content = b"".join(plain_pages(earlier))
    assert not [number for number, part in enumerate(told) if part in content]
    assert b"kept.pdf" not in content


def plain_pages(path: Path) -> list[bytes]:
    """Every page decrypted, the unused ones too: AES-256-CBC, its vector 80 bytes from the end."""
    data, found = path.read_bytes(), []
    for begin in range(0, len(data), PAGE):
        page = data[begin + (16 if begin == 0 else 0) : begin + PAGE]
        opened = Cipher(algorithms.AES(KEY), modes.CBC(page[-80:-64])).decryptor()
        found.append(opened.update(page[:-80]))
    return found
