"""From the raw output of the short-range face detector to faces."""

import numpy as np
from numpy.typing import NDArray

from facialis.vision.backends.networks import Detection, box_overlap

Floats = NDArray[np.float64]

INPUT_SIZE_PX = 128
CELLS_AND_ANCHORS = ((16, 2), (8, 6))
"""Feature maps of 16 x 16 cells with 2 anchors each, and 8 x 8 with 6: 896 anchors, all of size 1."""
SMALLEST_SCORE = 0.5
SAME_FACE_OVERLAP = 0.3
LARGEST_LOGIT = 100.0


def anchor_centres() -> Floats:
    """(896, 2) centres of the anchors, in fractions of the picture."""
    grids = []
    for cells, anchors in CELLS_AND_ANCHORS:
        steps = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(steps, steps, indexing="ij")
        grids.append(np.repeat(np.column_stack([x.ravel(), y.ravel()]), anchors, axis=0))
    return np.concatenate(grids)


def decode(regressors: NDArray[np.float32], logits: NDArray[np.float32], anchors: Floats) -> list[Detection]:
    """Turn the detector's answer into faces, the most trusted first.

    Parameters
    ----------
    regressors : (896, 16)
        Per anchor the box (centre x, y, width, height) and six points, from the anchor. [px]
    logits : (896,)
        Score before the sigmoid.
    anchors : (896, 2)
        See `anchor_centres`.
    """
    scores = 1.0 / (1.0 + np.exp(-np.clip(logits.astype(np.float64), -LARGEST_LOGIT, LARGEST_LOGIT)))
    likely = np.flatnonzero(scores >= SMALLEST_SCORE)
    candidates = []
    for index in likely[np.argsort(-scores[likely], kind="stable")]:
        values = regressors[index].astype(np.float64) / INPUT_SIZE_PX
        centre, size = values[:2] + anchors[index], values[2:4]
        keypoints = values[4:].reshape(6, 2) + anchors[index]
        candidates.append(
            Detection(float(scores[index]), np.concatenate([centre - size / 2, size]), keypoints)
        )
    return _weighted_suppression(candidates)


def _weighted_suppression(candidates: list[Detection]) -> list[Detection]:
    """One face for each group of boxes that overlap: their mean, weighted by score."""
    faces = []
    while candidates:
        best = candidates[0]
        group = [face for face in candidates if box_overlap(face.box, best.box) > SAME_FACE_OVERLAP] or [best]
        weights = [face.score for face in group]
        faces.append(
            Detection(
                best.score,
                np.average([face.box for face in group], axis=0, weights=weights),
                np.average([face.keypoints for face in group], axis=0, weights=weights),
            )
        )
        taken = {id(face) for face in group}
        candidates = [face for face in candidates if id(face) not in taken]
    return faces
