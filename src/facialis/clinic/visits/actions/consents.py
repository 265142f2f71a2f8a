"""What a patient is asked to consent to, and what the patient decides."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from facialis.clinic.accounts.models import Clinic, User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record, sha256_of
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.times import now
from facialis.clinic.photographs.label import is_same_name
from facialis.clinic.visits.consent_texts import default_texts
from facialis.clinic.visits.models import (
    Consent,
    ConsentDecision,
    ConsentKind,
    ConsentText,
    SignedBy,
    Visit,
)
from facialis.clinic.visits.queries import latest_decisions, require_open


@transaction.atomic
def ensure_default_texts(clinic: Clinic) -> list[ConsentText]:
    """Give a clinic the first version of each text that it lacks; what it has is left as it is.

    Written by the software itself, when a clinic is set up or asks for consent for the first time.
    """
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    have = set(ConsentText.objects.filter(clinic=clinic).values_list("kind", "language").distinct())
    made = []
    for default in default_texts():
        if (default.kind.value, default.language) in have:
            continue
        made.append(
            ConsentText.objects.create(
                clinic=clinic,
                kind=default.kind,
                number=1,
                language=default.language,
                title=default.title,
                text=default.text,
                sha256=hash_of_text(default.kind, default.language, default.title, default.text),
                created_by=None,
            )
        )
    if made:
        record(
            Verb.CREATE, "visits.consent_texts", by=None, details={"clinic": clinic.pk, "texts": len(made)}
        )
    return made


@transaction.atomic
def write_text(*, by: User, kind: str, language: str, title: str, text: str, after: int) -> ConsentText:
    """Write the next version of a text; earlier ones stay, and so does what was consented to.

    Parameters
    ----------
    after : int     Number of the version that was changed; 0 where there was none.
    """
    require(by, Act.MANAGE_CONSENT_TEXTS)
    Clinic.objects.select_for_update().get(pk=by.clinic_id)
    rows = ConsentText.objects.filter(clinic=by.clinic_id, kind=kind, language=language)
    newest = rows.aggregate(number=Max("number"))["number"] or 0
    errors = {}
    if newest != after:
        errors["text"] = _(
            "Somebody else wrote version %(now)d meanwhile; yours began with %(then)d. Read it, then write "
            "yours."
        ) % {"now": newest, "then": after}
    if not title.strip():
        errors["title"] = _("Give the text a title.")
    if not text.strip():
        errors["text"] = _("Write the text that the patient reads.")
    digest = hash_of_text(kind, language, title.strip(), text.strip())
    if rows.filter(number=newest, sha256=digest).exists():
        errors["text"] = _("This is the text of the newest version. Change it, or go back.")
    if errors:
        raise FieldsError(errors)
    written = ConsentText.objects.create(
        clinic_id=by.clinic_id,
        kind=kind,
        number=newest + 1,
        language=language,
        title=title.strip(),
        text=text.strip(),
        sha256=digest,
        created_by=by,
    )
    details = {"kind": kind, "language": language, "number": written.number, "sha256": digest}
    record(Verb.CREATE, "visits.consent_text", by=by, record_id=written.pk, details=details)
    return written


@transaction.atomic
def decide(
    *,
    by: User,
    visit: Visit,
    text: ConsentText,
    decision: str,
    signed_name: str = "",
    signed_by: str = SignedBy.PATIENT,
    representation: str = "",
    is_name_confirmed: bool = False,
) -> Consent:
    """Keep what the patient decided after reading a text.

    Parameters
    ----------
    signed_by : str             The patient, or a representative.
    representation : str        Who the representative is, and why the patient does not sign.
    is_name_confirmed : bool    That the patient signed although the name is not the record's.

    Raises
    ------
    FieldsError     Neither given nor refused; given without a name, or with a name that is not the patient's
                    and was not confirmed; a text that was replaced.
    NotNowError     The visit is not open.
    """
    require(by, Act.TAKE_CONSENT)
    row = Visit.locked(visit.pk, None)
    require_open(row)
    errors = {}
    if decision not in {ConsentDecision.GIVEN, ConsentDecision.REFUSED}:
        errors["decision"] = _("Say whether the patient consents or refuses.")
    if decision == ConsentDecision.GIVEN and not signed_name.strip():
        errors["signed_name"] = _(
            "Write the name as the patient, or the person who signs for the patient, signed."
        )
    errors |= _of_signature(row, signed_name.strip(), signed_by, representation, is_name_confirmed)
    if text.clinic_id != by.clinic_id or _is_replaced(text):
        errors["decision"] = _(
            "A newer version of this text exists. Let the patient read it, then decide again."
        )
    if errors:
        raise FieldsError(errors)
    is_represented = signed_by == SignedBy.REPRESENTATIVE
    return _keep(
        row,
        text,
        decision=decision,
        signed_name=signed_name.strip(),
        by=by,
        signed_by=signed_by,
        representation=representation.strip() if is_represented else "",
    )


@transaction.atomic
def withdraw(*, by: User, visit: Visit, kind: ConsentKind) -> Consent:
    """Keep that the patient takes a consent back; possible in every visit that counts.

    Raises
    ------
    NotNowError     There is no consent to take back.
    """
    require(by, Act.TAKE_CONSENT)
    row = Visit.locked(visit.pk, None)
    found = latest_decisions(row.patient).get(kind)
    if found is None or found.decision != ConsentDecision.GIVEN:
        raise NotNowError(_("There is no consent of this kind to withdraw."))
    return _keep(row, found.text, decision=ConsentDecision.WITHDRAWN, signed_name="", by=by)


def hash_of_text(kind: str, language: str, title: str, text: str) -> str:
    """SHA-256 of what a patient reads."""
    return sha256_of({"kind": str(kind), "language": language, "title": title, "text": text})


def _is_replaced(text: ConsentText) -> bool:
    return ConsentText.objects.filter(
        clinic=text.clinic_id, kind=text.kind, language=text.language, number__gt=text.number
    ).exists()


def _of_signature(
    visit: Visit, name: str, signed_by: str, representation: str, is_name_confirmed: bool
) -> dict[str, str]:
    """A name that is not the patient's counts only as a representative's, or once it was looked at again."""
    if signed_by not in SignedBy.values:
        return {"signed_by": _("Say who signed: the patient, or a representative.")}
    if signed_by == SignedBy.REPRESENTATIVE:
        if not name:
            return {"signed_name": _("Write the name of the representative as signed.")}
        if not representation.strip():
            return {
                "representation": _(
                    "Say who it is and why the patient does not sign, such as 'daughter, power of attorney'."
                )
            }
        return {}
    patient = visit.patient
    if not name or is_name_confirmed or is_same_name(name, patient.family_name, patient.given_names):
        return {}
    return {
        "signed_name": _(
            "'%(typed)s' is not the name of this patient, %(family)s, %(given)s. Is this the right patient? "
            "If somebody else signed, choose the representative; if the patient signs so, confirm it below."
        )
        % {"typed": name, "family": patient.family_name.upper(), "given": patient.given_names}
    }


def _keep(
    visit: Visit,
    text: ConsentText,
    *,
    decision: str,
    signed_name: str,
    by: User,
    signed_by: str = SignedBy.PATIENT,
    representation: str = "",
) -> Consent:
    consent = Consent.objects.create(
        patient_id=visit.patient_id,
        visit=visit,
        text=text,
        text_sha256=text.sha256,
        decision=decision,
        signed_name=signed_name,
        signed_by=signed_by,
        representation=representation,
        at=now(),
        recorded_by=by,
    )
    record(
        Verb.CREATE,
        "visits.consent",
        by=by,
        record_id=consent.pk,
        patient_id=visit.patient_id,
        details={"kind": text.kind, "decision": str(decision), "number": text.number, "sha256": text.sha256},
    )
    return consent
