"""The page on which photographs are taken, added, asked about and removed."""

from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act, may
from facialis.clinic.kernel.errors import ClinicError, FieldsError
from facialis.clinic.photographs.actions import add_photograph
from facialis.clinic.photographs.forms import AboutFilesForm, Sent, sent_files
from facialis.clinic.photographs.grid import Grid, grid_of
from facialis.clinic.photographs.models import MirroredChoice, Photograph
from facialis.clinic.photographs.queries import current_photographs, previous_photographs
from facialis.clinic.photographs.words import expression_label
from facialis.clinic.visits.models import ConsentKind, Visit
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit
from facialis.clinic.visits.queries import has_consent

MIRROR_COOKIE = "facialis_mirrored"
"""What was last said about files added on this device; it fills in the answer, which stays visible."""
MIRROR_COOKIE_S = 365 * 24 * 3600


@page(Act.CAPTURE)
@require_GET
def capture(request: Request, pk: UUID) -> HttpResponse:
    """The grid of a visit."""
    visit = open_visit(request, pk, "page.capture")
    remembered = request.get_signed_cookie(MIRROR_COOKIE, default="")
    form = AboutFilesForm(initial={"mirrored": remembered if remembered in MirroredChoice.values else None})
    return _shown(request, visit, form)


@page(Act.CAPTURE)
@require_GET
def capture_progress(request: Request, pk: UUID) -> HttpResponse:
    """What changed since the page was drawn; the page's own opening has been audited."""
    visit = _visit(request, pk)
    grid = grid_of(current_photographs(visit), previous_photographs(visit))
    changed = grid.changed_since(request.GET.get("shown", ""))
    context = {"visit": visit, "grid": grid, "changed": changed, **_rights(request, visit)}
    if changed:
        context |= visit_context(request, visit, step="capture")
    return render(request, "photographs/progress.html", context)


@page(Act.CAPTURE)
@require_POST
def photograph_add(request: Request, pk: UUID) -> HttpResponseBase:
    """Take files: one at a time from a script, which gets JSON, or several from a plain form."""
    visit = _visit(request, pk)
    form = AboutFilesForm(request.POST)
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    try:
        if not form.is_valid():
            raise FieldsError({name: " ".join(errors) for name, errors in form.errors.items()})  # type: ignore[arg-type]
        sent = sent_files(request, form)
        if wants_json:
            return _as_json(add_photograph(visit, _path(sent[0]), sent[0].upload, by=request.user))
        answer = _add_each(request, visit, sent)
    except ClinicError as refused:
        if wants_json:
            fields = refused.errors if isinstance(refused, FieldsError) else {}
            said = {"code": refused.code, "sentence": str(refused), "fields": fields}
            return JsonResponse(said, status=refused.status)
        if not isinstance(refused, FieldsError):
            raise
        for name, sentence in refused.errors.items():
            if name not in form.errors:
                form.add_error(name if name in form.fields else None, sentence)
        return _shown(request, visit, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    said_of_mirror = form.cleaned_data["mirrored"]
    if said_of_mirror != MirroredChoice.UNKNOWN:
        answer.set_signed_cookie(
            MIRROR_COOKIE,
            said_of_mirror,
            max_age=MIRROR_COOKIE_S,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer


def _add_each(request: Request, visit: Visit, sent: list[Sent]) -> HttpResponse:
    """From a plain form: what can be read is added, and each refusal is told on the next page."""
    added = 0
    for one in sent:
        try:
            add_photograph(visit, _path(one), one.upload, by=request.user)
        except FieldsError:
            raise
        except ClinicError as refused:
            name = expression_label(one.upload.expression)
            messages.error(request, _("%(name)s: %(sentence)s") % {"name": name, "sentence": refused})
        else:
            added += 1
    if added:
        messages.success(request, _("Added: %(count)d.") % {"count": added})
    return redirect("capture", visit.pk)


def _as_json(row: Photograph) -> JsonResponse:
    return JsonResponse({"id": str(row.pk), "status": row.status}, status=HTTPStatus.CREATED)


def _path(sent: Sent) -> Path:
    return Path(sent.file.temporary_file_path())


def _visit(request: Request, pk: UUID) -> Visit:
    rows = Visit.objects.for_user(request.user).select_related("patient")
    visit = rows.filter(pk=pk).first()
    if visit is None:
        raise Http404
    return visit


def _shown(request: Request, visit: Visit, form: AboutFilesForm, status: int = HTTPStatus.OK) -> HttpResponse:
    grid: Grid = grid_of(current_photographs(visit), previous_photographs(visit))
    context = {
        **visit_context(request, visit, step="capture"),
        **_rights(request, visit),
        "grid": grid,
        "form": form,
    }
    return render(request, "photographs/capture.html", context, status=status)


def _rights(request: Request, visit: Visit) -> dict[str, object]:
    consented = has_consent(visit.patient, ConsentKind.PHOTOGRAPHS)
    return {
        "has_consent": consented,
        "can_add": visit.is_editable and consented,
        "can_remove": may(request.user, Act.MARK_ERROR),
        "new_key": uuid4,
    }
