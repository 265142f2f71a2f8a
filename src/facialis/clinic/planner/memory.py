"""How much memory this process holds, and how to give some of it back."""

import ctypes
import gc
import os
import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/statm")


def resident_bytes() -> int:
    """Memory that this process holds; where the system does not tell, the most that it ever held."""
    if STATUS.exists():
        return int(STATUS.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most


def forget_compiled_programs() -> None:
    """Let go of what JAX compiled: it piles up, and is read again from its folder where it is needed."""
    import jax

    jax.clear_caches()
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, musl has not
        if trim is not None:
            trim(0)
