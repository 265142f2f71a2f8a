"""Forms that may arrive twice and count once."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpResponseBase, HttpResponseRedirect

from facialis.clinic.accounts.pages import Request
from facialis.clinic.site.models import Submission

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]
FIELD = "once"
"""Hidden field of a form; `once.js` and the template tag fill it."""


def once(view: View[P]) -> View[P]:
    """Do what a form asks in one transaction, and answer its repetition with the first one's redirect.

    Only an answer that redirects counts as done; a form shown again with its errors does not.
    """

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        key = _key(request)
        if request.method != "POST" or key is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            submission, is_new = Submission.objects.select_for_update().get_or_create(
                key=key, defaults={"user": request.user, "location": ""}
            )
            if not is_new and submission.user_id == request.user.pk and submission.location:
                return HttpResponseRedirect(submission.location)
            answer = view(request, *args, **kwargs)
            location = answer.headers.get("Location") or answer.headers.get("HX-Redirect")
            if location:
                submission.location = location
                submission.save()
            elif is_new:
                submission.delete()
            return answer

    return cast("View[P]", guarded)


def _key(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
