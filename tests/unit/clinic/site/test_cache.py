"""The cache behind lockouts and one-time codes: of many at once one is the first, and no lockout is lost."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from facialis.clinic import settings as of_the_clinic
from facialis.clinic.site import cache as room
from facialis.clinic.site.cache import SharedCache

ROUNDS, RIVALS = 25, 4


@pytest.fixture
def cache(tmp_path):
    return SharedCache(tmp_path / "cache", {})


def add_all(folder):
    """Of one rival: in which rounds it was the first."""
    own = SharedCache(folder, {})
    return [number for number in range(ROUNDS) if own.add(f"code-{number}", os.getpid())]


@pytest.mark.parametrize(
    "pool",
    [
        lambda: ThreadPoolExecutor(RIVALS),
        lambda: ProcessPoolExecutor(RIVALS, mp_context=multiprocessing.get_context("spawn")),
    ],
    ids=["threads", "processes"],
)
def test_of_many_at_once_exactly_one_adds(tmp_path, pool):
    with pool() as rivals:
        won = list(rivals.map(add_all, [tmp_path / "cache"] * RIVALS))
    assert sorted(number for rounds in won for number in rounds) == list(range(ROUNDS))


def test_what_has_expired_may_be_added_again(cache):
    cache.set("code", "old", timeout=-1)
    assert cache.get("code") is None
    assert cache.add("code", "new")
    assert not cache.add("code", "newer")
    assert cache.get("code") == "new"


def test_looking_at_what_has_expired_deletes_nothing_that_was_written_since(cache, tmp_path):
    cache.set("code", "old", timeout=-1)
    [lying] = (tmp_path / "cache").glob("*.djcache")
    with lying.open("rb") as old:
        cache.set("code", "new")
        assert cache._is_expired(old)
    assert cache.get("code") == "new"


def test_what_has_expired_is_swept_and_the_rest_kept(cache, tmp_path, settings):
    cache.set("locked", 1, timeout=600)
    cache.set("always", 1, timeout=None)
    cache.set("over", 1, timeout=-1)
    (tmp_path / "cache" / "empty.djcache").touch()
    assert room.sweep() == 0  # of another kind, as in these tests
    settings.CACHES = {
        "default": {"BACKEND": "facialis.clinic.site.cache.SharedCache", "LOCATION": tmp_path / "cache"}
    }
    assert room.sweep() == 2
    assert (cache.get("locked"), cache.get("always"), cache.get("over")) == (1, 1, None)
    assert len(list((tmp_path / "cache").glob("*.djcache"))) == 2


def test_what_another_process_deleted_meanwhile_is_no_fault(cache, tmp_path):
    assert not cache._has_ended(tmp_path / "cache" / "gone.djcache")


def test_the_clinic_keeps_far_more_than_a_flood_of_guesses_writes(tmp_path):
    own = of_the_clinic.CACHES["default"]
    assert own["BACKEND"] == "facialis.clinic.site.cache.SharedCache"
    kept = SharedCache(tmp_path, own)
    kept.set("locked", 1)
    for number in range(400):  # Django's own would keep 300
        kept.set(f"guess-{number}", 1)
    assert kept.get("locked") == 1
    assert len(list(tmp_path.glob("*.djcache"))) == 401
