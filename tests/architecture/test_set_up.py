"""What the set-up says when it cannot go on, and what `make` offers."""

import os
import re
import shutil
import subprocess

import pytest

MAKE = shutil.which("make")


def test_find_python_says_what_was_found_and_what_to_do(root, tmp_path):
    alone = {**os.environ, "PATH": f"{tmp_path}"}
    outcome = subprocess.run(
        ["/bin/sh", root / "tools" / "find_python", "3.11", "3.13"],
        check=False, capture_output=True, text=True, env=alone,
    )  # fmt: skip
    assert outcome.returncode == 1
    assert "no Python 3 at all" in outcome.stderr
    assert "3.11 to 3.13" in outcome.stderr
    assert "make env PYTHON=" in outcome.stderr


def test_find_python_names_the_package_that_is_missing(root, tmp_path):
    without_venv = tmp_path / "python3.11"
    without_venv.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexit 0\n')
    without_venv.chmod(0o755)
    outcome = subprocess.run(
        ["/bin/sh", root / "tools" / "find_python", "3.11", "3.13"],
        check=False, capture_output=True, text=True, env={**os.environ, "PATH": f"{tmp_path}"},
    )  # fmt: skip
    assert outcome.returncode == 1
    assert "sudo apt-get install python3-venv" in outcome.stderr


@pytest.mark.skipif(MAKE is None, reason="make is not installed")
def test_make_alone_lists_every_target_that_has_a_sentence(root):
    makefile = (root / "Makefile").read_text("utf-8")
    described = re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE)
    assert {"env", "demo", "test", "check", "bench", "clean", "help"} <= set(described)
    listed = subprocess.run([MAKE, "--silent"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert re.findall(r"make ([a-z]+) ", listed) == described
