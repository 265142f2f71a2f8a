"""What speaks against toxin, or for caution: conditions, medication, allergies, pregnancy."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from facialis.clinic.kernel.fields import AnswerField, VersionedForm
from facialis.clinic.kernel.states import AnswerChoice
from facialis.clinic.patients.case import UnreadableError, coded_list
from facialis.clinic.patients.drug_names import suggested_classes
from facialis.clinic.patients.models import Patient, SexChoice
from facialis.clinic.patients.words import ALLERGIES, CONDITIONS, DRUGS, Words
from facialis.planning.case.answers import CodedList, ListState
from facialis.planning.errors import CaseError

LISTS: dict[str, tuple[StrOrPromise, Words]] = {
    "conditions": (_("Conditions"), CONDITIONS),
    "medication": (_("Medication"), DRUGS),
    "allergies": (_("Allergies"), ALLERGIES),
}
STATES = [
    (ListState.NOT_ASKED.value, _("Not asked")),
    (ListState.NONE.value, _("Asked, there are none")),
    (ListState.KNOWN.value, _("Asked, there are these:")),
]


class HealthForm(VersionedForm):
    """Three lists that keep 'none' and 'not asked' apart, and two answers."""

    pregnancy = AnswerField(label=_("Is the patient pregnant?"))
    lactation = AnswerField(label=_("Is the patient breastfeeding?"))

    is_pregnancy_confirmed = forms.BooleanField(
        label=_("The answer about pregnancy is right"), required=False
    )
    are_names_confirmed = forms.BooleanField(label=_("None of the classes above is meant"), required=False)

    def __init__(self, *args: Any, sex: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sex = sex
        for name, (label, words) in LISTS.items():
            self.fields[f"{name}_state"] = forms.ChoiceField(
                label=label, choices=STATES, widget=forms.RadioSelect
            )
            self.fields[f"{name}_codes"] = forms.MultipleChoiceField(
                label=_("Known to the rules of planning"),
                choices=list(words.items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"{name}_others"] = forms.CharField(
                label=_("Others, one a line"),
                required=False,
                help_text=_("Rules know only what is ticked. These are shown, and weighed by people."),
                widget=forms.Textarea({"rows": 3}),
            )
        self.lists: dict[str, CodedList] = {}

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Each list with its three fields."""
        return [
            {
                "name": name,
                "label": label,
                "state": self[f"{name}_state"],
                "codes": self[f"{name}_codes"],
                "others": self[f"{name}_others"],
                "is_open": self[f"{name}_state"].value() == ListState.KNOWN.value,
            }
            for name, (label, _words) in LISTS.items()
        ]

    @staticmethod
    def initial_of(patient: Patient) -> dict[str, Any]:
        """What is stored; a list that cannot be read begins as not asked."""
        found = {"version": patient.version, "pregnancy": patient.pregnancy, "lactation": patient.lactation}
        for name in LISTS:
            try:
                stored = coded_list(getattr(patient, name), "")
            except UnreadableError:
                stored = CodedList()
            found[f"{name}_state"] = stored.state.value
            found[f"{name}_codes"] = list(stored.codes)
            found[f"{name}_others"] = "\n".join(stored.others)
        return found

    def clean(self) -> dict[str, Any]:
        """Build planning's lists; what contradicts itself is said at its list."""
        cleaned = cast("dict[str, Any]", super().clean())
        for name in LISTS:
            if any(f"{name}_{part}" in self.errors for part in ("state", "codes", "others")):
                continue
            lines = [line.strip() for line in cleaned[f"{name}_others"].splitlines()]
            others, codes = tuple(line for line in lines if line), tuple(cleaned[f"{name}_codes"])
            state = ListState(cleaned[f"{name}_state"])
            if state is ListState.KNOWN and not (codes or others):
                self.add_error(f"{name}_state", _("Tick or write what is known, or say that there are none."))
            elif state is not ListState.KNOWN and (codes or others):
                self.add_error(
                    f"{name}_state",
                    _("Something is ticked or written below. Say that there are these, or clear it."),
                )
            else:
                self._build(name, state, codes, others)
        self._ask_about_classes(cleaned)
        if (
            cleaned.get("pregnancy") == AnswerChoice.YES
            and self.sex == SexChoice.MALE
            and not cleaned.get("is_pregnancy_confirmed")
        ):
            self.add_error(
                "pregnancy",
                _("The patient is recorded as male. Is this the right patient and answer? Confirm it below."),
            )
        return cleaned

    def _ask_about_classes(self, cleaned: dict[str, Any]) -> None:
        """A drug in free text is not known to the rules, although its class may be."""
        found = self.lists.get("medication")
        if found is None or cleaned.get("are_names_confirmed"):
            return
        for line, code in suggested_classes(found.others, found.codes).items():
            self.add_error(
                "medication_others",
                _(
                    "'%(drug)s' seems to belong to '%(words)s', which the rules know: tick it above. If it "
                    "does not, confirm it below."
                )
                % {"drug": line, "words": DRUGS[code]},
            )

    def _build(self, name: str, state: ListState, codes: tuple[str, ...], others: tuple[str, ...]) -> None:
        try:
            self.lists[name] = CodedList(state=state, codes=codes, others=others)
        except CaseError as error:
            self.add_error(f"{name}_others", str(error))


def unreadable_lists(patient: Patient) -> list[StrOrPromise]:
    """Names of the lists whose stored value cannot be read."""
    found = []
    for name, (label, _words) in LISTS.items():
        try:
            coded_list(getattr(patient, name), "")
        except UnreadableError:
            found.append(label)
    return found
