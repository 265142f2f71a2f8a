"""Name and telephone of the clinic, as they stand on the patients' sheets."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from facialis.clinic.accounts.actions import change_clinic
from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.kernel.fields import add_errors


class ClinicForm(forms.Form):
    """What patients are told."""

    name = forms.CharField(label=gettext_lazy("Name of the clinic"), max_length=120)
    emergency_contact = forms.CharField(
        label=gettext_lazy("Telephone for patients after a treatment"),
        max_length=120,
        help_text=gettext_lazy(
            "It stands on every sheet that a patient takes home. Say when it is answered."
        ),
    )


@require_http_methods(["GET", "POST"])
@page(Act.MANAGE_ACCOUNTS)
def clinic_edit(request: Request) -> HttpResponse:
    """Change them."""
    clinic = request.user.clinic
    start = {"name": clinic.name, "emergency_contact": clinic.emergency_contact}
    form = ClinicForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            change_clinic(by=request.user, **form.cleaned_data)
        except FieldsError as error:
            add_errors(form, error.errors)
        else:
            messages.success(request, _("Saved."))
            return redirect("team")
    return render(request, "accounts/clinic.html", {"form": form}, status=422 if form.errors else 200)
