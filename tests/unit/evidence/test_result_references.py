"""A result names what it rests on wherever it uses it."""

from facialis.evidence.result_references import MAX_DEPTH, names_in_result


def test_names_are_collected_once_in_order():
    result = {
        "evidence": ["measurement/norms"],
        "photos": [{"source_key": "House85", "file": "x"}, {"sources": {"a": "Ross96", "b": ["House85"]}}],
        "citations": [{"key": "Banks15"}],
        "value": 3,
    }
    assert names_in_result(result) == ("measurement/norms", "House85", "Ross96", "Banks15")


def test_words_under_other_keys_are_not_names():
    assert names_in_result({"file": "House85", "list": ["Ross96"]}) == ()


def test_a_file_deeper_than_any_result_ends():
    deep = "House85"
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    assert names_in_result({"sources": deep}) == ()
