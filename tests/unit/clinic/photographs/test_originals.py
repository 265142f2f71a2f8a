import stat
from dataclasses import replace

import pytest

from facialis.clinic.photographs import original_key, store
from facialis.clinic.photographs.original_key import OriginalError
from tests.unit.clinic.photographs.conftest import jpeg


def test_an_original_decrypts_to_the_same_bytes_and_is_not_readable_without(data):
    name = store.save_original(b"as it was uploaded")
    assert b"uploaded" not in store.read(name)
    assert store.read_original(name) == b"as it was uploaded"
    assert stat.S_IMODE((data / "originals-key").stat().st_mode) == 0o600


def test_the_key_is_made_once(data):
    first, second = store.save_original(b"1"), store.save_original(b"2")
    assert [store.read_original(first), store.read_original(second)] == [b"1", b"2"]
    assert len((data / "originals-key").read_bytes()) == 32
    assert not list(data.glob("originals-key.*"))


def test_another_process_that_made_the_key_first_wins(data, monkeypatch):
    key = data / "originals-key"
    data.mkdir(parents=True)

    def other_was_first(size):
        if not key.exists():
            key.write_bytes(b"k" * 32)
        return b"n" * size

    monkeypatch.setattr(original_key.os, "urandom", other_was_first)
    content = original_key.encrypt(b"x", bound_to="n")
    assert key.read_bytes() == b"k" * 32
    assert original_key.decrypt(content, bound_to="n") == b"x"


def test_a_changed_or_swapped_original_is_noticed():
    one, two = store.save_original(b"1"), store.save_original(b"2")
    store.path(one).write_bytes(store.path(two).read_bytes())
    with pytest.raises(OriginalError, match="changed"):
        store.read_original(one)


def test_a_damaged_key_is_not_replaced(data):
    store.save_original(b"1")
    (data / "originals-key").write_bytes(b"short")
    with pytest.raises(OriginalError, match="5 bytes"):
        store.save_original(b"2")


def test_originals_are_kept_only_where_the_clinic_asks_for_it(settings, upload):
    content = jpeg(1)
    assert upload(content).original_name == ""
    settings.FACIALIS = replace(settings.FACIALIS, keeps_originals=True)
    assert store.read_original(upload(content).original_name) == content
