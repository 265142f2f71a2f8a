"""What the fields of a signature ask about the person."""

from django import template

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.reauthentication import has_passkeys as _has_passkeys

register = template.Library()


@register.simple_tag
def has_passkeys(user: User) -> bool:
    """Whether a button for passkeys makes sense."""
    return _has_passkeys(user)
