"""What pages ask about how a person proves to be that person."""

from django import template

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.reauthentication import has_passkeys as _has_passkeys
from facialis.clinic.accounts.second_factor import needs_second_factor as _needs_second_factor

register = template.Library()


@register.simple_tag
def has_passkeys(user: User) -> bool:
    """Whether a button for passkeys makes sense."""
    return _has_passkeys(user)


@register.simple_tag
def needs_second_factor(user: User) -> bool:
    """Whether a page says that a second factor comes first."""
    return _needs_second_factor(user)
