"""Add a photograph to a visit: once, whatever the connection does."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from facialis.anatomy.expressions import Expression
from facialis.clinic.accounts.models import User
from facialis.clinic.accounts.permissions import Act, require
from facialis.clinic.audit.actions import record
from facialis.clinic.audit.models import Verb
from facialis.clinic.kernel.errors import FieldsError, NotNowError
from facialis.clinic.kernel.times import now
from facialis.clinic.photographs import store
from facialis.clinic.photographs.decoding.decoder import DecodedPicture, decode
from facialis.clinic.photographs.label import is_same_name
from facialis.clinic.photographs.models import MirroredChoice, Photograph, PhotoStatus
from facialis.clinic.photographs.queries import PAST, in_other_record, photograph_of_upload
from facialis.clinic.photographs.questions import Question, QuestionCode, answered, asked
from facialis.clinic.photographs.words import expression_label
from facialis.clinic.site.templatetags.clinic_format import day as day_words
from facialis.clinic.visits.models import ConsentKind, Visit
from facialis.clinic.visits.queries import has_consent, require_open
from facialis.vision.files.expression_names import expression_from_name


@dataclass(frozen=True)
class Upload:
    """What a sender says about a file."""

    key: UUID
    """Made by the sender: the same key again is the same photograph."""
    expression: Expression
    """As a person confirmed it."""
    mirrored: MirroredChoice
    file_name: str = ""
    """As the sender calls it; only for sentences and for what it says of the expression."""
    is_from_camera: bool = False
    taken_at: datetime | None = None
    label_name: str = ""
    """Of the patient, as read on a card or label in the picture."""
    label_reason: str = ""
    """Why it is this patient although the label says another name."""


def add_photograph(visit: Visit, source: Path, upload: Upload, *, by: User) -> Photograph:
    """Decode, store and record an uploaded file.

    Parameters
    ----------
    visit : Visit       Of the own clinic, open.
    source : Path       The uploaded file, in `incoming.folder`.
    upload : Upload     What is said of it.
    by : User

    Returns
    -------
    Photograph          New; or the one that the same key made before.

    Raises
    ------
    FieldsError             ``label_name``: the label names somebody else, and no reason was given.
    PictureRefusedError     The file is no picture that can be read.
    NotNowError             The visit is not open, or the patient has not consented to photographs.
    """
    require(by, Act.CAPTURE)
    known = photograph_of_upload(visit, upload.key)
    if known is not None:
        return known
    _check_visit(visit)
    questions = _questions(visit, upload, by)
    content = source.read_bytes()
    questions = [*_same_file_question(visit, content), *questions]
    decoded = decode(source, name=upload.file_name)
    names = _stored(decoded, content)
    try:
        row = _recorded(visit, upload, decoded, content, names, questions, by)
    except BaseException:
        store.remove(*names)
        raise
    if row.file_name != names[0]:
        store.remove(*names)  # the same upload came twice at once, and the other was first
    return row


def _check_visit(visit: Visit) -> None:
    require_open(visit)
    if not has_consent(visit.patient, ConsentKind.PHOTOGRAPHS):
        raise NotNowError(
            _("The patient has not consented to photographs. Record the decision under Consent first.")
        )


def _questions(visit: Visit, upload: Upload, by: User) -> list[Question]:
    """What a person has to answer before the photograph counts."""
    questions = []
    label = _label_question(visit, upload, by)
    if label is not None:
        questions.append(label)
    named = expression_from_name(upload.file_name) if upload.file_name else None
    if named is not None and named is not upload.expression:
        questions.append(
            asked(
                QuestionCode.EXPRESSION,
                _("The file is named for %(named)s and was added as %(chosen)s. Which does it show?")
                % {"named": expression_label(named), "chosen": expression_label(upload.expression)},
            )
        )
    if upload.mirrored == MirroredChoice.UNKNOWN:
        questions.append(
            asked(
                QuestionCode.MIRRORED,
                _(
                    "Is this picture mirrored, as most selfies are? Look for writing, a parting or a mole. "
                    "Until this is answered its sides are not known and it is not measured."
                ),
            )
        )
    return questions


def _same_file_question(visit: Visit, content: bytes) -> list[Question]:
    """A file that is another patient's already was most likely added to the wrong record, here or there."""
    other = in_other_record(visit, sha256(content).hexdigest())
    if other is None:
        return []
    sentence = _(
        "This very file is in another patient's record, %(record)s, visit of %(day)s. Whose face is it? "
        "If it is this patient's, have it marked as entered in error there."
    )
    there = {"record": other.visit.patient.record_number, "day": day_words(other.visit.day)}
    return [asked(QuestionCode.SAME_FILE, sentence % there)]


def _label_question(visit: Visit, upload: Upload, by: User) -> Question | None:
    patient = visit.patient
    said = upload.label_name.strip()
    if not said or is_same_name(said, patient.family_name, patient.given_names):
        return None
    sentence = _("The label says '%(said)s'; this page is of %(family)s, %(given)s.") % {
        "said": said,
        "family": patient.family_name.upper(),
        "given": patient.given_names,
    }
    if not upload.label_reason.strip():
        raise FieldsError(
            {
                "label_name": sentence
                + " "
                + _("Nothing was stored. Open the right patient, or say why it is this patient.")
            }
        )
    question = asked(QuestionCode.LABEL_NAME, sentence)
    return answered(question, "this_patient", reason=upload.label_reason.strip(), by=by, at=now())


def _stored(decoded: DecodedPicture, content: bytes) -> tuple[str, str, str]:
    """Names of the picture, the thumbnail and, where it is kept, the original."""
    original = store.save_original(content) if settings.FACIALIS.keeps_originals else ""
    return store.save(decoded.picture), store.save(decoded.thumbnail), original


@transaction.atomic
def _recorded(
    visit: Visit,
    upload: Upload,
    decoded: DecodedPicture,
    content: bytes,
    names: tuple[str, str, str],
    questions: list[Question],
    by: User,
) -> Photograph:
    locked = Visit.locked(visit.pk, None)  # two uploads of one visit come one after the other
    known = photograph_of_upload(visit, upload.key)
    if known is not None:
        return known
    require_open(locked)
    before = Photograph.objects.filter(visit=visit, expression=upload.expression).exclude(status__in=PAST)
    replaced = [str(pk) for pk in before.values_list("pk", flat=True)]
    before.update(status=PhotoStatus.REPLACED)
    is_open = any(question["answer"] is None for question in questions)
    row = Photograph.objects.create(
        visit=visit,
        expression=upload.expression,
        status=PhotoStatus.QUESTIONED if is_open else PhotoStatus.WAITING,
        mirrored=upload.mirrored,
        is_from_camera=upload.is_from_camera,
        file_name=names[0],
        thumbnail_name=names[1],
        original_name=names[2],
        sha256=sha256(decoded.picture).hexdigest(),
        original_sha256=sha256(content).hexdigest(),
        width_px=decoded.width_px,
        height_px=decoded.height_px,
        upload_key=upload.key,
        taken_at=upload.taken_at,
        added_by=by,
        findings=list(decoded.findings),
        question=questions or None,
    )
    if not is_open:
        from facialis.clinic.measurements.tasks import request_measuring

        request_measuring(row)
    record(
        Verb.CREATE,
        "photographs.photograph",
        by=by,
        record_id=row.pk,
        patient_id=visit.patient_id,
        details={
            "expression": row.expression,
            "mirrored": row.mirrored,
            "sha256": row.sha256,
            "status": str(row.status),
            "replaces": replaced,
            "asked": [question["code"] for question in questions],
        },
    )
    return row
