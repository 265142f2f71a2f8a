"""Choose one dose or none for each place, so that what is lost is least: to a certified gap.

Knows numbers only: groups of choices, what each does to each outcome, what it costs, and what must hold.
"""

from facialis.planning.programme.enumeration import enumerate_best as enumerate_best
from facialis.planning.programme.errors import LimitsCollideError as LimitsCollideError
from facialis.planning.programme.errors import NoChoiceInTimeError as NoChoiceInTimeError
from facialis.planning.programme.errors import ProgrammeError as ProgrammeError
from facialis.planning.programme.limits import ChanceLimit as ChanceLimit
from facialis.planning.programme.limits import Limit as Limit
from facialis.planning.programme.permitted import RelaxedChance as RelaxedChance
from facialis.planning.programme.problem import Programme as Programme
from facialis.planning.programme.settings import SolverSettings as SolverSettings
from facialis.planning.programme.solution import Solution as Solution
from facialis.planning.programme.solution import gain_of_each as gain_of_each
from facialis.planning.programme.solve import solve as solve
from facialis.planning.programme.terms import TermKind as TermKind
from facialis.planning.programme.terms import Terms as Terms
from facialis.planning.programme.terms import expected_loss as expected_loss
from facialis.planning.programme.trade_off import Alternative as Alternative
from facialis.planning.programme.trade_off import trade_off as trade_off
