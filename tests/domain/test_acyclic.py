"""What can never be part of a cycle leaves the collector's lists; everything else stays in them."""

import gc
import weakref
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pytest

from genoai_desktop.domain.acyclic import spare_collector
from genoai_desktop.domain.text import tr


class Kind(Enum):
    """Lives as long as the program."""

    ONE = 1


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Part:
    """As the results of analyses are."""

    word: str
    kind: Kind = Kind.ONE
    parts: tuple[Any, ...] = ()
    by_name: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Changing:
    """Can be made to point back."""

    other: Any = None


@dataclass(frozen=True)
class Open:
    """Takes new attributes, as a cached property does."""

    other: Any = None


def nested() -> Part:
    leaf = Part(tr("in {count} of them", count=3))
    return Part("whole", parts=(leaf, frozenset({leaf.word})), by_name={"leaf": leaf})


def test_a_result_leaves_the_lists_with_all_its_parts() -> None:
    made = nested()
    inside = [made, made.parts, *made.parts, made.by_name, made.parts[0].word]
    assert all(map(gc.is_tracked, inside))
    assert spare_collector(made) is made
    assert not any(map(gc.is_tracked, inside))


@pytest.mark.parametrize("kept", [[], Changing(), Open(), object.__new__(type("Plain", (), {}))])
def test_what_may_change_stays_and_so_does_all_that_holds_it(kept: object) -> None:
    beside = Part("beside")
    made = Part("whole", parts=((kept, 1), beside))
    spare_collector(made)
    assert all(map(gc.is_tracked, (made, made.parts, made.parts[0], kept)))
    assert not gc.is_tracked(beside)


def test_a_cycle_stays_and_is_collected() -> None:
    made = Part("knot", by_name={})
    made.by_name["me"] = made
    gone = weakref.ref(made)
    spare_collector(made)
    assert gc.is_tracked(made)
    del made
    gc.collect()
    assert gone() is None


def test_a_cycle_through_what_may_change_is_collected() -> None:
    changing = Changing()
    changing.other = made = Part("held", parts=(changing,))
    gone = weakref.ref(made)
    spare_collector(made)
    del made, changing
    gc.collect()
    assert gone() is None


def test_what_left_the_lists_is_freed_when_nobody_holds_it() -> None:
    made = nested()
    gone = weakref.ref(made), weakref.ref(made.parts[0])
    spare_collector(made)
    del made
    assert [one() for one in gone] == [None, None]


def test_words_remember_what_they_were_made_of() -> None:
    made = spare_collector((tr("in {count} of them", count=3),))
    assert made[0] == "in 3 of them"
    assert made[0].values == {"count": 3}  # type: ignore[attr-defined]


def test_parts_without_end_are_left_alone() -> None:
    deep: tuple[Any, ...] = ({},)
    for _ in range(100_000):
        deep = (deep,)
    spare_collector(deep)
    assert gc.is_tracked(deep)
