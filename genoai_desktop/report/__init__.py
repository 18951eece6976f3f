"""Results to PDF, JSON and exchange formats. No Qt."""
