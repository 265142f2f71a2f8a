"""Consent: each kind apart, the text, the decision; and the texts themselves."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.kernel.saving import save_or_explain, status_of
from facialis.clinic.site.once import once
from facialis.clinic.visits import actions
from facialis.clinic.visits.consent_texts import LANGUAGES, blocks_of
from facialis.clinic.visits.forms import ConsentTextForm, DecisionForm
from facialis.clinic.visits.models import Consent, ConsentDecision, ConsentKind, ConsentText, Visit
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit
from facialis.clinic.visits.queries import ENGLISH, current_texts, decisions_of

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch"}


@page(Act.TAKE_CONSENT)
@once
def consent(request: Request, pk: UUID) -> HttpResponse:
    """Each kind of consent: its text, what was decided, and a new decision."""
    visit = open_visit(request, pk, "page.consent")
    language = _language(request)
    texts = _texts(request, language)
    bound = _bound_form(request, texts) if request.method == "POST" else None
    if bound is not None and bound[1].is_valid():
        kind, form = bound
        cleaned = form.cleaned_data
        text = ConsentText.objects.for_user(request.user).filter(pk=cleaned["text"], kind=kind).first()
        if text is None:
            raise Http404
        saved = save_or_explain(
            form,
            lambda: actions.decide(
                by=request.user,
                visit=visit,
                text=text,
                decision=cleaned["decision"],
                signed_name=cleaned["signed_name"],
                signed_by=cleaned["signed_by"],
                representation=cleaned["representation"],
                is_name_confirmed=cleaned["is_name_confirmed"],
            ),
        )
        if saved is not None:
            messages.success(request, _("The decision is kept."))
            return redirect(f"{reverse('consent', args=[visit.pk])}?language={language}#{kind}")
    context = visit_context(request, visit, "consent")
    context |= {
        "sections": _sections(visit, texts, bound),
        "language": language,
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
    }
    return render(
        request, "visits/consent.html", context, status=status_of(bound[1]) if bound else HTTPStatus.OK
    )


@require_POST
@page(Act.TAKE_CONSENT)
@once
def consent_withdraw(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """The patient takes a consent back."""
    visit = open_visit(request, pk, "page.consent_withdraw")
    if kind not in ConsentKind.values:
        raise Http404
    actions.withdraw(by=request.user, visit=visit, kind=ConsentKind(kind))
    messages.success(request, _("The consent is withdrawn from now on."))
    return redirect(f"{reverse('consent', args=[visit.pk])}#{kind}")


@page(Act.MANAGE_CONSENT_TEXTS)
def consent_texts(request: Request) -> HttpResponse:
    """Every text in its newest version."""
    actions.ensure_default_texts(request.user.clinic)
    rows = ConsentText.objects.for_user(request.user).order_by("kind", "language", "-number")
    newest: dict[tuple[str, str], list[ConsentText]] = {}
    for row in rows.select_related("created_by"):
        newest.setdefault((row.kind, row.language), []).append(row)
    listed = [
        {"text": versions[0], "earlier": versions[1:], "language": LANGUAGE_NAMES.get(language, language)}
        for kind in ConsentKind.values
        for (kind_of_text, language), versions in newest.items()
        if kind_of_text == kind
    ]
    return render(request, "visits/consent_texts.html", {"texts": listed})


@page(Act.MANAGE_CONSENT_TEXTS)
def consent_text(request: Request, pk: int) -> HttpResponse:
    """One version, as patients read it."""
    text = _text(request, pk)
    context = {
        "text": text,
        "blocks": blocks_of(text.text),
        "language": LANGUAGE_NAMES.get(text.language, text.language),
    }
    return render(request, "visits/consent_text.html", context)


@page(Act.MANAGE_CONSENT_TEXTS)
@once
def consent_text_new(request: Request, kind: str, language: str) -> HttpResponse:
    """Write the next version of a text."""
    if kind not in ConsentKind.values or language not in LANGUAGES:
        raise Http404
    rows = ConsentText.objects.for_user(request.user).filter(kind=kind, language=language)
    newest = rows.order_by("-number").first()
    initial = (
        {"after": 0}
        if newest is None
        else {"after": newest.number, "title": newest.title, "text": newest.text}
    )
    form = ConsentTextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        saved = save_or_explain(
            form, lambda: actions.write_text(by=request.user, kind=kind, language=language, **cleaned)
        )
        if saved is not None:
            messages.success(
                request,
                _("Version %(number)d counts from now on. Earlier ones are kept.") % {"number": saved.number},
            )
            return redirect("consent_text", saved.pk)
    context = {
        "form": form,
        "newest": newest,
        "kind": ConsentKind(kind).label,
        "language": LANGUAGE_NAMES[language],
    }
    return render(request, "visits/consent_text_new.html", context, status=status_of(form))


def _texts(request: Request, language: str) -> dict[ConsentKind, ConsentText]:
    found = current_texts(request.user.clinic_id, language)
    if len(found) < len(ConsentKind):
        actions.ensure_default_texts(request.user.clinic)
        found = current_texts(request.user.clinic_id, language)
    return found


def _bound_form(
    request: Request, texts: dict[ConsentKind, ConsentText]
) -> tuple[ConsentKind, DecisionForm] | None:
    """The form of the kind whose button was pressed."""
    kind = next((kind for kind in texts if request.POST.get("kind") == kind.value), None)
    return None if kind is None else (kind, DecisionForm(request.POST, prefix=kind.value))


def _sections(
    visit: Visit, texts: dict[ConsentKind, ConsentText], bound: tuple[ConsentKind, DecisionForm] | None
) -> list[dict[str, Any]]:
    decisions = decisions_of(visit.patient)
    found = []
    for kind in ConsentKind:
        text, listed = texts[kind], decisions.get(kind, [])
        latest: Consent | None = listed[0] if listed else None
        form = (
            bound[1]
            if bound is not None and bound[0] is kind
            else DecisionForm(prefix=kind.value, initial={"text": text.pk})
        )
        found.append(
            {
                "kind": kind,
                "text": text,
                "blocks": blocks_of(text.text),
                "latest": latest,
                "earlier": listed[1:],
                "is_given": latest is not None and latest.decision == ConsentDecision.GIVEN,
                "is_newer": latest is not None
                and latest.text.language == text.language
                and latest.text.number < text.number,
                "form": form,
            }
        )
    return found


def _language(request: Request) -> str:
    asked = request.GET.get("language") or (get_language() or ENGLISH).partition("-")[0]
    return asked if asked in LANGUAGES else ENGLISH


def _text(request: Request, pk: int) -> ConsentText:
    text = ConsentText.objects.for_user(request.user).filter(pk=pk).select_related("created_by").first()
    if text is None:
        raise Http404
    return text
