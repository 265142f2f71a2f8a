"""The rooms stay apart, and the core stays pure."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CORE_ROOMS = ("evidence", "anatomy", "measurement", "toxins", "grading", "twin", "planning")
CLOCK_CALLS = {"now", "today", "utcnow", "perf_counter", "monotonic"}
NETWORK_MODULES = {
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "urllib",
    "urllib3",
}
MAY_REACH_OUT = {
    # The planner's Unix socket, and the port that the clinic itself listens on. Nothing calls outside.
    "src/facialis/clinic/planner/client.py": {"socket"},
    "src/facialis/clinic/operations/listening.py": {"socket"},
}
SLOW_PACKAGES = ("PIL", "altair", "ai_edge_litert", "cv2", "numpy", "scipy", "vl_convert")


def test_rooms_import_only_the_rooms_below_them(root):
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    outcome = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_purity_contract_names_every_core_room_that_exists(root):
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (pure_core,) = [contract for contract in contracts if contract["id"] == "pure-core"]
    existing = {
        f"facialis.{room}" for room in CORE_ROOMS if (root / "src/facialis" / room / "__init__.py").is_file()
    }
    assert existing <= set(pure_core["source_modules"])


def core_files():
    source = Path(__file__).resolve().parents[2] / "src" / "facialis"
    return [file for room in CORE_ROOMS for file in sorted((source / room).rglob("*.py"))]


@pytest.mark.parametrize("file", core_files(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_core_rooms_read_no_clock_and_open_no_file(file):
    calls = [node.func for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not CLOCK_CALLS & {call.attr for call in calls if isinstance(call, ast.Attribute)}, (
        "time is an argument"
    )
    assert "open" not in {call.id for call in calls if isinstance(call, ast.Name)}, (
        "tables are package resources"
    )


def test_command_line_starts_without_slow_packages():
    program = (
        f"import sys, facialis.cli.main\nprint(*[name for name in {SLOW_PACKAGES!r} if name in sys.modules])"
    )
    outcome = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert outcome.stdout.split() == []


@pytest.mark.parametrize("room", ["evidence", "toxins", "grading"])
def test_rooms_of_rules_load_no_numerics(room):
    """Web pages and small scripts score a scale: it must not cost them a second."""
    heavy = (*SLOW_PACKAGES, "jax", "pybtex")
    program = f"import sys, facialis.{room}\nprint(*[name for name in {heavy!r} if name in sys.modules])"
    outcome = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert outcome.stdout.split() == []


def test_no_module_can_open_a_connection(root):
    programs = [*(root / "src").rglob("*.py"), *(root / "workers" / "face_mesh").glob("*.py")]
    reaching_out = {str(file.relative_to(root)): imported_by(file) & NETWORK_MODULES for file in programs}
    found = {name: modules for name, modules in reaching_out.items() if modules}
    assert [name for name, modules in found.items() if modules - MAY_REACH_OUT.get(name, set())] == []


def imported_by(file):
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {
        node.module
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and not is_a_table_of_words(node)
    }
    return {name.partition(".")[0] for name in plain | named}


def is_a_table_of_words(node):
    """`from http import HTTPStatus` and quoting of addresses reach nobody."""
    return node.module == "urllib.parse" or (
        node.module == "http" and {alias.name for alias in node.names} <= {"HTTPStatus", "HTTPMethod"}
    )
