"""The study that judges readings: the table must be right about readings that are known."""

import numpy as np
import pytest
from tools.gain_study.evaluate import cross_validated, of_condition, uncorrected, verdict
from tools.gain_study.fit import pairs_of
from tools.gain_study.readings import WAYS, KnownReading
from tools.gain_study.remedies import load_readings, write_readings
from tools.gain_study.verdict_tables import invented_table, targets_table, write_between_marks

from facialis.anatomy.sides import Side
from facialis.measurement.points import Method

GAIN, NOISE, OFFSET = 0.6, 0.3, 1.5


def readings_of(source="renders", condition="smile", people=6, photos=5):
    """A detector that shows `GAIN` of each asymmetry and lifts both sides by `OFFSET`."""
    rng = np.random.default_rng(4)
    found = []
    for person in range(people):
        for _ in range(photos):
            half = rng.uniform(-6, 6)
            for side, sign in ((Side.LEFT, 1), (Side.RIGHT, -1)):
                read = -60 + OFFSET + sign * GAIN * half + rng.normal(0, NOISE)
                key = ("commissure_height", side)
                values = dict.fromkeys(WAYS, read)
                found.append(
                    KnownReading(
                        source, str(person), condition, key, -60 + sign * half, values, Method.NETWORK, 0.0
                    )
                )
    return found


@pytest.fixture(scope="module")
def ways():
    return {way: pairs_of(readings_of(), way) for way in WAYS}


def test_verdict_finds_the_gain_and_the_noise_of_a_known_detector(ways):
    found = verdict(uncorrected(ways["network"]))
    assert found.slope == pytest.approx(GAIN, abs=0.03)
    assert found.noise_over_slope == pytest.approx(NOISE * np.sqrt(2) / GAIN, rel=0.3)
    assert found.coverage is None


def test_cross_validated_correction_undoes_the_gain_and_states_an_honest_interval(ways):
    corrected = cross_validated(ways)
    assert len(corrected) == len(ways["network"])
    found = verdict(of_condition(corrected, "renders", "smile", "commissure_height"))
    assert found.slope == pytest.approx(1.0, abs=0.05)
    assert 0.8 <= found.coverage <= 1.0


def test_readings_come_back_as_they_were_kept(tmp_path):
    kept = {"litert": readings_of()}
    write_readings(tmp_path / "kept.json", kept)
    (back,) = load_readings(tmp_path / "kept.json").values()
    assert [reading.key for reading in back] == [reading.key for reading in kept["litert"]]
    assert back[3].truth == pytest.approx(kept["litert"][3].truth, abs=1e-4)
    assert back[3].values["refined"] == pytest.approx(kept["litert"][3].values["refined"], abs=1e-4)
    assert back[3].method is Method.NETWORK


def test_tables_say_what_was_missed_and_who_fell_back(ways):
    readings = {"litert": readings_of()}
    table = targets_table(readings, {"litert": uncorrected(ways["network"])})
    assert "LiteRT" not in table  # nothing is said where no interval was stated
    table = targets_table(readings, {"litert": cross_validated(ways)})
    (row,) = [line for line in table.splitlines() if "LiteRT" in line]
    assert row.startswith("| Smile: lip corner | LiteRT | 0.6")
    assert row.endswith("noise ≤ 0.5 |")
    invented = {"litert": readings_of("synthetic", "rest")}
    judged = {"litert": cross_validated({way: pairs_of(invented["litert"], way) for way in WAYS})}
    assert "| lip corner height |" in invented_table(invented, judged)


def test_only_what_stands_between_the_marks_is_replaced(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- a -->\nold\n<!-- end of a -->\nafter\n")
    write_between_marks(page, {"a": "new"})
    assert page.read_text() == "before\n<!-- a -->\nnew\n<!-- end of a -->\nafter\n"
    with pytest.raises(SystemExit, match="no place for 'b'"):
        write_between_marks(page, {"b": "new"})
