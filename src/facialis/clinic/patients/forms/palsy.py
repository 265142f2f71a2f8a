"""The history of the palsy."""

from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from facialis.clinic.kernel.fields import AnswerField, DayField, VersionedForm
from facialis.clinic.kernel.states import AnswerChoice, SideChoice
from facialis.clinic.kernel.times import today
from facialis.clinic.patients.models import Palsy
from facialis.clinic.patients.words import CAUSES, STABILITIES
from facialis.planning.case.palsy import ASKED_APART, RedFlag

DAYS_PER_MONTH = 365.2425 / 12

BOTH = "both"
FLAG_QUESTIONS = {
    RedFlag.SINGLE_BRANCH: _("Is only one part of the side weak, such as the brow or the lower lip alone?"),
    RedFlag.PAROTID_MASS_OR_PAIN: _("Is there a lump or pain in front of the ear or at the jaw?"),
    RedFlag.OTHER_CRANIAL_NERVE: _(
        "Is another nerve of the head affected, such as feeling in the face or the tongue?"
    ),
    RedFlag.DOUBLE_VISION: _("Does the patient see double?"),
    RedFlag.LIMB_WEAKNESS: _("Is an arm or a leg weak?"),
    RedFlag.ATAXIA: _("Is the gait or the hand unsteady?"),
    RedFlag.SEVERE_HEADACHE: _("Did a severe headache come with the palsy?"),
    RedFlag.SEVERE_PAIN: _("Is or was there severe pain at the ear or in the face?"),
    RedFlag.VESICLES: _("Are or were there blisters at the ear or in the mouth?"),
    RedFlag.HEARING_LOSS_OR_VERTIGO: _("Did hearing get worse, or does the room turn?"),
    RedFlag.EAR_DISCHARGE: _("Does the ear discharge?"),
    RedFlag.TICK_OR_RASH: _("Was there a tick bite, or a rash that spreads?"),
    RedFlag.IMMUNOSUPPRESSION: _("Is the immune system weak, by a disease or a drug?"),
    RedFlag.CANCER_HISTORY: _("Has the patient had cancer?"),
    RedFlag.TWITCHING_BEFORE: _("Did the face twitch before it became weak?"),
}
"""Every flag without a field of its own."""
FLAG_NAMES = {
    **{flag: flag.value.replace("_", " ") for flag in RedFlag},
    RedFlag.GRADUAL_ONSET: _("onset slower than three days"),
    RedFlag.FOREHEAD_SPARED: _("forehead spared"),
    RedFlag.RECURRENT_SAME_SIDE: _("the same side again"),
    RedFlag.BILATERAL: _("both sides"),
    RedFlag.SINGLE_BRANCH: _("one branch only"),
    RedFlag.PAROTID_MASS_OR_PAIN: _("lump or pain at the parotid"),
    RedFlag.OTHER_CRANIAL_NERVE: _("another cranial nerve"),
    RedFlag.DOUBLE_VISION: _("double vision"),
    RedFlag.LIMB_WEAKNESS: _("weak arm or leg"),
    RedFlag.ATAXIA: _("unsteadiness"),
    RedFlag.SEVERE_HEADACHE: _("severe headache"),
    RedFlag.SEVERE_PAIN: _("severe pain"),
    RedFlag.VESICLES: _("blisters"),
    RedFlag.HEARING_LOSS_OR_VERTIGO: _("hearing loss or vertigo"),
    RedFlag.EAR_DISCHARGE: _("discharge from the ear"),
    RedFlag.TICK_OR_RASH: _("tick bite or rash"),
    RedFlag.IMMUNOSUPPRESSION: _("weak immune system"),
    RedFlag.CANCER_HISTORY: _("earlier cancer"),
    RedFlag.TWITCHING_BEFORE: _("twitching before"),
}


class PalsyForm(VersionedForm):
    """Everything that planning asks about the palsy, in plain questions."""

    affected_side = forms.ChoiceField(
        label=_("Which side is affected? The patient's own side."),
        choices=[*SideChoice.choices, (BOTH, _("Both sides"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say LEFT, RIGHT or both sides: the patient's own.")},
    )
    onset = DayField(
        has_passed=True,
        label=_("When did the palsy begin?"),
        error_messages={"required": _("Give the day of the onset, as well as it is known.")},
    )
    cause = forms.ChoiceField(label=_("What caused it?"), choices=list(CAUSES.items()))
    onset_hours = forms.IntegerField(
        label=_("How many hours from the first weakness to the worst?"),
        required=False,
        min_value=0,
        max_value=8784,
        help_text=_("Leave it empty when nobody knows. Bell's palsy takes up to 72 hours."),
    )
    forehead_spared = AnswerField(label=_("Can the forehead of the affected side still wrinkle?"))
    recurrent_same_side = AnswerField(label=_("Was the same side paralysed before?"))

    stability = forms.ChoiceField(
        label=_("Does the face still change without treatment?"),
        choices=list(STABILITIES.items()),
        widget=forms.RadioSelect,
    )
    stable_months = forms.IntegerField(
        label=_("For how many months has it stayed as it is?"), required=False, min_value=0, max_value=1440
    )
    specialist_seen = AnswerField(
        label=_("Has a specialist for the facial nerve examined the patient for this palsy?")
    )
    corticosteroid_days = forms.IntegerField(
        label=_("For how many days was cortisone taken in the acute phase?"),
        required=False,
        min_value=0,
        max_value=366,
        help_text=_("0 for not at all; empty when nobody knows."),
    )
    retraining_start = DayField(
        has_passed=True, label=_("When did exercises with a therapist begin?"), required=False
    )

    cleared_by = forms.CharField(
        label=_("Who looked into them?"),
        max_length=200,
        required=False,
        help_text=_("Name of the physician."),
    )
    cleared_on = DayField(has_passed=True, label=_("On which day?"), required=False)
    cleared_flags = forms.MultipleChoiceField(
        label=_("Which signs were cleared?"),
        choices=list(FLAG_NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for flag, question in FLAG_QUESTIONS.items():
            self.fields[f"flag_{flag}"] = AnswerField(label=question, required=False)

    @property
    def flag_fields(self) -> list[BoundField]:
        """The questions about red flags, in their order."""
        return [self[f"flag_{flag}"] for flag in FLAG_QUESTIONS]

    @staticmethod
    def initial_of(palsy: Palsy | None) -> dict[str, Any]:
        """What is stored, as the form shows it; without a history the answers are not known."""
        if palsy is None:
            unknown = AnswerChoice.UNKNOWN
            return {
                "version": 0,
                "cause": "unknown",
                "forehead_spared": unknown,
                "recurrent_same_side": unknown,
                "stability": "unknown",
                "specialist_seen": unknown,
            }
        same = (
            "version",
            "onset",
            "cause",
            "onset_hours",
            "forehead_spared",
            "recurrent_same_side",
            "stability",
            "stable_months",
            "specialist_seen",
            "corticosteroid_days",
            "retraining_start",
        )
        clearance = palsy.clearance or {}
        flags = palsy.red_flags if isinstance(palsy.red_flags, dict) else {}
        return {
            **{name: getattr(palsy, name) for name in same},
            "affected_side": palsy.affected_side or BOTH,
            "cleared_by": clearance.get("by", ""),
            "cleared_on": DayField().to_python(clearance.get("day")),
            "cleared_flags": clearance.get("flags", []),
            **{f"flag_{flag}": answer for flag, answer in flags.items() if flag not in ASKED_APART},
        }

    def clean(self) -> dict[str, Any]:
        """What only two fields together can say."""
        cleaned = cast("dict[str, Any]", super().clean())
        given = [name for name in ("cleared_by", "cleared_on", "cleared_flags") if cleaned.get(name)]
        if given and len(given) < 3:
            for name in ("cleared_by", "cleared_on", "cleared_flags"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(
                        name, _("A clearance names who, when and which signs. Give all three, or none.")
                    )
        onset, retraining = cleaned.get("onset"), cleaned.get("retraining_start")
        if onset and retraining and retraining < onset:
            self.add_error("retraining_start", _("This day lies before the onset. Check both."))
        if cleaned.get("stable_months") is not None and cleaned.get("stability") != "stable":
            self.add_error(
                "stable_months", _("Months without change are given, so say that it has stayed as it is.")
            )
        since, stable = cleaned.get("onset"), cleaned.get("stable_months")
        if since and stable is not None and stable > (today() - since).days / DAYS_PER_MONTH + 1:
            self.add_error(
                "stable_months", _("These are more months than have passed since the onset. Check both.")
            )
        return cleaned

    def values(self, reanimations: list[dict[str, Any]]) -> dict[str, Any]:
        """Fields of the row."""
        cleaned = self.cleaned_data
        is_both = cleaned["affected_side"] == BOTH
        same = (
            "onset",
            "cause",
            "onset_hours",
            "forehead_spared",
            "recurrent_same_side",
            "stability",
            "stable_months",
            "specialist_seen",
            "corticosteroid_days",
            "retraining_start",
        )
        flags = {flag.value: cleaned[f"flag_{flag}"] for flag in FLAG_QUESTIONS if cleaned[f"flag_{flag}"]}
        clearance = None
        if cleaned["cleared_flags"]:
            clearance = {
                "flags": sorted(cleaned["cleared_flags"]),
                "by": cleaned["cleared_by"],
                "day": cleaned["cleared_on"].isoformat(),
            }
        return {
            **{name: cleaned[name] for name in same},
            "affected_side": "" if is_both else cleaned["affected_side"],
            "bilateral": "yes" if is_both else "no",
            "red_flags": flags,
            "clearance": clearance,
            "reanimations": reanimations,
        }


class ReanimationForm(forms.Form):
    """One operation for movement or symmetry."""

    kind = forms.CharField(label=_("What was done: which muscle or nerve"), max_length=200, required=False)
    day = DayField(has_passed=True, label=_("Day"), required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        """A day alone says nothing."""
        cleaned = cast("dict[str, Any]", super().clean())
        if cleaned.get("day") and not cleaned.get("kind"):
            self.add_error("kind", _("Say what was done, or remove the day."))
        return cleaned


class _Reanimations(forms.BaseFormSet):
    def values(self) -> list[dict[str, Any]]:
        """As they are stored; an emptied row is a removed one."""
        return [
            {"kind": row["kind"], "day": row["day"].isoformat() if row["day"] else None}
            for row in (form.cleaned_data for form in self.forms)
            if row.get("kind")
        ]


ReanimationFormSet: type[_Reanimations] = forms.formset_factory(  # type: ignore[assignment]
    ReanimationForm, formset=_Reanimations, extra=2, max_num=20, absolute_max=20
)


def reanimations_of(palsy: Palsy | None) -> list[dict[str, Any]]:
    """What is stored, as the rows show it."""
    stored = [] if palsy is None else palsy.reanimations
    return [{"kind": one["kind"], "day": DayField().to_python(one.get("day"))} for one in stored]
