"""Making and changing accounts. Nobody is ever deleted: signatures and the audit name them."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import Clinic, Role, User
from facialis.clinic.accounts.passwords import one_time_password
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError

WHAT = "accounts.user"


@transaction.atomic
def first_run(
    *,
    clinic_name: str,
    username: str,
    password: str,
    must_change: bool,
    first_name: str = "",
    last_name: str = "",
) -> User:
    """Make the clinic and its first administrator; refused once there is an administrator.

    Parameters
    ----------
    password : str          Checked like every other one.
    must_change : bool      Whether it was generated, and so must be changed.
    """
    if User.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise NotNowError(
            _("There is an administrator already, who adds people on the page Team. Nothing was changed.")
        )
    user = User(
        username=username,
        first_name=first_name,
        last_name=last_name,
        role=Role.ADMINISTRATOR,
        must_change_password=must_change,
    )
    clinic, _made = Clinic.objects.get_or_create(name=clinic_name)
    user.clinic = clinic
    try:
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as refused:
        raise FieldsError({"password": " ".join(refused.messages)}) from refused
    user.save()
    record(
        Verb.ADMINISTER,
        WHAT,
        by=None,
        clinic_id=clinic.pk,
        record_id=user.pk,
        details={"done": "first_run", "role": user.role},
    )
    return user


@transaction.atomic
def add_member(
    *, by: User, username: str, role: str, title: str = "", first_name: str = "", last_name: str = ""
) -> tuple[User, str]:
    """Add a person to the team.

    Returns
    -------
    The person, and a password for signing in once; it is kept nowhere.
    """
    require(by, Act.MANAGE_ACCOUNTS)
    password = one_time_password()
    member = User(
        username=username,
        role=role,
        title=title,
        first_name=first_name,
        last_name=last_name,
        clinic=by.clinic,
        must_change_password=True,
    )
    member.set_password(password)
    _checked(member)
    member.save()
    details = {"done": "added", "role": member.role}
    record(Verb.ADMINISTER, WHAT, by=by, record_id=member.pk, details=details)
    return member, password


@transaction.atomic
def change_member(
    *, by: User, member_id: int, role: str, title: str, first_name: str, last_name: str
) -> User:
    """Change the role and the names of a person; the role holds from the person's next page on."""
    require(by, Act.MANAGE_ACCOUNTS)
    member = _locked_member(by, member_id)
    before = member.role
    if before != role:
        _keep_an_administrator(member)
    member.role, member.title, member.first_name, member.last_name = role, title, first_name, last_name
    _checked(member)
    member.save()
    record(
        Verb.ADMINISTER,
        WHAT,
        by=by,
        record_id=member.pk,
        details={"done": "changed", "role": member.role, "role_before": before},
    )
    return member


@transaction.atomic
def set_active(*, by: User, member_id: int, is_active: bool) -> User:
    """Close an account, which ends its sessions at once, or open it again; nothing where it is so already."""
    require(by, Act.MANAGE_ACCOUNTS)
    member = _locked_member(by, member_id)
    if member.is_active == is_active:
        return member
    if not is_active:
        _keep_an_administrator(member)
    member.is_active = is_active
    member.save()
    details = {"done": "opened" if is_active else "closed"}
    record(Verb.ADMINISTER, WHAT, by=by, record_id=member.pk, details=details)
    return member


@transaction.atomic
def reset_access(*, by: User, member_id: int) -> tuple[User, str]:
    """Give a person a new one-time password and remove all second factors; every session ends.

    Returns
    -------
    The person, and the password; it is kept nowhere.
    """
    require(by, Act.MANAGE_ACCOUNTS)
    member = _locked_member(by, member_id)
    password = one_time_password()
    member.set_password(password)
    member.must_change_password = True
    member.save()
    removed, _each = Authenticator.objects.filter(user=member).delete()
    details = {"done": "access_reset", "factors_removed": removed}
    record(Verb.ADMINISTER, WHAT, by=by, record_id=member.pk, details=details)
    return member, password


@transaction.atomic
def change_clinic(*, by: User, name: str, emergency_contact: str) -> Clinic:
    """Change the clinic's name and the telephone number on the patients' sheets."""
    require(by, Act.MANAGE_ACCOUNTS)
    clinic = Clinic.objects.select_for_update().get(pk=by.clinic_id)
    clinic.name, clinic.emergency_contact = name.strip(), emergency_contact.strip()
    if not any(sign.isdigit() for sign in clinic.emergency_contact):
        raise FieldsError(
            {"emergency_contact": _("A telephone number has digits. Type it as people dial it.")}
        )
    try:
        clinic.full_clean()
    except ValidationError as refused:
        raise FieldsError({n: " ".join(words) for n, words in refused.message_dict.items()}) from refused
    clinic.save()
    record(Verb.ADMINISTER, "accounts.clinic", by=by, record_id=clinic.pk, details={"done": "changed"})
    return clinic


def _locked_member(by: User, member_id: int) -> User:
    return User.objects.select_for_update().get(pk=member_id, clinic=by.clinic_id)


def _keep_an_administrator(member: User) -> None:
    """Refuse what would leave the clinic without anybody who keeps its accounts."""
    if member.role != Role.ADMINISTRATOR or not member.is_active:
        return
    others = User.objects.select_for_update().filter(
        clinic=member.clinic_id, role=Role.ADMINISTRATOR, is_active=True
    )
    if not [other for other in others if other.pk != member.pk]:
        raise NotNowError(
            _(
                "This is the only administrator of the clinic. Make somebody else one first; nothing "
                "was changed."
            )
        )


def _checked(member: User) -> None:
    try:
        member.full_clean()
    except ValidationError as refused:
        raise FieldsError(
            {name: " ".join(words) for name, words in refused.message_dict.items()}
        ) from refused
