"""Clinics and the people who work in them."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is here for; `permissions.py` says what each may do."""

    CLINICIAN = "clinician", _("Clinician")
    ASSISTANT = "assistant", _("Assistant")
    RESEARCHER = "researcher", _("Researcher")
    ADMINISTRATOR = "administrator", _("Administrator")


class Clinic(models.Model):
    """One clinic; nobody sees the patients of another."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    emergency_contact = models.CharField(
        _("telephone for patients after a treatment"), max_length=120, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="users")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    title = models.CharField(_("title"), max_length=40, blank=True)
    must_change_password = models.BooleanField(default=False)
    """While it is one that an administrator made; the person sees nothing else until it is changed."""

    REQUIRED_FIELDS = []

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        ]

    @property
    def signature_name(self) -> str:
        """As it stands under a record: 'Dr Ada Muster'."""
        whole = " ".join(part for part in (self.title, self.first_name, self.last_name) if part)
        return whole or self.username
