import pytest

from facialis.anatomy.lookup import UnknownNameError, find_member
from facialis.anatomy.nerve import NerveBranch
from facialis.errors import FacialisError


@pytest.mark.parametrize(
    "word", ["marginal_mandibular", "Marginal mandibular", " MARGINAL-MANDIBULAR ", "mm"]
)
def test_capitals_spaces_hyphens_and_aliases_do_not_matter(word):
    aliases = {"MM": NerveBranch.MARGINAL_MANDIBULAR}
    assert find_member(NerveBranch, word, thing="branch", aliases=aliases) is NerveBranch.MARGINAL_MANDIBULAR


def test_member_finds_itself():
    assert find_member(NerveBranch, NerveBranch.BUCCAL, thing="branch") is NerveBranch.BUCCAL


def test_near_word_is_answered_with_what_was_probably_meant():
    with pytest.raises(UnknownNameError) as error:
        find_member(NerveBranch, "Bucal", thing="branch")
    assert str(error.value) == "'Bucal' is no branch. Did you mean buccal?"
    assert error.value.code == "unknown_branch"
    assert isinstance(error.value, FacialisError)


def test_word_near_nothing_is_answered_with_all():
    with pytest.raises(UnknownNameError) as error:
        find_member(NerveBranch, "xyz", thing="branch")
    assert str(error.value) == (
        "'xyz' is no branch. Give one of temporal, zygomatic, buccal, marginal_mandibular, cervical."
    )


@pytest.mark.parametrize("word", [None, True, 14, 1.5, float("nan"), ["buccal"]])
def test_what_is_no_word_is_refused(word):
    with pytest.raises(UnknownNameError, match="named by a word, not by ") as error:
        find_member(NerveBranch, word, thing="branch")
    assert repr(word) in str(error.value)
    assert error.value.code == "unknown_branch"
