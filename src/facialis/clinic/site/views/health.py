"""Whether the clinic works, for the machine that watches it."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from facialis import __version__


def health(request: HttpRequest) -> JsonResponse:
    """200 with what works, or 503 where the database does not answer; nothing about patients."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        works = True
    except DatabaseError:
        works = False
    return JsonResponse({"database": works, "version": __version__}, status=200 if works else 503)
