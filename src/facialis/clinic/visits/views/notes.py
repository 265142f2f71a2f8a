"""The note of a visit: written, signed, amended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.accounts.reauthentication import require_identity
from facialis.clinic.kernel.errors import FieldsError, StaleVersionError
from facialis.clinic.kernel.fields import add_errors
from facialis.clinic.kernel.saving import save_or_explain, status_of
from facialis.clinic.visits import actions
from facialis.clinic.visits.actions.notes import MEANING
from facialis.clinic.visits.forms import AmendNoteForm, NoteForm, SignNoteForm
from facialis.clinic.visits.models import Visit
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit
from facialis.clinic.visits.queries import signed_notes


@page(Act.EDIT_PATIENT)
def visit_note(request: Request, pk: UUID) -> HttpResponse:
    """Write the note; it stays preliminary until a clinician signs it."""
    visit = open_visit(request, pk, "page.visit_note")
    form = NoteForm(request.POST or None, initial=NoteForm.initial_of(visit))
    if request.method == "POST" and form.is_valid():
        version, text = form.cleaned_data["version"], form.cleaned_data["text"]
        saved = save_or_explain(
            form,
            lambda: actions.save_note(by=request.user, visit=visit, version=version, text=text),
            lambda: NoteForm.initial_of(Visit.objects.get(pk=visit.pk)),
        )
        if saved is not None and "sign" in request.POST:
            return redirect("visit_note_sign", visit.pk)
        if saved is not None:
            messages.success(request, _("Saved. The note is preliminary until it is signed."))
            return redirect("visit", visit.pk)
    context = {**visit_context(request, visit), "form": form, "notes": signed_notes(visit)}
    return render(request, "visits/note.html", context, status=status_of(form))


@page(Act.SIGN_NOTE)
def visit_note_sign(request: Request, pk: UUID) -> HttpResponse:
    """Read the note back, and sign it."""
    visit = open_visit(request, pk, "page.visit_note_sign")
    form = SignNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _sign(request, visit, form):
        messages.success(request, _("The note is signed."))
        return redirect("visit", visit.pk)
    context = {**visit_context(request, visit), "form": form, "meaning": MEANING}
    return render(request, "visits/note_sign.html", context, status=status_of(form))


@page(Act.AMEND)
def visit_note_amend(request: Request, pk: UUID) -> HttpResponse:
    """Write a new version of a signed note, with its reason."""
    visit = open_visit(request, pk, "page.visit_note_amend")
    notes = signed_notes(visit)
    newest = notes[0] if notes else None
    initial = {} if newest is None else {"after": newest.number, "text": newest.text}
    form = AmendNoteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _amend(request, visit, form):
        messages.success(request, _("The note is amended. The earlier version is kept."))
        return redirect("visit", visit.pk)
    context = {**visit_context(request, visit), "form": form, "notes": notes, "meaning": MEANING}
    return render(request, "visits/note_amend.html", context, status=status_of(form))


def _sign(request: Request, visit: Visit, form: SignNoteForm) -> bool:
    """Sign the text that the page showed: its version comes with the form."""
    try:
        version = int(request.POST.get("version", ""))
    except ValueError:
        version = 0
    try:
        method = require_identity(request)
        actions.sign_note(by=request.user, visit=visit, version=version, method=method)
    except FieldsError as error:
        add_errors(form, error.errors)
        return False
    except StaleVersionError:
        form.add_error(
            None, _("The note changed since this page was opened. Read it again below, then sign it.")
        )
        return False
    return True


def _amend(request: Request, visit: Visit, form: AmendNoteForm) -> bool:
    cleaned = form.cleaned_data
    try:
        method = require_identity(request)
        actions.amend_note(
            by=request.user,
            visit=visit,
            after=cleaned["after"],
            text=cleaned["text"],
            reason=cleaned["reason"],
            method=method,
        )
    except FieldsError as error:
        add_errors(form, error.errors)
        return False
    except StaleVersionError as error:
        form.add_error(None, str(error))
        return False
    return True
