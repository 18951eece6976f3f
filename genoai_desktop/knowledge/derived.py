"""What analyses derive from the tables is kept with the tables, and goes with them."""

from collections.abc import Callable, Hashable
from functools import lru_cache, partial, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

Tables = TypeVar("Tables")
P = ParamSpec("P")
T = TypeVar("T")
Derives = Callable[Concatenate[Tables, P], T]

_KEPT: Final = "_kept_with_tables"


def kept_with_tables(most: int = 1) -> Callable[[Derives[Tables, P, T]], Derives[Tables, P, T]]:
    """Remember what a function made of tables (its first argument), for the ``most`` last other arguments.

    It is remembered in the object that holds the tables. A cache of the function's own would keep tables
    that an update pack has replaced, hundreds of megabytes of them, until enough others came after; one
    with weak references would too, because what is derived refers to its tables.
    """

    def decorate(function: Derives[Tables, P, T]) -> Derives[Tables, P, T]:
        @wraps(function)
        def found(tables: Tables, /, *arguments: P.args, **named: P.kwargs) -> T:
            kept: dict[Hashable, Callable[..., Any]] = vars(tables).setdefault(_KEPT, {})
            if function not in kept:
                kept.setdefault(function, lru_cache(maxsize=most)(partial(function, tables)))
            made: T = kept[function](*arguments, **named)
            return made

        return found

    return decorate
