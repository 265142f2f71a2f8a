"""Answers requests: one long computation at a time, and edits never behind it."""

import logging
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from contextlib import ExitStack
from functools import singledispatchmethod

from facialis import __version__
from facialis.clinic.planner.answers import Answer, Judgement, Learnt, Pong, Proposal, Refusal
from facialis.clinic.planner.held import HeldPlan, make_held
from facialis.clinic.planner.learning import learnt_of
from facialis.clinic.planner.memory import forget_compiled_programs, resident_bytes
from facialis.clinic.planner.proposals import proposal_of
from facialis.clinic.planner.protocol import UNKNOWN_KEY
from facialis.clinic.planner.requests import Judge, Learn, Ping, PlanQuestion, Propose, Request
from facialis.clinic.planner.warm_up import warm_up
from facialis.errors import FacialisError

MOST_PLANS = 24
MOST_RESIDENT_BYTES = 3 * 2**30
GROWTH = 1.25
"""Memory that stays full after programs were let go of may grow by so much before that is tried again."""

log = logging.getLogger(__name__)


class Service:
    """The plans that are remembered, and who may compute.

    Parameters
    ----------
    most_plans : int            Remembered; the one that was not asked for longest is forgotten first.
    most_resident_bytes : int   Above it compiled programs are let go of.

    Notes
    -----
    Two lanes: plans are made one after another in the one, edits are judged one after another in the
    other, so that a clinician who edits does not wait for the plan of another patient.
    """

    def __init__(
        self, *, most_plans: int = MOST_PLANS, most_resident_bytes: int = MOST_RESIDENT_BYTES
    ) -> None:
        self._most_plans = most_plans
        self._most_resident = most_resident_bytes
        self._plans: OrderedDict[str, HeldPlan] = OrderedDict()
        self._proposals: dict[str, Proposal] = {}
        self._shelf = threading.Lock()
        self._long_lane, self._edit_lane = threading.Lock(), threading.Lock()
        self._warm = threading.Event()
        self._began = time.monotonic()

    def answer(self, request: Request) -> Answer:
        """Answer; whatever goes wrong becomes a refusal."""
        return _refusing(lambda: self._answer(request))

    def warm_up(self) -> None:
        """Compile what plans and edits need, with an invented patient."""
        if isinstance(_refusing(self._warm_up), Refusal):
            log.warning("The planner could not warm up; first answers will be slow.")

    def is_idle(self, within_s: float) -> bool:
        """Wait until nothing is computed, for so long at most."""
        until = time.monotonic() + within_s
        with ExitStack() as stack:
            for lane in (self._long_lane, self._edit_lane):
                if not lane.acquire(timeout=max(until - time.monotonic(), 0.0)):
                    return False
                stack.callback(lane.release)
        return True

    @singledispatchmethod
    def _answer(self, request: Request) -> Answer:
        raise TypeError(f"no answer is known to {type(request).__name__}")

    @_answer.register
    def _ping(self, request: Ping) -> Pong:
        del request
        with self._shelf:
            held = len(self._plans)
        mb = round(resident_bytes() / 1e6, 1)
        uptime = round(time.monotonic() - self._began, 1)
        return Pong(__version__, self._warm.is_set(), held, mb, uptime)

    @_answer.register
    def _propose(self, request: Propose) -> Proposal:
        with self._long_lane:
            held = self._made(request.question)
            with self._shelf:
                proposal = self._proposals.get(held.key)
            if proposal is None:
                proposal = proposal_of(held)
                with self._shelf:
                    self._proposals[held.key] = proposal
        self._save_memory()
        return proposal

    @_answer.register
    def _judge(self, request: Judge) -> Judgement | Refusal:
        held = self._remembered(request.key)
        if held is None:
            asked = request.question
            if asked is None:
                return Refusal(
                    UNKNOWN_KEY,
                    "The planner does not remember this plan. Send with the doses what it was made from.",
                )
            if asked.key != request.key:
                return Refusal(
                    "another_question",
                    "The case or a measurement is not what the plan was made from. Make the plan again.",
                )
            with self._long_lane:
                held = self._made(asked)
        with self._edit_lane:
            return held.judge(request.doses)

    @_answer.register
    def _learn(self, request: Learn) -> Learnt:
        with self._long_lane:
            learnt = learnt_of(self._made(request.question))
        self._save_memory()
        return learnt

    def _made(self, question: PlanQuestion) -> HeldPlan:
        """The plan of a question, remembered or made; asked for in the long lane."""
        held = self._remembered(question.key)
        if held is None:
            held = make_held(question)
            with self._shelf:
                self._plans[held.key] = held
                while len(self._plans) > self._most_plans:
                    forgotten, _ = self._plans.popitem(last=False)
                    self._proposals.pop(forgotten, None)
        return held

    def _remembered(self, key: str) -> HeldPlan | None:
        with self._shelf:
            held = self._plans.get(key)
            if held is not None:
                self._plans.move_to_end(key)
        return held

    def _warm_up(self) -> Answer:
        with self._long_lane:
            warm_up()
        self._warm.set()
        return self._answer(Ping())

    def _save_memory(self) -> None:
        if resident_bytes() <= self._most_resident:
            return
        with self._long_lane, self._edit_lane:
            if resident_bytes() <= self._most_resident:
                return
            self._warm.clear()
            forget_compiled_programs()
            left = resident_bytes()
            log.info("Compiled programs were let go of: %.0f MB are left.", left / 1e6)
            self._most_resident = max(self._most_resident, int(GROWTH * left))
        threading.Thread(target=self.warm_up, daemon=True).start()


def _refusing(compute: Callable[[], Answer]) -> Answer:
    try:
        return compute()
    except FacialisError as error:
        return Refusal(error.code, str(error))
    except Exception as error:  # noqa: BLE001  the planner outlives every fault; the log has it
        log.error("A request failed:\n%s", where_it_failed(error))
        return Refusal(
            "planner_fault",
            "The planner failed on this: a fault of the software, and nothing was computed. Report it; the "
            "log of the planner says where.",
        )


def where_it_failed(error: BaseException) -> str:
    """The way to a fault without its words, which may repeat what a patient's record holds."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([*lines, type(error).__name__])
