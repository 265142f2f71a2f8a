"""Small paths whose answer is plain to see."""

import numpy as np

from facialis.vision.refine.paths import best_interval, best_path


def test_a_bend_is_avoided_when_it_costs_more_than_it_brings():
    evidence = np.array([[1.0, 0.0, 1.0], [0.0, 1.5, 0.0]])
    assert best_path(evidence, bend_price=0.1)[0].tolist() == [0, 1, 0]
    assert best_path(evidence, bend_price=2.0)[0].tolist() == [0, 0, 0]


def test_a_jump_beyond_the_largest_step_is_impossible():
    evidence = np.zeros((6, 2))
    evidence[0, 0] = evidence[5, 1] = 10.0
    path, mean = best_path(evidence, bend_price=0.0, max_step=2)
    assert abs(path[1] - path[0]) <= 2
    assert mean == 5.0


def test_an_interval_covers_the_rows_that_speak_for_it():
    evidence = np.full((8, 6), -1.0)
    evidence[2:5] = 1.0
    first, last = best_interval(evidence, bend_price=0.5)
    assert first.tolist() == [2] * 6
    assert last.tolist() == [5] * 6


def test_an_interval_is_empty_where_nothing_speaks_for_it():
    evidence = np.full((8, 10), -1.0)
    evidence[3:6, :4] = 1.0
    first, last = best_interval(evidence, bend_price=0.2)
    assert (last - first)[:4].tolist() == [3] * 4
    assert (last - first)[6:].tolist() == [0] * 4
