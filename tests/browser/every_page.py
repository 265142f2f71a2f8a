"""Every page of the clinic, with the records that it is looked at with; a test counts them."""

STRUCK = (
    ("patient", "treated"),
    ("visit", "treated_visit"),
    ("capture", "visit"),
    ("earlier_treatment_new", "patient"),
    ("grade", "treated_visit"),
    ("grading", "final"),
    ("plan_signed", "not_begun"),
    ("treatment", "treatment"),
    ("adverse_events", "treated"),
    ("adverse_event", "event"),
    ("visit_note", "treated_visit"),
)
"""Pages of records that were entered in error."""

EMPTY = ("home", "patients", "recalls", "vials", "team", "research", "audit", "consent_texts")
"""Lists of a clinic that has no patient yet."""

ADMINISTRATOR = (
    ("home",), ("team",), ("team_member_new",), ("team_member", "member"),
    ("team_member_active", "member"), ("team_member_reset", "member"), ("clinic_edit",),
    ("audit",), ("consent_texts",), ("consent_text", "text"), ("consent_text_new", "treatment", "en"),
    ("mfa_index",), ("account_change_password",), ("mfa_activate_totp",), ("mfa_add_webauthn",),
    ("mfa_list_webauthn",), ("account_reauthenticate",), ("account_logout",),
)  # fmt: skip
RESEARCHER = (("home",), ("research",), ("patients",))
"""The last one is refused, and the refusal is a page, too."""

CLINICIAN = (
    ("home",), ("patients",), ("patient_new",),
    ("patient", "patient"), ("patient", "treated"), ("patient", "newcomer"),
    ("patient_edit", "patient"),
    ("palsy_edit", "patient"), ("palsy_edit", "newcomer"),
    ("health_edit", "patient"), ("health_edit", "newcomer"),
    ("wishes_edit", "patient"), ("wishes_edit", "newcomer"),
    ("earlier_treatment_new", "patient"), ("earlier_treatment_new", "newcomer"),
    ("visit_new", "patient"),
    ("visit", "visit"), ("visit", "treated_visit"), ("visit", "planned"), ("visit", "closed"),
    ("visit_history", "visit"), ("visit_edit", "visit"), ("consent", "visit"), ("consent", "planned"),
    ("visit_note", "visit"), ("visit_note", "treated_visit"), ("visit_note_sign", "visit"),
    ("visit_note_amend", "treated_visit"),
    ("visit_close", "visit"), ("visit_cancel", "planned"), ("visit_error", "visit"),
    ("capture", "visit"), ("capture", "treated_visit"), ("photograph_remove", "photograph"),
    ("measure", "visit"), ("measure", "closed"), ("edit_points", "photograph"),
    ("synkinesis", "visit"), ("synkinesis", "closed"),
    ("grade", "visit"), ("grade", "treated_visit"), ("findings", "visit"),
    ("grade_instrument", "visit", "house_brackmann"), ("grade_instrument", "visit", "sunnybrook"),
    ("grade_instrument", "visit", "eface"), ("grade_instrument", "visit", "face_scale"),
    ("grading", "final"), ("grade_sign", "preliminary"), ("grading_amend", "final"),
    ("grading_error", "final"),
    ("plan", "treated_visit"), ("plan?grounds=1", "visit"), ("plan_editor", "draft"),
    ("plan_time_out", "draft"), ("plan_signed", "active"), ("plan_signed", "completed"),
    ("vials",), ("vial_new",),
    ("treat", "not_begun"), ("treatment", "begun"), ("treatment", "treatment"), ("treatment", "amendment"),
    ("treatment_amend", "treatment"), ("treatment_error", "treatment"), ("patient_sheet", "treatment"),
    ("recalls",), ("due_cancel", "due"),
    ("adverse_events", "treated"), ("adverse_events", "newcomer"), ("adverse_event_new", "treated"),
    ("adverse_event", "event"), ("adverse_event_error", "event"),
    ("trends", "treated"), ("trends", "newcomer"), ("compare", "patient"), ("compare", "newcomer"),
)  # fmt: skip
ASSISTANT = (
    ("home",), ("patient", "patient"), ("visit", "visit"), ("capture", "visit"), ("grade", "visit"),
    ("grade_instrument", "visit", "house_brackmann"), ("plan", "treated_visit"), ("plan_editor", "draft"),
    ("plan_time_out", "draft"), ("plan_signed", "active"), ("treatment", "begun"),
)  # fmt: skip

ERRORS = (
    ("patient_new",), ("patient_edit", "patient"), ("palsy_edit", "newcomer"), ("visit_new", "patient"),
    ("consent", "visit"), ("visit_note_sign", "visit"), ("visit_note_amend", "treated_visit"),
    ("visit_error", "visit"), ("photograph_remove", "photograph"),
    ("grade_sign", "preliminary"), ("grading_amend", "final"), ("grading_error", "final"),
    ("plan?grounds=1", "visit"), ("vial_new",), ("treatment", "begun"), ("treatment_amend", "treatment"),
    ("due_cancel", "due"), ("adverse_event_new", "treated"), ("adverse_event_error", "event"),
)  # fmt: skip
"""Forms that are sent with nothing in them."""

SEEN_ELSEWHERE = {
    "account_login": "test_shell.py",
    "account_inactive": "test_passkeys.py",
    "account_signup": "answers 404", "account_email": "answers 404",
    "account_email_verification_sent": "answers 404", "account_confirm_email": "answers 404",
    "account_set_password": "answers 404", "account_reset_password": "answers 404",
    "account_reset_password_done": "answers 404", "account_reset_password_from_key": "answers 404",
    "account_reset_password_from_key_done": "answers 404", "account_confirm_login_code": "answers 404",
    "account_request_reauthentication_code": "answers 404",
    "account_confirm_reauthentication_code": "answers 404",
    "mfa_authenticate": "test_passkeys.py", "mfa_reauthenticate": "test_passkeys.py",
    "mfa_reauthenticate_webauthn": "test_passkeys.py", "mfa_login_webauthn": "JSON",
    "mfa_deactivate_totp": "test_passkeys.py", "mfa_remove_webauthn": "test_passkeys.py",
    "mfa_edit_webauthn": "test_passkeys.py", "mfa_view_recovery_codes": "test_passkeys.py",
    "mfa_generate_recovery_codes": "test_passkeys.py", "mfa_download_recovery_codes": "a file",
    "plan_progress": "a piece of the page plan", "capture_progress": "a piece of the page capture",
    "measure_progress": "a piece of the page measure", "synkinesis_cell": "a piece of the page synkinesis",
    "instrument_score": "a piece of the page grade_instrument",
    "preview_points": "JSON", "health": "JSON", "identity_passkey": "JSON", "keep_session": "JSON",
    "photograph_image": "a picture", "photograph_thumbnail": "a picture",
    "audit_export": "a file", "research_export": "a file",
}  # fmt: skip
"""Addresses that are no page of their own here, and why."""

POSTED = frozenset(
    {
        "set_language", "earlier_treatment_error", "visit_today", "visit_open", "consent_withdraw",
        "photograph_add", "photograph_answer", "visit_measure_again", "take_points_back", "plan_propose",
        "plan_override", "plan_edit", "plan_revoke", "plan_error", "plan_amend", "vial_discard",
        "treatment_vial", "treatment_point", "treatment_all_given", "treatment_add", "treatment_sign",
    }
)  # fmt: skip
"""Addresses that only take what a form of another page sends."""

ROLES = {
    "clinician": CLINICIAN,
    "assistant": ASSISTANT,
    "researcher": RESEARCHER,
    "administrator": ADMINISTRATOR,
}
