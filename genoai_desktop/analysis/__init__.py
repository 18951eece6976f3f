"""One folder per question a counselor asks; pure functions of (case, knowledge, models)."""
