"""An old version of a case, by what is consented to now."""

from collections.abc import Mapping
from typing import Any

from genoai_desktop.app.casebook.decisions import case_in
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.consent_family import given_by

_OF_VARIANTS = {Scope.PRIMARY.value, Scope.SECONDARY.value, Scope.CARRIER.value}
"""With all three every variant may be named."""


def as_allowed(content: Mapping[str, Any], latest: Mapping[str, Any]) -> dict[str, Any]:
    """The document without what the newest consent of whom it is of does not allow.

    That is results, and what a person entered about them: criteria of variants that are not shown, genes
    that another laboratory tested.
    """
    proband = content.get("case", {}).get("proband", "")
    given = {scope.value for scope in given_by(case_in(latest), proband).given}
    case = dict(content.get("case", {}))
    if Scope.PGX.value not in given:
        case.pop("outside_calls", None)
    if not given >= _OF_VARIANTS:
        shown = [
            entry.get("variant")
            for document in (content, latest)
            for entry in document.get("ledger", {}).get("entries", ())
            if set(entry.get("needs", ())) <= given
        ]
        edits = case.get("criterion_edits", ())
        case["criterion_edits"] = [edit for edit in edits if edit.get("variant") in shown]
    summary = {scope: part for scope, part in content.get("summary", {}).items() if scope in given}
    return {**content, "case": case, "summary": summary}
