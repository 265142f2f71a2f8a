import io

import pytest
import typer
from typer.testing import CliRunner

from facialis import __version__
from facialis.cli import main as cli
from facialis.errors import FacialisError


def test_version_is_printed():
    outcome = CliRunner().invoke(cli.app, ["--version"])
    assert (outcome.exit_code, outcome.stdout.strip()) == (0, f"facialis {__version__}")


def test_help_names_every_verb_with_its_sentence():
    outcome = CliRunner().invoke(cli.app, ["--help"], terminal_width=160)
    assert outcome.exit_code == 0
    for name, verb in cli.VERBS.items():
        assert name in outcome.stdout
        assert verb.help in outcome.stdout


def test_mistyped_verb_is_wrong_usage_and_suggests_the_right_one():
    outcome = CliRunner().invoke(cli.app, ["mesure"])
    assert outcome.exit_code == 2
    assert "'measure'" in outcome.stderr


@pytest.mark.parametrize("name", cli.VERBS)
def test_verb_loads_and_explains_itself(name):
    outcome = CliRunner().invoke(cli.app, [name, "--help"])
    assert outcome.exit_code == 0, outcome.output
    assert "Usage" in outcome.stdout


@pytest.mark.parametrize(
    ("name", "shown_name"),
    [("empty", "empty"), ("Büro [bold] 顔", "Büro [bold] 顔"), ("a\x1b[31m\u202eb", "a\\x1b[31m\\u202eb")],
    ids=["plain", "letters of the world", "orders to the terminal"],
)
def test_error_that_a_person_can_put_right_is_one_sentence(monkeypatch, capsys, name, shown_name):
    def cannot() -> None:
        raise FacialisError(f"Found no photographs in '{name}'.\nName a folder with pictures.")

    verb = typer.Typer()
    verb.command()(cannot)
    monkeypatch.setattr(cli.Verb, "load", lambda _: typer.main.get_command(verb))
    monkeypatch.setattr("sys.argv", ["facialis", "doctor"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    shown = capsys.readouterr()
    assert stopped.value.code == cli.EXIT_FAULT
    assert shown.err == f"facialis: Found no photographs in '{shown_name}'.\nName a folder with pictures.\n"
    assert shown.out == ""


def test_sign_that_the_output_cannot_hold_is_written_out(monkeypatch):
    verb = typer.Typer()
    verb.command()(lambda: typer.echo("LEFT \N{MINUS SIGN}4.1 mm"))
    output = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(cli.Verb, "load", lambda _: typer.main.get_command(verb))
    monkeypatch.setattr("sys.argv", ["facialis", "doctor"])
    monkeypatch.setattr("sys.stdout", output)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    output.flush()
    assert stopped.value.code == 0
    assert output.buffer.getvalue().splitlines() == [b"LEFT \\u22124.1 mm"]
