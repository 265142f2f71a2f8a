"""Every hazard of SAFETY.md names a test, and that test exists."""

import ast
import re
from pathlib import Path

import pytest

SAFETY = Path(__file__).resolve().parents[2] / "SAFETY.md"
TEST_NAME = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def hazards():
    parts = re.split(r"^### (H-\d{3})\b", SAFETY.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def test_hazards_are_numbered_without_gaps():
    numbers = [number for number, _ in hazards()]
    assert numbers == [f"H-{index:03d}" for index in range(1, len(numbers) + 1)]
    assert numbers


@pytest.mark.parametrize(("number", "text"), hazards(), ids=[number for number, _ in hazards()])
def test_hazard_names_tests_that_exist(number, text, root):
    named = TEST_NAME.findall(text)
    assert named, f"{number} names no test"
    missing = [f"{file}::{test}" for file, test in named if test not in defined_in(root / file)]
    assert missing == []


def defined_in(file):
    if not file.is_file():
        return set()
    return {
        node.name
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
