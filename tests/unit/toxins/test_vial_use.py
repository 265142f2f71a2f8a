from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from facialis.toxins import ToxinProduct
from facialis.toxins.dilution import dilute
from facialis.toxins.errors import VialError
from facialis.toxins.storage import TimeRule
from facialis.toxins.vial_use import OpenVial, check_vial, usable_until
from facialis.toxins.vials import vial_size

RIMA = ToxinProduct.RIMABOTULINUMTOXIN_B
BOTOX = dilute(vial_size(ToxinProduct.ONABOTULINUMTOXIN_A, 100), "2.5")
READY = dilute(vial_size(RIMA, 2500), 0)
WEAKENED = dilute(vial_size(RIMA, 2500), "0.5")
PREPARED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LATE = date(2027, 12, 31)
OFF_LABEL = TimeRule.OFF_LABEL


def test_vial_is_good_to_the_last_minute_of_its_hours():
    vial = OpenVial(BOTOX, LATE, PREPARED)
    end = PREPARED + timedelta(hours=24)
    assert usable_until(vial) == end
    check_vial(vial, PREPARED)
    check_vial(vial, end)
    with pytest.raises(VialError) as error:
        check_vial(vial, end + timedelta(minutes=1))
    assert str(error.value) == (
        "100 units onabotulinumtoxinA with 2.5 mL saline was prepared at 22-Nov-2026 08:00 and is wanted at "
        "23-Nov-2026 08:01; it may be used up to 24 h (source: BotoxLabel, storage and handling "
        "[recall-high]). "
        "Discard it and prepare another. Use up to 4 weeks exists off the label (AlamASDS15, consensus "
        "statement, "
        "multi-dose use [recall-medium]) and has to be asked for."
    )
    assert error.value.code == "vial_past_hours"


def test_use_off_the_label_is_counted_only_when_asked_for():
    vial = OpenVial(BOTOX, LATE, PREPARED)
    end = PREPARED + timedelta(weeks=4)
    assert usable_until(vial, OFF_LABEL) == end
    check_vial(vial, end, OFF_LABEL)
    with pytest.raises(VialError) as error:
        check_vial(vial, end + timedelta(minutes=1), OFF_LABEL)
    assert str(error.value) == (
        "100 units onabotulinumtoxinA with 2.5 mL saline was prepared at 22-Nov-2026 08:00 and is wanted at "
        "20-Dec-2026 08:01; it may be used up to 4 weeks (source: AlamASDS15, consensus statement, "
        "multi-dose use "
        "[recall-medium]). Discard it and prepare another."
    )
    assert error.value.code == "vial_past_hours"


def test_diluted_solution_has_the_hours_of_its_label():
    vial = OpenVial(WEAKENED, LATE, PREPARED)
    check_vial(vial, PREPARED + timedelta(hours=4))
    with pytest.raises(VialError, match=r"may be used up to 4 h \(source: MyoblocLabel"):
        check_vial(vial, PREPARED + timedelta(hours=4, minutes=1))


def test_vial_is_good_on_its_last_day_and_not_after():
    vial = OpenVial(BOTOX, date(2026, 11, 22), PREPARED)
    check_vial(vial, datetime(2026, 11, 22, 23, 59, tzinfo=UTC))
    with pytest.raises(VialError) as error:
        check_vial(vial, datetime(2026, 11, 23, 0, 0, tzinfo=UTC))
    assert str(error.value) == (
        "The vial of 100 units onabotulinumtoxinA expired: last day of use 22-Nov-2026, wanted on "
        "23-Nov-2026 "
        "(source: the date on the box). Discard it."
    )
    assert error.value.code == "vial_expired"


def test_use_ends_with_the_last_day_if_that_comes_first():
    zone = timezone(timedelta(hours=2))
    vial = OpenVial(BOTOX, date(2026, 11, 22), PREPARED.astimezone(zone))
    assert usable_until(vial) == datetime(2026, 11, 23, 0, 0, tzinfo=zone)


def test_ready_solution_has_only_its_date():
    vial = OpenVial(READY, date(2026, 11, 22))
    assert usable_until(vial) is None
    check_vial(vial, PREPARED)
    with pytest.raises(VialError, match="expired"):
        check_vial(vial, PREPARED + timedelta(days=1))


def test_vial_is_not_used_before_it_is_prepared():
    with pytest.raises(VialError) as error:
        check_vial(OpenVial(BOTOX, LATE, PREPARED), PREPARED - timedelta(minutes=1))
    assert str(error.value) == (
        "The vial was prepared at 22-Nov-2026 08:00, after its use at 22-Nov-2026 07:59. Correct one of "
        "the times."
    )
    assert error.value.code == "vial_refused"


def test_powder_needs_the_time_of_dilution():
    with pytest.raises(VialError) as error:
        OpenVial(BOTOX, LATE)
    assert str(error.value) == (
        "When 100 units onabotulinumtoxinA with 2.5 mL saline was prepared is missing, so its hours cannot "
        "be "
        "counted. Give date and time."
    )


def test_ready_solution_has_no_time_of_dilution():
    with pytest.raises(VialError) as error:
        OpenVial(READY, LATE, PREPARED)
    assert str(error.value) == (
        "2500 units rimabotulinumtoxinB in 0.5 mL is used as supplied, yet it has a time of dilution. "
        "Leave the time out, or give the volume of saline."
    )


@pytest.mark.parametrize("expires", [PREPARED, "2026-11-22", None])
def test_expiry_is_a_date(expires):
    with pytest.raises(VialError) as error:
        OpenVial(BOTOX, expires, PREPARED)
    assert str(error.value) == f"The expiry date is {expires!r}; give a date without a time."


@pytest.mark.parametrize("moment", [PREPARED.replace(tzinfo=None), date(2026, 11, 22), "now"])
def test_times_have_a_zone(moment):
    with pytest.raises(VialError) as error:
        OpenVial(BOTOX, LATE, moment)
    assert str(error.value) == (
        f"The time of dilution is {moment!r}; give a date and time with its time zone."
    )
    with pytest.raises(VialError) as error:
        check_vial(OpenVial(BOTOX, LATE, PREPARED), moment)
    assert str(error.value) == f"The time of use is {moment!r}; give a date and time with its time zone."
