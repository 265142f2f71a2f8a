"""What holds for every test."""

import ctypes
import gc
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from jaxtyping import install_import_hook

import tests.shape_checks  # noqa: F401  the hook names it
from tests.shape_checks import CHECKED

# Without a deadline a busy machine fails nothing; the same examples each time make a failure repeatable.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

# Before any test imports the twin: types and shapes of its annotations are checked at every call, which
# within a compiled program is once.
install_import_hook(CHECKED, "tests.shape_checks.checked")

# What JAX compiled in an earlier run of the tests is read again, and nothing is kept in a user's folder.
_COMPILED = Path(__file__).parents[1] / ".pytest_cache" / "jax"
os.environ["FACIALIS_COMPILATION_CACHE"] = str(_COMPILED)
os.environ["JAX_COMPILATION_CACHE_DIR"] = str(_COMPILED)
# Also what compiles at once: a test that computes outside a program compiles a hundred small ones.
os.environ["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0"

MOST_RESIDENT = 2 * 2**30
"""Of a process of tests; compiled programs pile up from module to module. [bytes]"""


@pytest.fixture(autouse=True, scope="module")
def _let_go_of_compiled_programs():
    """Forget what JAX compiled for the modules before once it fills memory; it is read again where needed."""
    yield
    jax, status = sys.modules.get("jax"), Path("/proc/self/statm")
    if jax is not None and status.exists() and _resident(status) > MOST_RESIDENT:
        jax.clear_caches()
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)


def _resident(status):
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
