"""A new patient, the history, and what the patient decides."""

from collections.abc import Sequence

from tests.browser.pages.person import Person

BORN = "14.07.1961"
ONSET = "02-Mar-2024"
WISHED = (("smile", 8), ("eye_comfort", 6), ("chin", 3))
CONSENTS = ("treatment", "photographs", "research")


def add_patient(person: Person, family_name: str, given_names: str = "Jane") -> str:
    """A new patient, by the list of patients; gives the key."""
    person.press_to("Patients", "/patients/$", within=person.page.locator("header"))
    person.press_to("New patient", "/patients/new/")
    person.write("family_name", family_name)
    person.write("given_names", given_names)
    person.write("birth_date", BORN)
    person.answer("sex", "female")
    person.press_to("Save", "/patients/[0-9a-f-]{36}/")
    banner(person, family_name.upper(), "14-Jul-1961")
    return person.key_in_address()


def banner(person: Person, *texts: str) -> None:
    """What the banner says of the patient, on every page."""
    person.sees(*texts, within=person.page.locator(".patient-banner, .banner").first)


def take_history(person: Person) -> None:
    """The palsy, from the page of the record."""
    person.press("Take the history")
    person.answer("affected_side", "left")
    person.write("onset", ONSET)
    person.choose("cause", "Bell's palsy")
    person.write("onset_hours", "24")
    person.answer("forehead_spared", "no")
    person.answer("recurrent_same_side", "no")
    for flag in person.main.locator("input[name^=flag_][value=no]").all():
        if not flag.is_checked():
            person.hand.press(flag)
    person.answer("stability", "stable")
    person.write("stable_months", "18")
    person.answer("specialist_seen", "yes")
    person.press_to("Save", "/health/")
    banner(person, "LEFT", "Bell")


def ask_health(person: Person) -> None:
    """Three lists of which each says that it was asked, and two answers: the next question."""
    person.sees_heading("Health")
    for name in ("conditions", "allergies"):
        person.answer(f"{name}_state", "none")
    person.answer("medication_state", "known")
    person.answer("medication_codes", "anticoagulants")
    person.answer("pregnancy", "no")
    person.answer("lactation", "no")
    person.press_to("Save", "/earlier-toxin/")
    banner(person, "No known allergies")


def ask_toxin(person: Person) -> None:
    """Whether toxin was given elsewhere."""
    person.answer("state", "none")
    person.press_to("Save the answer", "/wishes/")


def ask_wishes(person: Person, goals: Sequence[tuple[str, int]] = WISHED) -> None:
    """What matters to the patient."""
    for goal, weight in goals:
        person.write(f"weight_{goal}", weight)
    person.answer("no_permanent_change", "no")
    person.press_to("Save", "/patients/[0-9a-f-]{36}/$")


def open_visit(person: Person, patient: str) -> str:
    """Today's visit; gives the key."""
    person.open("patient", patient)
    person.press_to("New visit", "/visits/[0-9a-f-]{36}/")
    return person.key_in_address()


def take_consent(person: Person, visit: str, name: str, kinds: Sequence[str] = CONSENTS) -> None:
    """The patient reads each text, and consents."""
    person.open("consent", visit)
    for kind in kinds:
        part = person.main.locator(f"#{kind}")
        person.answer(f"{kind}-decision", "given", within=part)
        person.write(f"{kind}-signed_name", name, within=part)
        person.press_away("Keep the decision", within=part)
        person.sees("given", f"Signed as {name}", within=person.main.locator(f"#{kind} .callout--good"))


EXAMINED = {
    "eye_closure": "complete",
    "bell_phenomenon": "yes",
    "corneal_sensation": "yes",
    "dry_eye": "no",
    "corneal_problem": "no",
    "holds_liquids": "yes",
}


def examine(person: Person, visit: str) -> None:
    """Eye and mouth."""
    person.open("visit_edit", visit)
    person.sees("affected side is LEFT")
    for name, value in EXAMINED.items():
        person.answer(name, value)
    person.press_to("Save", "/visits/[0-9a-f-]{36}/$")
