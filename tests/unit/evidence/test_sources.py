"""The bibliography: every source has a kind, a quality, and says how it is known."""

import pytest

from facialis.evidence import EvidenceError, UnknownReferenceError
from facialis.evidence.bibliography import source_keys
from facialis.evidence.sources import Quality, Source, SourceKind, bibtex_of, parse_sources, source, sources

ENTRY = """@article{House85,
  kind = {instrument}, quality = {-}, seen = {found},
  author = {House, J. W. and Brackmann, D. E.}, journal = {Otolaryngol}, year = {1985},
  volume = {93}, pages = {146--147}, doi = {10.1000/182}, pmid = {1234567}, pmcid = {PMC123456},
  note = {Known to M{\\"u}ller.}
}
"""


def test_entry_becomes_a_source():
    assert parse_sources(ENTRY) == {
        "House85": Source(
            "House85",
            SourceKind.INSTRUMENT,
            Quality.NOT_GRADED,
            "found",
            ("House JW", "Brackmann DE"),
            "",
            "Otolaryngol",
            "1985",
            "93",
            "",
            "146–147",
            "10.1000/182",
            "1234567",
            "PMC123456",
            "Known to Müller.",
        )
    }


@pytest.mark.parametrize(
    ("change", "reference"),
    [
        (
            ("", ""),
            "House JW, Brackmann DE. Otolaryngol 1985;93:146–147. doi 10.1000/182. PMID 1234567. PMC123456.",
        ),
        (("volume = {93},", ""), "House JW, Brackmann DE. Otolaryngol 1985;146–147. doi"),
        (("pages = {146--147},", ""), "House JW, Brackmann DE. Otolaryngol 1985;93. doi"),
        (("volume = {93}, pages = {146--147},", ""), "House JW, Brackmann DE. Otolaryngol 1985. doi"),
        (("volume = {93}", "volume = {93}, number = {2}"), "1985;93(2):146–147."),
        (("year = {1985},", ""), "House JW, Brackmann DE. Otolaryngol 93:146–147. doi"),
        (("author =", "title = {A scale.}, author ="), "House JW, Brackmann DE. A scale. Otolaryngol"),
        (("doi = {10.1000/182},", ""), "93:146–147. PMID 1234567."),
        (("pmid = {1234567},", ""), "doi 10.1000/182. PMC123456."),
    ],
)
def test_reference_says_only_what_is_known(change, reference):
    (entry,) = parse_sources(ENTRY.replace(*change)).values()
    assert reference in entry.reference


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("kind = {instrument}", "kind = {rumour}"), "House85: 'rumour' is not a valid SourceKind"),
        (("quality = {-}", "quality = {Z}"), "House85: 'Z' is not a valid Quality"),
        (("quality = {-},", ""), "House85: '' is not a valid Quality"),
        (("seen = {found},", ""), "House85: say under `seen` how"),
        (("author = {House, J. W. and Brackmann, D. E.},", ""), "House85: it has neither author nor title"),
        (("10.1000/182", "11.1000"), "House85: '11.1000' is no doi"),
        (("1234567", "12"), "House85: '12' is no pmid"),
        (("PMC123456", "123456"), "House85: '123456' is no pmcid"),
        (("note = {", "note = {{"), "bibliography.bib cannot be read"),
        (("}\n}", "}\n}\n@misc{House85, title = {Twice}}"), "bibliography.bib cannot be read"),
    ],
)
def test_bad_entry_is_refused_with_its_reason(change, message):
    with pytest.raises(EvidenceError, match=message):
        parse_sources(ENTRY.replace(*change))


def test_every_key_that_tables_may_use_is_a_whole_source():
    assert set(sources()) == source_keys()
    assert source("House85").kind is SourceKind.INSTRUMENT


def test_unknown_source_is_refused():
    with pytest.raises(UnknownReferenceError, match="There is no source 'Nobody99'"):
        source("Nobody99")
    with pytest.raises(UnknownReferenceError):
        bibtex_of(["Nobody99"])


def test_bibtex_of_sources_can_be_read_again():
    assert list(parse_sources(bibtex_of(["Ross96", "House85"]))) == ["Ross96", "House85"]
