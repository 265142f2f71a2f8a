"""The project speaks of itself alone: no machine, no registry, no loose end in any tracked file."""

import re

import pytest

TEXT_SUFFIXES = {"", ".css", ".csv", ".html", ".in", ".json", ".md", ".py", ".svg", ".toml", ".txt", ".yaml"}

FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w.:/<])/(home|root|work|tmp|opt|Users|mnt)/\w"),
    "a package registry's address": re.compile(r"pypi\.[a-z]|pythonhosted\.[a-z]|npmjs\.[a-z]|crates\.io"),
    "an index option": re.compile(r"^--?(extra-)?(index-url|find-links|trusted-host)\b", re.MULTILINE),
    "a ticket number": re.compile(r"\b(issue|issues|ticket)\s+(no\.?\s*|#)?\d+\b", re.IGNORECASE),
    "a loose end": re.compile(r"\b([T]ODO|[F]IXME|[X]XX)\b"),
    "a merge conflict": re.compile(r"^(<{7}|>{7}) ", re.MULTILINE),
}
LONGEST_MODULE_LINES = 400
LARGEST_FILE_BYTES = 3_000_000


def text_files(tracked_files):
    return [file for file in tracked_files if file.suffix in TEXT_SUFFIXES and file.name != "LICENSE"]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_contains(what, tracked_files, root):
    found = [
        f"{file.relative_to(root)}: {match.group(0)}"
        for file in text_files(tracked_files)
        for match in FORBIDDEN[what].finditer(file.read_text("utf-8"))
    ]
    assert not found, f"{what}: {found[:10]}"


def test_modules_are_short_enough_to_hold_in_the_head(tracked_files, root):
    lines = {
        str(file.relative_to(root)): len(file.read_text("utf-8").splitlines())
        for file in tracked_files
        if file.suffix == ".py" and file.parent.name != "migrations"  # written by Django, read by nobody
    }
    assert {name: count for name, count in lines.items() if count > LONGEST_MODULE_LINES} == {}


def test_no_tracked_file_is_a_model_or_a_photo_album(tracked_files, root):
    large = [
        str(file.relative_to(root)) for file in tracked_files if file.stat().st_size > LARGEST_FILE_BYTES
    ]
    assert large == []


def test_shared_material_is_read_by_tests_tools_and_benchmarks_only(tracked_files, root):
    source = root / "src"
    readers = [
        str(file.relative_to(root))
        for file in tracked_files
        if file.is_relative_to(source) and file.suffix == ".py" and "../shared" in file.read_text("utf-8")
    ]
    assert readers == []
