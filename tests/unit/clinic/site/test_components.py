"""The partials of the design system say what they must, and nothing merges what must stay apart."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from facialis.anatomy.expressions import Expression
from facialis.clinic import site

SITE = Path(site.__file__).parent
COMPONENTS = SITE / "templates" / "site" / "components"
PICTURES = SITE / "static" / "site" / "img"
STATES = ("draft", "active", "completed", "revoked", "preliminary", "final", "amended", "entered_in_error")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en-gb"):
        yield


def shown(name, **context):
    """The words of a partial, as they are read."""
    html = render_to_string(f"site/components/{name}.html", context)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace(" ,", ",").strip()


def banner(**changes):
    return {
        "surname": "Beispiel",
        "first_name": "Hannelore",
        "title": "Dr",
        "born": date(1945, 7, 14),
        "on": date(2026, 11, 22),
        "sex": "female",
        "identifiers": [("Hospital number", "1024553")],
        "allergy_status": "none_known",
        "affected": "left",
        "edge": 2,
        "last_toxin": {"day": date(2026, 8, 30), "product": "onabotulinumtoxinA", "units": "22.50"},
        **changes,
    }


def test_the_banner_names_the_patient_as_the_convention_writes_it():
    words = shown("patient_banner", banner=banner())
    assert "BEISPIEL, Hannelore (Dr) Born 14-Jul-1945 (81y) Sex female Hospital number 1024553" in words
    assert "Palsy LEFT" in words
    assert "Last toxin 30-Aug-2026 (12 weeks ago), onabotulinumtoxinA, 22.5 units" in words


@pytest.mark.parametrize(
    ("status", "label"),
    [
        ("known", "Known allergies penicillin"),
        ("none_known", "No known allergies"),
        ("not_recorded", "Allergies not recorded"),
        ("unavailable", "Allergies unavailable"),
        ("", "Allergies unavailable"),
    ],
)
def test_allergies_have_four_labels_that_never_merge(status, label):
    labels = ("Known allergies", "No known allergies", "Allergies not recorded", "Allergies unavailable")
    words = shown("patient_banner", banner=banner(allergy_status=status, allergies=["penicillin"]))
    assert label in words
    assert [one for one in labels if one in words] == [label.removesuffix(" penicillin")]


def test_risks_and_no_toxin_are_said():
    words = shown("patient_banner", banner=banner(last_toxin=None, risks=["pregnancy", "anticoagulant"]))
    assert "Risks pregnancy, anticoagulant" in words
    assert "Last toxin none recorded" in words


def test_who_has_died_has_the_age_at_death():
    words = shown("patient_banner", banner=banner(deceased=date(2026, 5, 1)))
    assert "Born 14-Jul-1945 Died 01-May-2026 (80y)" in words


@pytest.mark.parametrize("state", STATES)
def test_a_state_has_its_word(state):
    assert shown("state_badge", state=state) == state.replace("_", " ")


@pytest.mark.parametrize(
    ("kind", "word"), [("note", "Note"), ("warn", "Warning"), ("stop", "Stop"), ("model", "Model")]
)
def test_a_callout_begins_with_how_strong_it_is(kind, word):
    assert shown("callout", kind=kind, text="A sentence.") == f"{word} A sentence."


class Vial(forms.Form):
    lot = forms.CharField(help_text="As printed.")
    side = forms.ChoiceField(choices=[("right", "RIGHT"), ("left", "LEFT")], widget=forms.RadioSelect)
    note = forms.CharField(required=False)


def test_an_error_leads_from_the_summary_to_its_field_and_is_read_with_it():
    form = Vial({})
    fields = "".join(render_to_string("site/components/field.html", {"field": field}) for field in form)
    summary = render_to_string("site/components/error_summary.html", {"form": form})
    ids = set(re.findall(r'\bid="([^"]+)"', fields))
    assert set(re.findall(r'href="#([^"]+)"', summary)) == {"id_lot", "id_side_0"} <= ids
    described = {one for ids_ in re.findall(r'aria-describedby="([^"]+)"', fields) for one in ids_.split()}
    assert described == {"id_lot_helptext", "id_lot_error", "id_side_error"} <= ids
    assert set(re.findall(r'for="([^"]+)"', fields)) <= ids


def test_a_form_without_errors_has_no_summary():
    assert shown("error_summary", form=Vial({"lot": "C1", "side": "left"})) == ""


def test_a_stepper_writes_its_number_as_browsers_read_it():
    with translation.override("de"):
        html = render_to_string(
            "site/components/stepper.html",
            {"id": "d", "name": "d", "value": 2.5, "max": 10.5, "step": 0.5, "label": "Dosis"},
        )
    assert 'value="2.5" data-min="0" data-max="10.5" data-step="0.5"' in html
    assert 'type="text" inputmode="decimal"' in html, "a number field of a browser drops a decimal comma"


def test_a_side_on_the_healthy_half_is_marked():
    assert shown("side_role_tag", side="right", role="healthy", contralateral=True) == "RIGHT CONTRALATERAL"
    assert shown("side_role_tag", side="", role="midline") == "midline"


def test_right_grows_to_the_left():
    half = {"text": "8.2 mm", "percent": 41, "role": "healthy"}
    html = render_to_string(
        "site/components/butterfly_row.html",
        {"row": {"name": "Brow", "right": half, "left": {**half, "percent": 7}, "words": "w"}},
    )
    right, left = re.findall(r"<g([^>]*)><rect [^>]*width=\"(\d+)\"", html)
    assert right == (' transform="scale(-1 1)"', "41")
    assert left == ("", "7")


@pytest.mark.parametrize("expression", Expression)
def test_each_expression_has_a_drawing_of_its_own(expression):
    picture = (PICTURES / "expressions" / f"{expression}.svg").read_text(encoding="utf-8")
    inline = render_to_string(f"site/components/expressions/{expression}.html")
    paths = re.findall(r' d="([^"]+)"', inline)
    assert paths
    assert paths == re.findall(r' d="([^"]+)"', picture)


def test_no_two_drawings_are_the_same():
    drawings = {path.read_text(encoding="utf-8") for path in (PICTURES / "expressions").glob("*.svg")}
    assert len(drawings) == len(Expression)


def test_each_icon_that_is_named_is_drawn():
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (PICTURES / "icons.svg").read_text(encoding="utf-8")))
    templates = [path.read_text(encoding="utf-8") for path in SITE.parent.rglob("*.html")]
    named = {name for text in templates for name in re.findall(r'icon\.html" with name="([a-z-]+)"', text)}
    assert named
    assert named <= drawn


def test_no_template_of_the_clinic_has_what_the_content_policy_refuses():
    refused = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
    found = {
        path.name: match.group()
        for path in SITE.parent.rglob("*.html")
        if (match := refused.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}
