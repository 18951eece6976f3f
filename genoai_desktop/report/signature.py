"""Who signed which content."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """A named professional stands for exactly this content.

    ``content_sha256`` is ``document.content_sha256`` at the time of signing; a report of other content
    stays a draft. ``signed_at`` is ISO 8601.
    """

    name: str
    role: str
    signed_at: str
    content_sha256: str
