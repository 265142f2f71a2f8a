"""Every verb and every option of the command line stands in docs/reference/cli.md."""

import pytest
import typer

from facialis.cli.main import VERBS, app


def commands_below(name, command):
    below = getattr(command, "commands", None)
    if below is None:
        return {name: command}
    return {
        found: leaf for part in below for found, leaf in commands_below(f"{name} {part}", below[part]).items()
    }


def test_help_lists_every_verb_in_order():
    assert list(typer.main.get_command(app).commands) == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_verb_is_documented_with_every_option(verb, root):
    page = (root / "docs" / "reference" / "cli.md").read_text("utf-8")
    for name, command in commands_below(f"facialis {verb}", VERBS[verb].load()).items():
        assert f"## `{name}`" in page, f"docs/reference/cli.md has no section for {name}"
        section = page.partition(f"## `{name}`")[2].partition("\n## ")[0]
        options = {
            option for parameter in command.params for option in parameter.opts if option.startswith("--")
        }
        assert [option for option in sorted(options - {"--help"}) if f"`{option}" not in section] == []
