"""The German catalogue: whole, current, and never the other side, another value or another number."""

import gettext
import re
from itertools import zip_longest
from pathlib import Path

import pytest
from tools.write_table_words import MODULE, module_text

from tests.unit.clinic.po_file import CATALOGUE, read_po

ROOT = Path(__file__).parents[3]
ENTRIES = read_po(ROOT / CATALOGUE / "django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[a-z]|%%|(?<!\d )%[a-z]|\{\w+\}|</?\w+[^>]*>")
NUMBER = re.compile(r"(?<![\w{(])\d+(?:\.\d+)?")
SAME_WORDS = {"LEFT": "LINKS", "RIGHT": "RECHTS", "CONTRALATERAL": "GEGENSEITE"}


def pairs():
    """Each source with each of its translations."""
    return [
        (source, translation)
        for entry in ENTRIES
        for source, translation in zip_longest(entry.sources, entry.translations, fillvalue="")
    ]


def differing(found):
    """Pairs in which one pattern finds other things on both sides."""
    return [pair for pair in pairs() if sorted(found(pair[0])) != sorted(found(pair[1]))]


def test_the_catalogue_is_there():
    assert len(ENTRIES) > 2000


def test_every_text_is_translated_and_none_is_a_guess():
    open_ones = [entry.texts["msgid"] for entry in ENTRIES if not all(entry.translations)]
    guessed = [entry.texts["msgid"] for entry in ENTRIES if "fuzzy" in entry.flags]
    assert open_ones == []
    assert guessed == []


def test_every_plural_has_both_forms():
    assert [e.texts for e in ENTRIES if len(e.translations) != len(e.sources)] == []


def test_values_and_marks_are_the_same_on_both_sides():
    assert differing(PLACEHOLDER.findall) == []


def test_numbers_are_the_same_on_both_sides():
    assert differing(NUMBER.findall) == []


@pytest.mark.parametrize(("english", "german"), SAME_WORDS.items())
def test_a_side_is_never_lost_nor_turned(english, german):
    lost = [
        (source, translation)
        for source, translation in pairs()
        if len(re.findall(rf"\b{english}\b", source)) != len(re.findall(rf"\b{german}\b", translation))
    ]
    assert lost == []


def test_line_ends_and_spaces_at_the_ends_are_kept():
    def ends(text):
        return [text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]]

    assert differing(ends) == []


def test_nobody_is_addressed_with_du():
    assert [pair for pair in pairs() if re.search(r"\b(du|dein\w*|dir|dich)\b", pair[1])] == []


def test_the_compiled_catalogue_is_that_of_the_texts():
    with (ROOT / CATALOGUE / "django.mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    compiled.pop("")
    written = {}
    for entry in ENTRIES:
        written.update(zip(entry.keys, entry.translations, strict=True))
    assert compiled == written, "Run `make messages`."


def test_words_of_tables_are_all_listed_for_translation():
    assert MODULE.read_text("utf-8") == module_text(), "Run `make messages`."
