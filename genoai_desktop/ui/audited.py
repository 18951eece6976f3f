"""The use cases that take something out of the program, entered into the audit chain before they run."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from genoai_desktop.ui.services import Services

_ACTS = {
    "save_": "exported",
    "export_": "exported",
    "write_": "exported",
    "print_": "exported",
    "sign_": "signed",
}
"""What a method of ``Services`` with a name that begins so does."""

Before = Callable[[str, str], None]
"""Called with the act and identifiers (never a path) before the use case runs, in its thread."""


class _Audited:
    """Stands before the services; everything else passes through untouched."""

    def __init__(self, services: Services, before: Before) -> None:
        self._services, self._before = services, before

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._services, name)
        act = next((act for start, act in _ACTS.items() if name.startswith(start)), "")
        return self._recorded(found, act, name) if act and callable(found) else found

    def _recorded(self, function: Callable[..., Any], act: str, name: str) -> Callable[..., Any]:
        before = self._before

        @wraps(function)
        def recorded(*arguments: Any, **options: Any) -> Any:
            kinds = [item for item in (*arguments, *options.values()) if isinstance(item, str)]
            # a word of the program ("letter", "json"), never a text that a person typed
            words = [kind for kind in kinds if kind.isidentifier() and len(kind) <= 20]
            words += [word for item in arguments for word in getattr(item, "audit_words", ())]
            before(act, " ".join([name.replace("_", " "), *words]))
            return function(*arguments, **options)

        return recorded


def audited(services: Services, before: Before) -> Services:
    """Every export and signature recorded first: what cannot be recorded does not happen."""
    return cast(Services, _Audited(services, before))
