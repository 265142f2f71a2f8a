"""Load the gain table of a backend.

A table belongs to one model file: another version of the same network pulls otherwise. So rows
are found by the backend's name and the sha256 of its model, and a model that nobody has fitted
gets none.
"""

from functools import cache

from facialis.evidence import load_rows
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
    tables: dict[tuple[str, str], dict[tuple[str, Method], GainRow]] = {}
    for line in load_rows("facialis.vision.gain", "gain_and_noise").rows:
        row = GainRow(
            measure=line.text("measure"),
            method=line.choice("method", Method),
            gain=line.number("gain"),
            gain_sd=line.number("gain_sd"),
            offset=line.number("offset"),
            asymmetry_sd=line.number("asymmetry_sd"),
            mean_sd=line.number("mean_sd"),
        )
        backend = line.text("backend"), line.text("model_sha256")
        tables.setdefault(backend, {})[row.measure, row.method] = row
    return {backend: _model(rows) for backend, rows in tables.items()}


def _model(rows: dict[tuple[str, Method], GainRow]) -> GainModel:
    iris = rows.pop((IRIS, Method.NETWORK), None)
    if iris is None:
        return GainModel(rows)
    return GainModel(rows, IrisReading(iris.gain, iris.gain_sd / iris.gain))
