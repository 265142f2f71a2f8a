"""The table on the terminal."""

import io

from rich.console import Console

from facialis.anatomy.expressions import Expression
from facialis.report.text_table import print_result
from tests.factories.results import photo_result, refused_result, set_result

REST, SMILE = photo_result(Expression.REST), photo_result(Expression.OPEN_SMILE)


def _print(*photos, width: int = 112, encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    print_result(Console(file=stream, width=width), set_result(*photos))
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)


def test_right_stands_left_of_left_and_the_weaker_bar_is_shorter():
    text = _print(SMILE)
    head = next(line for line in text.splitlines() if "RIGHT" in line)
    assert head.index("RIGHT") < head.index("LEFT")
    fissure = next(line for line in text.splitlines() if line.strip().startswith("palpebral fissure"))
    right, left = fissure.split("████", 1)[0], fissure.rsplit("█", 1)[1]
    assert "8.5" in right
    assert "3.0" in left
    assert "−5.5" in left


def test_findings_stand_above_and_the_next_step_below():
    text = _print(photo_result(None, file="IMG 1.jpg"))
    assert text.index("The face is blurred.") < text.index("brow height") < text.index("Next: name the files")


def test_refused_photograph_says_why():
    assert "Not measured. 'empty.jpg' is empty." in _print(REST, refused_result())


def test_set_shows_synkinesis_in_mm_beyond_error():
    text = _print(REST, SMILE)
    line = next(line for line in text.splitlines() if "open smile" in line and "*" in line)
    assert "+5.5*" in line
    assert "[mm]" in text


def test_terminal_without_blocks_gets_plain_signs():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="latin-1", errors="replace")
    print_result(Console(file=stream, width=112), set_result(SMILE))
    stream.flush()
    assert "####" in stream.buffer.getvalue().decode("latin-1")


def test_narrow_terminal_keeps_the_numbers():
    lines = _print(SMILE, width=86).splitlines()
    assert any("palpebral fissure" in line and "−5.5" in line for line in lines)
