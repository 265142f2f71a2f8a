"""Pages of the team: who works here, and in which role."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from facialis.clinic.accounts import actions
from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.pages import Request, page
from facialis.clinic.accounts.permissions import Act
from facialis.clinic.accounts.queries import factors_of, team_of
from facialis.clinic.accounts.team_forms import MemberForm, NewMemberForm
from facialis.clinic.kernel.errors import FieldsError, NotNowError

STATES = {"open": True, "closed": False}
"""What a form says of an account: whether somebody signs in with it."""


@page(Act.MANAGE_ACCOUNTS)
def team(request: Request) -> HttpResponse:
    """Everybody of the clinic."""
    return render(request, "accounts/team.html", {"members": team_of(request.user)})


@page(Act.MANAGE_ACCOUNTS)
def team_member_new(request: Request) -> HttpResponse:
    """Add a person; the answer shows the one-time password, and nothing shows it again."""
    form = NewMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member, password = actions.add_member(by=request.user, **form.cleaned_data)
        except FieldsError as refused:
            form.refuse(refused)
        else:
            return _password_page(request, member, password)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "accounts/team_member_new.html", {"form": form}, status=status)


@page(Act.MANAGE_ACCOUNTS)
def team_member(request: Request, pk: int) -> HttpResponse:
    """Change the role and the names of a person, and lead to what else can be done."""
    member = _member(request, pk)
    names = ("title", "first_name", "last_name", "role")
    form = MemberForm(request.POST or None, initial={name: getattr(member, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_member(by=request.user, member_id=pk, **form.cleaned_data)
        except FieldsError as refused:
            form.refuse(refused)
        except NotNowError as refused:
            form.add_error("role", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("team")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "member": member, "factors": factors_of(member)}
    return render(request, "accounts/team_member.html", context, status=status)


@page(Act.MANAGE_ACCOUNTS)
def team_member_active(request: Request, pk: int) -> HttpResponse:
    """Ask, then close an account or open it again, as the form says; what it does not say is asked."""
    member = _member(request, pk)
    # The form names the state and not the change: sent twice, it does not undo itself.
    wanted = STATES.get(request.POST.get("state", ""))
    if wanted is not None:
        actions.set_active(by=request.user, member_id=pk, is_active=wanted)
        messages.success(request, _("The account is open again.") if wanted else _("The account is closed."))
        return redirect("team")
    context = {"member": member, "hidden": [("state", "closed" if member.is_active else "open")]}
    return render(request, "accounts/team_member_active.html", context)


@page(Act.MANAGE_ACCOUNTS)
def team_member_reset(request: Request, pk: int) -> HttpResponse:
    """Ask, then give a new one-time password and remove second factors."""
    member = _member(request, pk)
    if request.method == "POST":
        return _password_page(request, *actions.reset_access(by=request.user, member_id=pk))
    return render(request, "accounts/team_member_reset.html", {"member": member})


def _member(request: Request, pk: int) -> User:
    return get_object_or_404(User, pk=pk, clinic=request.user.clinic_id)


def _password_page(request: Request, member: User, password: str) -> HttpResponse:
    context = {"member": member, "one_time_password": password}
    return render(request, "accounts/team_password.html", context)
