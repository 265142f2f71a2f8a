"""States of records, in the words of FHIR."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoteStatus(models.TextChoices):
    """Of what was observed or done."""

    PRELIMINARY = "preliminary", _("preliminary")
    FINAL = "final", _("final")
    AMENDED = "amended", _("amended")
    """Final, with a newer version that says why."""
    ENTERED_IN_ERROR = "entered_in_error", _("entered in error")


class PlanStatus(models.TextChoices):
    """Of what is intended."""

    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("active")
    COMPLETED = "completed", _("completed")
    REVOKED = "revoked", _("revoked")
    ENTERED_IN_ERROR = "entered_in_error", _("entered in error")


class AnswerChoice(models.TextChoices):
    """An answer to a question about a patient; the values are those of planning's `Answer`."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class SideChoice(models.TextChoices):
    """The patient's side; the values are those of `Side`."""

    LEFT = "left", _("LEFT")
    RIGHT = "right", _("RIGHT")


LONGEST_CODE = 40
