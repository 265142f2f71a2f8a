import os
import stat

import pytest

from facialis.clinic.photographs import store


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_comes_back_as_it_was_and_only_the_owner_can_read_it(data):
    name = store.save(b"a picture")
    assert store.read(name) == b"a picture"
    assert mode_of(store.path(name)) == 0o600
    assert {mode_of(folder) for folder in [store.folder(), *store.path(name).parents[:2]]} == {0o700}
    assert store.path(name).is_relative_to(data / "photographs")


def test_names_are_random():
    names = {store.save(b"same") for _ in range(20)}
    assert len(names) == 20


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "a.jpg", "0" * 32, "0" * 32 + ".php", "0" * 32 + ".jpg\n", "\x00" * 32]
)
def test_only_names_of_the_store_lead_to_a_path(name):
    with pytest.raises(store.StoreError, match="no name of the store"):
        store.path(name)


def test_a_missing_file_is_a_sentence():
    with pytest.raises(store.StoreError, match="cannot be read"):
        store.read("0" * 32 + ".jpg")


def test_a_write_that_fails_leaves_nothing(monkeypatch):
    store.save(b"before")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.save(b"half")
    assert [file.read_bytes() for file in store.files()] == [b"before"]


def test_a_file_is_never_seen_half_written(monkeypatch):
    seen = []
    real = os.fsync

    def look(descriptor):
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            seen.extend(file for file in store.files() if not store.is_half_written(file))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    store.save(b"whole")
    assert seen == []
    assert len(list(store.files())) == 1


def test_files_of_a_transaction_that_was_taken_back_are_removed():
    names = store.save(b"one"), "", store.save(b"two")
    store.remove(*names)
    assert list(store.files()) == []
