"""Collects what was odd in a file: one Finding per code and field, with the first line and a count."""

from dataclasses import dataclass, field

from genoai_desktop.domain.findings import Finding, Severity, Where

MAX_FINDINGS = 200
"""Different kinds kept; a file cannot fill memory with kinds of its own making."""


@dataclass(slots=True)
class _Kind:
    severity: Severity
    line: int | None
    text: str
    count: int = 0


@dataclass(slots=True)
class Notes:
    """Findings of one file under way. ``file`` is its name without the folder."""

    file: str
    _kinds: dict[tuple[str, str], _Kind] = field(default_factory=dict)
    _overflow: int = 0

    def add(
        self,
        severity: Severity,
        code: str,
        text: str,
        *,
        line: int | None = None,
        name: str = "",
        count: int = 1,
    ) -> None:
        """Count one more of ``code`` in column ``name``; the text and line of the first are kept."""
        kind = self._kinds.get((code, name))
        if kind is None:
            if len(self._kinds) >= MAX_FINDINGS:
                self._overflow += count
                return
            kind = self._kinds[code, name] = _Kind(severity, line, text)
        kind.count += count

    def info(self, code: str, text: str, *, line: int | None = None, name: str = "", count: int = 1) -> None:
        """Odd, harmless."""
        self.add(Severity.INFO, code, text, line=line, name=name, count=count)

    def warn(self, code: str, text: str, *, line: int | None = None, name: str = "", count: int = 1) -> None:
        """A person should know."""
        self.add(Severity.WARNING, code, text, line=line, name=name, count=count)

    def error(self, code: str, text: str, *, line: int | None = None, name: str = "", count: int = 1) -> None:
        """Something was not loaded, or cannot be relied on."""
        self.add(Severity.ERROR, code, text, line=line, name=name, count=count)

    def count(self, code: str) -> int:
        """How often ``code`` was seen, over all fields."""
        return sum(kind.count for (known, _), kind in self._kinds.items() if known == code)

    def findings(self) -> tuple[Finding, ...]:
        """All, in the order in which they were first seen."""
        found = [
            Finding(kind.severity, code, Where(self.file, kind.line, name), kind.text, kind.count)
            for (code, name), kind in self._kinds.items()
        ]
        if self._overflow:
            text = "More kinds of defect than can be listed."
            found.append(Finding(Severity.WARNING, "vcf.more", Where(self.file), text, self._overflow))
        return tuple(found)
