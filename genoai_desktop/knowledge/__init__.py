"""The only reader of ``resources/`` and of installed update packs: typed look-ups and versions."""

from genoai_desktop.knowledge.bundle import Bundle, TableInfo
from genoai_desktop.knowledge.knowledge import Knowledge

__all__ = ["Bundle", "Knowledge", "TableInfo"]
