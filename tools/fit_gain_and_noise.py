"""Fit src/facialis/vision/gain/gain_and_noise.csv.

Photographs with known truth are read by each backend with all remedies, and for every measure and
method the gain, the offset and the scatter are fitted: on invented patients that are rendered on the
spot, and on rendered 3-D faces where their folder is at hand.

    .venv/bin/python -m tools.fit_gain_and_noise --renders ../shared/data/renders \
        --landmarker ../shared/models/face_landmarker.task

About 15 minutes on two cores. The same seed gives the same table.
"""

import argparse
import csv
import os
import sys
from pathlib import Path

from tools.gain_study.fit import Pair, fit_rows, pairs_in_ways
from tools.gain_study.iris import iris_gain
from tools.gain_study.readings import KnownReading, read_known
from tools.gain_study.sources import renders, synthetic

from facialis.measurement.gain import GainRow
from facialis.measurement.points import Method
from facialis.vision.backends.choose import choose_backend
from facialis.vision.backends.protocol import BackendInfo
from facialis.vision.gain.table import IRIS

TABLE = Path(__file__).parents[1] / "src/facialis/vision/gain/gain_and_noise.csv"
COLUMNS = (
    "backend",
    "model_sha256",
    "measure",
    "method",
    "gain",
    "gain_sd",
    "offset",
    "asymmetry_sd",
    "mean_sd",
    "synthetic_photos",
    "render_photos",
    "source_key",
    "locator",
    "provenance",
)
SYNTHETIC_PHOTOS = 243
IRIS_PHOTOS = 45
SEED = 20261122


def main() -> None:
    """Read, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--renders", type=Path, default=Path("../shared/data/renders"))
    parser.add_argument(
        "--landmarker", type=Path, help="face_landmarker.task; without it only the worker is fitted"
    )
    parser.add_argument("--synthetic", type=int, default=SYNTHETIC_PHOTOS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--only", choices=("face_mesh_worker", "litert"), help="fit one backend, keep the other's rows"
    )
    arguments = parser.parse_args()
    environment = dict(os.environ)
    names = ["face_mesh_worker"]
    if arguments.landmarker is not None:
        environment["FACIALIS_FACE_LANDMARKER"] = str(arguments.landmarker)
        names.append("litert")
    wanted = [name for name in names if arguments.only in (None, name)]
    rows = [row for row in _present_rows() if row["backend"] not in wanted]
    for name in wanted:
        info, readings = read_everything(
            name, environment, arguments.renders, arguments.synthetic, arguments.seed
        )
        rows += [*_rows(info, pairs_in_ways(readings)), read_irises(name, environment, arguments.seed + 1)]
    rows.sort(key=lambda row: (row["backend"], row["measure"], row["method"]))
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sys.stdout.write(f"{len(rows)} rows in {TABLE.name}\n")


def read_everything(
    name: str, environment: dict[str, str], folder: Path, count: int, seed: int
) -> tuple[BackendInfo, list[KnownReading]]:
    """Every measure of every photograph with known truth, as one backend reads it."""
    backend = choose_backend(name, environment).backend
    try:
        readings = [*read_known(backend, renders(folder)), *read_known(backend, synthetic(count, seed))]
        return backend.info, readings
    finally:
        backend.close()


def read_irises(name: str, environment: dict[str, str], seed: int) -> dict[str, str]:
    """The row of the iris, from other invented patients with open eyes."""
    backend = choose_backend(name, environment).backend
    try:
        gain, spread = iris_gain(backend, synthetic(IRIS_PHOTOS, seed))
        row = GainRow(IRIS, Method.NETWORK, gain, spread, 0.0, 0.0, 0.0)
        return _cells(backend.info, row, IRIS_PHOTOS, 0)
    finally:
        backend.close()


def _present_rows() -> list[dict[str, str]]:
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _rows(info: BackendInfo, ways: dict[str, list[Pair]]) -> list[dict[str, str]]:
    def photos(measure: str, method: Method, source: str) -> int:
        return sum((p.measure, p.method, p.source) == (measure, method, source) for p in ways["refined"])

    return [
        _cells(info, row, photos(measure, method, "synthetic"), photos(measure, method, "renders"))
        for (measure, method), row in fit_rows(ways).items()
    ]


def _cells(info: BackendInfo, row: GainRow, synthetic_photos: int, render_photos: int) -> dict[str, str]:
    return {
        "backend": info.name,
        "model_sha256": info.model_sha256,
        "measure": row.measure,
        "method": row.method.value,
        "gain": f"{row.gain:.4f}",
        "gain_sd": f"{row.gain_sd:.4f}",
        "offset": f"{row.offset:.3f}",
        "asymmetry_sd": f"{row.asymmetry_sd:.3f}",
        "mean_sd": f"{row.mean_sd:.3f}",
        "synthetic_photos": str(synthetic_photos),
        "render_photos": str(render_photos),
        "source_key": "Facialis",
        "locator": "tools/fit_gain_and_noise.py",
        "provenance": "calibrated",
    }


if __name__ == "__main__":
    main()
