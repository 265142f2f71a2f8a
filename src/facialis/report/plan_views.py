"""What stands beside a plan as JSON: why, what may come of it, and what the last one taught.

These documents are for reading: nothing reads them back, and they are made again from the plan's inputs.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from facialis.anatomy.sides import Side
from facialis.planning.explain.patient_summary import PatientSummary
from facialis.planning.explain.records import Explanation
from facialis.planning.forecast.records import ModelFace, PlanForecast
from facialis.planning.learning.records import Learning
from facialis.report.json_values import exact_text
from facialis.toxins.amounts import ToxinDose

DECIMALS = 4
MODEL = "Computed by a model from photographs; no prognosis for a person. LEFT and RIGHT are the patient's."


def explanation_to_json(explanation: Explanation) -> str:
    """Why each target is in the plan or not."""
    return _text("facialis-plan-explanation/1", explanation)


def summary_to_json(summary: PatientSummary) -> str:
    """The sheet of the patient."""
    return _text("facialis-patient-summary/1", summary)


def learning_to_json(learning: Learning) -> str:
    """What the visits since the last treatment taught."""
    return _text("facialis-plan-learning/1", learning)


def forecast_to_json(forecast: PlanForecast) -> str:
    """Curves with bands, under the plan and without; the faces of the model are left to pictures."""
    return _text("facialis-plan-forecast/1", forecast)


def _text(name: str, value: Any) -> str:
    document = {"format": name, "statement": MODEL, **_plain(value)}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Side):
        return value.label
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0 if math.isfinite(value) else None
    if isinstance(value, Fraction):
        return exact_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, ToxinDose):
        return {"units": exact_text(value.amount), "product": value.product.value}
    if isinstance(value, ModelFace):
        return {"day": value.day, "house_brackmann": _plain(value.house_brackmann)}
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value]
