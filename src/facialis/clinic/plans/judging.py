"""What the planner says of a plan's doses, kept with the doses that it was said of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from facialis.clinic.planner import Planner, PlannerRefusedError, PlannerUnavailableError
from facialis.clinic.planner.plain import to_plain
from facialis.clinic.planner.protocol import UNKNOWN_KEY
from facialis.clinic.plans.choices import digest, dose_edits, needles_of
from facialis.clinic.plans.models import Plan
from facialis.clinic.plans.side_question import contradiction_of, finding_of

MARK = "~"
"""Before the numbers of a warning in the key of a reason."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
EDIT_SECONDS = 6.0
"""A page does not wait longer for the planner; then the doses stand as not checked."""


def planner() -> Planner:
    """The planner of this clinic."""
    return Planner(settings.FACIALIS.planner_socket)


def judge(plan: Plan, *, timeout_s: float | None = None) -> dict[str, Any]:
    """Ask the planner about the doses of a plan; whatever happens is an answer that a plan can keep.

    It takes up to ``timeout_s``, else `EDIT_SECONDS`: it is called outside of transactions.
    """
    wait_s = EDIT_SECONDS if timeout_s is None else timeout_s
    said: dict[str, Any] = {
        "digest": digest(plan.choices),
        "key": plan.planner_key,
        "is_checked": False,
        "side": contradiction_of(plan.visit),
    }
    if not plan.planner_key:
        return said | {"why": _("The proposal is still being made."), "is_forgotten": False}
    doses = dose_edits(needles_of(plan.choices), plan.product)
    try:
        judgement = planner().judge(plan.planner_key, doses, timeout_s=wait_s)
    except PlannerUnavailableError:
        why = _("The planner does not answer now. The doses are saved, and are checked once it does.")
        return said | {"why": why, "is_forgotten": False}
    except PlannerRefusedError as refused:
        if refused.code == UNKNOWN_KEY:
            why = _("The planner was restarted and reads this plan again. The doses are saved.")
            return said | {"why": why, "is_forgotten": True}
        return said | {"why": refused.sentence, "is_forgotten": False}
    return said | {"is_checked": True, "why": "", "judgement": to_plain(judgement)}


@dataclass(frozen=True)
class Judged:
    """The judgement that a plan keeps, where it is of the plan's present doses."""

    plan: Plan

    @cached_property
    def is_checked(self) -> bool:
        """Whether the planner judged these doses, of this proposal."""
        kept = self.plan.judged
        return bool(
            kept.get("is_checked")
            and kept.get("key") == self.plan.planner_key
            and kept.get("digest") == digest(self.plan.choices)
        )

    @property
    def why_not(self) -> str:
        """Why it did not, in a sentence."""
        return "" if self.is_checked else self.plan.judged.get("why") or _("The doses are not checked yet.")

    @property
    def is_forgotten(self) -> bool:
        """Whether the planner has to read the plan again first."""
        return not self.is_checked and bool(self.plan.judged.get("is_forgotten"))

    @property
    def side_contradiction(self) -> str:
        """What the photographs say against the recorded side when these doses were judged; empty: nothing."""
        return str(self.plan.judged.get("side", ""))

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Of the side, of the rules, then of the model's limits; empty where nothing is checked."""
        if not self.is_checked:
            return []
        found = [*self._judgement.get("findings", ()), *_of_limits(self.course)]
        return [*finding_of(self.side_contradiction), *found]

    @property
    def stops(self) -> list[dict[str, Any]]:
        """With any of them the plan cannot be signed."""
        return [one for one in self.findings if one["action"] == "stop"]

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """Each needs a reason."""
        return [one for one in self.findings if one["action"] == "warn"]

    @property
    def notes(self) -> list[dict[str, Any]]:
        """To be read."""
        return [one for one in self.findings if one["action"] == "note"]

    @property
    def course(self) -> dict[str, Any] | None:
        """What may come of the doses; None where there is none, `no_course` says why."""
        return self._judgement.get("course") if self.is_checked else None

    @property
    def no_course(self) -> str:
        """Why there is none."""
        return self._judgement.get("no_course") or self.why_not

    @property
    def dates(self) -> dict[str, str]:
        """Review and repeat."""
        return dict(self._judgement.get("dates", {}))

    @property
    def _judgement(self) -> dict[str, Any]:
        return dict(self.plan.judged.get("judgement") or {})


def _of_limits(course: Mapping[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Protected functions that the doses endanger more than they may: each goes on only with a reason.

    A proposal keeps these limits by itself; doses that were typed may pass them.
    """
    for chance in () if course is None else course["chances"]:
        if chance["is_over"]:
            yield {
                "code": f"function_limit {chance['name']}",
                "action": "warn",
                "kind": "limit",
                "sentence": chance["sentence"],
                "what_to_do": _("Lower the doses near it, or record the reason."),
                "targets": [],
                "source": {
                    "text": _("Facialis, limits of protected functions, by the model [design]"),
                    "key": "Facialis",
                    "tag": "design",
                },
            }


def subject_of(finding: dict[str, Any]) -> str:
    """What a warning is about: its rule and its places, for a reason for one muscle is none for the next."""
    places = sorted(f"{one['side']} {one['target']}" for one in finding["targets"])
    return ":".join([finding["code"], *places])


def reason_key(finding: dict[str, Any]) -> str:
    """What a reason for passing a warning belongs to: its subject, and the numbers that it names.

    A reason for one dose is no reason for a larger one. The words do not count: they have a language.
    """
    numbers = " ".join(_NUMBER.findall(finding["sentence"])).replace(",", ".")
    return f"{subject_of(finding)}{MARK}{numbers}" if numbers else subject_of(finding)


def subject_of_key(key: str) -> str:
    """The subject in a key of `reason_key`."""
    return key.partition(MARK)[0]


def reason_before(reasons: Mapping[str, str], finding: dict[str, Any]) -> str:
    """What was written about the same subject when the doses were others; empty where nothing was."""
    wanted = subject_of(finding)
    return next((text for key, text in reasons.items() if subject_of_key(key) == wanted), "")
