"""Where in the program a fault happened, without what its exception quotes."""

import traceback


def place_of(error: BaseException) -> str:
    """Kind of the error and where in the program it happened, without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "genoai_desktop" in frame.filename] or frames
    if not own:
        return type(error).__name__
    path = own[-1].filename.replace("\\", "/")
    _, inside, file = path.rpartition("/genoai_desktop/")
    return f"{type(error).__name__} at {file if inside else path.rpartition('/')[2]}:{own[-1].lineno}"


def is_failure(error: BaseException) -> bool:
    """Whether a function failed: polars' own faults are no ``Exception``."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"
