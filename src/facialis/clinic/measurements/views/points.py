"""The point editor of one photograph."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.errors import ClinicError, FieldsError
from facialis.clinic.measurements.actions import place_points, take_back
from facialis.clinic.measurements.editor_page import editor_page, preview
from facialis.clinic.measurements.pages import open_photograph
from facialis.clinic.photographs.words import expression_label
from facialis.clinic.visits.navigation import visit_context
from facialis.measurement.errors import MeasurementError

LONGEST_NUMBER = 9
"""Digits of a version; the database holds no more."""


@page(Act.EDIT_LANDMARKS)
@require_http_methods(["GET", "POST"])
def edit_points(request: Request, pk: UUID) -> HttpResponse:
    """The editor; posted points (JSON) are a new version."""
    if request.method == "POST":
        return _saved(request, pk)
    photograph = open_photograph(request, pk, "page.edit_points")
    shown = editor_page(photograph)
    url = f"{reverse('measure', args=[photograph.visit_id])}?view={photograph.expression}"
    if shown is None:
        messages.warning(request, _("This photograph has no points that could be edited."))
        return redirect(url)
    context = {
        **visit_context(request, photograph.visit, step="measure"),
        "photograph": photograph,
        "label": expression_label(Expression(photograph.expression)),
        "editor": shown,
        "shown": shown.shown,
        "measure_url": url,
    }
    return render(request, "measurements/edit_points.html", context)


@page(Act.EDIT_LANDMARKS)
@require_POST
def preview_points(request: Request, pk: UUID) -> HttpResponse:
    """Rows and marks for points that are not saved; nothing is written."""
    photograph = open_photograph(request, pk)
    try:
        posted = _posted(request)
        shown = preview(photograph, posted["points"], str(posted.get("about", "")))
    except (ClinicError, MeasurementError) as refused:
        return JsonResponse({"sentence": str(refused)}, status=422)
    context = {"shown": shown, "marks": shown.marks, "unit": shown.unit}
    return JsonResponse(
        {
            "rows": render_to_string("measurements/row_lists.html", context, request),
            "marks": render_to_string("measurements/marks.html", context, request),
            "sentence": shown.refusal,
        }
    )


@page(Act.EDIT_LANDMARKS)
@require_POST
def take_points_back(request: Request, pk: UUID) -> HttpResponse:
    """Make the points of an earlier version the newest one."""
    photograph = open_photograph(request, pk, "page.edit_points")
    made = take_back(
        photograph,
        to=_number(request.POST.get("to")),
        shown_version=_number(request.POST.get("shown_version")),
        by=request.user,
    )
    messages.success(
        request,
        _("Taken back to version %(old)d; this is version %(new)d.")
        % {"old": made.reading["taken_back_to"], "new": made.number},
    )
    return redirect("edit_points", pk)


def _saved(request: Request, pk: UUID) -> HttpResponse:
    photograph = open_photograph(request, pk)
    try:
        posted = _posted(request)
        made = place_points(
            photograph, points=posted["points"], shown_version=posted["version"], by=request.user
        )
    except (ClinicError, MeasurementError) as refused:
        status = refused.status if isinstance(refused, ClinicError) else 422
        return JsonResponse({"sentence": str(refused), "code": refused.code}, status=status)
    url = f"{reverse('measure', args=[photograph.visit_id])}?view={photograph.expression}"
    messages.success(request, _("Points saved as version %(number)d.") % {"number": made.number})
    return JsonResponse({"version": made.number, "url": url})


def _posted(request: Request) -> dict[str, Any]:
    """What the script sent: points as in a file of points, and the version that it showed."""
    try:
        posted = json.loads(request.body)
    except (ValueError, RecursionError) as error:  # brackets in brackets, without an end
        raise FieldsError(
            {"points": _("The points that were sent cannot be read. Load the page again.")}
        ) from error
    if not isinstance(posted, dict) or not isinstance(posted.get("points"), dict):
        raise FieldsError({"points": _("No points were sent. Load the page again.")})
    if not isinstance(posted.get("version", 0), int):
        raise FieldsError({"version": _("The version that was sent is no number. Load the page again.")})
    return {"version": 0, **posted}


def _number(text: str | None) -> int:
    if text is None or not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise FieldsError({"to": _("Say which version, as a number. Load the page again.")})
    return int(text)
