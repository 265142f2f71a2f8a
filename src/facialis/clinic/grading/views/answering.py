"""One instrument at a visit: its form while it is answered, paper once it is final."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.grading.actions.drafting import save_draft
from facialis.clinic.grading.form_groups import groups_of
from facialis.clinic.grading.forms import InstrumentForm
from facialis.clinic.grading.instruments import instrument_or_404, is_questionnaire
from facialis.clinic.grading.models import Grading
from facialis.clinic.grading.paper import paper_options, paper_rows
from facialis.clinic.grading.queries import current_gradings, earlier_finals, versions_of
from facialis.clinic.grading.scores import change_since, score_words, words_of
from facialis.clinic.grading.stored import scored
from facialis.clinic.grading.suggestions import Suggested, measurement_shown, suggested_for, taken_of
from facialis.clinic.kernel.saving import save_or_explain, status_of
from facialis.clinic.kernel.states import NoteStatus
from facialis.clinic.measurements.queries import current_measurement
from facialis.clinic.photographs.queries import current_photographs
from facialis.clinic.visits.models import Visit
from facialis.clinic.visits.navigation import visit_context
from facialis.clinic.visits.pages import open_visit
from facialis.grading.errors import GradingError
from facialis.grading.instrument import Instrument


@require_http_methods(["GET", "POST"])
@page(Act.GRADE)
def grade_instrument(request: Request, pk: UUID, instrument: str) -> HttpResponse:
    """Answer an instrument, item by item; saved it is a draft."""
    asked = instrument_or_404(instrument)
    visit = open_visit(request, pk, "page.grade_instrument")
    if request.method == "POST":
        return _save(request, visit, asked)
    standing = current_gradings(visit).get(asked.id, {})
    draft, final = standing.get(NoteStatus.PRELIMINARY), standing.get(NoteStatus.FINAL)
    if draft is None and (final is not None or not visit.is_editable):
        return _paper(request, visit, asked, final)
    return _form(request, visit, asked, draft, final)


@require_POST
@page(Act.GRADE)
def instrument_score(request: Request, instrument: str) -> HttpResponse:
    """Score answers that are being given; of no patient, and nothing is kept."""
    asked = instrument_or_404(instrument)
    form = InstrumentForm(request.POST, instrument=asked)
    context: dict[str, Any] = {"instrument": asked}
    if not form.is_valid():
        context["refused"] = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return render(request, "grading/score.html", context, status=422)
    try:
        context["score"] = score_words(scored(asked, form.answers, form.options).score)
    except GradingError as error:
        context["refused"] = str(error)
        return render(request, "grading/score.html", context, status=422)
    return render(request, "grading/score.html", context)


def _save(request: Request, visit: Visit, instrument: Instrument) -> HttpResponse:
    data: QueryDict = request.POST
    if "take" in data:
        data = _with_taken(data, visit, instrument)
    form = InstrumentForm(data, instrument=instrument)
    if form.is_valid():
        saved = save_or_explain(
            form,
            lambda: save_draft(
                by=request.user,
                visit_id=visit.pk,
                instrument_id=instrument.id,
                version=form.draft_version,
                answers=form.answers,
                options=form.options,
                taken=form.taken,
                measurement_id=form.cleaned_data["measurement"],
            ),
            lambda: InstrumentForm.initial_of(_draft_of(visit, instrument)),
        )
        if saved is not None:
            return _saved(request, saved)
    standing = current_gradings(visit).get(instrument.id, {})
    draft, final = standing.get(NoteStatus.PRELIMINARY), standing.get(NoteStatus.FINAL)
    return _form(request, visit, instrument, draft, final, form=form)


def _saved(request: Request, grading: Grading) -> HttpResponse:
    if request.POST.get("do") == "sign":
        return redirect("grade_sign", pk=grading.pk)
    messages.success(request, _("Saved as a draft."))
    answer = redirect("grade_instrument", pk=grading.visit_id, instrument=grading.instrument)
    taken = request.POST.get("take")
    if taken in grading.answers["answers"]:
        answer["Location"] += f"#item-{taken}"
    request.session["grade_saved"] = str(grading.pk)
    return answer


def _form(
    request: Request,
    visit: Visit,
    instrument: Instrument,
    draft: Grading | None,
    final: Grading | None,
    *,
    form: InstrumentForm | None = None,
) -> HttpResponse:
    earlier = earlier_finals(visit).get(instrument.id)
    suggested = _suggested(visit, instrument, form)
    taken = form.taken if form is not None else taken_of(draft.suggested) if draft is not None else set()
    if form is None:
        initial = InstrumentForm.initial_of(draft, earlier)
        if suggested.measurement is not None:
            initial["measurement"] = suggested.measurement.pk
        form = InstrumentForm(instrument=instrument, initial=initial)
    context = {
        "instrument": instrument,
        "is_questionnaire": is_questionnaire(instrument.id),
        "draft": draft,
        "final": final,
        "form": form,
        "groups": groups_of(form, suggested, current_photographs(visit), taken),
        "suggested": suggested,
        "score": _score_shown(instrument, form, draft),
        "change": change_since(earlier, None),
        "cleared_draft": _cleared(request, draft),
        **visit_context(request, visit, "grade"),
    }
    return render(request, "grading/instrument.html", context, status=status_of(form))


def _paper(request: Request, visit: Visit, instrument: Instrument, final: Grading | None) -> HttpResponse:
    earlier = earlier_finals(visit).get(instrument.id)
    context = {
        "instrument": instrument,
        "is_questionnaire": is_questionnaire(instrument.id),
        "grading": final,
        "score": words_of(final),
        "rows": [] if final is None else paper_rows(final),
        "options": [] if final is None else paper_options(final),
        "change": None if final is None else change_since(earlier, final),
        "versions": [row for row in versions_of(visit, instrument.id) if row != final],
        **visit_context(request, visit, "grade"),
    }
    return render(request, "grading/paper.html", context)


def _suggested(visit: Visit, instrument: Instrument, form: InstrumentForm | None) -> Suggested:
    """From the measurement that the form was shown with; a new form takes the newest."""
    shown = None
    if form is not None and form.is_bound:
        shown = measurement_shown(visit, form.cleaned_data.get("measurement"))
    return suggested_for(visit, instrument, shown or current_measurement(visit))


def _with_taken(data: QueryDict, visit: Visit, instrument: Instrument) -> QueryDict:
    """Put the suggestion of one item into the answers, as the button without scripts asks."""
    measured = InstrumentForm(data, instrument=instrument)
    measured.is_valid()
    name = data.get("take", "")
    item = _suggested(visit, instrument, measured).items.get(name)
    if item is None or item.value is None:
        return data
    changed = data.copy()
    changed[name] = str(item.value)
    changed.appendlist("taken", name)
    return changed


def _score_shown(instrument: Instrument, form: InstrumentForm, draft: Grading | None) -> Any:
    """Of what stands in the form, where it can be scored."""
    if not form.is_bound:
        return words_of(draft) or score_words(scored(instrument, {}, {}).score)
    try:
        return score_words(scored(instrument, form.answers, form.options).score)
    except GradingError:
        return None


def _draft_of(visit: Visit, instrument: Instrument) -> Grading | None:
    rows = Grading.objects.filter(visit=visit, instrument=instrument.id, status=NoteStatus.PRELIMINARY)
    return rows.first()


def _cleared(request: Request, draft: Grading | None) -> bool:
    """Whether this page follows a saving, so that the browser forgets its own draft."""
    return draft is not None and request.session.pop("grade_saved", None) == str(draft.pk)
