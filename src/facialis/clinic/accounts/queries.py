"""Reading the team."""

from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from facialis.clinic.accounts.models import User


class Factors(NamedTuple):
    """What a person proves to be the person with, besides the password."""

    passkeys: int
    has_app: bool


def team_of(user: User) -> QuerySet[User]:
    """All people of the own clinic, those who still work here first."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=["totp", "webauthn"])
    return (
        User.objects.filter(clinic=user.clinic_id)
        .annotate(has_factor=Exists(factor))
        .order_by("-is_active", "last_name", "first_name", "username")
    )


def factors_of(member: User) -> Factors:
    """Count them."""
    kinds = list(Authenticator.objects.filter(user=member).values_list("type", flat=True))
    return Factors(kinds.count(Authenticator.Type.WEBAUTHN), Authenticator.Type.TOTP in kinds)
