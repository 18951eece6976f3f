"""Cycles are collected in the window's thread, and only when there is time."""

import gc
import linecache
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.collector import FEW, SECONDS_BETWEEN_ALL, SOME, Collector


class Knot(QObject):
    """An object in a cycle with itself, as a dialog whose button calls it."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self
        self.ended_in: list[threading.Thread] = []


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    gc.collect()
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.disable()  # as every test is run


def watched(knot: Knot) -> tuple[weakref.ref[Knot], list[threading.Thread]]:
    """A reference that notes in which thread the object ended."""
    ended: list[threading.Thread] = []
    return weakref.ref(knot, lambda _: ended.append(threading.current_thread())), ended


def many(count: int) -> list[list[int]]:
    """New objects that stay."""
    return [[number] for number in range(count)]


def in_a_worker(function: Callable[[], object]) -> None:
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


def test_a_worker_never_ends_the_objects_of_the_window(qtbot: QtBot) -> None:
    gc.enable()
    collector = Collector(lambda: True)
    alive, ended = watched(Knot())
    in_a_worker(lambda: many(100_000))
    assert alive() is not None
    kept = many(FEW * 2)
    collector.look()
    assert alive() is None
    assert ended == [threading.main_thread()]
    assert kept


def test_without_it_a_worker_does(qtbot: QtBot) -> None:
    gc.enable()
    gc.set_threshold(700)
    alive, ended = watched(Knot())
    in_a_worker(lambda: many(100_000))
    assert alive() is None
    assert ended != [threading.main_thread()]


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The oldest generation of each look; how long ago objects were made is as without the looks."""
    made: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda generation=2: made.append(generation))
    return made


def test_while_somebody_works_only_what_is_new_is_looked_at(qtbot: QtBot, looked: list[int]) -> None:
    collector = Collector(lambda: False)
    kept = many(FEW * 2)
    collector.look()
    assert looked == [0]
    assert kept


def test_what_outlived_a_look_is_looked_at_again_before_it_is_much(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a worker had in hand at one look, and then let go of in a cycle, need not wait for a rest."""
    collector = Collector(lambda: False)
    knot = Knot()
    alive, _ = watched(knot)
    kept = [many(FEW * 2)]
    collector.look()
    del knot
    kept.append(many(FEW * 2))
    collector.look()
    assert alive() is not None
    kept.append(many(SOME))
    collector.look()
    assert alive() is None


def test_a_worker_can_fill_a_tuple_meanwhile(qtbot: QtBot) -> None:
    """It fails with a ``SystemError`` when somebody else has the tuple in hand as well."""
    collector = Collector(lambda: False)
    kept: list[list[list[int]]] = []
    errors: list[Exception] = []

    def slowly() -> Iterator[int]:
        for number in range(20):  # the tuple grows as it goes, in another place each time
            kept.append(many(FEW))
            yield number

    def fill() -> None:
        try:
            for _ in range(20):
                tuple(slowly())
        except SystemError as error:
            errors.append(error)

    worker = threading.Thread(target=fill)
    worker.start()
    while worker.is_alive():
        collector.look()
    assert errors == []


def test_everything_is_looked_at_once_in_a_while(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, looked: list[int]
) -> None:
    now = [1000.0]
    monkeypatch.setattr("genoai_desktop.ui.collector.time.monotonic", lambda: now[0])
    monkeypatch.setattr("genoai_desktop.ui.collector.give_back", lambda: None)
    collector = Collector(lambda: True)
    kept = many(FEW * 2)
    for _ in range(3):  # the second gives back what the first has freed
        collector.look()
    now[0] += SECONDS_BETWEEN_ALL
    collector.look()
    assert looked == [2, 0, 2]
    assert kept


def test_at_rest_the_sources_that_pyside_read_are_let_go(qtbot: QtBot) -> None:
    assert linecache.getlines(__file__)
    busy, rests = Collector(lambda: False), Collector(lambda: True)
    kept = many(FEW * 2)
    busy.look()
    assert __file__ in linecache.cache
    more = many(FEW * 2)
    rests.look()
    assert __file__ in linecache.cache  # to collect was enough for one turn
    rests.look()
    assert __file__ not in linecache.cache
    assert kept + more


def test_what_is_kept_is_not_looked_at_again(qtbot: QtBot) -> None:
    collector = Collector(lambda: True)
    kept = Knot()
    try:
        collector.keep()
        (old, _), (new, ended) = watched(kept), watched(Knot())
        del kept
        knots = many(FEW * 2)
        collector.look()
        assert old() is not None
        assert new() is None
        assert ended
        del knots
    finally:
        gc.unfreeze()
