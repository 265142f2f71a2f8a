"""Write docs/reference/clinic-permissions.md: which role may do what.

Run it after the matrix changes:  python tools/write_permission_reference.py
"""

import os
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "clinic-permissions.md"
WORDS = {
    "view_home": "see the home page and one's own account",
    "view_patient": "find patients and read their records, photographs included",
    "edit_patient": "enter and change a patient, the palsy, lists, wishes, visits",
    "take_consent": "record what a patient consents to, refuses or withdraws",
    "capture": "add and replace photographs, and answer questions about them",
    "edit_landmarks": "move the points of a photograph",
    "grade": "fill in an instrument, and note what is seen and felt",
    "finalise_grade": "sign a grading",
    "sign_note": "sign the note of a visit, which closes it",
    "draft_plan": "draft a plan of doses",
    "sign_plan": "sign a plan, and revoke it",
    "record_treatment": "enter vials and what was given at each point",
    "sign_treatment": "sign a treatment, and give out its sheet",
    "amend": "write a new version of what is signed, with a reason",
    "mark_error": "mark a record as entered in error, with a reason",
    "plan_follow_up": "see and change who is due",
    "report_adverse_event": "report something unwanted after a treatment",
    "view_research": "see and save de-identified records of patients who agreed",
    "manage_accounts": "add people, change roles, close accounts, reset access",
    "manage_consent_texts": "write new versions of consent texts",
    "view_audit": "read and save the audit of the clinic",
}
INTRODUCTION = """\
# Who may do what in the clinic

The whole matrix of roles and acts, as `accounts/permissions.py` keeps it; written by
`tools/write_permission_reference.py`. Every page and every action names its act and checks it. Nobody sees
records of another clinic: they do not exist there (404). A page that the role does not allow answers 403.

An administrator keeps accounts and reads the audit, in which patients have pseudonyms only, and sees no
patient. A researcher sees pseudonyms, ages and measures of those who agreed to research, and no name, date or
photograph. Whoever does two jobs has two accounts.
"""


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "facialis.clinic.settings")
    import django

    django.setup()
    PAGE.write_text(page(), "utf-8")


def page() -> str:
    """The page."""
    from django.utils.translation import override

    from facialis.clinic.accounts.models import Role
    from facialis.clinic.accounts.permissions import MATRIX, Act

    with override("en-gb"):
        lines = [
            INTRODUCTION,
            f"| Act | What it is | {' | '.join(str(role.label) for role in Role)} |",
            f"|---|---|{'---|' * len(Role)}",
        ]
    for act in Act:
        cells = ["yes |" if role in MATRIX[act] else "|" for role in Role]
        lines.append(f"| `{act}` | {WORDS[act]} | {' '.join(cells)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
