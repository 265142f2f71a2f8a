import pytest

from facialis.clinic.photographs.label import is_same_name


@pytest.mark.parametrize(
    "label",
    ["Müller", "MUELLER", "Anna Muller", "Müller, Anna Maria", "müller-a.", "Mueler Anna", "A. M. Müller"],
)
def test_ways_to_write_a_name(label):
    assert is_same_name(label, "Müller", "Anna Maria")


@pytest.mark.parametrize("label", ["Huber", "Anna Huber", "Anna", "Müller, Karl", "", "123", "A", "Schiller"])
def test_other_names_and_too_little(label):
    assert not is_same_name(label, "Müller", "Anna Maria")


def test_a_family_name_of_several_words():
    assert is_same_name("DE LA CRUZ", "de la Cruz", "José")
    assert is_same_name("José de la Cruz", "de la Cruz", "José")
    assert not is_same_name("José Cruz Gomez", "de la Cruz", "José")
