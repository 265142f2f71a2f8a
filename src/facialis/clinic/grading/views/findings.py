"""What no photograph shows."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act, may
from facialis.clinic.grading.actions.findings import save_findings
from facialis.clinic.grading.finding_forms import FindingsForm, sections_of
from facialis.clinic.grading.models import ClinicianFinding
from facialis.clinic.kernel.saving import save_or_explain, status_of
from facialis.clinic.visits.models import Visit
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit


@require_http_methods(["GET", "POST"])
@page(Act.GRADE)
def findings(request: Request, pk: UUID) -> HttpResponse:
    """Findings of both sides; what is left empty was not examined."""
    visit = open_visit(request, pk, "page.findings")
    form = FindingsForm(request.POST or None, initial=_stored(visit))
    if request.method == "POST" and form.is_valid():
        saved = save_or_explain(
            form,
            lambda: save_findings(
                by=request.user,
                visit_id=visit.pk,
                seen=form.cleaned_data["version"],
                values=form.values,
                reason=form.cleaned_data["reason"],
            ),
            lambda: _stored(visit),
        )
        if saved is not None:
            messages.success(request, _("Saved.") if saved else _("Nothing was changed."))
            return redirect("findings", pk=visit.pk)
    context = {
        "form": form,
        "sections": sections_of(form),
        "may_write": visit.is_editable or may(request.user, Act.AMEND),
        **visit_context(request, visit, "grade"),
    }
    return render(request, "grading/findings.html", context, status=status_of(form))


def _stored(visit: Visit) -> dict[str, object]:
    return FindingsForm.initial_of(ClinicianFinding.objects.filter(visit=visit))
