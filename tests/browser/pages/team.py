"""The administrator's page of people, and how a new person comes in."""

from tests.browser.pages.person import Person, sign_in
from tests.factories.clinic import PASSWORD


def add_person(
    person: Person, *, username: str, role: str, title: str, first_name: str, last_name: str
) -> str:
    """Add somebody; gives the password for signing in once."""
    person.open("team_member_new")
    person.write("username", username)
    person.write("title", title)
    person.write("first_name", first_name)
    person.write("last_name", last_name)
    field = person.field("role")
    if field.count() == 1:
        person.choose("role", role.capitalize())
    else:
        person.answer("role", role)
    person.press("Add")
    person.sees_heading("One-time password")
    password = person.page.locator(".one-time-password").inner_text()
    person.press("It is written down")
    person.sees(f"{last_name}", "never signed in", "one-time password")
    return password


def come_in_first(person: Person, username: str, one_time: str) -> None:
    """Sign in with the password that holds once, and choose another one."""
    sign_in(person, username, one_time)
    person.write("oldpassword", one_time)
    person.write("password1", PASSWORD)
    person.write("password2", PASSWORD)
    person.hand.press(person.main.locator("form button.button--primary"))
    person.page.wait_for_url(lambda address: "password" not in address)
