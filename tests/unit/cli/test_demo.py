"""`facialis demo` keeps what is there, and says so before it draws anything."""

from typer.testing import CliRunner

from facialis.cli.demo import command as demo_module


def test_former_demonstration_is_kept_without_force(tmp_path, monkeypatch):
    def draw(*_, **__):
        raise AssertionError("drawn in spite of the old page")

    monkeypatch.setattr(demo_module, "photograph_twin", draw)
    monkeypatch.setattr(demo_module, "forecast", draw)
    (tmp_path / "index.html").write_text("old")
    run = CliRunner().invoke(demo_module.app, ["--out", str(tmp_path)])
    assert run.exit_code == 2
    assert (tmp_path / "index.html").read_text() == "old"
