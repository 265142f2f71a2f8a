"""What the patient takes home: what was done, what to expect when, what is harmless, whom to call."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from facialis.anatomy.injection_targets import InjectionTarget
from facialis.clinic.site.templatetags.clinic_format import units as units_words
from facialis.clinic.treatments.models import Treatment, TreatmentPoint
from facialis.clinic.treatments.plain_places import PLAIN_PLACES, listed
from facialis.clinic.treatments.queries import units_given
from facialis.clinic.treatments.warning_signs import advice_words, sign_words
from facialis.planning.explain.plain_words import EYE_TARGETS, MOUTH_TARGETS
from facialis.planning.schedule import follow_up
from facialis.toxins.adverse_events import adverse_events
from facialis.toxins.emergency import Urgency, emergency_signs
from facialis.toxins.exact import number_text
from facialis.toxins.pharmacology import pharmacology
from facialis.toxins.procedure_rules import procedure_rule
from facialis.toxins.products import ToxinProduct

ANY_INJECTION = "any facial injection"
HOURS_IN_DAY = 24


@dataclass(frozen=True)
class Group:
    """Sentences under one lead, which may be empty."""

    lead: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it."""

    code: str
    heading: str
    groups: tuple[Group, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that is said, leads included."""
        return tuple(
            sentence
            for group in self.groups
            for sentence in ((group.lead, *group.sentences) if group.lead else group.sentences)
        )


def _plain(*sentences: str) -> tuple[Group, ...]:
    return (Group("", sentences),)


def sheet_of(treatment: Treatment, points: list[TreatmentPoint]) -> tuple[Part, ...]:
    """Parts of the sheet, in the language that is active.

    Times and shares come from the toxins' tables; what was done comes from the signed record.
    """
    assert treatment.vial is not None  # noqa: S101  signed
    assert treatment.given_at is not None  # noqa: S101
    product = ToxinProduct(treatment.vial.product)
    given = [point for point in points if point.given_units is not None]
    targets = frozenset(InjectionTarget(point.target) for point in given)
    return (
        Part("done", _("What was done"), _plain(*_done(treatment, given))),
        Part("expect", _("What to expect, and when"), _plain(*_expect())),
        Part("harmless", _("What is harmless"), _plain(*_harmless())),
        Part("call", _("Call on the same day"), _call(targets)),
        Part("emergency", _("Emergency"), _signs(Urgency.EMERGENCY)),
        Part("dates", _("Next dates"), _plain(*_dates(treatment, product))),
    )


def sheet_document(treatment: Treatment, parts: tuple[Part, ...], language: str) -> dict[str, Any]:
    """The sheet as it was handed over."""
    return {
        "format": "facialis-patient-sheet/1",
        "treatment": str(treatment.pk),
        "language": language,
        "parts": [
            {"code": part.code, "heading": part.heading, "sentences": list(part.sentences)} for part in parts
        ],
    }


def _done(treatment: Treatment, given: list[TreatmentPoint]) -> tuple[str, ...]:
    sentences = []
    for side, where in (
        ("left", _("On your LEFT side: %(places)s.")),
        ("right", _("On your RIGHT side: %(places)s.")),
        ("", _("In the middle: %(places)s.")),
    ):
        targets = dict.fromkeys(point.target for point in given if point.side == side)
        if targets:
            places = listed([str(PLAIN_PLACES[InjectionTarget(target)]) for target in targets])
            sentences.append(where % {"places": places})
    assert treatment.vial is not None  # noqa: S101  signed
    sentences.append(
        ngettext(
            "%(count)d injection with a thin needle, %(dose)s of %(product)s in all (lot %(lot)s).",
            "%(count)d injections with a thin needle, %(dose)s of %(product)s in all (lot %(lot)s).",
            len(given),
        )
        % {
            "count": len(given),
            "dose": units_words(units_given(given)),
            "product": treatment.vial.product,
            "lot": treatment.vial.lot,
        }
    )
    return tuple(sentences)


def _expect() -> tuple[str, ...]:
    begins, clinical, wanes = (
        pharmacology().preferred(name).interval for name in ("onset_begins", "onset_clinical", "effect_wanes")
    )
    review = procedure_rule("review")
    assert begins is not None  # noqa: S101  the tables give ranges
    assert clinical is not None  # noqa: S101
    assert wanes is not None  # noqa: S101
    assert review.low is not None  # noqa: S101
    assert review.high is not None  # noqa: S101
    return (
        _("Nothing changes at once."),
        _(
            "The first effect comes after %(low)g to %(high)g days; most people notice it after %(a)g to "
            "%(b)g days."
        )
        % {
            "low": begins[0] / HOURS_IN_DAY,
            "high": begins[1] / HOURS_IN_DAY,
            "a": clinical[0],
            "b": clinical[1],
        },
        _("The full effect is there after %(low)s to %(high)s weeks.")
        % {"low": number_text(review.low), "high": number_text(review.high)},
        _("It wears off by itself after about %(low)g to %(high)g weeks, and your face is then as before.")
        % {"low": wanes[0], "high": wanes[1]},
        _("How strong the effect is, and how long it lasts, differs from person to person."),
    )


def _harmless() -> tuple[str, ...]:
    words = {
        "bruising": _("Small bruises"),
        "injection_site_pain": _("Some pain where the needle went in"),
        "flu_like_illness": _("Feeling tired, with a headache, as with a cold"),
    }
    found = [
        _("%(what)s: %(low)s to %(high)s in 100 people. It passes in a few days.")
        % {
            "what": words[event.event],
            "low": number_text(event.interval.low_pct),
            "high": number_text(event.interval.high_pct),
        }
        for event in adverse_events()
        if event.event in words and event.setting == ANY_INJECTION and event.interval is not None
    ]
    return (*found, _("A little swelling or redness at the points on the first day."))


def _call(targets: frozenset[InjectionTarget]) -> tuple[Group, ...]:
    own = []
    if targets & EYE_TARGETS:
        own.append(_("Your eye no longer closes fully, or feels dry or gritty."))
    if targets & MOUTH_TARGETS:
        own.append(_("Drinks leak from your mouth, or you bite your cheek when you eat."))
    if InjectionTarget.FRONTALIS in targets:
        own.append(_("Your brow hangs lower than you like. It is not dangerous."))
    signs = _signs(Urgency.SAME_DAY)
    return (*signs, Group(_("Call the clinic:"), tuple(own))) if own else signs


def _signs(urgency: Urgency) -> tuple[Group, ...]:
    """Signs under what to do about them, in the order of the table."""
    found: dict[str, list[str]] = {}
    for sign in emergency_signs():
        if sign.urgency is urgency:
            found.setdefault(advice_words(sign), []).append(sign_words(sign))
    return tuple(Group(advice, tuple(signs)) for advice, signs in found.items())


def _dates(treatment: Treatment, product: ToxinProduct) -> tuple[str, ...]:
    assert treatment.given_at is not None  # noqa: S101  signed
    dates = follow_up(timezone.localdate(treatment.given_at), product)

    def day(value: object) -> str:
        return format_date(value, "j F Y")  # type: ignore[arg-type]

    return (
        _("Check-up with new photographs: between %(low)s and %(high)s.")
        % {"low": day(dates.review_from), "high": day(dates.review_to)},
        _("Next treatment, if you want one: about %(about)s, never before %(earliest)s.")
        % {"about": day(dates.repeat), "earliest": day(dates.earliest_repeat)},
        _("Tell every doctor who wants to give you botulinum toxin, for whatever reason, about today."),
    )
