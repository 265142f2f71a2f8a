"""What a person says about files that are added."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from facialis.clinic.accounts.pages import Request
from facialis.clinic.kernel.errors import FieldsError
from facialis.clinic.photographs import incoming
from facialis.clinic.photographs.actions import Upload
from facialis.clinic.photographs.decoding.decoder import presentable
from facialis.clinic.photographs.grid import VIEWS
from facialis.clinic.photographs.models import MirroredChoice

PICTURE, KEY = "picture-", "key-"
"""Names of fields begin with them and end with the expression."""


class AboutFilesForm(forms.Form):
    """Holds for all files that are sent together."""

    mirrored = forms.ChoiceField(
        label=_("Are the pictures mirrored?"),
        choices=[
            (MirroredChoice.NO, _("No")),
            (MirroredChoice.YES, _("Yes, as most selfies are")),
            (MirroredChoice.UNKNOWN, _("Not known")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Look for writing, a parting or a mole. Without an answer no sides are known."),
        error_messages={"required": _("Say whether the pictures are mirrored, or choose Not known.")},
    )
    label_name = forms.CharField(
        label=_("Name on the card or label in the picture"),
        required=False,
        max_length=160,
        help_text=_("If there is one: it is compared with the patient's name."),
    )
    label_reason = forms.CharField(
        label=_("Why it is this patient although the label says another name"),
        required=False,
        max_length=400,
    )
    is_from_camera = forms.BooleanField(required=False, widget=forms.HiddenInput)
    taken_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Sent:
    """One file and what is said of it."""

    file: incoming.IncomingFile
    upload: Upload


def sent_files(request: Request, form: AboutFilesForm) -> list[Sent]:
    """The files of a valid form, each with its expression and key; raises `FieldsError` without any."""
    said = form.cleaned_data
    found = []
    for view in VIEWS:
        file = request.FILES.get(PICTURE + view)
        if not isinstance(file, incoming.IncomingFile):
            continue
        upload = Upload(
            key=_key(request.POST.get(KEY + view, "")),
            expression=view,
            mirrored=MirroredChoice(said["mirrored"]),
            file_name=file.name or "",
            is_from_camera=said["is_from_camera"],
            taken_at=said["taken_at"],
            label_name=said["label_name"],
            label_reason=said["label_reason"],
        )
        found.append(Sent(file, upload))
    too_large = getattr(request, incoming.REFUSED, None)
    if not found or too_large:
        raise FieldsError({"pictures": _missing(too_large)})
    return found


def _missing(too_large: str | None) -> str:
    if too_large is None:
        return str(_("No file was chosen. Choose at least one photograph."))
    return str(
        _("'%(name)s' is larger than %(most)s MB and was not stored. Export it as JPEG, or make it smaller.")
        % {"name": presentable(too_large), "most": incoming.largest_mb()}
    )


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise FieldsError(
            {"pictures": str(_("The page sent no key for this file. Load the page again."))}
        ) from error
