"""Under which keys the settings of this computer keep what a person prefers for every case."""

LETTERS_IN = "letters/language"
"""ISO 639-1: the language that letters are first shown in."""
FILTERS_AT_START = "variants/begin with"
"""One of ``PRESETS`` of ``viewmodels.browse``."""
CANDIDATES_AS = "candidates/as"
"""``diseases`` or ``genes``."""
