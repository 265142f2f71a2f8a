import io
import stat
import unicodedata
from collections import Counter

import pytest
from PIL import Image

from facialis.clinic.photographs import store
from facialis.clinic.photographs.decoding.decoder import PictureRefusedError, decode
from tests.unit.clinic.photographs.hostile_files import KINDS, PAYLOADS, hostile_files


def check_sentence(sentence):
    assert sentence.endswith(".")
    assert not any(unicodedata.category(c)[0] == "C" for c in sentence), "nothing that deceives the eye"


def outcome(hostile, incoming_file) -> str:
    """What becomes of a file: a clean JPEG, or a sentence that a person can read."""
    try:
        found = decode(incoming_file(hostile.content), name=hostile.name)
    except PictureRefusedError as refused:
        check_sentence(str(refused))
        return refused.code
    for content in (found.picture, found.thumbnail):
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            assert image.format == "JPEG"
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            assert max(image.size) <= 3600
        assert not any(payload in content for payload in PAYLOADS)
        name = store.save(content)
        assert stat.S_IMODE(store.path(name).stat().st_mode) == 0o600
        assert name.endswith(".jpg")
    return "stored"


def check(count, seed, incoming_file, data):
    found = Counter()
    for hostile in hostile_files(count, seed):
        found[hostile.kind, outcome(hostile, incoming_file)] += 1
    assert found["sound", "stored"] == sum(n for (kind, _), n in found.items() if kind == "sound")
    for kind in ("document", "claims_to_be_huge", "almost_nothing"):
        assert not found[kind, "stored"]
    inside = [path for path in data.rglob("*") if path.is_file()]
    assert {path.relative_to(data).parts[0] for path in inside} <= {"photographs", "incoming"}
    assert not [path for path in inside if path.stat().st_mode & 0o111], "nothing can be run"


def test_one_of_each_kind_becomes_a_clean_picture_or_a_sentence(incoming_file, data):
    check(len(KINDS), 1, incoming_file, data)


@pytest.mark.slow
def test_a_thousand_hostile_files_become_clean_pictures_or_sentences(incoming_file, data):
    check(1000, 0, incoming_file, data)
