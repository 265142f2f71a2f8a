"""What the patient wants."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from facialis.anatomy.muscle_names import FACIAL_MUSCLES
from facialis.anatomy.muscles import muscle
from facialis.clinic.kernel.fields import AnswerField, VersionedForm
from facialis.clinic.kernel.states import AnswerChoice
from facialis.clinic.patients.models import Wishes
from facialis.clinic.patients.words import EXPECTATIONS, GOALS
from facialis.planning.case.wishes import HIGHEST_WEIGHT


class WishesForm(VersionedForm):
    """How much each goal matters, what is refused, and what is expected."""

    no_permanent_change = AnswerField(
        label=_("Does the patient want nothing that stays, such as an operation?")
    )
    expectations = forms.MultipleChoiceField(
        label=_("What does the patient expect that toxin cannot give?"),
        choices=list(EXPECTATIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what still has to be talked about."),
    )
    refused_muscles = forms.MultipleChoiceField(
        label=_("Muscles that must not be injected, on either side"),
        choices=[(one.value, muscle(one).full_name) for one in FACIAL_MUSCLES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for goal, label in GOALS.items():
            self.fields[f"weight_{goal}"] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=HIGHEST_WEIGHT,
                widget=forms.NumberInput({"data-weight": "", "class": "input--short"}),
            )

    @property
    def weight_fields(self) -> list[BoundField]:
        """One number a goal."""
        return [self[f"weight_{goal}"] for goal in GOALS]

    @staticmethod
    def initial_of(wishes: Wishes | None) -> dict[str, Any]:
        """What is stored, as the form shows it."""
        if wishes is None:
            return {"version": 0, "no_permanent_change": AnswerChoice.UNKNOWN}
        weights = wishes.weights if isinstance(wishes.weights, dict) else {}
        return {
            "version": wishes.version,
            "no_permanent_change": wishes.no_permanent_change,
            "expectations": wishes.expectations,
            "refused_muscles": wishes.refused_muscles,
            **{f"weight_{goal}": weight for goal, weight in weights.items()},
        }

    def values(self) -> dict[str, Any]:
        """Fields of the row; a goal that was not asked is missing."""
        cleaned = self.cleaned_data
        weights = {str(goal): cleaned[f"weight_{goal}"] for goal in GOALS}
        return {
            "weights": {goal: weight for goal, weight in weights.items() if weight is not None},
            "refused_muscles": cleaned["refused_muscles"],
            "expectations": cleaned["expectations"],
            "no_permanent_change": cleaned["no_permanent_change"],
        }
