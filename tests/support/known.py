"""What the program knows without any pack, and the demo case analysed with it: each once for the process.

Loaded tables take a third of a gigabyte, so a test makes a ``Knowledge`` of its own only where it puts in
packs or looks at how tables are read.
"""

from functools import cache

from genoai_desktop import app
from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.bundle import Bundle


@cache
def bundled_knowledge() -> Knowledge:
    """The program's own tables."""
    return Knowledge(Bundle())


@cache
def demo_case() -> OpenCase:
    """The demo case, without a ledger."""
    return app.analyse(app.demo_request(), bundled_knowledge(), Silent())
