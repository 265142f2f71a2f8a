"""Pages of allauth that this clinic does not have."""

from django.http import Http404, HttpRequest, HttpResponse


def absent(request: HttpRequest, *_args: str) -> HttpResponse:
    """404."""
    raise Http404
