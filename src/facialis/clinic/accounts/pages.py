"""What stands before every page: a signed-in person whose role allows it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require

P = ParamSpec("P")
View = Callable[Concatenate["Request", P], HttpResponseBase]


class Request(HttpRequest):
    """A request of a signed-in person; only for types."""

    user: User


def page(act: Act) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let only signed-in people whose role allows ``act`` see a page.

    A person who is not signed in goes to the sign-in page; one whose role does not allow it gets 403.
    The act stands on the view as ``view.act``, so that tests can go through all addresses.
    """

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if getattr(request, "htmx", False):
                    answer = HttpResponse(status=204)
                    answer["HX-Redirect"] = redirect_to_login(request.htmx.current_url_abs_path or "/").url  # type: ignore[attr-defined]
                    return answer
                return redirect_to_login(request.get_full_path())
            require(request.user, act)
            return view(cast("Request", request), *args, **kwargs)

        checked.act = act  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", checked)

    return decorate
