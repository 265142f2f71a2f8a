"""German words are longer than English ones: no page runs out of the screen, on tablet and phone."""

import pytest

from tests.browser import every_page
from tests.browser.access import is_wider
from tests.browser.conftest import TABLET, type_in_and_sign_in
from tests.browser.test_accessibility import NARROWEST, PHONE


@pytest.fixture
def german(open_context, clinic):
    """A page of somebody who reads German: `german("name for signing in")`."""

    def come(username):
        context = open_context()
        context.add_cookies([{"name": "django_language", "value": "de", "url": clinic.address}])
        page = context.new_page()
        type_in_and_sign_in(page, clinic, username)
        return page

    return come


@pytest.mark.parametrize("role", every_page.ROLES)
def test_every_page_fits_the_screen_in_german(german, clinic, full, role):
    page = german(full["people"][role])
    found = []
    for address, *arguments in every_page.ROLES[role]:
        name, _, query = address.partition("?")
        keys = [full["keys"].get(one, one) for one in arguments]
        page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
        page.goto(clinic.path(name, *keys) + (f"?{query}" if query else ""))
        assert page.locator("html").get_attribute("lang") == "de"
        for width, height in (TABLET, PHONE, NARROWEST):
            page.set_viewport_size({"width": width, "height": height})
            if is_wider(page):
                found.append(f"{name}: wider than {width} px")
    assert found == []
