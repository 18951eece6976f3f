"""Words about findings of the file and the analysis, for every page that lists them."""

import re

from genoai_desktop.domain.findings import Finding, Severity
from genoai_desktop.domain.text import tr

TONES = {Severity.INFO: "accent", Severity.WARNING: "warning", Severity.ERROR: "danger"}
"""Tones of the badges; their words say the same."""


def severity_words(severity: Severity) -> str:
    """How grave a finding is."""
    return {
        Severity.INFO: tr("Note"),
        Severity.WARNING: tr("Look at this"),
        Severity.ERROR: tr("Problem"),
    }[severity]


def finding_words(finding: Finding) -> str:
    """The finding, with the number of records it is about unless its own words say it."""
    told = re.search(rf"\b{finding.count}\b", finding.text.replace(",", "")) is not None
    if finding.count < 2 or told:
        return finding.text
    return finding.text + tr(" ({count} records)", count=f"{finding.count:,}")
