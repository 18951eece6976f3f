"""Results as PDF, JSON and exchange formats. No Qt."""

from genoai_desktop.report.document import (
    content_sha256,
    document_to_result,
    read_json,
    result_document,
    write_json,
)

__all__ = ["content_sha256", "document_to_result", "read_json", "result_document", "write_json"]
