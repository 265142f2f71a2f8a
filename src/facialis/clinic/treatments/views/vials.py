"""Enter and discard vials."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.kernel.fields import add_errors
from facialis.clinic.site.once import once
from facialis.clinic.treatments.actions.vials import discard_vial, enter_vial
from facialis.clinic.treatments.forms import VialForm
from facialis.clinic.treatments.models import Treatment, Vial
from facialis.clinic.treatments.pages import open_vial_row
from facialis.clinic.treatments.queries import past_use


@require_GET
@page(Act.RECORD_TREATMENT)
def vials(request: Request) -> HttpResponse:
    """Vials of the clinic, the newest first."""
    rows = Vial.objects.for_user(request.user).select_related("entered_by")[:100]
    return render(request, "treatments/vials.html", {"vials": rows})


@require_http_methods(["GET", "POST"])
@page(Act.RECORD_TREATMENT)
@once
def vial_new(request: Request) -> HttpResponse:
    """Enter a vial; afterwards back to the treatment that asked for it, whose time counts if it is past."""
    back, treatment = _back(request), _asking(request)
    form = VialForm(request.POST or None, product=request.GET.get("product", ""))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                enter_vial(
                    by=request.user,
                    used_at=None if treatment is None else past_use(treatment),
                    **form.cleaned_data,
                )
            except FieldsError as error:
                add_errors(form, error.errors)
            else:
                return HttpResponseRedirect(back)
        status = 422
    return render(request, "treatments/vial_new.html", {"form": form, "back": back}, status=status)


@require_POST
@page(Act.RECORD_TREATMENT)
def vial_discard(request: Request, pk: UUID) -> HttpResponse:
    """Mark a vial as discarded."""
    open_vial_row(request, pk)
    discard_vial(by=request.user, pk=pk)
    return redirect("vials")


def _asking(request: Request) -> Treatment | None:
    """The treatment of this clinic from whose page the vial is entered."""
    try:
        key = UUID(request.GET.get("treatment", ""))
    except ValueError:
        return None
    return Treatment.objects.for_user(request.user).filter(pk=key).first()


def _back(request: Request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return reverse("vials")
