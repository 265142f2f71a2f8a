import stat

import pytest

from facialis.clinic.environment import read_environment
from facialis.clinic.operations.folder import FolderError, only_one, prepare_folder
from facialis.clinic.operations.listening import AddressError, is_loopback, listen


@pytest.fixture
def environment(tmp_path, monkeypatch):
    monkeypatch.setenv("FACIALIS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FACIALIS_SECRET_KEY", "")
    monkeypatch.setattr("os.umask", lambda _: None)  # that of the tests stays as it is
    return read_environment


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_and_its_key_are_for_one_account_only(environment):
    made = prepare_folder(environment())
    assert mode(made.data) == 0o700
    assert mode(made.data / "secret-key") == 0o600
    assert len(made.secret_key) >= 64
    assert [path.name for path in made.data.iterdir() if "key" in path.name] == ["secret-key"]


def test_the_key_stays_the_same(environment):
    assert prepare_folder(environment()).secret_key == prepare_folder(environment()).secret_key


def test_a_key_from_the_environment_leaves_none_behind(environment, monkeypatch):
    monkeypatch.setenv("FACIALIS_SECRET_KEY", "from elsewhere")
    made = prepare_folder(environment())
    assert made.secret_key == "from elsewhere"
    assert not (made.data / "secret-key").exists()


@pytest.mark.parametrize("open_to", [0o750, 0o705, 0o777])
def test_a_folder_that_others_may_enter_is_refused(environment, open_to):
    data = environment().data
    data.mkdir()
    data.chmod(open_to)
    with pytest.raises(FolderError, match="chmod 700"):
        prepare_folder(environment())


def test_a_file_in_place_of_the_folder_is_refused(environment):
    environment().data.write_text("a file")
    with pytest.raises(FolderError, match="FACIALIS_DATA"):
        prepare_folder(environment())


def test_a_clinic_is_served_once_at_a_time(environment):
    made = prepare_folder(environment())
    with only_one(made), pytest.raises(FolderError, match="Another"), only_one(made):
        pytest.fail("the folder was given twice")
    with only_one(made):
        pass


@pytest.mark.parametrize(
    ("host", "is_own"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.3.4.5", True),
     ("0.0.0.0", False), ("::", False), ("192.168.1.5", False), ("clinic.example", False)],  # noqa: S104
)  # fmt: skip
def test_only_this_machine_is_told_from_the_network(host, is_own):
    assert is_loopback(host) is is_own


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_port_that_is_taken_is_a_sentence():
    with listen("127.0.0.1", 0) as link:
        port = link.getsockname()[1]
        with pytest.raises(AddressError, match=f"port {port} .* Choose another port"):
            listen("127.0.0.1", port)
