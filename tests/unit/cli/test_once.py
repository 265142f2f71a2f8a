"""Of two answers to one option none is taken in silence."""

import pytest
from typer.testing import CliRunner

from facialis.cli import main as cli
from facialis.cli.anatomy import app as anatomy
from facialis.cli.once import OnceCommand
from facialis.cli.toxin import app as toxin

VIAL = ["dilute", "--vial", "100", "--saline", "2"]


def test_two_products_are_refused():
    outcome = CliRunner().invoke(toxin, [*VIAL, "--product", "dysport", "--product", "botox"])
    assert outcome.exit_code == 2
    assert "--product is given more than once. Give it once." in outcome.stderr
    assert outcome.stdout == ""


def test_both_words_of_one_switch_are_refused(tmp_path):
    target = tmp_path / "face.svg"
    outcome = CliRunner().invoke(anatomy, ["draw", "--out", str(target), "--sites", "--no-sites"])
    assert outcome.exit_code == 2
    assert "--sites / --no-sites is given more than once." in outcome.stderr
    assert not target.exists()


def test_option_that_may_be_repeated_is_taken_each_time():
    outcome = CliRunner().invoke(toxin, [*VIAL, "--product", "botox", "--dose", "2.5", "--dose", "5"])
    assert outcome.exit_code == 0, outcome.output
    assert "Total 7.5 units onabotulinumtoxinA" in outcome.stdout


@pytest.mark.parametrize("name", cli.VERBS)
def test_every_command_takes_an_option_once(name):
    verb = cli.VERBS[name].load()
    for command in getattr(verb, "commands", {name: verb}).values():
        assert isinstance(command, OnceCommand) or not [
            option for option in command.params if option.param_type_name == "option"
        ]
