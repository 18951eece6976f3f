"""Progress, cancel and the worker pool. No Qt."""
