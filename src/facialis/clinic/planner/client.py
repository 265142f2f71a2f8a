"""The planner as the clinic calls it: one connection a call, safe from any thread and process."""

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from facialis.clinic.planner.answers import Judgement, Learnt, Pong, Proposal, Refusal
from facialis.clinic.planner.plain import MessageError
from facialis.clinic.planner.protocol import MOST_BYTES, UNKNOWN_KEY, read_answer, request_line
from facialis.clinic.planner.requests import DoseEdit, Judge, Learn, Ping, PlanQuestion, Propose, Request
from facialis.errors import FacialisError

PROPOSE_SECONDS = 300.0
JUDGE_SECONDS = 20.0
PING_SECONDS = 3.0
CHUNK_BYTES = 1 << 20

_Answer = TypeVar("_Answer", Proposal, Judgement, Learnt, Pong)


class PlannerUnavailableError(FacialisError):
    """The planner does not run, or did not answer in time; the same call may work later."""

    code = "planner_unavailable"


class PlannerRefusedError(FacialisError):
    """The planner answered that it cannot do this; its `code` says why, its words what to do."""

    code = "planner_refused"

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence, code=code)
        self.sentence = sentence


class Planner:
    """The planner behind a socket.

    Parameters
    ----------
    socket_path : Path      Where the planner listens.
    """

    def __init__(self, socket_path: Path | str) -> None:
        self._path = Path(socket_path)

    def ping(self, *, timeout_s: float = PING_SECONDS) -> Pong:
        """Ask whether it lives; raises `PlannerUnavailableError`."""
        return self._ask(Ping(), Pong, timeout_s)

    def propose(self, question: PlanQuestion, *, timeout_s: float = PROPOSE_SECONDS) -> Proposal:
        """Make a plan, or give the one that was made of an equal question.

        Raises
        ------
        PlannerUnavailableError
        PlannerRefusedError     The case or a measurement cannot be used; the sentence says why. A case that a
                                rule stops is no refusal: its proposal has the outcome 'stopped'.
        """
        return self._ask(Propose(question), Proposal, timeout_s)

    def judge(
        self,
        key: str,
        doses: Sequence[DoseEdit],
        *,
        question: PlanQuestion | Callable[[], PlanQuestion] | None = None,
        timeout_s: float = JUDGE_SECONDS,
        again_timeout_s: float = PROPOSE_SECONDS,
    ) -> Judgement:
        """Judge doses as a clinician edits them.

        Parameters
        ----------
        key : str           Of the proposal that is edited.
        doses : sequence    Every needle; none of them: what comes without an injection.
        question            What the plan was made from, or what gives it: asked for only where the planner
                            has forgotten the plan, and then made again, which takes longer.

        Raises
        ------
        PlannerUnavailableError
        PlannerRefusedError     `unknown_key` without a question; `another_question` where it is not the one
                                of the key, so that the plan has to be made again; or a dose that cannot be.
        """
        try:
            return self._ask(Judge(key, tuple(doses)), Judgement, timeout_s)
        except PlannerRefusedError as refused:
            if refused.code != UNKNOWN_KEY or question is None:
                raise
        asked = question() if callable(question) else question
        if asked.key != key:
            raise PlannerRefusedError(
                "another_question",
                "The case, a measurement or the software changed since the plan was made. Make it again.",
            )
        return self._ask(Judge(key, tuple(doses), asked), Judgement, again_timeout_s)

    def learn(self, question: PlanQuestion, *, timeout_s: float = PROPOSE_SECONDS) -> Learnt:
        """Say what the visits since the last treatment taught; raises as `propose`."""
        return self._ask(Learn(question), Learnt, timeout_s)

    def _ask(self, request: Request, kind: type[_Answer], timeout_s: float) -> _Answer:
        answer = read_answer_of(self._exchange(request_line(request), timeout_s))
        if isinstance(answer, Refusal):
            raise PlannerRefusedError(answer.code, answer.sentence)
        if not isinstance(answer, kind):
            raise PlannerUnavailableError("The planner answered something else. Restart it.")
        return answer

    def _exchange(self, line: bytes, timeout_s: float) -> bytes:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
                link.settimeout(timeout_s)
                link.connect(str(self._path))
                link.sendall(line)
                return _one_line(link)
        except TimeoutError as error:
            raise PlannerUnavailableError(
                f"The planner did not answer within {timeout_s:g} seconds. Try again, or restart it."
            ) from error
        except OSError as error:
            raise PlannerUnavailableError(
                f"The planner does not answer ({error.strerror or error}). Start it with "
                "`python -m facialis.clinic.planner`."
            ) from error


def read_answer_of(line: bytes) -> Proposal | Judgement | Learnt | Pong | Refusal:
    """The answer of a line; what cannot be read is as good as none."""
    try:
        return read_answer(line)
    except MessageError as error:
        raise PlannerUnavailableError(f"The planner's answer cannot be read: {error}") from error


def _one_line(link: socket.socket) -> bytes:
    parts, size = [], 0
    while True:
        part = link.recv(CHUNK_BYTES)
        if not part:
            raise PlannerUnavailableError("The planner ended before it had answered. Try again.")
        parts.append(part)
        size += len(part)
        if part.endswith(b"\n"):
            return b"".join(parts)
        if size > MOST_BYTES:
            raise PlannerUnavailableError("The planner's answer does not end. Restart it.")
