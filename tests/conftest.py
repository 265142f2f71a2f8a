"""What holds for every test."""

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
