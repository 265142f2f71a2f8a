"""The audit chain, and signatures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What was done."""

    READ = "read", _("read")
    CREATE = "create", _("created")
    CHANGE = "change", _("changed")
    SIGN = "sign", _("signed")
    AMEND = "amend", _("amended")
    REVOKE = "revoke", _("revoked")
    MARK_ERROR = "mark_error", _("marked as entered in error")
    EXPORT = "export", _("exported")
    SIGN_IN = "sign_in", _("signed in")
    SIGN_OUT = "sign_out", _("signed out")
    SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
    ADMINISTER = "administer", _("administered")


class AuditEntry(models.Model):
    """One act. The database refuses to change or delete it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    """From 1, without gaps."""
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """None for the software itself and for people who are not signed in."""
    actor_name = models.CharField(max_length=200)
    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=20, choices=Verb.choices)
    what = models.CharField(max_length=60)
    """Kind of the record or page, such as 'plans.plan' or 'page.trends'."""
    record = models.CharField(max_length=64, blank=True)
    """Key of the record."""
    patient = models.UUIDField(null=True, db_index=True)
    """Key of the patient, kept even if the patient were removed."""
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    own_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = [models.Index(fields=("clinic", "-number"), name="audit_by_clinic")]

    def __str__(self) -> str:
        return f"{self.number}: {self.actor_name} {self.verb} {self.what}"


class AuditHead(models.Model):
    """The one row that every entry locks, so that the chain has no fork."""

    number = models.PositiveBigIntegerField(default=0)
    own_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_head_is_one")]

    def __str__(self) -> str:
        return f"after {self.number}"


class Signature(models.Model):
    """A named person stands for a record as it was shown. The database refuses to change or delete it."""

    clinic_path = "clinic"

    id = models.UUIDField(primary_key=True)
    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="+")
    what = models.CharField(max_length=60)
    record = models.UUIDField(db_index=True)
    patient = models.UUIDField(db_index=True)
    meaning = models.CharField(max_length=200)
    """'I stand for this plan', 'I performed this treatment'."""
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=200)
    signer_role = models.CharField(max_length=20)
    at = models.DateTimeField()
    method = models.CharField(max_length=20)
    """How the person proved to be the person: 'password', 'passkey' or 'totp'."""
    document = models.JSONField()
    """The record as it was shown and signed."""
    document_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.signer_name}: {self.meaning}"
