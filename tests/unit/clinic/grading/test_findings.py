"""Findings: empty is not 0, sides are the patient's, and two people do not overwrite each other."""

import subprocess
import sys

import pytest
from django.urls import reverse

from facialis.anatomy.expressions import Expression
from facialis.anatomy.sides import Side
from facialis.clinic.grading.actions.findings import fingerprint, save_findings
from facialis.clinic.grading.finding_forms import FindingsForm
from facialis.clinic.grading.finding_kinds import finding_kinds
from facialis.clinic.grading.models import ClinicianFinding
from facialis.clinic.grading.queries import findings_of
from facialis.clinic.kernel.errors import FieldsError, NotPermittedError, StaleVersionError
from facialis.planning.case.visits import ClinicianFinding as PlanningFinding

pytestmark = pytest.mark.django_db
NOTHING = fingerprint([])
CHIN = ("chin_dimpling", "left", "pucker")


def test_the_clinic_knows_the_findings_that_the_twin_understands():
    from facialis.twin.present.findings import FindingScale, FindingWhen
    from facialis.twin.present.findings import finding_kinds as of_twin

    assert {
        kind.code: (kind.name, kind.is_graded, kind.is_of_expression) for kind in finding_kinds().values()
    } == {
        kind.code: (
            kind.name,
            kind.scale is FindingScale.GRADE,
            kind.when is FindingWhen.EXPRESSION,
        )
        for kind in of_twin().values()
    }


def test_findings_are_read_without_the_twin():
    code = (
        "import sys; from facialis.clinic.grading.finding_kinds import finding_kinds; "
        "assert finding_kinds(); assert 'jax' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_not_examined_is_not_none(clinician, visit):
    save_findings(
        by=clinician,
        visit_id=visit.pk,
        seen=NOTHING,
        values={CHIN: 0, ("lid_strength", "right", ""): 3, ("eface_ocular_synkinesis", "left", ""): 0},
    )
    assert findings_of(visit) == [
        PlanningFinding("chin_dimpling", Side.LEFT, Expression.PUCKER, grade=0),
        PlanningFinding("eface_ocular_synkinesis", Side.LEFT, score=0),
        PlanningFinding("lid_strength", Side.RIGHT, grade=3),
    ]
    seen = fingerprint(ClinicianFinding.objects.all())
    assert save_findings(by=clinician, visit_id=visit.pk, seen=seen, values={CHIN: 0}) == 2
    assert findings_of(visit) == [PlanningFinding("chin_dimpling", Side.LEFT, Expression.PUCKER, grade=0)]
    assert ClinicianFinding.history.filter(history_type="-").count() == 2


def test_the_page_keeps_zero_and_empty_apart(browser, visit):
    address = reverse("findings", args=[visit.pk])
    version = browser.get(address).context["form"]["version"].value()
    browser.post(
        address,
        {
            "version": version,
            "chin_dimpling-left-rest": "0",
            "neck_bands-right-rest": "",
            "lid_strength-left": "2",
        },
    )
    assert {(f.code, f.side, f.grade) for f in findings_of(visit)} == {
        ("chin_dimpling", Side.LEFT, 0),
        ("lid_strength", Side.LEFT, 2),
    }
    page = browser.get(address).content.decode()
    assert 'name="chin_dimpling-left-rest" id="id_chin_dimpling-left-rest_0" value="0" checked' in page
    assert 'name="chin_dimpling-right-rest" value="" checked' in page


def test_saving_what_is_stored_already_changes_nothing(browser, clinician, visit):
    save_findings(by=clinician, visit_id=visit.pk, seen=NOTHING, values={CHIN: 2})
    address = reverse("findings", args=[visit.pk])
    version = browser.get(address).context["form"]["version"].value()
    values = {"version": version, "chin_dimpling-left-pucker": "2"}
    assert "Nothing was changed." in browser.post(address, values, follow=True).content.decode()
    assert ClinicianFinding.history.count() == 1


def test_right_stands_before_left(browser, visit):
    page = browser.get(reverse("findings", args=[visit.pk])).content.decode()
    assert page.index('name="chin_dimpling-right-rest"') < page.index('name="chin_dimpling-left-rest"')


def test_the_second_of_two_savers_is_told(browser, clinician, visit):
    address = reverse("findings", args=[visit.pk])
    save_findings(by=clinician, visit_id=visit.pk, seen=NOTHING, values={CHIN: 2})
    with pytest.raises(StaleVersionError):
        save_findings(by=clinician, visit_id=visit.pk, seen=NOTHING, values={CHIN: 3})
    page = browser.post(address, {"version": NOTHING, "chin_dimpling-left-pucker": "3"})
    assert page.status_code == 409
    assert findings_of(visit)[0].grade == 2
    version = page.context["form"]["version"].value()
    assert browser.post(address, {"version": version, "chin_dimpling-left-pucker": "3"}).status_code == 302
    assert findings_of(visit)[0].grade == 3


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (CHIN, 4),
        (("eface_ocular_synkinesis", "left", ""), 101),
        (("lid_strength", "left", "rest"), 1),
        (("chin_dimpling", "left", ""), 1),
        (("chin_dimpling", "both", "rest"), 1),
        (("third_eye", "left", ""), 1),
    ],
)
def test_a_place_or_value_that_does_not_exist_is_refused(clinician, visit, place, value):
    with pytest.raises(FieldsError):
        save_findings(by=clinician, visit_id=visit.pk, seen=NOTHING, values={place: value})
    assert not findings_of(visit)


def test_a_wrong_score_is_refused_at_its_field(browser, visit):
    page = browser.post(
        reverse("findings", args=[visit.pk]),
        {"version": NOTHING, "eface_ocular_synkinesis-left": "170", "lid_strength-left": "9"},
    )
    assert page.status_code == 422
    assert {"eface_ocular_synkinesis-left", "lid_strength-left"} <= set(page.context["form"].errors)
    assert 'value="170"' in page.content.decode()


def test_findings_of_a_closed_visit_are_corrected_with_a_reason(clinician, assistant, visit):
    visit.status = "closed"
    visit.save()
    with pytest.raises(NotPermittedError):
        save_findings(
            by=assistant, visit_id=visit.pk, seen=NOTHING, values={CHIN: 1}, reason="forgotten that day"
        )
    with pytest.raises(FieldsError, match="different words"):
        save_findings(by=clinician, visit_id=visit.pk, seen=NOTHING, values={CHIN: 1})
    save_findings(
        by=clinician, visit_id=visit.pk, seen=NOTHING, values={CHIN: 1}, reason="forgotten that day"
    )
    assert ClinicianFinding.history.get().history_change_reason == "forgotten that day"


def test_every_finding_has_its_field(visit):  # noqa: ARG001
    form = FindingsForm(initial=FindingsForm.initial_of([]))
    graded = [kind for kind in finding_kinds().values() if kind.is_of_expression]
    whole = len(finding_kinds()) - len(graded)
    assert len(form.fields) - 2 == 2 * (9 * len(graded) + whole)
