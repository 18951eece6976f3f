"""Whose turn it is to call PDFium, which is not made for threads: two that draw at once end the program.

It happens easily: a job that was stopped still draws its page while the next one begins.
"""

import threading
from typing import Final

ONE_AT_A_TIME: Final = threading.RLock()
"""Held around every call of pypdfium2, for a page at most: who waits for it can be stopped soon."""
