"""The neutral mesh is symmetric, adult-sized, and close to an independent one."""

from pathlib import Path

import numpy as np
import pytest

from facialis.anatomy.mesh import (
    contour_indices,
    midline_indices,
    mirror_partner,
    neutral_points_mm,
    neutral_triangles,
)

CANONICAL = Path(__file__).parents[5] / "shared" / "data" / "mesh" / "canonical_face_model.obj"


def test_mirroring_the_mesh_swaps_partners_and_nothing_else() -> None:
    mirrored = neutral_points_mm() * [-1.0, 1.0, 1.0]
    np.testing.assert_allclose(mirrored[mirror_partner()], neutral_points_mm(), atol=0.0011)


def test_partners_pair_up() -> None:
    partner = mirror_partner()
    np.testing.assert_array_equal(partner[partner], np.arange(478))


def test_outer_canthi_are_an_adults() -> None:
    points = neutral_points_mm()
    lateral = contour_indices()["upper_lid"][-1]
    assert np.linalg.norm(points[lateral] - points[mirror_partner()[lateral]]) == pytest.approx(
        90.0, abs=0.01
    )


def test_lips_are_closed_and_named_contours_lie_on_the_right() -> None:
    points = neutral_points_mm()
    for name, indices in contour_indices().items():
        assert (points[list(indices), 0] <= 0.0011).all(), name


def test_named_midline_points_lie_in_the_middle_from_above_downward() -> None:
    midline = midline_indices()
    points = neutral_points_mm()[[midline[name] for name in ("nasion", "nose_tip", "subnasale", "chin")]]
    np.testing.assert_allclose(points[:, 0], 0.0, atol=0.0011)
    assert (np.diff(points[:, 1]) < 0.0).all()
    assert [mirror_partner()[index] for index in midline.values()] == list(midline.values())


def test_triangles_name_points_of_the_mesh() -> None:
    triangles = neutral_triangles()
    assert triangles.min() == 0
    assert triangles.max() == 467
    assert len(np.unique(np.sort(triangles, axis=1), axis=0)) == len(triangles)


def test_mesh_agrees_with_the_canonical_one_within_4_mm() -> None:
    if not CANONICAL.exists():
        pytest.skip("the canonical model is not here")
    lines = CANONICAL.read_text().splitlines()
    known = np.array([[float(v) for v in line.split()[1:]] for line in lines if line.startswith("v ")])
    ours = neutral_points_mm()[:468]
    source, target = ours - ours.mean(0), (known - known.mean(0)) * 10.0
    u, s, vt = np.linalg.svd(source.T @ target)
    fitted = s.sum() / (source**2).sum() * source @ u @ vt
    assert np.sqrt(((fitted - target) ** 2).sum(1).mean()) < 4.0
