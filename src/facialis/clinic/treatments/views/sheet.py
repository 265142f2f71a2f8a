"""The patient's information sheet."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.treatments.actions.sheets import issue_sheet
from facialis.clinic.treatments.pages import open_treatment
from facialis.clinic.treatments.sheet_content import sheet_document, sheet_of
from facialis.clinic.visits.navigation import visit_context


@require_http_methods(["GET", "POST"])
@page(Act.RECORD_TREATMENT)
def patient_sheet(request: Request, pk: UUID) -> HttpResponse:
    """One page in large type, in the patient's language; handing it over is recorded."""
    treatment = open_treatment(request, pk, "page.patient_sheet")
    if treatment.signature is None:
        return redirect("treatment", pk=pk)
    known = [code for code, _ in settings.LANGUAGES]
    wanted = request.GET.get("language") or request.POST.get("language") or translation.get_language()
    language = wanted if wanted in known else settings.LANGUAGE_CODE
    points = list(treatment.points.all())
    with translation.override(language):
        parts = sheet_of(treatment, points)
    if request.method == "POST":
        document = sheet_document(treatment, parts, language)
        issue_sheet(by=request.user, treatment_id=pk, language=language, document=document)
        return redirect(f"{request.path}?language={language}")
    context = {
        "treatment": treatment,
        "parts": parts,
        "sheet_language": language,
        "known_languages": settings.LANGUAGES,
        "issued": list(treatment.sheets.select_related("by")),
        **visit_context(request, treatment.plan.visit, "sheet"),
    }
    with translation.override(language):
        sheet = render(request, "treatments/sheet.html", context).content.decode()
    return render(request, "treatments/patient_sheet.html", {**context, "sheet": sheet})
