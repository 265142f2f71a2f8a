"""Load the gain table of a backend.

A table belongs to one model file: another version of the same network pulls otherwise. So rows
are found by the backend's name and the sha256 of its model, and a model that nobody has fitted
gets none.
"""

from functools import cache

from facialis.evidence.table import load_packaged_rows
from facialis.measurement.gain import GainModel, GainRow
from facialis.measurement.points import Method
from facialis.measurement.scale import IrisReading
from facialis.vision.backends.protocol import BackendInfo

IRIS = "iris_diameter"
"""The row that is no measure: diameter as read over the true one, and its spread between people."""


def gain_model_for(backend: BackendInfo) -> GainModel | None:
    """The fitted model of a backend; None when its model has not been fitted."""
    return _models().get((backend.name, backend.model_sha256))


@cache
def _models() -> dict[tuple[str, str], GainModel]:
    _, cells = load_packaged_rows("facialis.vision.gain", "gain_and_noise")
    tables: dict[tuple[str, str], dict[tuple[str, Method], GainRow]] = {}
    for cell in cells:
        row = GainRow(
            measure=cell["measure"],
            method=Method(cell["method"]),
            gain=float(cell["gain"]),
            gain_sd=float(cell["gain_sd"]),
            offset=float(cell["offset"]),
            asymmetry_sd=float(cell["asymmetry_sd"]),
            mean_sd=float(cell["mean_sd"]),
        )
        tables.setdefault((cell["backend"], cell["model_sha256"]), {})[row.measure, row.method] = row
    return {backend: _model(rows) for backend, rows in tables.items()}


def _model(rows: dict[tuple[str, Method], GainRow]) -> GainModel:
    iris = rows.pop((IRIS, Method.NETWORK), None)
    if iris is None:
        return GainModel(rows)
    return GainModel(rows, IrisReading(iris.gain, iris.gain_sd / iris.gain))
