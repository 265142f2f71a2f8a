"""The planner: one lasting process that holds what was calibrated, and answers every edit in a moment."""

from facialis.clinic.planner.answers import Judgement, Learnt, Pong, Proposal
from facialis.clinic.planner.client import Planner, PlannerRefusedError, PlannerUnavailableError
from facialis.clinic.planner.requests import DoseEdit, OverrideAsked, PlanQuestion

__all__ = [
    "DoseEdit",
    "Judgement",
    "Learnt",
    "OverrideAsked",
    "PlanQuestion",
    "Planner",
    "PlannerRefusedError",
    "PlannerUnavailableError",
    "Pong",
    "Proposal",
]
