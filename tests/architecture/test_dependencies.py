"""What is installed is locked, hashed, imported and permissively licensed."""

import ast
import re
import sys
import tomllib
from importlib.metadata import distributions, packages_distributions

import pytest

LOCKS = (
    "requirements/runtime.txt",
    "requirements/clinic.txt",
    "requirements/dev.txt",
    "workers/face_mesh/requirements.txt",
)
NAMED_IN_SETTINGS = {"argon2-cffi", "django-htmx", "psycopg", "whitenoise"}
"""Of the clinic: Django loads them by their name."""
COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock):
    return [normalised(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, flags=re.MULTILINE)]


def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


def required(requirements):
    return {normalised(re.split(r"[^\w.-]", requirement)[0]) for requirement in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_of_a_lock_has_a_hash(name, root):
    entries = re.split(r"\n(?=[A-Za-z0-9])", (root / name).read_text("utf-8"))
    pins = [entry for entry in entries if "==" in entry.splitlines()[0]]
    assert pins
    assert [entry.splitlines()[0] for entry in pins if "--hash=sha256:" not in entry] == []


def test_locks_hold_every_dependency(root):
    described = project(root)
    runtime = required(described["dependencies"])
    clinic = runtime | required(described["optional-dependencies"]["clinic"])
    development = clinic | required(described["optional-dependencies"]["dev"]) - {"facialis"}
    assert runtime <= set(pinned((root / "requirements/runtime.txt").read_text("utf-8")))
    assert clinic <= set(pinned((root / "requirements/clinic.txt").read_text("utf-8")))
    assert development <= set(pinned((root / "requirements/dev.txt").read_text("utf-8")))


def imported_by(files):
    imported = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                imported.add(node.module.partition(".")[0])
    providers = packages_distributions()
    outside = imported - set(sys.stdlib_module_names) - {"facialis"}
    return {normalised(name) for module in outside for name in providers[module]}


def of_clinic(root):
    """Files that need the libraries of the web: the clinic, and the verbs of the command line that run it."""
    source = root / "src" / "facialis"
    return {*(source / "clinic").rglob("*.py"), *(source / "cli" / "clinic").rglob("*.py")}


def test_dependencies_are_exactly_what_is_imported(root):
    used = imported_by({*(root / "src").rglob("*.py")} - of_clinic(root))
    assert used == required(project(root)["dependencies"])


def test_the_clinics_dependencies_are_exactly_what_it_imports(root):
    described = project(root)
    runtime = required(described["dependencies"])
    clinic = required(described["optional-dependencies"]["clinic"])
    used = imported_by(of_clinic(root))
    assert used <= runtime | clinic
    assert clinic - used == NAMED_IN_SETTINGS


def test_no_dependency_is_copyleft(root):
    runtime = set(pinned((root / "requirements/clinic.txt").read_text("utf-8")))
    installed = {normalised(found.metadata["Name"]): found.metadata for found in distributions()}
    copyleft = [
        name
        for name in runtime & set(installed)  # a pin for another system is in the lock, but not here
        for licence in [
            installed[name].get("License-Expression", ""),
            *(installed[name].get_all("Classifier") or []),
        ]
        if COPYLEFT.search(licence)
    ]
    assert copyleft == []
