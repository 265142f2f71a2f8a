import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facialis.clinic.operations.safekeeping.errors import DamagedError, PassphraseError
from facialis.clinic.operations.safekeeping.sealing import LEAST_COST, MAGIC, Opener, Sealer, check_passphrase

pytestmark = pytest.mark.slow

PASSPHRASE = "four words in a row"
PIECE = 64


def sealed(plain, passphrase=PASSPHRASE):
    out = io.BytesIO()
    sealer = Sealer(out, passphrase, cost=LEAST_COST, piece=PIECE)
    sealer.write(plain)
    sealer.finish()
    return out.getvalue()


def opened(content, passphrase=PASSPHRASE):
    return Opener(io.BytesIO(content), passphrase).readall()


PLAIN = bytes(range(256)) * 2
"""Eight full pieces."""
SEALED = sealed(PLAIN)
BODY = len(SEALED) - 8 * (PIECE + 16)
"""Where the pieces begin."""


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 1000])
def test_what_was_sealed_comes_back(size):
    plain = bytes(i % 251 for i in range(size))
    assert opened(sealed(plain)) == plain


def test_nothing_of_the_content_can_be_seen():
    assert b"Ada Muster" not in sealed(b"Ada Muster" * 50)
    assert sealed(b"the same") != sealed(b"the same")


def test_another_passphrase_opens_nothing():
    with pytest.raises(PassphraseError, match="not the one"):
        opened(SEALED, "four words in a wor")


def test_one_passphrase_in_two_spellings_of_unicode_is_one():
    assert opened(sealed(b"x", "Käsekuchen mit Sahne"), "Ka\u0308sekuchen mit Sahne") == b"x"


@pytest.mark.parametrize("short", ["", "elevensigns"])
def test_a_short_passphrase_is_refused(short):
    with pytest.raises(PassphraseError, match="at least 12"):
        check_passphrase(short)


@settings(max_examples=40)
@given(st.integers(BODY, len(SEALED) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_found(place, bit):
    changed = bytearray(SEALED)
    changed[place] ^= 1 << bit
    with pytest.raises(DamagedError, match="damaged or cut short"):
        opened(bytes(changed))


@pytest.mark.parametrize("place", [0, 5, len(MAGIC) + 12, len(MAGIC) + 80, BODY - 1])
def test_a_flipped_bit_of_the_first_lines_is_found(place):
    changed = bytearray(SEALED)
    changed[place] ^= 1
    with pytest.raises((DamagedError, PassphraseError)):
        opened(bytes(changed))


@settings(max_examples=40)
@given(st.integers(BODY, len(SEALED) - 1))
def test_a_missing_end_is_found(length):
    with pytest.raises(DamagedError, match="cut short"):
        opened(SEALED[:length])


def test_a_file_that_ends_between_two_pieces_is_said_to_be_cut():
    with pytest.raises(DamagedError, match="its end is missing"):
        opened(SEALED[: BODY + 3 * (PIECE + 16)])


@pytest.mark.parametrize("extra", [b"x", b"x" * (PIECE + 16)])
def test_something_after_the_end_is_found(extra):
    with pytest.raises(DamagedError):
        opened(SEALED + extra)


def test_exchanged_pieces_are_found():
    step = PIECE + 16
    first, second = SEALED[BODY : BODY + step], SEALED[BODY + step : BODY + 2 * step]
    with pytest.raises(DamagedError):
        opened(SEALED[:BODY] + second + first + SEALED[BODY + 2 * step :])


def test_nothing_is_given_of_a_piece_that_was_changed():
    changed = bytearray(SEALED)
    changed[BODY + 2 * (PIECE + 16)] ^= 1
    opener = Opener(io.BytesIO(changed), PASSPHRASE)
    assert b"".join(opener.read(PIECE) for _ in range(2)) == PLAIN[: 2 * PIECE]
    with pytest.raises(DamagedError):
        opener.read(1)


@pytest.mark.parametrize("cost", ["1", "16777216", "20000", "true", '"16384"'])
def test_a_header_cannot_ask_for_a_weak_key_or_for_all_memory(cost):
    changed = SEALED.replace(b'"cost": 16384', b'"cost": ' + cost.encode())
    assert changed != SEALED
    with pytest.raises(DamagedError, match="first lines"):
        opened(changed)


def test_another_file_is_no_backup():
    with pytest.raises(DamagedError, match="no backup of Facialis"):
        opened(b"PK\x03\x04 some other file")
