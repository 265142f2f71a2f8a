"""From a question as it came over the line to what a plan is made from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from facialis.clinic.planner.requests import PlanQuestion
from facialis.errors import FacialisError
from facialis.planning.case.case import Case
from facialis.planning.plan.patient import MeasuredVisit
from facialis.planning.rules.override import Override
from facialis.report.case_json import case_to_json, read_case
from facialis.report.case_measurements import remarks_on, require_measurements_of
from facialis.report.measurement_values import MeasurementDocumentError
from facialis.report.plan_json import LARGEST_SEED, PlanInputs
from facialis.report.read_measures import SetMeasured, read_measures
from facialis.toxins.product_names import product_named
from facialis.toxins.products import ToxinProduct

TIME_LIMITS_S = (0.1, 3600.0)


class QuestionError(FacialisError):
    """A question that cannot be meant."""

    code = "plan_question_invalid"


@dataclass(frozen=True, eq=False)
class Inputs:
    """What a plan is made from, read and checked."""

    case: Case
    measured: tuple[tuple[date, SetMeasured], ...]
    product: ToxinProduct
    today: date
    weights: Mapping[str, float]
    origin: PlanInputs

    @property
    def visits(self) -> list[MeasuredVisit]:
        """The measured visits, for the model."""
        return [MeasuredVisit(day, found.photographs, found.mirrored_known) for day, found in self.measured]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the measurements could not use, in sentences."""
        return remarks_on(self.measured)


def read_question(question: PlanQuestion) -> Inputs:
    """Read and check a question.

    Raises
    ------
    CaseFileError, CaseError, MeasurementDocumentError, MeasurementOfCaseError, OverrideError and others
        As the readers of the documents; the sentence says what is wrong.
    QuestionError       A measurement is missing, or a number is out of its range.
    """
    case = read_case(_exactly(question.case))
    if not 0 <= question.seed <= LARGEST_SEED:
        raise QuestionError(f"The seed is {question.seed}; allowed is 0 to {LARGEST_SEED}.")
    least, most = TIME_LIMITS_S
    if not least <= question.time_limit_s <= most:
        raise QuestionError(
            f"The time limit is {question.time_limit_s:g} s; allowed is {least:g} to {most:g} s."
        )
    measured = tuple(
        (day, _measured(day, document)) for day, document in sorted(question.measurements.items())
    )
    _require_each_named(case, [day for day, _ in measured])
    require_measurements_of(case, measured)
    asked = question.override
    override = None if asked is None else Override(asked.by, asked.reason, asked.codes)
    origin = PlanInputs(
        case_sha256=sha256(case_to_json(case).encode()).hexdigest(),
        measurements=tuple((day, str(found.sha256)) for day, found in measured),
        seed=question.seed,
        time_limit_s=question.time_limit_s,
        confirmed_by=question.confirmed_by,
        override=override,
    )
    product = product_named(question.product).product
    return Inputs(case, measured, product, question.today, question.weights, origin)


def document_sha256(document: Mapping[str, Any]) -> str:
    """Digest of the file that `facialis measure` would write of a measurement document."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return sha256(text.encode()).hexdigest()


def _measured(day: date, document: Mapping[str, Any]) -> SetMeasured:
    try:
        return read_measures(document, document_sha256(document))
    except MeasurementDocumentError as error:
        raise MeasurementDocumentError(f"The visit of {day}: {error}") from error


def _require_each_named(case: Case, days: list[date]) -> None:
    """No measurement of the case is left behind in silence."""
    named = {visit.day for visit in case.visits if visit.measurement is not None}
    missing = sorted(named - set(days))
    if missing:
        raise QuestionError(
            f"The visit of {missing[0]} names a measurement that was not sent. Send every measurement of the "
            "case, or take its name out of the visit."
        )


def _exactly(document: Mapping[str, Any]) -> Any:
    """The document with exact decimals, as its reader wants them: doses are never floats."""
    return json.loads(json.dumps(document), parse_float=Decimal)
