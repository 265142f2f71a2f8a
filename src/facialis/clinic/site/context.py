"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from facialis import __version__
from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, may


def shell(request: HttpRequest) -> dict[str, Any]:
    """Rights of the person, for showing or leaving out what is not theirs; views check again."""
    user = getattr(request, "user", None)
    rights = {act.value: may(user, act) for act in Act} if isinstance(user, User) else {}
    return {
        "may": rights,
        "facialis_version": __version__,
        "session_minutes": settings.FACIALIS.session_minutes,
        "session_seconds": settings.SESSION_COOKIE_AGE,
        "languages": settings.LANGUAGES,
    }
