"""A clinic of its own on the disk, with real processes."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).resolve().parents[4]
PASSPHRASE = "four words in a row"
FACIALIS = Path(sys.executable).with_name("facialis")


class OwnClinic:
    """A data folder, a database and commands that see only these."""

    def __init__(self, data, database_url):
        self.data = data
        self.environment = {
            **os.environ,
            "FACIALIS_DATA": str(data),
            "DATABASE_URL": database_url,
            "FACIALIS_BACKUP_PASSPHRASE": PASSPHRASE,
            "FACIALIS_SECRET_KEY": "",  # the clinic's own lies in its folder
            "DJANGO_SETTINGS_MODULE": "facialis.clinic.settings",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        }

    def run(self, *command, check=True, **environment):
        outcome = subprocess.run(
            command,
            cwd=ROOT,
            env={**self.environment, **environment},
            check=False,
            capture_output=True,
            text=True,
        )
        assert not check or outcome.returncode == 0, outcome.stdout + outcome.stderr
        return outcome

    def facialis(self, *arguments, check=True, **environment):
        return self.run(FACIALIS, *arguments, check=check, **environment)

    def manage(self, *arguments, check=True):
        return self.run(sys.executable, "-m", "facialis.clinic.manage", *arguments, check=check)

    def count(self, model):
        code = f"from django.apps import apps; print(apps.get_model('{model}').objects.count())"
        return int(self.manage("shell", "--no-imports", "-c", code).stdout.split()[-1])

    @contextmanager
    def at_work(self):
        """Records come in while the block runs."""
        with subprocess.Popen(
            [sys.executable, "-m", "tests.factories.keep_writing"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            try:
                assert writer.stdout.readline() == "at work\n"
                yield writer
                assert writer.poll() is None, "the writer ended by itself"
            finally:
                writer.kill()


@contextmanager
def own_database():
    """Address of an empty database; that of the tests decides whether it is SQLite or PostgreSQL."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield ""
        return
    import psycopg

    name = f"facialis_{uuid4().hex[:12]}"
    with psycopg.connect(given, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{given.rpartition('/')[0]}/{name}"
        finally:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def own_clinic(tmp_path_factory):
    with own_database() as url:
        data = tmp_path_factory.mktemp("clinic") / "data"
        data.mkdir(mode=0o700)
        (data / "secret-key").write_text("k" * 60, "utf-8")
        clinic = OwnClinic(data, url)
        clinic.manage("migrate", "--verbosity", "0")
        yield clinic


@pytest.fixture
def empty_clinic(tmp_path):
    """Where nothing is yet, not even the folder."""
    with own_database() as url:
        yield OwnClinic(tmp_path / "restored", url)
