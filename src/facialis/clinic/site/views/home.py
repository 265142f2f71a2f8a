"""The first page after signing in."""

from django.http import HttpResponse
from django.shortcuts import render

from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act


@page(Act.VIEW_HOME)
def home(request: Request) -> HttpResponse:
    """Today's list, what is unsigned, and who is due."""
    return render(request, "site/home.html")
