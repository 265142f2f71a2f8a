import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from facialis.clinic.photographs import incoming, store
from facialis.clinic.photographs.sweep import SETTLED_S, look


def age(path):
    long_ago = path.stat().st_mtime - SETTLED_S - 60
    os.utime(path, (long_ago, long_ago))


def swept(**options) -> str:
    out = StringIO()
    call_command("sweep_photographs", stdout=out, **options)
    return out.getvalue()


def test_only_old_files_without_a_record_go_and_only_when_asked(upload):
    row = upload()
    orphan, young = store.path(store.save(b"orphan")), store.path(store.save(b"young"))
    half = store.path(row.file_name).with_name("0" * 32 + ".jpg.part")
    half.write_bytes(b"half")
    for path in (orphan, half, store.path(row.file_name), store.path(row.thumbnail_name)):
        age(path)
    assert str(orphan) in swept()
    assert orphan.exists()
    swept(delete=True)
    assert not orphan.exists()
    assert not half.exists()
    assert young.exists()
    assert store.read(row.file_name)


def test_a_record_without_its_file_is_an_error(upload):
    row = upload()
    store.remove(row.file_name)
    assert look().missing == (row.file_name,)
    with pytest.raises(CommandError, match="backup"):
        swept()


def test_forgotten_uploads_are_swept_and_running_ones_are_not(incoming_file):
    old, running = incoming_file(b"1"), incoming_file(b"2")
    folder = incoming.folder() / "decode"
    folder.mkdir()
    (folder / "picture.jpg").write_bytes(b"3")
    for path in (old, folder):
        age(path)
    assert incoming.sweep() == 2
    assert list(incoming.folder().iterdir()) == [running]
