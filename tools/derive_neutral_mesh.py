"""Derive the neutral, symmetric face mesh and write it as a table with its passport.

Run it in an environment that has mediapipe 0.10.21 (numpy < 2), with scipy:

    python tools/derive_neutral_mesh.py PHOTO... --out src/facialis/anatomy/mesh

The photographs must be frontal and neutral. Each is detected together with its mirror image, so the
network's own left-right bias cancels; the point sets are aligned by similarity (generalised
Procrustes), averaged, made exactly symmetric, scaled to an adult's distance between the outer
canthi, and the lips are closed. x grows toward the patient's LEFT, y upward, z toward the viewer; the
origin lies midway between the iris centres.
"""

import argparse
import csv
from pathlib import Path

import cv2
import mediapipe as mp
import numpy as np
from scipy.optimize import linear_sum_assignment

OUTER_CANTHAL_DISTANCE_MM = 90.0
"""An adult's. Not the iris: rendered source faces may have irises of any size, and did."""
OUTER_CANTHI = (33, 263)
IRIS_RIGHT, IRIS_LEFT = 468, 473
UPPER_INNER_LIP = (13, 312, 311, 310, 415, 308, 82, 81, 80, 191, 78)
LOWER_INNER_LIP = (14, 317, 402, 318, 324, 308, 87, 178, 88, 95, 78)
PROCRUSTES_ROUNDS = 6


def detect(path: Path) -> list[np.ndarray]:
    """Return the (478, 3) points of the photograph and of its mirror image, y up, pixels."""
    read = cv2.imread(str(path))
    if read is None:
        raise SystemExit(f"{path.name} is no picture that can be read. Give JPEG or PNG photographs.")
    image = cv2.cvtColor(read, cv2.COLOR_BGR2RGB)
    found = []
    with mp.solutions.face_mesh.FaceMesh(static_image_mode=True, refine_landmarks=True) as network:
        for flipped in (False, True):
            picture = np.ascontiguousarray(image[:, ::-1]) if flipped else image
            faces = network.process(picture).multi_face_landmarks
            if not faces:
                raise SystemExit(f"No face was found in {path.name}. Give frontal, neutral faces only.")
            height, width = picture.shape[:2]
            found.append(np.array([(p.x * width, -p.y * height, -p.z * width) for p in faces[0].landmark]))
    return found


def align(moving: np.ndarray, fixed: np.ndarray) -> np.ndarray:
    """Similarity transform of ``moving`` (n, 3) that fits ``fixed`` best (Umeyama)."""
    source, target = moving - moving.mean(0), fixed - fixed.mean(0)
    u, s, vt = np.linalg.svd(source.T @ target)
    flip = np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    scale = (s * np.diag(flip)).sum() / (source**2).sum()
    aligned: np.ndarray = scale * source @ (u @ flip @ vt) + fixed.mean(0)
    return aligned


def mirror_partners(points: np.ndarray) -> np.ndarray:
    """Index of each point's partner on the other side, found as the best one-to-one matching."""
    centred = points - points.mean(0)
    for _ in range(PROCRUSTES_ROUNDS):
        mirrored = centred * [-1, 1, 1]
        cost = ((centred[:, None] - mirrored[None]) ** 2).sum(-1)
        partner: np.ndarray = linear_sum_assignment(cost)[1]
        centred = align(centred, (centred + mirrored[partner]) / 2)
        centred -= centred.mean(0)
    if not np.array_equal(partner[partner], np.arange(len(points))):
        raise SystemExit("The points do not pair up across the midline. Use more, straighter faces.")
    return np.asarray(partner)


def neutral_mesh(faces: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Mean symmetric mesh (478, 3) in mm, and the partner of every point."""
    mean = faces[0]
    for _ in range(PROCRUSTES_ROUNDS):
        mean = np.mean([align(face, mean) for face in faces], axis=0)
    partner = mirror_partners(mean)
    straight = mean - mean.mean(0)
    for _ in range(PROCRUSTES_ROUNDS):
        symmetric = (straight + (straight * [-1, 1, 1])[partner]) / 2
        straight = np.mean([align(face, symmetric) for face in faces], axis=0)
        straight -= straight.mean(0)
    mesh = (straight + (straight * [-1, 1, 1])[partner]) / 2
    mesh -= mesh[[IRIS_RIGHT, IRIS_LEFT]].mean(0)
    outer = mesh[OUTER_CANTHI[1]] - mesh[OUTER_CANTHI[0]]
    mesh *= OUTER_CANTHAL_DISTANCE_MM / np.linalg.norm(outer)
    upper, lower = list(UPPER_INNER_LIP), list(LOWER_INNER_LIP)
    seam = (mesh[upper] + mesh[lower]) / 2
    mesh[upper] = mesh[lower] = seam
    return mesh, partner


def triangles() -> list[tuple[int, int, int]]:
    """Triangles of mediapipe's tessellation: every cycle of three of its edges, each once."""
    near: dict[int, set[int]] = {}
    for a, b in mp.solutions.face_mesh_connections.FACEMESH_TESSELATION:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    return sorted((a, b, c) for a in near for b in near[a] for c in near[a] & near[b] if a < b < c)


def main() -> None:
    """Read the arguments, write `neutral_points.csv` and `neutral_triangles.csv`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    mesh, partner = neutral_mesh([face for path in arguments.photos for face in detect(path)])
    with (arguments.out / "neutral_points.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["index", "x_mm", "y_mm", "z_mm", "partner"])
        for index, (x, y, z) in enumerate(mesh):
            writer.writerow([index, f"{x:.3f}", f"{y:.3f}", f"{z:.3f}", partner[index]])
    with (arguments.out / "neutral_triangles.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["a", "b", "c"])
        writer.writerows(triangles())


if __name__ == "__main__":
    main()
