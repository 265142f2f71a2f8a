"""Whether a vial in the hand may still be used: its expiry date, and its hours since dilution."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from facialis.toxins.dilution import Dilution
from facialis.toxins.errors import VialError
from facialis.toxins.storage import TimeRule, time_limit

_DAY = "%d-%b-%Y"
_MINUTE = "%d-%b-%Y %H:%M"


@dataclass(frozen=True)
class OpenVial:
    """A vial as it stands on the tray."""

    dilution: Dilution
    expires_on: date
    """Last day of use, as printed on the box."""
    diluted_at: datetime | None = None
    """When saline was added, with its time zone; None for a solution used as supplied."""

    def __post_init__(self) -> None:
        if isinstance(self.expires_on, datetime) or not isinstance(self.expires_on, date):
            raise VialError(f"The expiry date is {self.expires_on!r}; give a date without a time.")
        needed = bool(self.dilution.saline_ml)
        if needed and self.diluted_at is None:
            raise VialError(
                f"When {self.dilution.text} was prepared is missing, so its hours cannot be counted. "
                "Give date and time."
            )
        if not needed and self.diluted_at is not None:
            raise VialError(
                f"{self.dilution.text} is used as supplied, yet it has a time of dilution. "
                "Leave the time out, or give the volume of saline."
            )
        if self.diluted_at is not None:
            _require_zone(self.diluted_at, "time of dilution")


def usable_until(vial: OpenVial, rule: TimeRule = TimeRule.LABEL) -> datetime | None:
    """End of use of a diluted vial: of its hours, or of its last day if that comes first.

    None for a solution used as supplied, which has only its date.
    """
    if vial.diluted_at is None:
        return None
    last = datetime.combine(vial.expires_on + timedelta(days=1), time.min, vial.diluted_at.tzinfo)
    return min(last, vial.diluted_at + time_limit(vial.dilution.vial.product, rule).duration)


def check_vial(vial: OpenVial, at: datetime, rule: TimeRule = TimeRule.LABEL) -> None:
    """Refuse a vial that may not be used at ``at``.

    Parameters
    ----------
    vial : OpenVial
        The vial.
    at : datetime
        When it is to be used, with its time zone.
    rule : TimeRule
        `LABEL` follows the label. `OFF_LABEL` follows a consensus on use over weeks;
        it holds only where the clinician asks for it.

    Raises
    ------
    VialError
        If the vial is past its expiry date (code `vial_expired`), past its time since
        dilution (`vial_past_hours`), or diluted in the future.
    """
    _require_zone(at, "time of use")
    if at.date() > vial.expires_on:
        raise VialError(
            f"The vial of {vial.dilution.vial.content.text} expired: last day of use "
            f"{vial.expires_on:{_DAY}}, wanted on {at:{_DAY}} (source: the date on the box). Discard it.",
            code="vial_expired",
        )
    if vial.diluted_at is None:
        return
    if at < vial.diluted_at:
        raise VialError(
            f"The vial was prepared at {vial.diluted_at:{_MINUTE}}, after its use at {at:{_MINUTE}}. "
            "Correct one of the times."
        )
    limit = time_limit(vial.dilution.vial.product, rule)
    if at > vial.diluted_at + limit.duration:
        raise VialError(_past_hours(vial, at, limit.text, limit.citation.text, rule), code="vial_past_hours")


def _past_hours(vial: OpenVial, at: datetime, limit: str, source: str, rule: TimeRule) -> str:
    sentence = (
        f"{vial.dilution.text} was prepared at {vial.diluted_at:{_MINUTE}} and is wanted at {at:{_MINUTE}}; "
        f"it may be used {limit} (source: {source}). Discard it and prepare another."
    )
    if rule is TimeRule.OFF_LABEL:
        return sentence
    longer = time_limit(vial.dilution.vial.product, TimeRule.OFF_LABEL)
    return (
        f"{sentence} Use {longer.text} exists off the label ({longer.citation.text}) and has to be asked for."
    )


def _require_zone(moment: object, name: str) -> None:
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise VialError(f"The {name} is {moment!r}; give a date and time with its time zone.")
