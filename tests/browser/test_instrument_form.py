"""The script of an instrument's form: take over, answer otherwise, slide."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def form(clinic):
    """Address of a form with an item that the measurement answers."""
    visit = clinic.make("visit", patient=clinic.make("patient"))
    clinic.make("measurement", visit=visit)
    return clinic.path("grade_instrument", visit, "eface")


def test_taking_over_answering_otherwise_and_sliding(signed_in, form):
    page = signed_in(path=form)
    item = page.locator("#item-brow_rest")
    number, slider = item.locator("input[type=number]"), item.locator("input[type=range]")
    taken, button = item.locator("input[name=taken]"), item.locator("[data-take]")
    expect(number).to_have_value("")
    expect(slider).to_have_attribute("aria-valuetext", "not assessed")

    suggested = button.get_attribute("data-take")
    with page.expect_request("**/score/") as scored:
        button.click()
    expect(number).to_have_value(suggested)
    expect(slider).to_have_value(suggested)
    expect(taken).to_be_checked()
    expect(button).to_have_text("Taken over")
    sent = scored.value.post_data
    assert f'name="brow_rest"\r\n\r\n{suggested}' in sent or f"brow_rest={suggested}" in sent
    expect(page.locator("#score")).to_contain_text("1 of")

    slider.press("ArrowLeft")
    expect(number).to_have_value(str(int(suggested) - 1))
    expect(taken).not_to_be_checked()
    expect(button).to_contain_text("Take over")

    number.fill("")
    expect(slider).to_have_attribute("aria-valuetext", "not assessed")
