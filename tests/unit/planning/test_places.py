"""Targets with their side."""

from facialis.anatomy import InjectionTarget, Side
from facialis.planning.places import all_places, is_midline, mentioned, place_of, place_text

T = InjectionTarget


def test_only_procerus_lies_on_the_midline():
    assert [target for target in T if is_midline(target)] == [T.PROCERUS]
    assert len(all_places()) == 2 * 15 + 1


def test_midline_has_no_side_whichever_was_written():
    assert place_of(T.PROCERUS, Side.LEFT) == (None, T.PROCERUS)
    assert place_of(T.MENTALIS, Side.LEFT) == (Side.LEFT, T.MENTALIS)


def test_target_without_a_side_means_both():
    assert mentioned((None, T.MENTALIS)) == ((Side.LEFT, T.MENTALIS), (Side.RIGHT, T.MENTALIS))
    assert mentioned((Side.LEFT, T.MENTALIS)) == ((Side.LEFT, T.MENTALIS),)
    assert mentioned((Side.LEFT, T.PROCERUS)) == ((None, T.PROCERUS),)


def test_words():
    assert place_text((Side.RIGHT, T.DEPRESSOR_ANGULI_ORIS)) == "depressor anguli oris, RIGHT"
    assert place_text((None, T.PROCERUS)) == "procerus, midline"
    assert place_text((None, T.MENTALIS)) == "mentalis, both sides"
