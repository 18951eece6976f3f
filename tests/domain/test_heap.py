"""The C library's allocator gives back what is freed, in a program with many threads and large tables."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is Linux's")

BEGIN = """
import ctypes, threading
import genoai_desktop.ui
library = ctypes.CDLL(None)
library.malloc.restype = library.open_memstream.restype = ctypes.c_void_p
def heaps():
    text, size = ctypes.c_char_p(), ctypes.c_size_t()
    stream = ctypes.c_void_p(library.open_memstream(ctypes.byref(text), ctypes.byref(size)))
    library.malloc_info(0, stream)
    library.fclose(stream)
    return text.value.decode().count("<heap nr=")
"""
THREADS = """
together = threading.Barrier(7)
def work():
    library.malloc(1000)
    together.wait()
    together.wait()
threads = [threading.Thread(target=work) for _ in range(6)]
for thread in threads:
    thread.start()
together.wait()
print(heaps())
together.wait()
"""
LARGE = """
class Held(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena a b c mapped d e used free keep".split()]
library.mallinfo2.restype = Held
library.free(ctypes.c_void_p(library.malloc(16 << 20)))
before = library.mallinfo2().mapped
library.malloc(8 << 20)
print((library.mallinfo2().mapped - before) >> 20)
"""


def run(code: str) -> int:
    """What the window's process prints."""
    told = subprocess.run([sys.executable, "-c", BEGIN + code], capture_output=True, text=True, check=True)
    return int(told.stdout)


def test_threads_share_two_heaps() -> None:
    assert run(THREADS) <= 2


def test_a_large_block_lies_outside_of_the_heap_even_after_a_larger_one_was_freed() -> None:
    assert run(LARGE) == 8
